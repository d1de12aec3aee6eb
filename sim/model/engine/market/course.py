"""Follow what wages depend on from month to month: growth, what rates passed through, the floor (docs/model.md, 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from sim.model.engine.scale import Moment
from sim.model.rules import billing, costs, pay
from sim.model.world.growth import Growth
from sim.model.world.positions import stated_wages
from sim.model.world.rows import chosen
from sim.model.world.terms import Terms
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import paid_by_the_unit
from sim.scenario.tables.pay import LivingWageFloor, MinimumWageFloor, NoFloor
from sim.units import MONTHS_PER_YEAR

AnyFloor = NoFloor | MinimumWageFloor | LivingWageFloor


@dataclass
class WageCourse:
    """What a kind of employer has lived through that its wages follow from."""

    passed_through: dict[str, Any] = field(default_factory=dict)  # USD/hour of the start, by entry wage's address
    growth: Growth = field(default_factory=Growth)
    floor_since: Any = 0

    def enter(self, month: int, before: Terms, now: Terms, *, start: int) -> None:
        """Grow to a month and let its terms take hold; `start` is the first month, counted since year 0."""
        opens = opens_fiscal_year(now, start + month)
        self.growth.enter(before.given, now.given, starts_fiscal_year=opens)
        if now is not before:
            self._adopt(month, before.given, now)

    def _adopt(self, month: int, old: Organization, now: Terms) -> None:
        """Let rises of rates pass through to wages; a wage that was set stands as typed."""
        new = now.given
        rise = rise_passed_through(old, new) / self.growth.scale[month]
        self.passed_through = {
            wage: 0.0 if now.dates.get(wage) == month else self.passed_through.get(wage, 0.0) + rise
            for wage in stated_wages(new)
        }
        self.floor_since = chosen(_differ(old.pay.floor, new.pay.floor), month, self.floor_since)

    def at(self, month: int) -> Moment:
        """Return what wages of a month follow from beside the terms."""
        return Moment(month, self.growth, self.passed_through, self.floor_since)


def begun(before: Terms, now: Terms) -> WageCourse:
    """Return the course at the start: what higher rates than the base's add; a wage set by a date is as typed."""
    rise = rise_passed_through(before.given, now.given)
    return WageCourse({wage: 0.0 if wage in now.dates else rise for wage in stated_wages(now.given)})


def opens_fiscal_year(terms: Terms, month: int) -> bool:
    """Return whether a fiscal year begins with a month, counted since year 0."""
    return month % MONTHS_PER_YEAR == terms.given.rules.fiscal_year_start_month - 1


def rise_passed_through(old: Organization, new: Organization) -> Any:
    """Return what rises of fee-for-service rates add to the wage, USD/hour of their month."""
    added: Any = 0.0
    before = paid_by_the_unit(old.funding)
    for name, source in paid_by_the_unit(new.funding).items():
        if name in before:
            rise = source.rate_usd_per_unit - before[name].rate_usd_per_unit
            yielding = billing.units_per_paid_hour(new, source)
            moving = costs.fringe_of(new).moving
            added = added + pay.passed_through(new.pay.pass_through_share, rise, yielding, moving)
    return added


def _differ(old: AnyFloor, new: AnyFloor) -> Any:
    """Whether a floor is another: for all employers, or for each where they differ."""
    if type(old) is not type(new):
        return True
    pairs = [(getattr(old, name), getattr(new, name)) for name in type(old).model_fields]
    return reduce(lambda found, pair: found | (pair[0] != pair[1]), pairs, False)
