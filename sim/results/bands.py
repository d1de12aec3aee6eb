"""Sum paths of many replications up: where runs lie, and how sure their mean is, month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.results.blocks import Floats
from sim.results.measures.formulas import pseudo_values, ratio
from sim.results.student import t_quantile
from sim.results.summary import NOTHING, WITHIN, Estimate, share_estimate
from sim.results.tenure import kept

FEWEST_OPEN: Final = 0.05  # of the runs with an employer: below it a line would tell of few, so none is drawn
MIDDLE: Final = (5.0, 95.0)  # percentiles between which nine of ten runs lie


@dataclass(frozen=True)
class Band:
    """A mean at every step with a lower and an upper end; NaN where it is undefined."""

    mean: Floats
    low: Floats
    high: Floats


def middle(runs: NDArray[Any], fewest: float = 0.0) -> Band:
    """Return mean and middle 90 % of paths, shape (replications, steps), over the runs that have a value.

    NaN where a smaller share of the runs than `fewest` has one.
    """
    steps = np.asarray(runs, dtype=np.float64).T
    known = [step[~np.isnan(step)] for step in steps]
    return _band(
        [_middle(own if own.size >= fewest * step.size else own[:0]) for own, step in zip(known, steps, strict=True)]
    )


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


def chances(runs: NDArray[Any]) -> Band:
    """Return the chance and its score interval at every step of paths of yes or no, shape (replications, steps)."""
    return _told([share_estimate(step, chance=True) for step in np.asarray(runs, dtype=np.float64).T])


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
    without = kept(left.sum(axis=0) - left, there.sum(axis=0) - there)
    values = whole + (number - 1) * (without.mean(axis=0) - without)
    # Where leaving one run out leaves nobody, the spread is unknown.
    sure = np.logical_and(number > 1, ~np.isnan(without).any(axis=0))
    told = _told([share_estimate(step) if known else NOTHING for step, known in zip(values.T, sure, strict=True)])
    if sure[0]:
        told.low[0] = told.high[0] = 1.0  # before the first month nobody can have left
    return Band(whole, told.low, told.high)


def _told(steps: list[Estimate]) -> Band:
    ends = [(one.mean, one.low, one.high) for one in steps]
    return _band([tuple(math.nan if end is None else end for end in one) for one in ends])  # type: ignore[misc]


def _band(told: list[tuple[float, float, float]]) -> Band:
    table = np.array(told, dtype=np.float64).reshape(-1, 3)
    return Band(table[:, 0], table[:, 1], table[:, 2])


def ratio_of(above: NDArray[Any], below: NDArray[Any]) -> Estimate:
    """Return the ratio of two sums over all replications together, between 0 and 1, with its interval."""
    sums = {"above": np.asarray(above, dtype=np.float64), "below": np.asarray(below, dtype=np.float64)}
    return share_estimate(pseudo_values(ratio("above", "below"), sums))
