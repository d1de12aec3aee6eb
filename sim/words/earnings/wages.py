"""Which wages a projection uses, when each applies, and in which year's dollars it was stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.evidence.places import WAGES_OF, load_places
from sim.model.engine.market.others import Others, Seeing, others_of
from sim.model.engine.scale import mixed_with_others
from sim.results.on_paper.wages_used import WagesUsed, wages_by_month, wages_used
from sim.runs.answer import Answer, Case
from sim.scenario.defaults import brought_to
from sim.scenario.schema import Organization
from sim.scenario.tables.pay import GROSS
from sim.scenario.timeline import EmployerPlan, plans
from sim.scenario.yardsticks import stands_in
from sim.units import MONTHS_PER_YEAR, month_number
from sim.words.earnings.household import NAMES
from sim.words.layout import paragraph, table
from sim.words.numbers import NONE
from sim.words.sentences import MONTH_NAMES, month_name

Which = tuple[str, str]  # kind of employer, and which of its wages
MOST_DATES: Final = 6
MOST_KINDS: Final = 4
STATE_WAGES: Final = "the state's mean of sales, stocking and home care, May 2023"  # as data/places.csv has them
STATE_RENT: Final = "the housing wage of the state's rent, FY2026"


def wages_text(answer: Answer) -> str:
    """Return the wages used: of the base, and of alternatives whose wages are others."""
    own = dict(_rows(answer.base, answer))
    rows = list(own.values())
    for one in answer.alternatives:
        rows += [row for which, row in _rows(one.case, answer) if which not in own or row[1:] != own[which][1:]]
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


def _of_post(name: str, at: Sequence[WagesUsed]) -> list[str]:
    """A position's entry wage at some dates."""
    return [_usd(dict(one.positions).get(name)) for one in at]


def _rows(case: Case, answer: Answer) -> Iterator[tuple[Which, tuple[str, ...]]]:
    """Yield the rows of a scenario, each with whose wage of which kind it is, by which the base's is found."""
    horizon, several = answer.base.loaded.scenario.horizon, len(_kinds(case)) > 1
    met = _met(case, answer)
    for plan in _kinds(case):
        every = wages_by_month(plan, month_number(horizon.start), horizon.months)
        whose = f", {plan.name}" * several + f", {case.name}" * (case is not answer.base)
        at = [every[month] for month in _dates(answer)]
        yield (plan.name, "entry"), (f"entry wage{whose}", *(_usd(one.entry) for one in at))
        for name in dict.fromkeys(name for one in every for name, _ in one.positions):
            yield (plan.name, f"entry {name}"), (f"entry wage, {name.replace('_', ' ')}{whose}", *_of_post(name, at))
        yield (
            (plan.name, "outside"),
            (f"outside wage{whose}", *(_usd(_mixed(plan, one, met.get(plan.name))) for one in at)),
        )
        yield (plan.name, "living"), (f"{_living(plan)}{whose}", *(_usd(one.living) for one in at))


def _met(case: Case, answer: Answer) -> Seeing:
    """Return what the employers of a scenario pay, as each kind of them sees it; nothing where they do not meet."""
    base, own = answer.base.loaded.scenario, case.loaded.scenario
    return others_of(plans(own), plans(base), month_number(base.horizon.start), base.horizon.months)


def _mixed(plan: EmployerPlan, one: WagesUsed, seen: Others | None) -> float | None:
    """Return the outside wage of a month: mixed with what the others pay where employers meet."""
    if seen is None:
        return one.outside
    tables = [own for first, own in plan.epochs if first <= one.month][-1]
    return one.outside and mixed_with_others(tables, one.outside, seen.at(one.month))


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
    if tables.market.employers_meet:
        told += " Employers meet: the outside wage is a mix of what the others pay and of that of other fields."
    if tables.pay.adequacy_income != GROSS:
        whose = NAMES[tables.pay.adequacy_income]
        told += f" Pay adequacy goes by what taxes and benefits leave {whose}, of pay and of the living wage."
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
