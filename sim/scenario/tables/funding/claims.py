"""Money for work that is billed: by the unit of 15 minutes, by the visit-day, by the member-month."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

import numpy as np
from pydantic import Field

from sim.scenario.fields import given, share
from sim.scenario.tables.funding.source import PayingSource
from sim.units import Cents, cents

Activity = Literal[
    "individual", "group", "travel", "notes", "no_show", "supervision", "training", "protected_recovery", "outside_role"
]
CENTS: Final = 100.0


class Claims(PayingSource):
    """Pay for work that is billed."""

    covers_clients: ClassVar[bool] = True

    clients_covered_share: float = share(
        1.0,
        of="share of clients",
        evidence="funding.covered",
        also="payer mix",
        about="Clients this payer covers",
        decided=True,
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
        40.0,
        unit="days",
        evidence="funding.lag",
        also="payment delay, accounts receivable",
        about="Mean time from the month's close to payment",
        ge=0,
        le=720,
    )
    payment_lag_spread: float = share(
        0.5,
        of="share of the mean",
        evidence="funding.lag.spread",
        about="Payments spread evenly this far around the mean",
    )

    @property
    def recovered_share(self) -> float:
        """Share of what is denied that is paid in the end."""
        return 0.0

    @property
    def pays_certified_hours(self) -> bool:
        """Whether it pays by the hour, and for hours of certified peers alone."""
        return self.certification_required

    def owed(self, billed: Cents, denied: Cents, charged: Cents) -> Cents:
        """What is billed, less what stays denied."""
        del charged
        return np.asarray(billed - denied + cents(denied * self.recovered_share / CENTS), dtype=np.int64)


class FeeForService(Claims):
    """Pay by the unit of 15 minutes."""

    in_words: ClassVar[str] = "Medicaid claims by the unit (H0038), or another fee for service"
    short: ClassVar[str] = "billing"
    by_the_unit: ClassVar[bool] = True

    kind: Literal["fee_for_service"] = "fee_for_service"
    rate_usd_per_unit: float = given(
        unit="USD per 15 minutes",
        evidence="funding.rate",
        also="Medicaid rate, H0038, reimbursement",
        about="Individual rate",
        ge=0.0,
        le=500.0,
    )
    group_rate_usd_per_unit: float = given(
        0.0,
        unit="USD per 15 minutes per client",
        evidence="funding.group_rate",
        also="Medicaid group rate, H0038 HQ",
        about="Group rate",
        ge=0.0,
        le=500.0,
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
        None,
        unit="units",
        evidence="funding.caps",
        also="daily limit",
        about="Cap per working day of a peer",
        ge=0.1,
        le=96.0,
    )
    max_units_per_client_month: float | None = given(
        None, unit="units", evidence="funding.caps", about="Cap per client and month", ge=0.1, le=3000.0
    )
    max_units_per_client_year: float | None = given(
        None, unit="units", evidence="funding.caps", about="Cap per client and calendar year", ge=1.0, le=36_000.0
    )
    denial_share: float = share(
        0.05,
        of="share of billed",
        evidence="funding.denial_share",
        also="denials, rejected claims",
        about="Denied at first",
    )
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

    @property
    def recovered_share(self) -> float:
        """Share of what is denied that is recovered when it is sent again."""
        return self.rework_recovered_share

    @property
    def sends_denied_again(self) -> bool:
        """Whether denied claims are sent again, which costs."""
        return self.rework_recovered_share > 0 and self.rework_usd_per_claim > 0


class ProspectivePayment(Claims):
    """Pay by the visit-day or the member-month."""

    in_words: ClassVar[str] = "CCBHC or other prospective rate, by the visit-day or member-month"
    short: ClassVar[str] = "clinic"

    kind: Literal["prospective"] = "prospective"
    per: Literal["visit_day", "member_month"] = given(
        "visit_day", unit="kind", evidence="funding.prospective", about="What is paid for"
    )
    rate_usd: float = given(
        unit="USD",
        evidence="funding.prospective",
        also="CCBHC rate, PPS, prospective rate",
        about="Rate",
        ge=0.0,
        le=10_000.0,
    )
    hours_per_visit_day: float = given(
        1.0,
        unit="hours",
        evidence="funding.prospective.hours",
        about="One-to-one hours in a visit-day",
        ge=0.1,
        le=24.0,
    )

    @property
    def pays_certified_hours(self) -> bool:
        """Whether it pays by the visit-day, and for certified peers alone."""
        return self.certification_required and self.per != "member_month"
