"""Say who is promoted and what a peer may hope for (docs/model.md, sections 5 and 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.rows import each
from sim.units import TOLERANCE, Reals, whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

NO_LIMIT: Final = 1 << 40
LONGEST_QUEUE: Final = 120.0


@dataclass(frozen=True)
class Hopes:
    """What peers see in a ladder: the table `prospects`, numbers or one a post."""

    good_raise_log: Reals  # log raise that counts as 1 SD when it is at hand
    most_reach: Reals  # SD
    patience_months: Reals
    fade_sd: Reals
    fade_months: Reals


def slots(kind: str, value: Reals, funded_posts: Counts, filled: Counts) -> Counts:
    """Return a rung's funded slots by employer; kind is open, number, share (of posts) or per_peers."""
    if kind == "number":
        return np.full_like(filled, int(value))
    if kind == "share":
        return whole(value * funded_posts)
    if kind == "per_peers":
        return whole(filled / value)
    return np.full_like(filled, NO_LIMIT)


def promoted(candidates: Flags, rung_since: Floats, free: Counts) -> Flags:
    """Return who is promoted, shape (employers, posts): longest in rung first, ties to the lower post."""
    chosen = np.zeros_like(candidates)
    for employer in np.flatnonzero((free > 0) & candidates.any(axis=1)):
        posts = np.flatnonzero(candidates[employer])
        order = np.argsort(rung_since[employer, posts], kind="stable")
        chosen[employer, posts[order[: free[employer]]]] = True
    return chosen


def ready(months_in_rung: Floats, months_needed: Reals) -> Flags:
    """Return who has been in the rung long enough."""
    return months_in_rung >= months_needed - TOLERANCE


def queue(free: Counts, candidates: Counts, no_slot_months: Reals) -> Floats:
    """Return the months a qualified peer waits for a slot at present openings: so many where none is free."""
    served = np.minimum(1.0, free / np.maximum(candidates, 1))
    return np.where(candidates > 0, no_slot_months * (1.0 - served), 0.0)


def queue_by_chance(chance_per_month: Reals) -> Reals:
    """Return the mean months a qualified peer waits when promotion is by chance."""
    waited: Reals = each(_wait_for_chance, chance_per_month)
    return waited


def _wait_for_chance(chance_per_month: float) -> float:
    return LONGEST_QUEUE if chance_per_month * LONGEST_QUEUE <= 1.0 else 1.0 / chance_per_month


def prospects(
    months_in_rung: Floats, raise_log: Floats, months_needed: Floats, queue_months: Floats, hopes: Hopes
) -> Floats:
    """Return prospects in SD; raise_log is NaN where there is no next rung."""
    wait = np.maximum(0.0, months_needed - months_in_rung) + queue_months
    reach = np.clip(raise_log / hopes.good_raise_log, 0.0, hopes.most_reach) * np.exp(-wait / hopes.patience_months)
    reach = np.where(np.isnan(raise_log), 0.0, reach)
    return reach - hopes.fade_sd * (_faded(months_in_rung, hopes) * (1.0 - np.minimum(1.0, reach)))


def without_a_ladder(months_in_rung: Floats, hopes: Hopes) -> Floats:
    """Return the same where there is no rung above entry: nothing to rise to."""
    return -hopes.fade_sd * _faded(months_in_rung, hopes)


def _faded(months_in_rung: Floats, hopes: Hopes) -> Floats:
    return np.minimum(months_in_rung, hopes.fade_months) / hopes.fade_months
