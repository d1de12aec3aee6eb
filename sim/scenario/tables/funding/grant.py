"""Grants: allowed cost up to an award, and when an award begins and ends, however its term is stated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Literal

from pydantic import Field

from sim.scenario.fields import Month, given, share
from sim.scenario.tables.funding.source import GRANT_COSTS, CostKind, PayingSource
from sim.units import MONTHS_PER_YEAR, Cents, month_number

USUAL_TERM_MONTHS: Final = 36


class Grant(PayingSource):
    """Pay allowed cost up to an award."""

    in_words: ClassVar[str] = "grant or contract with a yearly award"
    short: ClassVar[str] = "award"

    kind: Literal["grant"] = "grant"
    amount_usd_per_year: float = given(
        unit="USD a year", evidence="funding.amount", also="grant, contract, allocation", about="Award", ge=0.0, le=1e10
    )
    start: Month | None = given(
        None,
        unit="month",
        evidence="funding.term.start",
        about="First month of the award; may be left out where ends or months_left says when it is over",
    )
    term_months: int | None = given(
        None,
        unit="months",
        evidence="funding.term",
        also="grant period, project period",
        about="Length of the award; left out, 36, or what start and end make it",
        ge=1,
        le=240,
        decided=True,
    )
    ends: Month | None = given(None, unit="month", evidence="funding.term.ends", about="Last month of the award")
    months_left: int | None = given(
        None,
        unit="months",
        evidence="funding.term.months_left",
        also="when the grant ends",
        about="Months of the award left when the projection starts",
        ge=1,
        le=240,
    )
    renewal_term_months: int | None = given(
        None,
        unit="months",
        evidence="funding.renewal.term",
        about="Length of a renewed award; left out, as long as the first",
        ge=1,
        le=240,
    )
    drawn_usd: float | None = given(
        None,
        unit="USD",
        evidence="funding.drawn",
        about="Drawn from the award year in hand before the start; left out, in proportion to the months gone",
        ge=0.0,
        le=1e10,
    )
    pays_for: tuple[CostKind, ...] = Field(
        GRANT_COSTS,
        strict=False,
        description="Costs the award may pay; overhead up to the indirect cap",
        json_schema_extra={"unit": "list", "evidence": "funding.pays_for"},
    )
    indirect_cap_share: float = share(
        0.15,
        of="share of direct charges",
        evidence="funding.indirect_cap",
        also="administrative cap",
        about="Indirect cost cap",
        le=2.0,
        decided=True,
    )
    reimbursement_lag_days: float = given(
        30.0,
        unit="days",
        evidence="funding.reimbursement_lag",
        about="From month's close to payment; 0 is advance",
        ge=0,
        le=720,
    )
    match_share: float = share(
        0.0,
        of="share of the award's dollars",
        evidence="funding.match",
        also="match, cost sharing",
        about="Cost others must pay per award dollar",
        le=5.0,
        decided=True,
    )
    carry_over: bool = given(
        False, unit="yes/no", evidence="funding.carry_over", about="Unspent money moves to the award's next year"
    )
    posts_paid: int = given(
        0, unit="posts", evidence="funding.posts_paid", about="Posts that end with the award", ge=0, le=100_000
    )
    renewal_chance: float = share(0.5, of="chance", evidence="funding.renewal", about="Chance of renewal at the end")
    notice_months: float = given(
        3.0,
        unit="months",
        evidence="funding.renewal.notice",
        about="Notice before the award ends",
        ge=0.0,
        le=60.0,
        decided=True,
    )
    gap_months: int = given(
        0, unit="months", evidence="funding.renewal.gap", about="Gap before the renewed award", ge=0, le=60
    )
    renewal_amount_change: float = given(
        0.0,
        unit="share",
        evidence="funding.renewal.amount_change",
        about="Change of the amount at renewal",
        ge=-1.0,
        le=5.0,
    )
    early_end_chance_per_year: float = given(
        0.0, unit="chance a year", evidence="funding.early_end", about="Chance of early termination", ge=0.0, lt=1.0
    )

    @classmethod
    def begun(cls, start: str) -> dict[str, Any]:
        """An award from the first month on."""
        return {"amount_usd_per_year": 300_000.0, "start": start}

    @property
    def chargeable(self) -> tuple[CostKind, ...]:
        """Kinds of cost that the award may pay."""
        return self.pays_for

    def owed(self, billed: Cents, denied: Cents, charged: Cents) -> Cents:
        """What is charged to the award."""
        del billed, denied
        return charged

    def allowed(self, cost: Mapping[str, float]) -> float:
        """The cost of a month that the award may pay, with overhead up to its cap, less the match."""
        direct = sum(cost.get(kind, 0.0) for kind in self.pays_for if kind != "overhead") / (1.0 + self.match_share)
        overhead = min(self.indirect_cap_share * direct, cost["overhead"]) if "overhead" in self.pays_for else 0.0
        return direct + overhead

    def brings_by_itself(self, month: int, start: int, cost: Mapping[str, float]) -> float:
        """A twelfth of the first award's year, as far as it may pay for the month."""
        first, end = first_award(self, start)
        return min(self.amount_usd_per_year / MONTHS_PER_YEAR, self.allowed(cost)) if first <= month < end else 0.0

    def fixed_usd_a_year(self, start: int, months: int) -> float:
        """The award's year, if it runs during the projection."""
        first, end = first_award(self, start)
        return self.amount_usd_per_year if first < months and end > 0 else 0.0


def first_award(grant: Grant, projection_start: int) -> tuple[int, int]:
    """First month of the first award and the month after its last, in months since the projection starts.

    Args:
        grant: a grant that states `start`, `ends` or `months_left`, as the checks of a scenario demand.
        projection_start: first month of the projection, in months since year 0.
    """
    term = grant.term_months or USUAL_TERM_MONTHS
    end = _stated_end(grant, projection_start)
    if grant.start is not None:
        start = month_number(grant.start) - projection_start
        return start, start + term if end is None else end
    if end is None:
        raise ValueError("a grant needs start, ends or months_left: load the scenario with sim.scenario.files.load")
    return end - term, end


def renewal_term(grant: Grant, projection_start: int) -> int:
    """Months of a renewed award: as stated, else as long as the first."""
    start, end = first_award(grant, projection_start)
    return grant.renewal_term_months or end - start


def award_ends(grant: Grant, projection_start: int, months: int) -> list[int]:
    """Return the month after the last of each award, in months since the start, if the grant is renewed throughout.

    Only ends within `months` of the projection count; none lies before its start.
    """
    _, end = first_award(grant, projection_start)
    found = []
    while end <= months:
        found += [end] if end > 0 else []
        end += grant.gap_months + renewal_term(grant, projection_start)
    return found


def _stated_end(grant: Grant, projection_start: int) -> int | None:
    if grant.months_left is not None:
        return grant.months_left
    return None if grant.ends is None else month_number(grant.ends) + 1 - projection_start
