"""Describe pay and benefits."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from sim.scenario.fields import LOWEST_WAGE, Table, given, share

GROSS: Final = "gross"
Income = Literal[
    "gross", "one_adult", "one_adult_one_child", "one_adult_two_children", "two_adults", "two_adults_two_children"
]  # gross, or what is left in a household of sim.evidence.net_income


class NoFloor(Table):
    """Set no floor."""

    kind: Literal["none"] = "none"


class MinimumWageFloor(Table):
    """Keep wages at or above the legal minimum."""

    kind: Literal["minimum_wage"] = "minimum_wage"


class LivingWageFloor(Table):
    """Lift wages to the living wage in equal monthly steps."""

    kind: Literal["living_wage"] = "living_wage"
    phase_in_months: float = given(
        24.0,
        unit="months",
        evidence="pay.floor.phase_in",
        about="Months until the floor is reached in full",
        ge=0.0,
        le=240.0,
    )
    ratio: float = given(
        1.0, unit="ratio", evidence="pay.floor.ratio", about="Floor over the living wage of one adult", ge=0.05, le=5.0
    )


class Pay(Table):
    """Describe the wage scale and how it moves."""

    wage_usd_per_hour: float = given(
        unit="USD/hour",
        evidence="pay.wage_usd_per_hour",
        also="pay, starting wage, salary",
        about="Wage of a new peer",
        ge=LOWEST_WAGE,
        le=500.0,
        grows=True,
    )
    annual_step_share: float = share(
        0.0,
        of="share a year",
        evidence="pay.annual_step",
        also="step raise, longevity pay",
        about="Raise on each anniversary of hire",
        le=0.5,
    )
    annual_steps: int = given(
        5, unit="steps", evidence="pay.annual_step.most", about="Most anniversary raises", ge=0, le=40
    )
    cost_of_living_share: float = given(
        0.02,
        unit="share a year",
        evidence="pay.cost_of_living",
        also="COLA, cost of living",
        about="Raise of the scale each fiscal year",
        ge=-0.5,
        le=0.5,
        decided=True,
    )
    certification_premium_share: float = share(
        0.0, of="share of wage", evidence="pay.certification_premium", about="Extra pay once certified", decided=True
    )
    pass_through_share: float = share(
        0.0,
        of="share of added revenue",
        evidence="pay.pass_through",
        also="wage pass-through",
        about="Part of a rate rise that reaches wages",
    )
    floor: Annotated[NoFloor | MinimumWageFloor | LivingWageFloor, Field(discriminator="kind")] = given(
        MinimumWageFloor(), unit="kind", evidence="pay.floor", about="Floor: none, minimum_wage or living_wage"
    )
    sign_on_bonus_usd: float = given(
        0.0,
        unit="USD per hire",
        evidence="pay.sign_on_bonus",
        also="sign-on bonus, hiring bonus",
        about="Paid to each newcomer still in post some months after hire",
        ge=0.0,
        le=100_000.0,
    )
    sign_on_bonus_months: int = given(
        0,
        unit="months",
        evidence="pay.sign_on_bonus.months",
        about="Months from hire until the sign-on bonus is due; 0 is the close of the month of hire",
        ge=0,
        le=60,
    )
    stay_bonus_usd: float = given(
        0.0,
        unit="USD per person",
        evidence="pay.stay_bonus",
        also="stay bonus, retention bonus",
        about="Paid to each peer who has stayed so many months since hire or since the bonus began",
        ge=0.0,
        le=100_000.0,
    )
    stay_bonus_months: int = given(
        12, unit="months", evidence="pay.stay_bonus.months", about="Months of staying for each payment", ge=1, le=120
    )
    stay_bonus_payments: int = given(
        1, unit="payments", evidence="pay.stay_bonus.payments", about="Most payments to one person", ge=1, le=1000
    )
    adequacy_reference_ratio: float = given(
        0.85,
        unit="wage over living wage",
        evidence="pay.adequacy",
        about="Ratio at which pay adequacy is 0 SD",
        ge=0.05,
        le=5.0,
    )
    adequacy_sd_log: float = given(
        0.25, unit="log ratio per SD", evidence="pay.adequacy.spread", about="Spread of pay adequacy", ge=0.01, le=5.0
    )
    adequacy_income: Income = given(
        GROSS,
        unit="gross or a household",
        evidence="pay.adequacy.income",
        about="Pay that adequacy goes by: gross, or what taxes and benefits leave of it in one_adult, "
        "one_adult_one_child, one_adult_two_children, two_adults or two_adults_two_children",
    )


class Benefits(Table):
    """Describe what an employer pays beside wages."""

    fringe_share: float = share(
        0.336,
        of="share of wages",
        evidence="benefits.fringe_share",
        also="fringe, payroll taxes",
        about="Taxes, insurance and benefits",
        le=3.0,
    )
    flat_usd_per_month: float = given(
        0.0,
        unit="USD a month per FTE",
        evidence="benefits.flat",
        about="Benefit cost that wages do not move",
        ge=0,
        le=1e4,
    )
    health_usd_per_month: float = given(
        0.0,
        unit="USD a month per FTE covered",
        evidence="benefits.health",
        also="health insurance",
        about="Health cover of a peer who takes it; what the employer pays for it, where fringe_share leaves it out",
        ge=0,
        le=1e4,
    )
    health_take_up_share: float = share(
        1.0, of="share of FTE", evidence="benefits.health_take_up", about="Share of peers who take that health cover"
    )
    fixed_fringe_share: float | None = given(
        None,
        unit="share of fringe",
        evidence="benefits.fixed_fringe_share",
        about="Part of fringe_share that a raise does not move (health cover); left out, 0 where flat_usd_per_month or "
        "health_usd_per_month is stated, else 0.25",
        ge=0.0,
        le=1.0,
    )

    @property
    def flat_per_fte(self) -> float:
        """What wages do not move, USD a month for each FTE: the flat amount and health cover of those who take it."""
        return self.flat_usd_per_month + self.health_usd_per_month * self.health_take_up_share
