"""Move burnout, satisfaction, role clarity and recovery, and find what moves them (docs/model.md, section 5)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.units import Reals

Floats = NDArray[np.float64]
Row = tuple[str, int, Any]

WORKLOAD_SD: Final = math.log(1.25)
LIGHTEST, HEAVIEST = -2.0, 3.0
MOST_ADEQUACY: Final = 4.0


def pushes(rows: Iterable[Row], causes: Mapping[str, Floats | float], outcomes: int, shape: tuple[int, ...]) -> Floats:
    """Return what causes add to each outcome, shape (outcomes, *shape); rows are (cause, outcome, effect)."""
    total = np.zeros((outcomes, *shape))
    for cause, outcome, effect in rows:
        total[outcome] += effect * causes[cause]
    return total


def moved(states: Floats, targets: Floats, shocks: Floats, pace: Sequence[tuple[Reals, Reals]]) -> Floats:
    """Return states one month on: an exact Ornstein–Uhlenbeck step; all arrays (4, …), in SD.

    `pace` has, for each state, the part of a deviation that stays and the SD of what luck adds.
    """
    result = np.empty_like(states)
    for number, (kept, spread) in enumerate(pace):
        target = targets[number]
        result[number] = target + (states[number] - target) * kept + spread * shocks[number]
    return result


def supervision_penalty(
    peers: Floats, supervisors_fte: Floats, standard: Reals, per_doubling: Reals, unsupervised: Reals
) -> Floats:
    """Return supervisor support lost, in SD, as the span passes the standard; at most what peers without lose."""
    with np.errstate(divide="ignore", invalid="ignore"):
        span = np.where(supervisors_fte > 0, peers / supervisors_fte, np.inf) / standard
    span = np.where(peers > 0, np.maximum(span, 1.0), 1.0)
    nobody = np.isinf(span)
    lost = per_doubling * np.log2(np.where(nobody, 1.0, span))
    return np.where(nobody, unsupervised, np.minimum(lost, unsupervised))


def workload(demand: Floats, capacity: Floats, standard_load: Reals) -> Floats:
    """Return workload in SD: 1 SD is 25 % more client-hours per hour of capacity than the standard."""
    able = capacity > 0
    load = demand / np.where(able, capacity, 1.0) / standard_load
    inside = np.clip(np.log(np.where(load > 0, load, 1.0)) / WORKLOAD_SD, LIGHTEST, HEAVIEST)
    worked = np.where(load > 0, inside, LIGHTEST)
    return np.where(able, worked, np.where(demand > 0, HEAVIEST, 0.0))


def pay_adequacy(wage: Floats, living_wage: Reals, reference_log_ratio: Reals, sd_log: Reals) -> Floats:
    """Return pay against the living wage in SD."""
    distance = (np.log(wage / living_wage) - reference_log_ratio) / sd_log
    return np.clip(distance, -MOST_ADEQUACY, MOST_ADEQUACY)


def left_of(wages: Floats, net: Floats, wage: Reals) -> Floats:
    """Return what a household has left of a wage: on a line between two steps, beyond them in proportion to it."""
    nearest = np.clip(wage, wages[0], wages[-1])
    return np.asarray(np.interp(nearest, wages, net) * (wage / nearest))


def onboarding_strain(tenure: Floats, peak_months: Reals) -> Floats:
    """Return the strain of the first months: 1 at its peak, below 0.1 at three and a half times that tenure."""
    x = tenure / peak_months
    return np.square(x * np.exp(1.0 - x))


def funding_certainty(threatened: Floats) -> Floats:
    """Return funding certainty in SD from the share of posts whose award may end, weighed by risk and nearness."""
    return -2.0 * np.minimum(threatened, 1.0)
