"""What every source of money says of itself, whatever its kind; the kinds say what is otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np

from sim.scenario.fields import Table, given, share
from sim.units import Cents

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


class PayingSource(Table):
    """One that pays an organization."""

    in_words: ClassVar[str]  # the kind, in the words in which people ask for money
    short: ClassVar[str]  # what a new source of the kind is called
    covers_clients: ClassVar[bool] = False  # pays for clients, who have one payer each
    by_the_unit: ClassVar[bool] = False  # at a state's published rates
    pays_dated_amounts: ClassVar[bool] = False

    payer: Payer = given(
        "state", unit="level", evidence="funding.payer", about="Who pays what the federal share leaves"
    )
    federal_share: float = share(
        0.0,
        of="share of payments",
        evidence="funding.federal_share",
        also="FMAP, federal match, federal share",
        about="Paid federally",
    )

    @classmethod
    def begun(cls, start: str) -> dict[str, Any]:
        """What a new source of the kind says to begin with, in a projection from a month on."""
        del start
        return {}

    @property
    def chargeable(self) -> tuple[CostKind, ...]:
        """Kinds of cost that its money may pay."""
        return ALL_COSTS

    @property
    def sends_denied_again(self) -> bool:
        """Whether denied claims are sent again, which costs."""
        return False

    def owed(self, billed: Cents, denied: Cents, charged: Cents) -> Cents:
        """Cents that it comes to owe for a month, of what was billed, denied and charged to it."""
        del denied, charged
        return np.zeros_like(billed)

    def brings_by_itself(self, month: int, start: int, cost: Mapping[str, float]) -> float:
        """USD that it brings in a month since the start, whatever work is done.

        Args:
            month: months since the start.
            start: the projection's first month since year 0.
            cost: USD by kind that the month costs.
        """
        del month, start, cost
        return 0.0

    def dated_months(self, start: int) -> list[int]:
        """Months since the start in which it pays a dated amount."""
        del start
        return []

    def fixed_usd_a_year(self, start: int, months: int) -> float:
        """USD that it brings in a year of a projection of some months, whatever work is done."""
        del start, months
        return 0.0
