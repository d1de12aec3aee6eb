"""Open the base's rows: a large pilot of the base once, a small one of each row, and what all scenarios start from."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock, get_ident
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.luck.pilot_luck import lucks_of
from sim.model.engine.market.others import Seeing, others_at_start
from sim.model.engine.pilot import POSTS_AT_ONCE
from sim.model.engine.row_pilot import Anchor, Frame, anchor_of, solve_rows
from sim.model.engine.run import Kind, opened
from sim.model.rules.turnover import Baseline
from sim.scenario.by_row import with_numbers
from sim.scenario.files import Loaded
from sim.scenario.rows import Ran, Rows
from sim.scenario.schema import Organization
from sim.scenario.timeline import plans

Anchors = Mapping[str, Anchor | None]

OF_A_ROW: Final = 16  # lucks on which a row is solved that runs in many replications
AT_MOST: Final = 2  # openings that a process keeps
MOST_POSTS: Final = 2 * POSTS_AT_ONCE  # of all that are kept: some 100 MB

_KNOWN: dict[str, Anchors] = {}  # by the base's fingerprint; the last base only
_KEPT: dict[bytes, list[Kind]] = {}  # the last used at the end
_KEEPING: Final = Lock()


@dataclass(frozen=True)
class RowHazards:
    """The base's hazards of rows that follow one another, by kind of employer: one element a row."""

    first: int  # number of a row
    by_kind: Mapping[str, Baseline]

    def of(self, numbers: Sequence[int]) -> dict[str, Baseline]:
        """Return those of some rows, by their numbers."""
        places = np.array(numbers) - self.first
        return {
            kind: Baseline(*(values[places] for values in vars(own).values())) for kind, own in self.by_kind.items()
        }


def opened_once(
    base: Loaded,
    rows: Rows,
    numbers: Sequence[int],
    seed: int,
    solved: Mapping[str, Baseline],
    known: RowHazards | None = None,
) -> list[Kind]:
    """Return what all scenarios start from in some rows; found once for all alternatives that a search tries.

    Args:
        base: with the assumptions as taken.
        rows: of the base.
        numbers: of the rows.
        seed: of all random numbers.
        solved: the base's hazards with the assumptions as taken, by kind of employer.
        known: the rows' own, where they have been solved already.
    """
    meaning = base.fingerprint, rows.plans, tuple(numbers), seed

    def hazards() -> dict[str, Baseline]:
        return known.of(numbers) if known else solved_by_row(base, rows, numbers, solved)

    return kept_opening(meaning, lambda: opened(rows, numbers, seed, hazards()))


def kept_opening(meaning: object, make: Callable[[], list[Kind]]) -> list[Kind]:
    """Return the opening that is kept of what it follows from, or make it; the last few are kept."""
    key = hashlib.sha256(pickle.dumps((meaning, get_ident()))).digest()  # streams are nobody's but their thread's
    kinds = _KEPT.pop(key, None)
    if kinds is None:
        kinds = make()
    with _KEEPING:
        _KEPT[key] = kinds
        while len(_KEPT) > AT_MOST or sum(map(_posts, _KEPT.values())) > MOST_POSTS:
            del _KEPT[next(iter(_KEPT))]
    return kinds


def _posts(kinds: Sequence[Kind]) -> int:
    return sum(kind.opening.roster.filled.size for kind in kinds)


def _anchors_of(base: Loaded, solved: Mapping[str, Baseline]) -> Anchors:
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


def solved_by_row(
    base: Loaded, rows: Rows, numbers: Sequence[int], solved: Mapping[str, Baseline]
) -> dict[str, Baseline]:
    """Return the base's hazards of every row, by kind of employer; arguments as for `opened_once`."""
    which, seen, anchors = np.array(numbers, dtype=np.int64), others_at_start(rows), _anchors_of(base, solved)
    return {
        plan.name: solve_rows(_frame(rows, seen, plan.name), plan.epochs[0][1], which, anchors[plan.name])
        for plan in rows.plans
    }


def solved_at(
    base: Loaded, rows: Rows, solved: Mapping[str, Baseline], taken: NDArray[np.bool_]
) -> dict[str, Baseline]:
    """Return the base's hazards of every row, by kind of employer: the mean over lucks of small pilots.

    Args:
        base: with the assumptions as taken.
        rows: of the base.
        solved: the base's hazards with the assumptions as taken, by kind of employer.
        taken: which rows have everything as taken, and so those hazards.
    """
    anchors, seen = _anchors_of(base, solved), others_at_start(rows)
    return {
        plan.name: _mean_over_lucks(
            _frame(rows, seen, plan.name), plan.epochs[0][1], anchors[plan.name], (solved[plan.name], taken)
        )
        for plan in rows.plans
    }


def _mean_over_lucks(
    frame: Frame, rows: Organization, anchor: Anchor | None, known: tuple[Baseline, NDArray[np.bool_]]
) -> Baseline:
    there, taken = known
    if anchor is None:
        return solve_rows(frame, rows, np.zeros(taken.size, dtype=np.int64), None)
    each = min(OF_A_ROW, lucks_of(rows.posts.number))
    places, which = np.repeat(np.arange(taken.size), each), np.tile(np.arange(each), taken.size)
    found = solve_rows(frame.some(places), with_numbers(rows, lambda own: own[places]), which, anchor)
    names = ("voluntary", "dismissal", "other")
    means = {name: getattr(found, name).reshape(-1, each).mean(axis=1) for name in names}
    return Baseline(*(np.where(taken, getattr(there, name), means[name]) for name in names))


def _frame(base: Ran, seen: Seeing, kind: str) -> Frame:
    return Frame(base.horizon, base.experiment.feedback, seen.get(kind))
