"""Survival in a job by the model's own hazards (docs/model.md, section 6), at the ages for which it is kept.

As in the engine a hazard is set at the start of a calendar month and kept for the month; people are hired in the
middle of one. Jobs end after forty years at the latest. Survival is exact at the ages kept (every half month for five
years, then every month, after ten years every quarter); time in post is its area by trapezoids.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import tenure_factor
from sim.scenario.tables.people import Turnover

Floats = NDArray[np.float64]

MONTHS: Final = 480  # the longest job
AGES: Final[Floats] = np.concatenate([np.arange(0, 60, 0.5), np.arange(60, 120, 1.0), np.arange(120, MONTHS + 1, 3.0)])
WORKER_NODES: Final = 11
PEAK_MONTHS: Final = Turnover().early_peak_months  # the posterior is fitted with the peak where it is by default


def normal_effects(spread: float, number: int) -> tuple[Floats, Floats]:
    """Return factors on the hazard for a normal effect, and their weights (Gauss-Hermite)."""
    if spread == 0.0:
        return np.ones(1), np.ones(1)
    nodes, weights = _nodes(number)
    return np.exp(spread * nodes), weights


@cache
def _nodes(number: int) -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(number)
    return nodes, weights / weights.sum()


def tenure_exposure(tenure_shape: float, early_peak: float) -> Floats:
    """Return the tenure factor summed over a job's months up to every age: tenure as it was when its month began."""
    halves = np.arange(2 * MONTHS)
    tenure = np.where(halves == 0, 0.0, 0.5 + (halves - 1) // 2)
    sums = from_zero(tenure_factor(tenure, tenure_shape, early_peak, PEAK_MONTHS) * 0.5)
    return np.asarray(sums[np.rint(2 * AGES).astype(int)])


def from_zero(steps: Floats) -> Floats:
    """Return running sums over the last axis that start at 0."""
    start = np.zeros((*steps.shape[:-1], 1))
    return np.concatenate([start, np.cumsum(steps, axis=-1)], axis=-1)


def area(values: Floats) -> Floats:
    """Return the integral over the last axis in months, from age 0 on, by trapezoids."""
    lengths = np.diff(AGES[: values.shape[-1]])
    return np.asarray((values[..., :-1] + values[..., 1:]) @ lengths / 2.0)


def age_at(months: float) -> int:
    """Return the place of the first age kept that is not below some months."""
    return int(np.searchsorted(AGES, min(months, MONTHS)))
