"""Find what other employers of a portfolio pay, as each kind sees it (docs/model.md, section 8).

Entry wages follow from inputs alone, so every month's mix is known before anything is drawn: no block has to know
another, and a result does not depend on how a run is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.market.course import WageCourse, begun
from sim.model.engine.scale import Seen, scale_of
from sim.model.world.terms import Terms, compile_terms, compiled
from sim.scenario.rows import Ran, plans_by_replication
from sim.scenario.timeline import EmployerPlan
from sim.units import MONTHS_PER_YEAR, month_number

BEFORE: Final = -1  # any month before the start
Numbers = Callable[[NDArray[Any]], NDArray[Any]]


@dataclass(frozen=True)
class Others:
    """What one kind of employer sees of the others, in months before the start and from then on.

    Numbers, or arrays: over replications as found, over employers as a block needs them.
    """

    before: Seen
    months: tuple[Seen, ...]

    def at(self, month: int) -> Seen:
        """Return what is seen in a month."""
        return self.before if month < 0 else self.months[month]

    def with_numbers(self, made: Numbers) -> Others:
        """Return the same with what is made of every array."""
        return Others(_made(self.before, made), tuple(_made(seen, made) for seen in self.months))

    def by_employer(self, count: int) -> Others:
        """Return what is seen by replication as it is for the employers, of whom each replication has so many."""
        return self.with_numbers(lambda own: np.repeat(own, count))

    def of_row(self, place: int) -> Others:
        """Return what is seen in one replication, every number plain."""
        return self.with_numbers(lambda own: own[place].item())


def _made(seen: Seen, made: Numbers) -> Seen:
    first, second = (made(one) if isinstance(one, np.ndarray) else one for one in seen)
    return first, second


Seeing = dict[str, Others]  # by kind of employer; nobody where employers do not meet


def others_at_start(base: Ran) -> Seeing:
    """Return what kinds of a base see in their openings and in a first year with nothing new decided."""
    plans = [replace(one, epochs=one.epochs[:1], dates=one.dates[:1]) for one in plans_by_replication(base)]
    return others_of(plans, plans, month_number(base.horizon.start), MONTHS_PER_YEAR)


def others_of(plans: Sequence[EmployerPlan], base: Sequence[EmployerPlan], start: int, months: int) -> Seeing:
    """Return what kinds of a scenario see of one another.

    Args:
        plans: employers of the scenario, a number of them or one a replication.
        base: those of the base, from whose opening it starts.
        start: the first month, counted since year 0.
        months: of the projection; the month that begins at its end is found too.
    """
    if not any(plan.epochs[0][1].market.employers_meet for plan in plans):
        return {}
    stands = zip(*(_stands(*pair, start, months) for pair in zip(plans, base, strict=True)), strict=True)
    before, *later = [_seen(month) for month in stands]
    return {
        plan.name: Others(before[place], tuple(month[place] for month in later)) for place, plan in enumerate(plans)
    }


# one month --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """What a kind of employer is to the others in a month: how many employers and posts, where, at what wage."""

    count: int
    posts: int
    area: str
    reach: Any
    wage: Any  # mean entry wage, USD/hour


@dataclass
class Sum:
    """Posts, and their wages added up."""

    posts: int = 0
    wages: Any = 0.0

    def add(self, stand: Stand) -> None:
        """Take in all employers of a kind."""
        self.posts += stand.count * stand.posts
        self.wages = self.wages + stand.count * stand.posts * stand.wage

    def without(self, stand: Stand) -> tuple[bool, Any]:
        """Whether there is anybody but one employer of a kind, and what they pay on average."""
        posts = self.posts - stand.posts
        return posts > 0, (self.wages - stand.posts * stand.wage) / max(posts, 1)


def _seen(stands: Sequence[Stand]) -> list[Seen]:
    """Return what each kind sees in a month: who look everywhere see all areas, the rest their own."""
    everywhere, areas = Sum(), dict[str, Sum]()
    for stand in stands:
        everywhere.add(stand)
        areas.setdefault(stand.area, Sum()).add(stand)
    return [_mixed(stand, everywhere, areas[stand.area]) for stand in stands]


def _mixed(stand: Stand, everywhere: Sum, own: Sum) -> Seen:
    seen: Any = 0.0
    part: Any = 0.0
    for share, whole in ((stand.reach, everywhere), (1.0 - stand.reach, own)):
        anybody, wage = whole.without(stand)
        if anybody:
            seen, part = seen + share, part + share * wage
    return seen, part


# through time -----------------------------------------------------------------------------------------------------


def _stands(plan: EmployerPlan, base: EmployerPlan, start: int, months: int) -> Iterator[Stand]:
    """Yield what a kind is to the others: before the start, then month after month."""
    opening = compile_terms(base.epochs[0][1])
    yield _stand(plan.count, opening, WageCourse(), BEFORE)
    terms = compiled(plan)
    now, course = terms[0], begun(opening, terms[0])
    yield _stand(plan.count, now, course, 0)
    for month in range(1, months + 1):
        before, now = now, terms.get(month, now)
        course.enter(month, before, now, start=start)
        yield _stand(plan.count, now, course, month)


def _stand(count: int, terms: Terms, course: WageCourse, month: int) -> Stand:
    given = terms.given
    wage = scale_of(terms, course.at(month)).entry
    return Stand(count, given.posts.number, given.place.area.strip().casefold(), given.market.reach_share, wage)
