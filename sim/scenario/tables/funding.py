"""Describe funding sources: each kind is a type of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import Month, Name, Table, given, share

Activity = Literal[
    "individual", "group", "travel", "notes", "no_show", "supervision", "training", "protected_recovery", "outside_role"
]
CostKind = Literal["wages", "fringe", "supervision", "training", "recruiting", "direct", "overhead", "other"]
GRANT_COSTS: tuple[CostKind, ...] = (
    "wages",
    "fringe",
    "supervision",
    "training",
    "recruiting",
    "direct",
    "overhead",
)
ALL_COSTS: tuple[CostKind, ...] = (*GRANT_COSTS, "other")
Payer = Literal["federal", "state", "county", "other"]


class _Source(Table):
    payer: Payer = given(
        "state", unit="level", evidence="funding.payer", about="Who pays what the federal share leaves"
    )
    federal_share: float = share(0.0, of="share of payments", evidence="funding.federal_share", about="Paid federally")


class _Claims(_Source):
    clients_covered_share: float = share(
        1.0, of="share of clients", evidence="funding.covered", about="Clients this payer covers"
    )
    certification_required: bool = given(
        True, unit="yes/no", evidence="funding.certification_required", about="Only certified peers' work is paid"
    )
    supervision_required: bool = given(
        True,
        unit="yes/no",
        evidence="funding.supervision_required",
        about="Work without any supervisor is not paid",
    )
    payment_lag_days: float = given(
        40.0, unit="days", evidence="funding.lag", about="Mean time from the month's close to payment", ge=0, le=720
    )
    payment_lag_spread: float = share(
        0.5,
        of="share of the mean",
        evidence="funding.lag.spread",
        about="Payments spread evenly this far around the mean",
    )


class FeeForService(_Claims):
    """Pay by the unit of 15 minutes."""

    kind: Literal["fee_for_service"] = "fee_for_service"
    rate_usd_per_unit: float = given(
        unit="USD per 15 minutes", evidence="funding.rate", about="Individual rate", ge=0.0, le=500.0
    )
    group_rate_usd_per_unit: float = given(
        0.0, unit="USD per 15 minutes per client", evidence="funding.group_rate", about="Group rate", ge=0.0, le=500.0
    )
    billable: tuple[Activity, ...] = Field(
        ("individual", "group"),
        strict=False,
        description="Activities that may be billed; all but group at the individual rate",
        json_schema_extra={"unit": "list", "evidence": "funding.billable"},
    )
    visit_minutes: float = given(
        60.0,
        unit="minutes",
        evidence="funding.visit_minutes",
        about="Length of a one-to-one visit; each visit is billed in whole units, eight minutes making a unit",
        ge=8.0,
        le=480.0,
    )
    group_visit_minutes: float = given(
        60.0,
        unit="minutes",
        evidence="funding.visit_minutes.group",
        about="Length of a group session, billed in whole units for each client",
        ge=8.0,
        le=480.0,
    )
    max_units_per_client_day: int | None = given(
        None, unit="units", evidence="funding.caps", about="Cap per client and day", ge=1, le=96
    )
    max_units_per_worker_day: float | None = given(
        None, unit="units", evidence="funding.caps", about="Cap per working day of a peer", ge=0.1, le=96.0
    )
    max_units_per_client_month: float | None = given(
        None, unit="units", evidence="funding.caps", about="Cap per client and month", ge=0.1, le=3000.0
    )
    max_units_per_client_year: float | None = given(
        None, unit="units", evidence="funding.caps", about="Cap per client and calendar year", ge=1.0, le=36_000.0
    )
    denial_share: float = share(0.05, of="share of billed", evidence="funding.denial_share", about="Denied at first")
    rework_recovered_share: float = share(
        0.0,
        of="share of denied",
        evidence="funding.rework.recovered_share",
        about="Recovered when denied claims are sent again",
    )
    rework_lag_days: float = given(
        60.0, unit="days", evidence="funding.rework.lag", about="Further delay of recovered claims", ge=0.0, le=720.0
    )
    rework_usd_per_claim: float = given(
        25.0, unit="USD per claim", evidence="funding.rework", about="Cost of sending a claim again", ge=0.0, le=1000.0
    )
    units_per_claim: float = given(
        8.0,
        unit="units",
        evidence="funding.rework.units_per_claim",
        about="Units on a claim, to count claims",
        ge=1.0,
        le=1000.0,
    )
    audit_chance_per_year: float = share(
        0.0, of="chance a year", evidence="funding.audit", about="Chance of an audit each fiscal year"
    )
    audit_recouped_share: float = share(
        0.05, of="share of a year's payments", evidence="funding.audit.recouped", about="Taken back by an audit"
    )


class ProspectivePayment(_Claims):
    """Pay by the visit-day or the member-month."""

    kind: Literal["prospective"] = "prospective"
    per: Literal["visit_day", "member_month"] = given(
        "visit_day", unit="kind", evidence="funding.prospective", about="What is paid for"
    )
    rate_usd: float = given(unit="USD", evidence="funding.prospective", about="Rate", ge=0.0, le=10_000.0)
    hours_per_visit_day: float = given(
        1.0,
        unit="hours",
        evidence="funding.prospective.hours",
        about="One-to-one hours in a visit-day",
        ge=0.1,
        le=24.0,
    )


class Grant(_Source):
    """Pay allowed cost up to an award."""

    kind: Literal["grant"] = "grant"
    amount_usd_per_year: float = given(unit="USD a year", evidence="funding.amount", about="Award", ge=0.0, le=1e10)
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
        about="Length of the award; left out, 36, or what start and end make it",
        ge=1,
        le=240,
    )
    ends: Month | None = given(None, unit="month", evidence="funding.term.ends", about="Last month of the award")
    months_left: int | None = given(
        None,
        unit="months",
        evidence="funding.term.months_left",
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
        0.15, of="share of direct charges", evidence="funding.indirect_cap", about="Indirect cost cap", le=2.0
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
        about="Cost others must pay per award dollar",
        le=5.0,
    )
    carry_over: bool = given(
        False, unit="yes/no", evidence="funding.carry_over", about="Unspent money moves to the award's next year"
    )
    posts_paid: int = given(
        0, unit="posts", evidence="funding.posts_paid", about="Posts that end with the award", ge=0, le=100_000
    )
    renewal_chance: float = share(0.5, of="chance", evidence="funding.renewal", about="Chance of renewal at the end")
    notice_months: float = given(
        3.0, unit="months", evidence="funding.renewal.notice", about="Notice before the award ends", ge=0.0, le=60.0
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


class DatedAmount(Table):
    """Describe one dated payment."""

    at: Month = given(unit="month", evidence="funding.schedule", about="Month of the payment")
    usd: float = given(unit="USD", evidence="funding.schedule", about="Amount", ge=0.0, le=1e10)


class ScheduledFund(_Source):
    """Pay dated amounts, as an opioid settlement or a contract does."""

    kind: Literal["scheduled"] = "scheduled"
    payments: tuple[DatedAmount, ...] = Field(
        strict=False,
        min_length=1,
        description="Dated payments",
        json_schema_extra={"unit": "list", "evidence": "funding.schedule"},
    )
    unspent_usd: float | None = given(
        None,
        unit="USD",
        evidence="funding.unspent",
        about="Received before the start and not yet spent, part of the cash at the start; left out, the last payment "
        "in proportion to the months it still has to cover",
        ge=0.0,
        le=1e10,
    )
    pays_for: tuple[CostKind, ...] = Field(
        ALL_COSTS,
        strict=False,
        description="Costs the fund may pay",
        json_schema_extra={"unit": "list", "evidence": "funding.pays_for"},
    )


Source = Annotated[FeeForService | ProspectivePayment | Grant | ScheduledFund, Field(discriminator="kind")]
Funding = dict[Name, Source]
