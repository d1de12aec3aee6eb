"""Run scenarios at points of what is not known, every point in the same replications, many points in a block.

A point's rows stand side by side, one a replication. Its baseline hazards are solved by the small pilots that futures
have (`sim.model.engine.row_pilot`), on all of the few lucks, and the mean is taken; a point at which everything is as
taken has the hazards that the large pilot solved. A point alone has the bits that it has among others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.baselines import by_employer
from sim.model.engine.run import Kind, opened
from sim.model.engine.together import projected
from sim.model.rules.turnover import Baseline
from sim.results.blocks import Sums
from sim.results.sums import gather
from sim.runs.futures.laid_out import Structure, Values, laid_out
from sim.runs.futures.openings import solved_at
from sim.scenario.files import Loaded


@dataclass(frozen=True)
class Points:
    """What a worker needs to run some points of one structure."""

    everyone: tuple[Loaded, ...]  # the base first
    open_in: tuple[frozenset[str], ...]
    structure: Structure
    own: tuple[list[Values], ...]  # by point, what every scenario takes of it
    taken: NDArray[np.bool_]  # which points have everything as taken
    numbers: range  # of the replications
    seed: int
    solved: Mapping[str, Baseline]  # with everything as taken, by kind of employer


def run_points(points: Points) -> list[tuple[Sums, ...]]:
    """Return the sums of every scenario by point, one row a replication."""
    runs, many = len(points.numbers), len(points.own)
    narrow, _ = laid_out(points, points.structure, points.own, check=False)
    solved = solved_at(points.everyone[0], narrow[0], points.solved, points.taken)
    rows = [one.part(np.repeat(np.arange(many), runs)) for one in narrow]
    each = {name: by_employer(own, runs) for name, own in solved.items()}
    kinds = [_numbered(kind) for kind in opened(rows[0], list(points.numbers) * many, points.seed, each)]
    results = projected(rows, kinds)
    sums = [gather(blocks, own, rows[0]) for blocks, own in zip(results, rows, strict=True)]
    stretches = [slice(runs * at, runs * (at + 1)) for at in range(many)]
    return [tuple({name: own[name][stretch] for name in own} for own in sums) for stretch in stretches]


def _numbered(kind: Kind) -> Kind:
    """Return a kind of employer whose rows are told apart where they have a replication in common."""
    return replace(kind, numbers=np.repeat(np.arange(kind.numbers.size // kind.plan.count), kind.plan.count))
