"""How far wages and living costs have grown since the start, month by month (docs/model.md, section 8).

Every dollar has a date: an amount typed for a month is in that month's dollars and grows from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.model.world.rows import each
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Place
from sim.units import MONTHS_PER_YEAR


@dataclass
class Growth:
    """Indices by month since the start, 1 at month 0; only months that have been entered are there.

    An index is one number, or an array over employers who differ in it.
    """

    scale: list[Any] = field(default_factory=lambda: [1.0])  # of pay, by the cost-of-living rule
    living: list[Any] = field(default_factory=lambda: [1.0])
    outside: list[Any] = field(default_factory=lambda: [1.0])
    minimum: list[Any] = field(default_factory=lambda: [1.0])
    _of: Place | None = None  # whose growth a month is known of
    _months: tuple[Any, ...] = ()

    def enter(self, before: Organization, now: Organization, *, starts_fiscal_year: bool) -> None:
        """Grow to a month: costs by the growth of the month that ended, pay by the rule of the month that begins."""
        rise = 1.0 + now.pay.cost_of_living_share if starts_fiscal_year else 1.0
        self.scale.append(self.scale[-1] * rise)
        if before.place is not self._of:
            self._of, self._months = before.place, months_of_growth(before.place)
        for index, month in zip((self.living, self.outside, self.minimum), self._months, strict=True):
            index.append(index[-1] * month)

    def since(self, address: str, dated: int, month: int) -> Any:
        """Factor from the dollars of one month to those of another, for the amount at an address."""
        index = self._index(address)
        return index[month] / index[dated]

    def _index(self, address: str) -> list[Any]:
        costs = {
            "place.living_wage_usd_per_hour": self.living,
            "place.outside_wage_usd_per_hour": self.outside,
            "place.minimum_wage_usd_per_hour": self.minimum,
        }
        return costs.get(address, self.scale)


def months_of_growth(place: Place) -> tuple[Any, ...]:
    """Factors by which the living, the outside and the minimum wage grow in one month."""
    growths = (
        place.living_wage_growth_per_year,
        place.outside_wage_growth_per_year,
        place.minimum_wage_growth_per_year,
    )
    return tuple(map(month_of_growth, growths))


def month_of_growth(growth_per_year: Any) -> Any:
    """Factor by which an amount grows in one month."""
    return each(_root, growth_per_year)


def _root(growth_per_year: float) -> float:
    return float((1.0 + growth_per_year) ** (1.0 / MONTHS_PER_YEAR))
