"""Live one replication again, alone, and watch its people: the same facts as in the whole run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.engine.block import Block
from sim.model.engine.holders import wages
from sim.model.engine.panel import BURNED_OUT_ABOVE
from sim.model.engine.run import opened, project
from sim.results.careers import BURNOUT, SATISFACTION, WAGE, Career, States, careers
from sim.runs.blocks import Solved
from sim.runs.replicate import check_alike
from sim.scenario.schema import Scenario

BURNED_OUT = BURNED_OUT_ABOVE  # SD
AWAY = -1


class _Watcher:
    """Write down at every close who is at work and how they are."""

    def __init__(self) -> None:
        self._seen: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}

    def look(self, kind: str, block: Block) -> None:
        """Note the peers of a block."""
        roster = block.roster
        wage = wages(block, np.arange(roster.filled.size), float(block.month))
        watched = {BURNOUT: roster.states[0], SATISFACTION: roster.states[1], WAGE: wage}
        values = np.stack([watched[number] for number in range(len(watched))])
        ordinal = np.where(roster.in_post, roster.ordinal, AWAY)
        self._seen.setdefault(kind, []).append((ordinal, values))

    def states(self, kind: str) -> States:
        """Return what was seen of one kind of employer."""
        ordinals, values = zip(*self._seen[kind], strict=True)
        return States(np.stack(ordinals), np.stack(values, axis=1))


def stories(
    scenario: Scenario, replication: int, seed: int, base: Scenario | None = None, solved: Solved | None = None
) -> list[Career]:
    """Return the careers of everybody in one replication of a scenario.

    Args:
        scenario: whose replication is lived again.
        replication: its number, from 0.
        seed: key of all luck, as in the whole run.
        base: the scenario whose opening it started from, if it was an alternative.
        solved: baseline hazards of the base, if they are known.

    Raises:
        ScenarioError: when the scenario cannot start from the base's opening.
    """
    start = base or scenario
    check_alike([start, scenario])
    watcher = _Watcher()
    kinds = opened(start, [replication], seed, {} if solved is None else solved)
    results = project(scenario, kinds, watcher.look)
    return [one for result in results for one in careers(result, watcher.states(result.kind))]


def in_post(found: Sequence[Career], employer: int, post: int) -> list[Career]:
    """Return who held one post, one after another."""
    return [one for one in found if (one.employer, one.post) == (employer, post)]
