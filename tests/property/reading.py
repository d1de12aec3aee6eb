"""Read what a run wrote down: people's careers, money by month, and the terms that held when."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult, simulate
from sim.model.world import log
from sim.model.world.log import Table
from sim.scenario.schema import Organization, Scenario
from sim.scenario.timeline import EmployerPlan, plans
from tests.determinism.busy import audited, busy_portfolio, crowded, endowed, poor
from tests.property.worlds import comparisons, scenarios

LETTERS = "OHcplrx"  # opening, hired, certified, promoted, leave, returned, left
PANEL_ROUNDING = 1e-9  # of sums over posts that are added in another order
Property = Callable[..., None]
SEARCH = "PEERSTAY_EXAMPLES"  # multiplies the examples, and draws new ones: PEERSTAY_EXAMPLES=20 pytest tests/property


def searching(examples: int) -> settings:
    """Return in how many worlds a property is tried: the same ones every time, unless a search is asked for."""
    times = int(os.environ.get(SEARCH, "0"))
    return settings(
        max_examples=examples * max(1, times),
        derandomize=times == 0,
        phases=tuple(Phase) if times else (Phase.explicit, Phase.generate),  # a small world takes minutes to find
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@dataclass(frozen=True)
class Run:
    """What happened to one kind of employer, with the plan it followed."""

    scenario: Scenario
    plan: EmployerPlan
    result: BlockResult

    @property
    def months(self) -> int:
        """Return the length of the projection."""
        return self.scenario.horizon.months

    @property
    def employers(self) -> int:
        """Return how many employers the block holds, replications counted."""
        return int(self.result.replications.size)

    @property
    def panel(self) -> Table:
        """Return the panel."""
        return self.result.panel

    def terms(self, month: int) -> Organization:
        """Return the tables that hold in a month."""
        return [tables for first, tables in self.plan.epochs if first <= month][-1]

    def lines(self, *kinds: str, source: str | None = None) -> Iterator[tuple[float, int, int]]:
        """Yield (time, employer, cents) of the ledger lines of these kinds, or of all."""
        table = self.result.lines
        columns = (table[name].tolist() for name in log.LINE_COLUMNS)
        for time, kind, place, employer, amount in zip(*columns, strict=True):
            whose = self.result.sources[int(place)] if place >= 0 else None
            if (not kinds or log.LINE_KINDS[int(kind)] in kinds) and source in (None, whose):
                yield time, int(employer), int(amount)

    def by_close(self, *kinds: str, source: str | None = None) -> NDArray[np.int64]:
        """Return the cents that moved in each month by employer; what falls on a close belongs to that close."""
        total = np.zeros((self.months, self.employers), dtype=np.int64)
        for time, employer, amount in self.lines(*kinds, source=source):
            total[max(0, int(np.ceil(time)) - 1), employer] += amount
        return total


class World:
    """What happens to every kind of employer when a scenario starts from a base's opening."""

    def __init__(self, base: Scenario, scenario: Scenario) -> None:
        """Note what to run."""
        self.base, self.scenario = base, scenario

    @cached_property
    def kinds(self) -> list[Run]:
        """Run it."""
        replications = range(self.base.experiment.replications)
        blocks = simulate(self.base, [self.scenario], replications, self.base.experiment.seed)[1]
        return [Run(self.scenario, plan, block) for plan, block in zip(plans(self.scenario), blocks, strict=True)]

    def __iter__(self) -> Iterator[Run]:
        return iter(self.kinds)

    def __repr__(self) -> str:
        told = [self.base.model_dump_json(exclude_defaults=True), self.scenario.model_dump_json(exclude_defaults=True)]
        return "\n from the opening of ".join(reversed(told))


@st.composite
def lived(draw: DrawFn, *, observed: bool = False) -> World:
    """Draw a scenario or an alternative and run it; turnover solved from what is seen takes longer."""
    if draw(st.booleans()):
        base, scenario = draw(comparisons(observed=observed))
        return World(base, scenario)
    scenario = draw(scenarios(observed=observed))
    return World(scenario, scenario)


EVENTFUL = (  # worlds in which what is rare happens for sure; run once, whoever asks
    World(busy_portfolio(), busy_portfolio(posts={"number": 6}, ladder={"lead": {"slots": {"kind": "open"}}})),
    *(World(scenario, scenario) for scenario in (poor(), endowed(), crowded(), audited())),
)


def in_every_world(examples: int, *, observed: bool = False) -> Callable[[Property], Property]:
    """Try a property in the eventful worlds and in so many that are drawn."""

    def tried(test: Property) -> Property:
        test = given(world=lived(observed=observed))(test)
        for world in EVENTFUL:
            test = example(world=world)(test)
        return searching(examples)(test)

    return tried


# --- people -------------------------------------------------------------------------------------------------------


@dataclass
class Career:
    """One person's time in a post, fact by fact; `story` has a letter a fact."""

    row: int
    ordinal: int
    began: float = 0.0
    ended: float = np.inf
    cause: int = log.NO_DETAIL
    story: str = ""
    times: list[float] = field(default_factory=list)
    rungs: list[int] = field(default_factory=list)

    @property
    def away(self) -> list[tuple[float, float]]:
        """Return the leaves that began since time 0, as (from, to)."""
        starts = [time for letter, time in zip(self.story, self.times, strict=True) if letter == "l"]
        ends = [time for letter, time in zip(self.story, self.times, strict=True) if letter == "r"]
        return [(start, min([end for end in ends if end >= start] or [self.ended])) for start in starts]

    def rung_at(self, time: float) -> int:
        """Return the rung at a time, that time's facts included."""
        return [rung for when, rung in zip(self.times, self.rungs, strict=True) if when <= time][-1]


def careers(result: BlockResult) -> list[Career]:
    """Return everyone who was ever in post, by post and ordinal."""
    found: dict[tuple[int, int], Career] = {}
    facts = result.facts
    order = np.lexsort((facts["time"], facts["ordinal"], facts["row"])) if facts["time"].size else ()
    for place in order:
        fact: dict[str, Any] = {name: column[place].item() for name, column in facts.items()}
        key = int(fact["row"]), int(fact["ordinal"])
        career = found.setdefault(key, Career(*key, began=fact["hired"]))
        career.story += LETTERS[int(fact["kind"])]
        career.times.append(fact["time"] if career.story != "O" else 0.0)
        career.rungs.append(int(fact["rung"]))
        if career.story.endswith("x"):
            career.ended, career.cause = fact["time"], int(fact["detail"])
    return list(found.values())


def by_post(people: list[Career]) -> dict[int, list[Career]]:
    """Return the occupants of every post that ever had one, in order."""
    posts: dict[int, list[Career]] = defaultdict(list)
    for career in people:
        posts[career.row].append(career)
    return posts


def counted(run: Run, people: list[Career], month: int, *, rung: int | None = None) -> NDArray[np.int64]:
    """Return how many peers of each employer are there once a month has closed, on any rung or on one."""
    total = np.zeros(run.employers, dtype=np.int64)
    close = month + 1.0
    for career in people:
        there = career.times[0] < close < career.ended
        if there and (rung is None or career.rung_at(close) == rung):
            total[career.row // run.result.posts] += 1
    return total


def overlap(start: float, end: float, month: int) -> float:
    """Return how much of a month a span of time covers."""
    return max(0.0, min(end, month + 1.0) - max(start, float(month)))
