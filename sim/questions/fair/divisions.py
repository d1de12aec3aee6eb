"""What tells the people of a scenario apart, before anything is run: their groups, and what the model makes of these.

Marks are rows of the effects table that stand for unequal conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.evidence.effects import load_effects
from sim.model.world.log import GROUPS
from sim.model.world.positions import places_of
from sim.model.world.terms import FULL_TIME_FTE
from sim.questions.fair.fair import FEWEST
from sim.scenario.schema import Organization, Scenario
from sim.scenario.timeline import plans
from sim.words.layout import counted

FEW_POSTS: Final = (
    "Nothing is told of fewer than {fewest} people, and there are {posts}: state more posts, or more employers."
)
ONE_GROUP: Final = (
    "Everybody is in one group: state shares of peers who are Black or not White, a rural employer beside urban ones, "
    "a position of part-time posts, or a list of the people in post."
)


def missing(base: Scenario) -> str:
    """Return what has to be stated for anything to be told by group; nothing where something may be."""
    posts = _posts(base)
    if posts < FEWEST:
        return FEW_POSTS.format(fewest=FEWEST, posts=counted(posts, "post"))
    return "" if any(_divides(base, groups) for groups in (_races, _places, _hours)) else ONE_GROUP


def _posts(base: Scenario) -> int:
    """Return the most posts that there are at any time."""
    return sum(plan.count * max(tables.posts.number for _, tables in plan.epochs) for plan in plans(base))


def _divides(base: Scenario, groups: Callable[[Organization], Iterator[Any]]) -> bool:
    """Whether people of several groups are employed, by anybody and at any time."""
    return len({group for plan in plans(base) for _, tables in plan.epochs for group in groups(tables)}) > 1


def _races(tables: Organization) -> Iterator[str]:
    """Yield the groups by race that somebody can be in."""
    black, non_white = tables.place.black_share, tables.place.non_white_share
    shares = (black, non_white - black, 1.0 - max(black, non_white))
    yield from (group for group, share in zip(GROUPS, shares, strict=True) if share > 0.0)
    yield from (one.group for one in tables.posts.roster if one.group is not None)


def _places(tables: Organization) -> Iterator[bool]:
    yield tables.place.rural


def _hours(tables: Organization) -> Iterator[bool]:
    """Yield whether posts, and the people of a list, are full-time."""
    places = places_of(tables)
    ftes = np.asarray(places.fte, dtype=np.float64)[np.asarray(places.number) > 0].tolist()
    yield from (
        fte >= FULL_TIME_FTE for fte in (*ftes, *(one.fte for one in tables.posts.roster if one.fte is not None))
    )


# what the model makes of a group -------------------------------------------------------------------------------------

CAUSES: Final = ("black_identity", "non_white_identity", "rural", "full_time")


@dataclass(frozen=True)
class Mark:
    """A row of the effects table that makes groups differ, as a scenario has it."""

    key: str  # cause.outcome
    effect: float  # SD for one SD of the cause, scaled
    typed: bool  # by the scenario; else the table's
    grade: str
    source: str


def marks_of(scenario: Scenario) -> tuple[Mark, ...]:
    """Return the marks at the start of the projection, once for each value that a kind of employer has."""
    found: dict[Mark, None] = {}
    for plan in plans(scenario):
        effects = plan.epochs[0][1].effects
        typed, rows = effects.overrides(), load_effects().values()
        for row in (one for one in rows if one.cause in CAUSES):
            effect = effects.scale * typed.get(row.key, row.effect)
            found[Mark(row.key, effect, row.key in typed, row.grade, row.source)] = None
    return tuple(found)
