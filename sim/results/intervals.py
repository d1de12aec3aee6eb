"""Intervals of shares and chances that stay between 0 and 1 and keep a width where nothing, or all, was seen.

A single share has Wilson's score interval (E. B. Wilson 1927, Journal of the American Statistical Association 22) with
the effective number of trials in place of their number (Korn and Graubard 1998, Survey Methodology 24). The difference
of two paired chances has the hybrid score interval, method 10 of Newcombe (1998, Statistics in Medicine 17,
2635-2650), which is the MOVER of Zou and Donner (2008, Statistics in Medicine 27) for two Wilson intervals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from sim.results.blocks import Floats
from sim.results.student import t_quantile

ROUNDING: Final = 1e-12  # a share nearer to 0 or 1 than this is 0 or 1


@dataclass(frozen=True)
class Share:
    """A share with its interval; `trials` are the independent yes-or-no trials that would be as sure of it."""

    mean: float
    low: float
    high: float
    trials: float


def wilson(share: float, trials: float, quantile: float) -> tuple[float, float]:
    """Return the ends of the score interval of a share; it is the share itself where there are no end of trials."""
    spread = quantile * quantile / trials
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = quantile * math.sqrt(share * (1.0 - share) / trials + spread / (4.0 * trials)) / (1.0 + spread)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def normal_quantile(within: float) -> float:
    """Return how many standard errors an interval of a chance to hold the truth reaches to either side."""
    return NormalDist().inv_cdf((1.0 + within) / 2.0)


def chance_of(values: Floats, within: float) -> Share:
    """Return a chance with its interval from a yes or no (1 or 0) of each run, or the share of its employers.

    With a plain yes or no the trials are the runs. With shares of several employers the runs count for more the less
    they differ (Kish's design effect), as if one more run had answered yes or no: so they never count for more than the
    square of their number.
    """
    number, mean = values.size, _whole(float(np.mean(values)))
    most = mean * (1.0 - mean)
    spread = (float(np.sum((values - mean) ** 2)) + most) / (number + 1)
    trials = number * most / spread if most > 0.0 else float(number)
    plain = bool(np.isin(values, (0.0, 1.0)).all())
    quantile = normal_quantile(within) if plain else t_quantile((1.0 + within) / 2.0, number - 1)
    return Share(mean, *wilson(mean, trials, quantile), trials)


def share_of(values: Floats, within: float) -> Share:
    """Return a share with its interval from values of two or more runs whose mean it is.

    The values may lie beyond 0 and 1, as pseudo-values do; the interval cannot. Where every run is at the same end,
    each run counts as one trial; a share in between from which no run departs has no width.
    """
    number, mean = values.size, _whole(float(np.mean(values)))
    most, spread = mean * (1.0 - mean), float(np.var(values, ddof=1))
    trials = float(number) if most == 0.0 else number * most / spread if spread > 0.0 else math.inf
    return Share(mean, *wilson(mean, trials, t_quantile((1.0 + within) / 2.0, number - 1)), trials)


def difference_ends(base: Share, other: Share, together: float) -> tuple[float, float]:
    """Return the ends of the interval of `other` less `base`, from their intervals and their correlation."""
    difference = other.mean - base.mean
    low = _hypotenuse(other.mean - other.low, base.high - base.mean, together)
    high = _hypotenuse(other.high - other.mean, base.mean - base.low, together)
    return difference - low, difference + high


def correlation(base: Floats, other: Floats, trials: float = math.inf) -> float:
    """Return the correlation between runs of two chances; a positive one is corrected for continuity (Newcombe 1998).

    Args:
        base: a value of each run.
        other: a value of the same runs.
        trials: how many yes-or-no trials the runs count for.
    """
    spread = float(np.std(base) * np.std(other))
    if spread == 0.0:
        return 0.0
    shared = float(np.mean((base - np.mean(base)) * (other - np.mean(other))))
    corrected = max(0.0, shared - 0.5 / trials) if shared > 0.0 else shared
    return max(-1.0, min(1.0, corrected / spread))


def _hypotenuse(one: float, other: float, together: float) -> float:
    return math.sqrt(max(0.0, one * one - 2.0 * together * one * other + other * other))


def _whole(mean: float) -> float:
    """Return a mean between 0 and 1, 0 or 1 itself where only rounding keeps it from that."""
    return 0.0 if mean < ROUNDING else 1.0 if mean > 1.0 - ROUNDING else mean
