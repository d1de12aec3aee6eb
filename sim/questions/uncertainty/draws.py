"""Draw uncertain assumptions from their ranges: triangular, the point value the most likely."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.runs.unknowns import Unknown
from sim.streams import Luck

Floats = NDArray[np.float64]

GRID = 4096  # quantiles from which the moments of a triangle are taken


def triangular(low: float, likely: float, high: float, uniform: float) -> float:
    """Return the value below which a triangular distribution has a chance."""
    if low == high:
        return likely
    turn = (likely - low) / (high - low)
    if uniform <= turn:
        return low + math.sqrt(uniform * (high - low) * (likely - low))
    return high - math.sqrt((1.0 - uniform) * (high - low) * (high - likely))


def value_at(unknown: Unknown, uniform: float) -> float:
    """Return the value of an assumption at a chance; whole numbers are rounded."""
    value = triangular(unknown.low, unknown.likely, unknown.high, uniform)
    return float(round(value)) if unknown.whole else value


def drawn(unknowns: Sequence[Unknown], seed: int, number: int) -> dict[str, float]:
    """Return one draw of every assumption, by address, each apart from the others; draw 0 is what is taken."""
    if number == 0:
        return {one.path: one.likely for one in unknowns}
    luck = Luck(seed, number)
    return {one.path: value_at(one, luck.assumption(one.path)) for one in unknowns}


def terms(unknown: Unknown, values: Floats) -> Floats:
    """Return the linear and the squared term of an assumption, each with mean 0 and variance 1 over its range.

    Shape (values, 2); the two do not correlate over the range, so variances explained add up.
    """
    grid = np.array([value_at(unknown, (place + 0.5) / GRID) for place in range(GRID)])
    middle, spread = grid.mean(), grid.std()
    if spread == 0.0:
        return np.zeros((values.size, 2))
    scaled, own = (grid - middle) / spread, (values - middle) / spread
    skew, peaked = float(np.mean(scaled**3)), float(np.mean(scaled**4))
    room = peaked - skew**2 - 1.0
    square = (own**2 - skew * own - 1.0) / math.sqrt(room) if room > 1e-9 else np.zeros_like(own)
    return np.column_stack((own, square))
