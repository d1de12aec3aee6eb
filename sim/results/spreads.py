"""How far a measure, or a difference, is spread over futures: by random variation and what is not known together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.results.blocks import Floats, Sums
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate, Values, row_value_at

BAND: Final = (0.05, 0.95)  # the middle 90 % of single futures
FEWEST: Final = 20  # futures, for that
ROUNDING: Final = 1e-9  # of a difference: nothing that any unit shows


@dataclass(frozen=True)
class Spread:
    """The middle 90 % of single futures; of a difference, in which share of them it lies on either side of zero."""

    low: float | None  # None of a chance, which a single future has not
    high: float | None
    below: float | None = None
    above: float | None = None


def ranged(one: Estimate, spread: Spread | None) -> Estimate:
    """Return an estimate with the range of single futures in place of the interval of its mean, where there is one."""
    known = spread is not None and spread.low is not None
    return replace(one, low=spread.low, high=spread.high) if spread is not None and known else one


def own_values(keys: Values, sums: Sums) -> Values:
    """Return measures as each future alone shows them; NaN where it has nobody to show them by.

    A measure that is a ratio is found over all futures together, and what one of them adds to that is no value of its
    own. Here each future stands for itself.
    """
    return {key: row_value_at(key, sums) for key in keys}


def spread_of(key: str, own: Floats) -> Spread | None:
    """Return how far a measure is spread; None of a chance, which a single future has not, and of too few futures."""
    measure = measure_of(key)
    return None if measure.is_chance else middle(np.clip(own, measure.lowest, measure.highest))


def middle(values: Floats) -> Spread | None:
    """Return the middle 90 % of the values that are defined; None of too few."""
    known = values[np.isfinite(values)]
    if known.size < FEWEST:
        return None
    low, high = np.quantile(known, BAND).tolist()
    return Spread(low, high)


def spread_between(key: str, base: Floats, other: Floats) -> Spread | None:
    """Return how far a difference from the base is spread, future by future."""
    found = spread_of_moved(other - base)
    return replace(found, low=None, high=None) if found is not None and measure_of(key).is_chance else found


def spread_of_moved(moved: Floats) -> Spread | None:
    """Return how far differences are spread, and in which share of futures they lie on either side of zero.

    What is left of a difference by the rounding of sums is none.
    """
    known = moved[np.isfinite(moved)]
    found = middle(known)
    if found is None:
        return None
    least = ROUNDING * max(1.0, float(np.abs(known).max()))
    return replace(found, below=float(np.mean(known < -least)), above=float(np.mean(known > least)))
