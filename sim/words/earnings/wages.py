"""Which wages a projection uses, and which living wages: when each applies, for whom, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.evidence.places import ONE_ADULT_BEDROOMS, RENT_SHARE_OF_INCOME, WAGES_OF, load_places
from sim.model.engine.market.others import Others, Seeing, others_of
from sim.model.engine.scale import mixed_with_others
from sim.model.world.positions import WAGE, stated_wages
from sim.results.on_paper.wages_used import WagesUsed, wages_by_month, wages_used
from sim.runs.answer import Answer, Case
from sim.scenario.defaults import brought_to
from sim.scenario.schema import Organization
from sim.scenario.tables.pay import GROSS, MinimumWageFloor
from sim.scenario.timeline import EmployerPlan, plans
from sim.scenario.yardsticks import Yardstick, stands_in, yardsticks
from sim.units import MONTHS_PER_YEAR, month_number, month_text
from sim.words.earnings.household import NAMES
from sim.words.keeping import named
from sim.words.layout import bullets, name_of_key, paragraph, table
from sim.words.numbers import NONE, value
from sim.words.sentences import MONTH_NAMES, month_name
from sim.words.stand_in import told_words

Which = tuple[str, str]  # kind of employer, and which of its wages
MOST_DATES: Final = 6
MOST_KINDS: Final = 4
STATE_WAGES: Final = "the state's mean of sales, stocking and home care, May 2023"  # as data/places.csv has them
STATE_RENT: Final = "the housing wage of the state's rent, FY2026"
RENTS = "hud_fmr_2026"  # key of data/sources.toml
HOURLY: Final = "USD/hour"
HALF_A_CENT: Final = 0.005
NO_SOURCE = "no source was named"
MOST_LINES, MOST_NAMES = 8, 3


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


def _month(month: int, answer: Answer) -> str:
    """Return a month since the start in words."""
    return month_name(month_text(month_number(answer.base.loaded.scenario.horizon.start) + month))


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


# stated wages that nobody is paid --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stated:
    """An entry wage as stated from a month on, and what is paid in that month, USD an hour."""

    kind: str  # of employer
    address: str
    month: int  # since the start
    stated: float
    paid: float = field(compare=False)
    legal: bool = field(compare=False)  # the floor is the legal minimum, and nothing else

    @property
    def unpaid(self) -> bool:
        """Whether a floor lifts it."""
        return self.paid - self.stated >= HALF_A_CENT


def unpaid_told(answer: Answer) -> str:
    """Return which stated wages nobody is paid because a floor holds in their place; nothing where all are paid.

    Of the base those below the legal minimum, of alternatives those that the base does not state.
    """
    base = list(_stated(answer.base, answer))
    told = _unpaid_but([one for one in base if not one.legal], answer.base, answer)
    told += [line for one in answer.alternatives for line in _unpaid_but(base, one.case, answer)]
    return " ".join(told)


def _unpaid_but(known: Sequence[Stated], case: Case, answer: Answer) -> list[str]:
    return [_unpaid(case, one, answer) for one in _stated(case, answer) if one.unpaid and one not in known]


def _stated(case: Case, answer: Answer) -> Iterator[Stated]:
    """Yield every entry wage in the month from which it is stated."""
    horizon = answer.base.loaded.scenario.horizon
    for plan in plans(case.loaded.scenario):
        every = wages_by_month(plan, month_number(horizon.start), horizon.months)
        for (month, tables), dates in zip(plan.epochs, plan.dates, strict=True):
            paid, legal = _by_address(every[month]), isinstance(tables.pay.floor, MinimumWageFloor)
            new = [one for one in stated_wages(tables).items() if dates.get(one[0], 0) == month]
            yield from (Stated(plan.name, address, month, usd, paid[address], legal) for address, usd in new)


def _by_address(one: WagesUsed) -> dict[str, float]:
    return {WAGE: one.entry} | {f"positions.{name}.wage_usd_per_hour": usd for name, usd in one.positions}


def _unpaid(case: Case, one: Stated, answer: Answer) -> str:
    at = f" at {name_of_key(one.kind)}" if len(_kinds(case)) > 1 else ""
    when = f" from {_month(one.month, answer)}" if one.month else ""
    floor = "the legal minimum wage" if one.legal else "the floor"
    return (
        f"In {named(case, answer)} nobody is paid the {value(one.stated, HOURLY)} an hour stated{_posts(one)}{at}"
        f"{when}: {floor} of {value(one.paid, HOURLY)} holds in its place."
    )


def _posts(one: Stated) -> str:
    return "" if one.address == WAGE else f" for {name_of_key(one.address.split('.')[1])}"


# living wages: of which household, found how, from where --------------------------------------------------------


def yardstick_lines(answer: Answer) -> str:
    """Return the living wage of every household type at the start; who it holds for where that differs."""
    told: dict[str, list[str]] = {}
    everybody = [name for name, _ in _employers(answer)]
    for name, found in _employers(answer):
        for one in found:
            told.setdefault(yardstick_in_words(one), []).append(name)
    lines = [line if names == everybody else f"{_named(names)}: {line}" for line, names in told.items()]
    return bullets([*lines, *_advice(answer)], MOST_LINES + 1)


def yardstick_title(answer: Answer) -> str:
    """Return the heading over those lines."""
    return told_words("Living wage at the start, by household", [case.loaded for case in answer.cases])


def yardstick_in_words(one: Yardstick) -> str:
    """Return one household's living wage, its method and its source in a sentence."""
    who = one.household.replace("_", " ") + ("" if one.share == 1 else f" ({value(one.share, 'share')} of peers)")
    return f"{who}: {_dollars(one.usd_per_hour)} an hour, {_method(one)} [{_source(one)}]"


