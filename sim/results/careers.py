"""Read careers from the facts: who came to which post when, what happened to them, and how it ended."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.model.world import log
from sim.results.blocks import Block, Floats, Rows, months_of

SHORT_STAY: Final = 6.0  # months
BURNOUT, SATISFACTION, WAGE = range(3)  # places among what is watched


@dataclass(frozen=True)
class Event:
    """One dated event of a career; times are months since the start."""

    time: float
    what: str  # a word of sim.model.world.log.KINDS
    rung: str
    wage: float  # USD/hour
    cause: str = ""
    destination: str = ""


@dataclass(frozen=True)
class Career:
    """One person's time with one employer, in one replication.

    `employer` is the place in the portfolio, `post` counts the employer's posts and `occupant` those who held the post,
    all from 0; occupants are counted from before the start. `burnout`, `satisfaction` (SD of the reference workforce)
    and `wage` (USD/hour, of the month that begins then) are those at the month's ends from month `seen_from` on, NaN on
    leave; they are empty unless somebody watched.
    """

    kind: str
    employer: int
    post: int
    occupant: int
    hired: float
    until: float  # of the exit, or of the end of the projection
    events: tuple[Event, ...]
    seen_from: int = 0
    burnout: tuple[float, ...] = ()
    satisfaction: tuple[float, ...] = ()
    wage: tuple[float, ...] = ()

    @property
    def exit(self) -> Event | None:
        """Return how it ended; None for who is still there."""
        last = self.events[-1]
        return last if last.what == "left" else None

    @property
    def months(self) -> float:
        """Return the months in the job, those before the start among them."""
        return self.until - self.hired

    @property
    def promotions(self) -> int:
        """Return how often there was a promotion."""
        return sum(event.what == "promoted" for event in self.events)

    def wage_from(self, close: float) -> float | None:
        """Return the wage from a month's close on, which a promotion then has moved; None where it was not seen."""
        at = round(close) - 1 - self.seen_from
        known = 0 <= at < len(self.wage) and not math.isnan(self.wage[at])
        return self.wage[at] if known else None

    def months_above(self, threshold: float) -> int:
        """Return at how many month's ends burnout was above a threshold."""
        return sum(burnout > threshold for burnout in self.burnout)


@dataclass(frozen=True)
class States:
    """Who was in each post at each month's end, and their burnout, satisfaction and wage.

    Shapes are (months, posts of all employers) for `ordinal`, −1 where nobody was at work, and (3, months, posts) for
    `values`.
    """

    ordinal: Rows
    values: Floats


def careers(block: Block, states: States | None = None) -> list[Career]:
    """Return every career of a block that holds one replication, by employer, post and occupant."""
    facts = block.facts
    row, ordinal = facts["row"].astype(np.int64), facts["ordinal"].astype(np.int64)
    order = np.lexsort((np.arange(row.size), facts["time"], ordinal, row))
    people = np.flatnonzero(np.diff(row[order], prepend=-1) | np.diff(ordinal[order], prepend=-1))
    spans = np.split(order, people[1:]) if order.size else []
    return [_career(block, span, states) for span in spans]


def _career(block: Block, at: Rows, states: States | None) -> Career:
    facts, first = block.facts, at[0]
    row, ordinal = int(facts["row"][first]), int(facts["ordinal"][first])
    events = tuple(_events(block, at))
    end = events[-1].time if events[-1].what == "left" else float(months_of(block))
    seen_from, watched = (0, ((), (), ())) if states is None else _watched(states, row, ordinal)
    return Career(
        kind=block.kind,
        employer=int(block.owners[row // block.posts]),
        post=row % block.posts,
        occupant=ordinal,
        hired=float(facts["hired"][first]),
        until=end,
        events=events,
        seen_from=seen_from,
        burnout=watched[BURNOUT],
        satisfaction=watched[SATISFACTION],
        wage=watched[WAGE],
    )


def _events(block: Block, at: Rows) -> Iterator[Event]:
    facts = block.facts
    for one in at:
        kind, cause, destination = (int(facts[name][one]) for name in ("kind", "detail", "destination"))
        left = kind == log.LEFT
        yield Event(
            float(facts["time"][one]),
            log.KINDS[kind],
            block.rungs[int(facts["rung"][one])],
            float(facts["wage"][one]),
            CAUSES[cause] if left else "",
            DESTINATIONS[destination] if left and destination >= 0 else "",
        )


def _watched(states: States, row: int, ordinal: int) -> tuple[int, tuple[tuple[float, ...], ...]]:
    """Return from which month's end on a person was seen at work, and what was seen from then on."""
    there = np.flatnonzero(states.ordinal[:, row] == ordinal)
    if not there.size:
        return 0, ((), (), ())
    first, last = int(there[0]), int(there[-1]) + 1
    at_work = states.ordinal[first:last, row] == ordinal
    return first, tuple(tuple(np.where(at_work, one[first:last, row], np.nan).tolist()) for one in states.values)


def telling(found: Sequence[Career], threshold: float) -> dict[str, Career]:
    """Return examples that show different fates, each of another person, where there are such.

    Args:
        found: careers of one replication.
        threshold: burnout above it counts as burned out.
    """
    sizes: dict[str, Callable[[Career], float]] = {  # how good an example a career is; 0 and less is none
        "promoted": lambda one: one.promotions,
        "burned out": lambda one: one.months_above(threshold),
        "left within half a year": lambda one: SHORT_STAY - one.months if one.exit else 0.0,
        "back from leave": lambda one: one.months * any(event.what == "returned" for event in one.events),
        "laid off": lambda one: one.months * (one.exit is not None and one.exit.cause == "layoff"),
        "longest stay": lambda one: one.months,
    }
    picked: dict[str, Career] = {}
    for label, size in sizes.items():
        others = [one for one in found if size(one) > 0 and one not in picked.values()]
        if others:
            picked[label] = max(others, key=size)
    return picked
