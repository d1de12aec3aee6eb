"""Find the baseline hazards of a base: kept from an earlier run, or solved kind by kind by whoever does the work."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from sim.model.engine.baseline import Solved as Found
from sim.model.engine.baselines import all_baselines, meanings_of
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
    keys = {kind: shelf.key({"baseline": told}) for kind, told in meanings_of(base).items()} if store else {}
    found = {kind: kept for kind, key in keys.items() if (kept := _kept(shelf, key)) is not None}
    todo = [kind for kind in kinds if kind not in found]
    alone = min(workers.workers, len(todo)) <= 1  # then here, where what was asked lately is remembered
    own = all_baselines(base, todo) if alone else _in_order(workers, base, todo)
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
    shares = [kinds[place :: workers.workers] for place in range(workers.workers)]
    done = dict(workers.results(_solved_share, [(base, share) for share in shares]))
    found = {kind: one for place, own in done.items() for kind, one in zip(shares[place], own, strict=True)}
    return [found[kind] for kind in kinds]


def _solved_share(item: tuple[Scenario, list[str]]) -> list[Baseline]:
    return list(all_baselines(*item))
