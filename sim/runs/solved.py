"""Find the baseline hazards of a base: kept from an earlier run, or solved kind by kind by whoever does the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.baseline import Solved as Found
from sim.model.engine.baselines import all_baselines, meanings_of
from sim.model.rules.turnover import Baseline
from sim.runs.blocks import Solved, cut
from sim.runs.futures.openings import RowHazards
from sim.runs.futures.rows import Question, hazards_of
from sim.runs.shelf import BASELINES, Shelf
from sim.runs.workers.work import Executor
from sim.scenario.rows import plans_of
from sim.scenario.schema import Scenario

FEW_ROWS: Final = 16  # of a block: a month of so few rows' pilots costs calls, not arrays


def solved_by(workers: Executor, base: Scenario, store: Path | None) -> Solved:
    """Return the baseline hazards of every kind of employer, solved once for all blocks.

    Args:
        workers: who solves what is not kept.
        base: the scenario.
        store: where they are kept for other questions about the same base; nowhere, if left out.
    """
    shelf, kinds = Shelf(store, BASELINES), [plan.name for plan in plans_of(base)]
    keys = {kind: shelf.key({"baseline": told}) for kind, told in meanings_of(base).items()} if store else {}
    found = _all_kept(shelf, keys)
    todo = [kind for kind in kinds if kind not in found]
    alone = min(workers.workers, len(todo)) <= 1  # then here, where what was asked lately is remembered
    own = all_baselines(base, todo) if alone else _in_order(workers, base, todo)
    for kind, baseline in zip(todo, own, strict=True):
        found[kind] = baseline
        if store:
            shelf.put(keys[kind], _arrays(baseline))
    return {kind: found[kind] for kind in kinds}


def _all_kept(shelf: Shelf, keys: Mapping[str, str]) -> Solved:
    """The baselines that are kept under keys."""
    kept = {kind: _kept(shelf, key) for kind, key in keys.items()}
    return {kind: baseline for kind, baseline in kept.items() if baseline is not None}


def _arrays(baseline: Baseline) -> dict[str, NDArray[np.float64]]:
    """A baseline as a file keeps it."""
    return {name: np.array(value) for name, value in asdict(baseline).items()}


def rows_solved_by(
    workers: Executor, futures: Question | None, blocks: Sequence[range], solved: Solved
) -> RowHazards | None:
    """Return the hazards of the rows of all blocks, where blocks are so small that solving block by block costs more.

    Args:
        workers: who solves them, each a share of the rows.
        futures: what is drawn in every row.
        blocks: of rows.
        solved: the base's hazards with the assumptions as taken.
    """
    if futures is None or len(blocks) <= workers.workers or max(map(len, blocks)) >= FEW_ROWS:
        return None
    rows = range(min(block.start for block in blocks), max(block.stop for block in blocks))
    shares = cut([rows], len(rows), workers.workers)
    done = dict(workers.results(_solved_rows, [(futures, share, solved) for share in shares]))
    own = [done[place].by_kind for place in range(len(shares))]
    return RowHazards(rows.start, {kind: _joined([one[kind] for one in own]) for kind in solved})


def _solved_rows(item: tuple[Question, range, Solved]) -> RowHazards:
    return hazards_of(*item)


def _joined(own: Sequence[Baseline]) -> Baseline:
    return Baseline(*map(np.concatenate, zip(*(vars(one).values() for one in own), strict=True)))


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
