"""Draw uncertain assumptions: together from the posterior where studies say, else from their own ranges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.evidence.posterior import load_posterior
from sim.runs.futures.unknowns import Unknown
from sim.streams import Luck

Floats = NDArray[np.float64]

GRID = 4096  # quantiles from which the moments of a range are taken
POSTERIOR: Final = "posterior"  # the name under which its draws are dealt


def triangular(low: float, likely: float, high: float, uniform: float) -> float:
    """Return the value below which a triangular distribution has a chance."""
    if low == high:
        return likely
    turn = (likely - low) / (high - low)
    if uniform <= turn:
        return low + math.sqrt(uniform * (high - low) * (likely - low))
    return high - math.sqrt((1.0 - uniform) * (high - low) * (high - likely))


def around(low: float, likely: float, high: float, uniform: float) -> float:
    """Return the value below which an assumption lies with a chance: half of all draws on each side of the value taken.

    On either side the distribution is triangular, highest at the value taken, so that a range which reaches further on
    one side widens what is not known and does not move its middle.
    """
    if uniform < 0.5:
        return low + (likely - low) * math.sqrt(2.0 * uniform)
    return high - (high - likely) * math.sqrt(2.0 * (1.0 - uniform))


def value_at(unknown: Unknown, uniform: float) -> float:
    """Return the value of an assumption at a chance; whole numbers are rounded."""
    if unknown.posterior:
        draws = _in_order(unknown.path)
        return float(draws[min(int(uniform * draws.size), draws.size - 1)])
    value = around(unknown.low, unknown.likely, unknown.high, uniform)
    return float(round(value)) if unknown.whole else value


@cache
def _in_order(path: str) -> Floats:
    return np.sort(load_posterior().columns[path])


def drawn(unknowns: Sequence[Unknown], seed: int, number: int) -> dict[str, float]:
    """Return one draw of every assumption, by address; draw 0 is what is taken.

    Those of the posterior are drawn together, as one of its draws; every other apart from all others.
    """
    if number == 0:
        return {one.path: one.likely for one in unknowns}
    of_posterior, *chances = _chances((POSTERIOR, *(one.path for one in unknowns)), seed, number)
    joint = load_posterior().draw(int(of_posterior * len(load_posterior())))
    return {
        one.path: joint[one.path] if one.posterior else value_at(one, chance)
        for one, chance in zip(unknowns, chances, strict=True)
    }


@lru_cache(maxsize=2_048)  # every round of a search draws the same again
def _chances(names: tuple[str, ...], seed: int, number: int) -> tuple[float, ...]:
    luck = Luck(seed, number)
    return tuple(luck.assumption(name) for name in names)


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
