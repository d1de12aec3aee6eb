"""Follow the wages that a projection uses: entry, outside and living wage, each in dollars of its month."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.model.rules import pay
from sim.model.world.growth import Growth
from sim.model.world.positions import WAGE, stated_wages
from sim.scenario.schema import Organization
from sim.scenario.tables.pay import LivingWageFloor, NoFloor
from sim.scenario.timeline import Dates, EmployerPlan
from sim.units import MONTHS_PER_YEAR


@dataclass(frozen=True)
class WagesUsed:
    """The wages of one month, USD an hour; raises that pass through from rates are added to the entry wage."""

    month: int  # since the start
    entry: float
    outside: float | None
    living: float | None
    positions: tuple[tuple[str, float], ...] = ()  # entry wages of positions that state their own, by name


def wages_used(plan: EmployerPlan, start: int, months: int) -> list[WagesUsed]:
    """Return the wages at the start, as each fiscal year begins, and from each date on which the scenario changes one.

    Args:
        plan: a kind of employer.
        start: the first month, counted since year 0.
        months: of the projection.
    """
    every = wages_by_month(plan, start, months)
    shown = {0} | {month for month, _ in plan.epochs} | {one.month for one in every if _opens(plan, start, one.month)}
    told: list[WagesUsed] = []
    for one in every:
        if one.month in shown and not (told and replace(one, month=told[-1].month) == told[-1]):
            told.append(one)
    return told


def wages_by_month(plan: EmployerPlan, start: int, months: int) -> list[WagesUsed]:
    """Return the wages of every month; arguments as of `wages_used`."""
    growth, before, since, floor_since, told = Growth(), plan.epochs[0][1], 0, 0, []
    for month in range(months):
        epoch = max(place for place, (first, _) in enumerate(plan.epochs) if first <= month)
        now = plan.epochs[epoch][1]
        if month:
            growth.enter(before, now, starts_fiscal_year=_opens(plan, start, month))
        floor_since = month if now.pay.floor != before.pay.floor else floor_since
        since = month + 1 - floor_since
        told.append(_of_month(now, plan.dates[epoch], growth, (month, since)))
        before = now
    return told


def _opens(plan: EmployerPlan, start: int, month: int) -> bool:
    """Return whether a fiscal year begins with a month after the first."""
    tables = [own for first, own in plan.epochs if first <= month][-1]
    return month > 0 and (start + month) % MONTHS_PER_YEAR == tables.rules.fiscal_year_start_month - 1


def _of_month(now: Organization, dates: Dates, growth: Growth, when: tuple[int, int]) -> WagesUsed:
    """Return a month's wages; `when` is (month, months since the floor was set, this one among them)."""
    month, since = when

    def grown(address: str, amount: float | None) -> float | None:
        return None if amount is None else amount * growth.since(address, dates.get(address, 0), month)

    place, floor = now.place, now.pay.floor
    outside = grown("place.outside_wage_usd_per_hour", place.outside_wage_usd_per_hour)
    living = grown("place.living_wage_usd_per_hour", place.living_wage_usd_per_hour)
    minimum = grown("place.minimum_wage_usd_per_hour", place.minimum_wage_usd_per_hour)

    def lifted(address: str, stated: float) -> float:
        scaled = entry = grown(address, stated) or 0.0
        if not isinstance(floor, NoFloor):
            entry = max(entry, minimum or 0.0)
        if isinstance(floor, LivingWageFloor):
            target = floor.ratio * (living or 0.0)
            entry = max(entry, pay.living_wage_floor(scaled, target, since, floor.phase_in_months))
        return entry

    entry = {address: lifted(address, wage) for address, wage in stated_wages(now).items()}
    own = tuple((address.split(".")[1], wage) for address, wage in entry.items() if address != WAGE)
    return WagesUsed(month, entry[WAGE], outside, living, own)
