"""Add up what happens to groups of peers, by replication: by race or ethnicity, by place and by hours.

Whose group a person is in is settled once: race or ethnicity and place for good, hours by the post (or the person's own
hours) as the base's start has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import VOLUNTARY
from sim.model.world import log
from sim.model.world.positions import places_of
from sim.model.world.terms import FULL_TIME_FTE
from sim.results.blocks import Adder, Block, Floats, Rows, Sums, adder, months_of
from sim.results.tenure import STILL_THERE, Spells, jobs
from sim.scenario.schema import Organization
from sim.units import MONTHS_PER_YEAR

Flags = NDArray[np.bool_]

EVERYBODY: Final = "everybody"
DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"race": log.GROUPS, "place": ("rural", "urban"), "hours": ("full_time", "part_time")}
)
GROUPS: Final = (EVERYBODY, *(group for groups in DIMENSIONS.values() for group in groups))


def group_sums(block: Block, numbers: Rows, start: Organization) -> Sums:
    """Return sums of one kind of employer, named `<sum>.<group>`.

    `people` are those with a job at any time, `start` those in post at the start, `stayed` those of them in post
    12 months later, `lived` the months in post, `left`, `quit` and `promoted` how often that happened; `peers` and
    `wages` are the peers at work and their hourly wages, added up over the months' closes.

    Args:
        block: what happened.
        numbers: the replications.
        start: the kind's tables at the base's start.
    """
    add, member = adder(block, numbers), _members(block, start)
    kind = block.facts["kind"]
    begun = np.isin(kind, (log.OPENING, log.HIRED))
    spells, opening, promoted = jobs(block, numbers), kind[begun] == log.OPENING, kind == log.PROMOTED
    place = add.place[block.facts["row"].astype(np.int64) // block.posts]
    sums: Sums = {}
    for group, ours in member.items():
        told = _of_jobs(spells, ours[begun], opening, add, months_of(block))
        told["promoted"] = add.of(place[promoted & ours])
        sums |= {f"{name}.{group}": values for name, values in told.items()}
    return sums | _of_panel(block, add, rural=start.place.rural)


def _of_jobs(spells: Spells, ours: Flags, opening: Flags, add: Adder, months: int) -> Sums:
    """Return what the jobs of a group come to."""
    left, at_start = spells.cause != STILL_THERE, ours & opening
    stayed = ~left | (spells.ended > MONTHS_PER_YEAR)
    whole_year = float(months >= MONTHS_PER_YEAR)
    return {
        "people": add.of(spells.place[ours]),
        "start": add.of(spells.place[at_start]),
        "start_seen": add.of(spells.place[at_start]) * whole_year,
        "stayed": add.of(spells.place[at_start & stayed]) * whole_year,
        "lived": add.of(spells.place[ours], (spells.until - spells.seen_from)[ours]),
        "left": add.of(spells.place[ours & left]),
        "quit": add.of(spells.place[ours & (spells.cause == VOLUNTARY)]),
    }


def _of_panel(block: Block, add: Adder, *, rural: bool) -> Sums:
    """Return peers at work and their wages by group; hours are those of the month."""
    sums: Sums = {}
    for name, columns in (("peers", _counts(block, "peers", "")), ("wages", _counts(block, "wage_sum", "_wage_sum"))):
        columns |= {"rural": columns[EVERYBODY] * rural, "urban": columns[EVERYBODY] * (not rural)}
        sums |= {f"{name}.{group}": add.months(columns[group]) for group in GROUPS}
    return sums


def _counts(block: Block, whole: str, ending: str) -> dict[str, NDArray[Any]]:
    panel = block.panel
    every, black, white, full_time = (panel[name] for name in (whole, *(f"{one}{ending}" for one in _COUNTED)))
    return {
        EVERYBODY: every,
        "black": black,
        "white": white,
        "other_non_white": every - black - white,
        "full_time": full_time,
        "part_time": every - full_time,
    }


_COUNTED: Final = ("black", "white", "full_time")


# who is in which group -------------------------------------------------------------------------------------------


def _members(block: Block, start: Organization) -> dict[str, Flags]:
    """Return which facts are about members of each group."""
    facts, every = block.facts, np.ones(block.facts["kind"].size, dtype=bool)
    full_time = _full_time(start, facts["row"].astype(np.int64) % block.posts, facts["ordinal"])
    members = {EVERYBODY: every}
    members |= {group: facts["group"] == code for code, group in enumerate(log.GROUPS)}
    members |= {"rural": every & start.place.rural, "urban": every & (not start.place.rural)}
    return members | {"full_time": full_time, "part_time": ~full_time}


def _full_time(start: Organization, post: Rows, ordinal: Rows) -> Flags:
    """Whether holders of posts are full-time: by their own hours, if the list of people states them, or the post's."""
    places = places_of(start)
    fte = np.asarray(places.fte, dtype=np.float64)[places.of(post)]
    own = _own_hours(start, int(post.max(initial=-1)) + 1)[post]
    return np.where((ordinal == 0) & ~np.isnan(own), own, fte) >= FULL_TIME_FTE


def _own_hours(start: Organization, posts: int) -> Floats:
    """Return the FTE that the list of people states of the first holder of each post, NaN where it states none.

    People take the posts of their position in the order of the list (docs/model.md, section 3).
    """
    own, places = np.full(max(posts, start.posts.number), np.nan), places_of(start)
    position = places.of(np.arange(own.size))
    free = {place: iter(np.flatnonzero(position == place).tolist()) for place in range(len(places.number))}
    for entry in start.posts.roster:
        post = next(free[_place(places.names, entry.position)])
        own[post] = np.nan if entry.fte is None else entry.fte
    return own


def _place(names: Sequence[str], position: str) -> int:
    return names.index(position) if position in names else len(names)
