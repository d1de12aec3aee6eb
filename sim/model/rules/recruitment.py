"""Say how long a vacancy stays open and who may be hired (docs/model.md, section 7)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world.rows import each
from sim.units import Reals, months_from_days

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


def two_step_wait(first: Floats, second: Floats, mean: Reals) -> Floats:
    """Return waits with a gamma distribution of shape 2 and this mean, from two uniforms in (0, 1]."""
    return -(np.log(first) + np.log(second)) / 2.0 * mean


def months_to_fill(days: Any, wage_ratio: Any, elasticity: Any, pool_level: Any, log_per_pool_sd: Any) -> Any:
    """Return the mean months to fill at a wage over the outside wage and with a local pool, in SD."""
    return each(_months_to_fill, days, wage_ratio, elasticity, pool_level, log_per_pool_sd)


def _months_to_fill(
    days: float, wage_ratio: float, elasticity: float, pool_level: float, log_per_pool_sd: float
) -> float:
    return float(months_from_days(days) * by_wage(wage_ratio, elasticity) * math.exp(log_per_pool_sd * pool_level))


def by_wage(wage_ratio: Any, elasticity: Any) -> Any:
    """Return how the time to fill answers to the wage over the outside wage; movers go where it is short."""
    return wage_ratio**elasticity


def by_pool(at_start: Floats, now: Floats, elasticity: Reals) -> Floats:
    """Return how the time to fill answers to people of the pool at the start and now; fewer than one count as one."""
    return np.asarray((np.maximum(1.0, at_start) / np.maximum(1.0, now)) ** elasticity)


def served_in_turn(employer: Counts, hire_at: Floats, room: Counts) -> Flags:
    """Return which candidates find a funded post: the earliest of each employer, up to its room.

    Args:
        employer: employer of each candidate, ascending; candidates of an employer in order of post.
        hire_at: hiring time of each candidate.
        room: funded posts still unfilled, by employer.
    """
    order = np.lexsort((hire_at, employer))
    sorted_employer = employer[order]
    new_employer = (
        np.concatenate(([True], sorted_employer[1:] != sorted_employer[:-1])) if order.size else sorted_employer
    )
    first = np.flatnonzero(new_employer)
    place = np.arange(order.size) - np.repeat(first, np.diff(np.concatenate((first, [order.size]))))
    served = np.empty(order.size, dtype=bool)
    served[order] = place < room[sorted_employer]
    return served
