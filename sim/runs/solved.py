"""Find the baseline hazards of a base: kept from an earlier run, or solved kind by kind by whoever does the work."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from sim.model.engine.baseline import Solved as Found
from sim.model.engine.baselines import baseline_for, meaning_of
from sim.model.rules.turnover import Baseline
from sim.runs.blocks import Solved
from sim.runs.shelf import BASELINES, Shelf
from sim.runs.workers.work import Executor
from sim.scenario.rows import plans_of
from sim.scenario.schema import Scenario


def solved_by(workers: Executor, base: Scenario, store: Path | None) -> Solved:
    """Return the baseline hazards of every kind of employer, solved once for all blocks.

    Args:
        workers: who solves what is not kept.
        base: the scenario.
        store: where they are kept for other questions about the same base; nowhere, if left out.
    """
    shelf, kinds = Shelf(store, BASELINES), [plan.name for plan in plans_of(base)]
    keys = {kind: shelf.key({"baseline": meaning_of(base, kind)}) for kind in kinds} if store else {}
    found = {kind: kept for kind, key in keys.items() if (kept := _kept(shelf, key)) is not None}
    todo = [kind for kind in kinds if kind not in found]
    alone = min(workers.workers, len(todo)) <= 1  # then here, where what was asked lately is remembered
    own = map(baseline_for, [base] * len(todo), todo) if alone else _in_order(workers, base, todo)
    for kind, baseline in zip(todo, own, strict=True):
        found[kind] = baseline
        if store:
            shelf.put(keys[kind], {name: np.array(value) for name, value in asdict(baseline).items()})
    return {kind: found[kind] for kind in kinds}


def _kept(shelf: Shelf, key: str) -> Baseline | None:
    kept = shelf.get(key)
    if kept is None:
        return None
    own = {name: value.item() for name, value in kept.items()}
    return next(kind(**own) for kind in (Baseline, Found) if {one.name for one in fields(kind)} == own.keys())


def _in_order(workers: Executor, base: Scenario, kinds: list[str]) -> list[Baseline]:
    done = dict(workers.results(_solved_kind, [(base, kind) for kind in kinds]))
    return [done[place] for place in range(len(kinds))]


def _solved_kind(item: tuple[Scenario, str]) -> Baseline:
    return baseline_for(*item)
