"""Ranges of what is believed: of single numbers, and of a whole curve at once."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
INSIDE: Final = 0.90  # of what is believed


def ends(values: Floats) -> tuple[float, float, float]:
    """Return low end, median and high end of equally likely values; nine of ten lie between the ends."""
    low, middle, high = np.quantile(values, [(1.0 - INSIDE) / 2.0, 0.5, (1.0 + INSIDE) / 2.0])
    return float(low), float(middle), float(high)


def curve_band(curves: Floats) -> tuple[Floats, Floats]:
    """Return the two edges between which nine of ten equally likely curves run from their start to their end.

    A curve's depth is how many others lie beyond it on the side that has fewest, where it is farthest out; the edges
    are those of the deepest nine tenths. Shape of `curves` (curves, ages).
    """
    order = np.argsort(np.argsort(curves, axis=0, kind="stable"), axis=0, kind="stable")
    depth = np.minimum(order, len(curves) - 1 - order).min(axis=1)
    least = int(np.quantile(depth, 1.0 - INSIDE, method="lower"))
    ranked = np.sort(curves, axis=0)
    return ranked[least], ranked[len(curves) - 1 - least]