def _method(one: Yardstick) -> str:
    base = f"{_dollars(one.one_adult)} of one adult{'' if one.own_one_adult else ', the housing wage,'}"
    ratio = f"{one.usd_per_hour / one.one_adult:.4g}"
    if one.method == "own figure":
        return "typed in"
    if one.method == "own ratio":
        return _of_one_adult(one) if one.usd_per_hour == one.one_adult else f"{base} × {ratio} as typed in"
    if one.bedrooms == ONE_ADULT_BEDROOMS:
        return _of_one_adult(one)
    return f"{base} × {ratio}, the {one.state} rent of {_bedrooms(one.bedrooms)} over that of one"


def _of_one_adult(one: Yardstick) -> str:
    if one.own_one_adult:
        return "typed in"
    place = load_places()[one.state]
    rent, (lower, upper) = place.fair_market_rents_usd_per_month[ONE_ADULT_BEDROOMS], place.one_bedroom_quarters
    wages = " to ".join(_dollars(one.usd_per_hour * end / rent) for end in (lower, upper))
    return (
        f"a housing wage: full-time pay of which the {one.state} one-bedroom rent of ${rent:,.0f} a month, where the "
        f"middle one of its people lives, takes {RENT_SHARE_OF_INCOME:.0%}".replace("%", " %")
        + f", in dollars of the start; ${lower:,.0f} to ${upper:,.0f} for the middle half of them, {wages} an hour"
    )


def _source(one: Yardstick) -> str:
    """Return the user's words, the key of the rents, or both where a rent scales the user's figure."""
    by_rent = one.method == "rent" and one.bedrooms != ONE_ADULT_BEDROOMS
    typed = one.own_one_adult or (one.method != "rent" and one.usd_per_hour != one.one_adult)
    words = [one.source or NO_SOURCE] if typed else []
    uses_rents = by_rent or (one.method != "own figure" and not one.own_one_adult)
    return "; ".join([*words, *([RENTS] if uses_rents else [])])


def _bedrooms(number: int) -> str:
    return {0: "a studio", 2: "two bedrooms"}[number]


def _advice(answer: Answer) -> list[str]:
    """Return what to do where a rent stands in for a living wage."""
    stands_in = any(not one.own_one_adult for _, found in _employers(answer) for one in found)
    advice = "A rent is not a living wage: look yours up (MIT or EPI calculator) and type it with source and year"
    return [advice] if stands_in else []


def _employers(answer: Answer) -> Iterator[tuple[str, tuple[Yardstick, ...]]]:
    """Yield the kinds of employers of all scenarios, named as far as needed."""
    for case in answer.cases:
        unfolded = plans(case.loaded.scenario)
        for plan in unfolded:
            name = plan.name if len(unfolded) > 1 else case.name
            yield name, tuple(yardsticks(plan.epochs[0][1]))


def _named(names: list[str]) -> str:
    shown = list(dict.fromkeys(names))
    return ", ".join(shown[:MOST_NAMES]) + (f" and {len(shown) - MOST_NAMES} more" if len(shown) > MOST_NAMES else "")


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}"
