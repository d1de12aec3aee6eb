"""Solve the baseline hazards of rows: a large pilot of the base once, a small one of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.model.engine.market.others import Seeing, others_at_start
from sim.model.engine.row_pilot import Anchor, Frame, anchor_of, solve_rows
from sim.model.rules.turnover import Baseline
from sim.scenario.files import Loaded
from sim.scenario.rows import Ran, Rows
from sim.scenario.timeline import plans

Anchors = Mapping[str, Anchor | None]

_KNOWN: dict[str, Anchors] = {}  # by the base's fingerprint; the last base only


def anchors_of(base: Loaded, solved: Mapping[str, Baseline]) -> Anchors:
    """Return the small pilot's errors by kind of employer, found once for all blocks of a question."""
    found = _KNOWN.get(base.fingerprint)
    if found is None:
        scenario = base.scenario
        seen = others_at_start(scenario)
        found = {
            plan.name: anchor_of(_frame(scenario, seen, plan.name), plan.epochs[0][1], solved[plan.name])
            for plan in plans(scenario)
        }
        _KNOWN.clear()
        _KNOWN[base.fingerprint] = found
    return found


def solved_by_row(base: Rows, numbers: Sequence[int], anchors: Anchors) -> dict[str, Baseline]:
    """Return the base's hazards of every row, by kind of employer."""
    which, seen = np.array(numbers, dtype=np.int64), others_at_start(base)
    return {
        plan.name: solve_rows(_frame(base, seen, plan.name), plan.epochs[0][1], which, anchors[plan.name])
        for plan in base.plans
    }


def _frame(base: Ran, seen: Seeing, kind: str) -> Frame:
    return Frame(base.horizon, base.experiment.feedback, seen.get(kind))
