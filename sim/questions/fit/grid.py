"""Every draw of the posterior at every level: how jobs end there, and what studies alone say of it.

A level multiplies quits and all other exits alike (a history rarely says why people left). Which levels are likely
before the history is seen: separations of 100 filled posts around the evidence card's value, as wide as its range and
the draw's own spread between employers together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.evidence.cards import load_cards
from sim.evidence.posterior import load_posterior
from sim.questions.fit.survival import AGES, WORKER_NODES, area, normal_effects, tenure_exposure
from sim.units import MONTHS_PER_YEAR

Floats = NDArray[np.float64]

SHAPE, PEAK, WORKERS, EMPLOYERS = (
    f"turnover.{name}" for name in ("tenure_shape", "early_peak", "worker_spread_sd", "employer_spread_sd")
)
COARSE, FINER = 49, 16  # levels at which jobs are worked out, and steps between two of them
LOWEST, HIGHEST = 0.01, 12.0  # exits a year at the tenure whose factor is 1
NINE_OF_TEN: Final = 1.645  # standard deviations on each side of the middle
TINY: Final = 1e-30


@dataclass(frozen=True)
class Grid:
    """Survival in the job, by draw, level and age (AGES), and how likely each is before any history.

    log_kept: log share of newcomers still there, shape (draws, coarse levels, ages).
    log_ended: log share of newcomers whose job ends between an age and the next, likewise.
    prior: shape (draws, fine levels), adding up to 1.
    finer: what turns a row over coarse levels into one over fine levels, shape (coarse, fine).
    """

    log_kept: NDArray[np.float32]
    log_ended: NDArray[np.float32]
    log_separations: Floats
    prior: Floats
    finer: Floats
    levels: Floats


@cache
def grid() -> Grid:
    """Return the grid of the shipped draws; some 60 MB, made in a second or two at the first call."""
    draws = len(load_posterior())
    coarse = np.linspace(math.log(LOWEST), math.log(HIGHEST), COARSE)
    log_kept = np.empty((draws, COARSE, AGES.size), dtype=np.float32)
    log_ended = np.empty((draws, COARSE, AGES.size - 1), dtype=np.float32)
    log_separations = np.empty((draws, COARSE))
    for number in range(draws):
        kept = kept_at(number, np.exp(coarse))
        log_kept[number] = np.log(np.maximum(kept, TINY))
        log_ended[number] = np.log(np.maximum(kept[:, :-1] - kept[:, 1:], TINY))
        log_separations[number] = np.log(separations(kept))
    finer = interpolation(COARSE, FINER)
    return Grid(log_kept, log_ended, log_separations, _prior(log_separations @ finer), finer, coarse @ finer)


def kept_at(number: int, rates: Floats) -> Floats:
    """Return the share of newcomers still there in a draw, shape (rates, ages); rates are exits a year."""
    draw = load_posterior().draw(number)
    workers, share = normal_effects(draw[WORKERS], WORKER_NODES)
    quits = quit_share()
    exposure = quits * workers[:, None] * _tenure_exposure(draw[SHAPE], draw[PEAK]) + (1.0 - quits) * AGES
    lived = np.exp(-(rates / MONTHS_PER_YEAR)[:, None, None] * exposure)
    return np.asarray(np.einsum("w,rwa->ra", share, lived))


_tenure_exposure = cache(tenure_exposure)  # the same few hundred draws in every fit; a few kB each


def separations(kept: Floats) -> Floats:
    """Return separations of 100 filled posts a year, in the long run, of shares kept over ages (last axis)."""
    return np.asarray(100.0 * MONTHS_PER_YEAR / area(kept))


def quit_share() -> float:
    """Return the share of quits among exits at the tenure whose factor is 1."""
    value = load_cards()["turnover.split"].value
    assert isinstance(value, float)
    return value


def _prior(log_separations: Floats) -> Floats:
    card = load_cards()["turnover.level"]
    assert card.value is not None
    assert card.low is not None
    assert card.high is not None
    between = load_posterior().columns[EMPLOYERS]
    wide = np.sqrt(between**2 + (math.log(card.high / card.low) / (2.0 * NINE_OF_TEN)) ** 2)[:, None]
    density = np.exp(-0.5 * ((log_separations - math.log(card.value)) / wide) ** 2)
    density *= np.gradient(log_separations, axis=1)
    return np.asarray(density / density.sum(axis=1, keepdims=True) / len(density))


def interpolation(coarse: int, finer: int) -> Floats:
    """Return the matrix of cubic interpolation (Lagrange, four neighbors) between equally spaced values."""
    at = np.linspace(0.0, coarse - 1.0, (coarse - 1) * finer + 1)
    first = np.clip(np.floor(at).astype(int) - 1, 0, coarse - 4)
    matrix = np.zeros((coarse, at.size))
    for own in range(4):
        others = [other for other in range(4) if other != own]
        weight = np.prod([(at - first - other) / (own - other) for other in others], axis=0)
        matrix[first + own, np.arange(at.size)] = weight
    return matrix
