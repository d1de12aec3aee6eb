"""Which wages a projection uses, when each applies, and in which year's dollars it was stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.evidence.places import WAGES_OF, load_places
from sim.results.wages_used import WagesUsed, wages_by_month, wages_used
from sim.runs.answer import Answer, Case
from sim.scenario.defaults import brought_to
from sim.scenario.schema import Organization
from sim.scenario.timeline import EmployerPlan, plans
from sim.scenario.yardsticks import stands_in
from sim.units import MONTHS_PER_YEAR, month_number
from sim.words.layout import paragraph, table
from sim.words.numbers import NONE
from sim.words.sentences import MONTH_NAMES, month_name

MOST_DATES: Final = 6
MOST_KINDS: Final = 4
STATE_WAGES: Final = "the state's mean of sales, stocking and home care, May 2023"  # as data/places.csv has them
STATE_RENT: Final = "the housing wage of the state's rent, FY2026"


def wages_text(answer: Answer) -> str:
    """Return the wages used: of the base, and of alternatives whose wages are others."""
    rows = list(_rows(answer.base, answer))
    seen = {row[1:] for row in rows}
    for one in answer.alternatives:
        rows += [row for row in _rows(one.case, answer) if row[1:] not in seen]
    base = plans(answer.base.loaded.scenario)[0].epochs[0][1]
    dates = _dates(answer)
    heading = ("USD an hour", *(_short(month, answer) for month in dates))
    return table(heading, rows) + "\n\n" + paragraph(_sources(base, answer), "  ")


def _dates(answer: Answer) -> list[int]:
    """Return the months that are shown: the start, and where the wages of any scenario are set or raised."""
    found = {one.month for case in answer.cases for plan in _kinds(case) for one in _used(plan, answer)}
    return sorted(found)[:MOST_DATES]


def _kinds(case: Case) -> tuple[EmployerPlan, ...]:
    return plans(case.loaded.scenario)[:MOST_KINDS]


def _used(plan: EmployerPlan, answer: Answer) -> list[WagesUsed]:
    horizon = answer.base.loaded.scenario.horizon
    return wages_used(plan, month_number(horizon.start), horizon.months)


def _rows(case: Case, answer: Answer) -> Iterator[tuple[str, ...]]:
    horizon, several = answer.base.loaded.scenario.horizon, len(_kinds(case)) > 1
    for plan in _kinds(case):
        every = wages_by_month(plan, month_number(horizon.start), horizon.months)
        names = [plan.name] * several + [case.name] * (case is not answer.base)
        whose = "".join(f", {name}" for name in names)
        at = [every[month] for month in _dates(answer)]
        yield f"entry wage{whose}", *(_usd(one.entry) for one in at)
        for name in dict.fromkeys(name for one in every for name, _ in one.positions):
            own = [_usd(dict(one.positions).get(name)) for one in at]
            yield f"entry wage, {name.replace('_', ' ')}{whose}", *own
        yield f"outside wage{whose}", *(_usd(one.outside) for one in at)
        yield f"{_living(plan)}{whose}", *(_usd(one.living) for one in at)


def _living(plan: EmployerPlan) -> str:
    rented = any(stands_in(tables.place) for _, tables in plan.epochs)
    return "housing wage (stand-in)" if rented else "living wage"


def _usd(amount: float | None) -> str:
    return NONE if amount is None else f"{amount:,.2f}"


def _short(month: int, answer: Answer) -> str:
    year, place = divmod(month_number(answer.base.loaded.scenario.horizon.start) + month, MONTHS_PER_YEAR)
    return f"{MONTH_NAMES[place][:3]} {year}"


def _sources(tables: Organization, answer: Answer) -> str:
    """Return in whose dollars the wages of the base are, and where those that nobody typed come from."""
    start = month_name(answer.base.loaded.scenario.horizon.start)
    told = f"Stated amounts are in dollars of {start}, those of a dated change in dollars of its date."
    known = load_places().get(tables.place.state or "")
    if known is None:
        return told
    first, growth = month_number(answer.base.loaded.scenario.horizon.start), tables.place.outside_wage_growth_per_year
    outside = round(known.elsewhere_wage_usd_per_hour * brought_to(first, WAGES_OF, growth), 2)
    if tables.place.outside_wage_usd_per_hour == outside:
        told += f" Outside wage: {STATE_WAGES}, brought to {start} at its growth."
    if stands_in(tables.place):
        told += f" Housing wage (stand-in): {STATE_RENT}, brought to {start} at its growth."
    return told
