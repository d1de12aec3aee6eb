"""Sum paths of many replications up: where runs lie, and how sure their mean is, month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.results.blocks import Floats
from sim.results.formulas import pseudo_values, ratio
from sim.results.student import t_quantile
from sim.results.summary import WITHIN, Estimate, estimate
from sim.results.tenure import kept

MIDDLE: Final = (5.0, 95.0)  # percentiles between which nine of ten runs lie


@dataclass(frozen=True)
class Band:
    """Hold a mean at every step with two ends around it; NaN where there is none."""

    mean: Floats
    low: Floats
    high: Floats


def middle(runs: NDArray[Any]) -> Band:
    """Return mean and middle 90 % of paths, shape (replications, steps), over the runs that have a value."""
    steps = np.asarray(runs, dtype=np.float64).T
    told = [_middle(step[~np.isnan(step)]) for step in steps]
    return _band(told)


def _middle(known: Floats) -> tuple[float, float, float]:
    if not known.size:
        return (math.nan, math.nan, math.nan)
    low, high = np.percentile(known, MIDDLE)
    return float(known.mean()), float(low), float(high)


def interval(runs: NDArray[Any], lowest: float = -math.inf, highest: float = math.inf, within: float = WITHIN) -> Band:
    """Return mean and t interval at every step of paths, shape (replications, steps).

    Ends beyond what is possible are moved to it; with one run there are none.
    """
    values = np.asarray(runs, dtype=np.float64)
    known = ~np.isnan(values)
    number = known.sum(axis=0)
    several = np.maximum(number, 1)
    mean = np.where(number > 0, np.where(known, values, 0.0).sum(axis=0) / several, np.nan)
    square = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0)
    error = np.sqrt(np.where(number > 1, square / np.maximum(number - 1, 1) / several, np.nan))
    times = np.array([t_quantile((1.0 + within) / 2.0, int(one) - 1) if one > 1 else np.nan for one in number])
    low, high = mean - times * error, mean + times * error
    return Band(mean, np.minimum(mean, np.maximum(low, lowest)), np.maximum(mean, np.minimum(high, highest)))


def retention_band(exits: NDArray[Any], lived: NDArray[Any], fewest: float = 0.0) -> Band:
    """Return the share still there after 0, 1, 2 … months with its 95 % interval.

    The curve is that of all replications together (`sim.results.tenure`); intervals are those of its jackknife
    pseudo-values, by replication. NaN from the first month in which nobody was in sight, or fewer than are asked for.

    Args:
        exits: in each month since the start of a job, shape (replications, months).
        lived: months lived there, of the same shape.
        fewest: people who must be in sight, in all replications together.
    """
    left, there = np.asarray(exits, dtype=np.float64), np.asarray(lived, dtype=np.float64)
    seen = np.logical_and.accumulate(there.sum(axis=0) >= fewest)
    there = np.where(seen, there, 0.0)
    number, whole = len(left), kept(left.sum(axis=0), there.sum(axis=0))
    if number == 1:
        return Band(whole, np.full_like(whole, np.nan), np.full_like(whole, np.nan))
    without = kept(left.sum(axis=0) - left, there.sum(axis=0) - there)
    pseudo = number * whole - (number - 1) * without
    spread = interval(pseudo, 0.0, 1.0)
    sure = ~np.isnan(without).any(axis=0)  # where leaving one out leaves nobody, the spread is unknown
    low, high = (np.where(sure, np.clip(end, 0.0, 1.0), np.nan) for end in (spread.low, spread.high))
    return Band(np.where(sure, spread.mean, whole), low, high)


def _band(told: list[tuple[float, float, float]]) -> Band:
    table = np.array(told, dtype=np.float64).reshape(-1, 3)
    return Band(table[:, 0], table[:, 1], table[:, 2])


def ratio_of(above: NDArray[Any], below: NDArray[Any]) -> Estimate:
    """Return the ratio of two sums over all replications together, between 0 and 1, with its interval."""
    sums = {"above": np.asarray(above, dtype=np.float64), "below": np.asarray(below, dtype=np.float64)}
    return estimate(pseudo_values(ratio("above", "below"), sums), 0.0, 1.0)
