"""One line on what a projection is about: posts, place, entry wage, and who pays how much until when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from sim.evidence.places import NATION, load_places
from sim.model.world.positions import mean_stated_wage
from sim.scenario.schema import Organization, Scenario
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import Source, grants_of, paid_by_the_unit, prospective_in, scheduled_in
from sim.scenario.tables.funding.grant import Grant, first_award
from sim.scenario.timeline import plans
from sim.units import month_number, month_text
from sim.words.futures import employers_of
from sim.words.layout import counted, name_of_key
from sim.words.numbers import value
from sim.words.sentences import month_name

MOST_SOURCES: Final = 4
HUNDRED: Final = 100.0


def organization_line(scenario: Scenario, *, money: bool = True) -> str:
    """Return what a projection is about: `12 posts in Ohio, entry wage $17.50; award $780,000 a year through …`.

    Args:
        scenario: the scenario, as it stands at the start.
        money: whether sources of money are told.
    """
    everyone = [plan.epochs[0][1] for plan in plans(scenario)]
    posts = sum(
        own.posts.number * kind.count for own, kind in zip(everyone, scenario.employer, strict=True)
    ) if scenario.employer else everyone[0].posts.number  # fmt: skip
    employers = employers_of(scenario)
    whose = f" at {counted(employers, 'employer')}" if employers > 1 else ""
    place = scenario.place.state
    where = "" if place == NATION else f" in {load_places()[place].name}"
    told = f"{counted(posts, 'post')}{whose}{where}, entry wage {_wage(everyone)}"
    return "; ".join([told, *_money(everyone, scenario)]) if money else told


def _wage(everyone: list[Organization]) -> str:
    wages = [float(mean_stated_wage(own)) for own in everyone]
    low, high = (f"${end:,.2f}" for end in (min(wages), max(wages)))
    return low if low == high else f"{low} to {high}"


def _money(everyone: list[Organization], scenario: Scenario) -> Iterator[str]:
    """Yield each source at the start: its name, its amount a year or its price, and until when it runs."""
    sources = dict(chain.from_iterable(own.funding.items() for own in reversed(everyone)))
    for name, source in list(sources.items())[:MOST_SOURCES]:
        yield f"{name_of_key(name)} {_terms(source, scenario.horizon)}"
    if len(sources) > MOST_SOURCES:
        yield f"and {len(sources) - MOST_SOURCES} more sources of money"


def _terms(source: Source, horizon: Horizon) -> str:
    """Return what a source pays; of a kind that has no terms of its own here, what it is."""
    start, of_one = month_number(horizon.start), {"source": source}
    for grant in grants_of(of_one).values():
        return _award(grant, start)
    for claims in paid_by_the_unit(of_one).values():
        return f"${claims.rate_usd_per_unit:,.2f} per 15 minutes"
    for clinic in prospective_in(of_one).values():
        return f"${clinic.rate_usd:,.2f} a {clinic.per.replace('_', '-')}"
    for fund in scheduled_in(of_one).values():
        usd, last = fund.fixed_usd_a_year(start, horizon.months), max(one.at for one in fund.payments)
        return f"{value(usd, 'USD')} a year, the last payment in {month_name(last)}"
    return f"({source.in_words})"


def _award(grant: Grant, start: int) -> str:
    first, end = first_award(grant, start)
    begins = f" from {month_name(month_text(start + first))}" if first > 0 else ""
    until = f"{begins} through {month_name(month_text(start + end - 1))}"
    renewed = f"renewal assumed {HUNDRED * grant.renewal_chance:.0f} of 100"
    return f"${grant.amount_usd_per_year:,.0f} a year{until}, {renewed}"
