"""Dated amounts, as an opioid settlement or a contract pays them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from sim.scenario.fields import Month, Table, given
from sim.scenario.tables.funding.source import ALL_COSTS, CostKind, PayingSource
from sim.units import MONTHS_PER_YEAR, month_number


class DatedAmount(Table):
    """Describe one dated payment."""

    at: Month = given(unit="month", evidence="funding.schedule", about="Month of the payment")
    usd: float = given(unit="USD", evidence="funding.schedule", about="Amount", ge=0.0, le=1e10)


class ScheduledFund(PayingSource):
    """Pay dated amounts, as an opioid settlement or a contract does."""

    in_words: ClassVar[str] = "dated payments (settlement money, a county's installments)"
    short: ClassVar[str] = "contract"
    pays_dated_amounts: ClassVar[bool] = True

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

    @classmethod
    def begun(cls, start: str) -> dict[str, Any]:
        """A payment in the first month."""
        return {"payments": [{"at": start, "usd": 100_000.0}]}

    @property
    def chargeable(self) -> tuple[CostKind, ...]:
        """Kinds of cost that the fund may pay."""
        return self.pays_for

    def brings_by_itself(self, month: int, start: int, cost: Mapping[str, float]) -> float:
        """What is dated the month."""
        del cost
        return sum(one.usd for one in self.payments if month_number(one.at) - start == month)

    def dated_months(self, start: int) -> list[int]:
        """Months since the start of its payments, those before it among them."""
        return [month_number(one.at) - start for one in self.payments]

    def fixed_usd_a_year(self, start: int, months: int) -> float:
        """What is dated in the projection, or in its first year if it is shorter, and what is not spent yet, a year."""
        span = max(months, MONTHS_PER_YEAR)
        dated = sum(one.usd for one in self.payments if 0 <= month_number(one.at) - start < span)
        return (dated + (self.unspent_usd or 0.0)) * MONTHS_PER_YEAR / span
