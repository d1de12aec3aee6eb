"""Weigh every draw and level by a history, and take equally likely pairs of them: nothing is drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.evidence.posterior import load_posterior
from sim.questions.fit.grid import TINY, Grid, kept_at
from sim.questions.fit.history import CountedYear, FollowedYear, Places, Year
from sim.questions.fit.survival import age_at
from sim.units import MONTHS_PER_YEAR

Floats = NDArray[np.float64]
PAIRS: Final = 2000


@dataclass(frozen=True)
class Believed:
    """Equally likely pairs of a draw and a level after a history.

    draws: numbers of draws, one a pair, rising.
    rates: exits a year at the tenure whose factor is 1, one a pair.
    kept: share of newcomers still there, shape (pairs, ages).
    effective: how many equally weighed draws would tell as much as these do.
    """

    draws: NDArray[np.int64]
    rates: Floats
    kept: Floats
    effective: float


def believed(grid: Grid, log_likelihood: Floats, pairs: int = PAIRS) -> Believed:
    """Return what is believed after a log likelihood, shape (draws, coarse levels), has been seen."""
    logs = log_likelihood @ grid.finer
    weight = grid.prior * np.exp(logs - logs[grid.prior > 0.0].max())
    weight /= weight.sum()
    by_draw = weight.sum(axis=1)
    sums = np.cumsum(weight.ravel())
    places = np.searchsorted(sums, (np.arange(pairs) + 0.5) / pairs * sums[-1])
    draws, levels = np.divmod(np.minimum(places, weight.size - 1), weight.shape[1])
    rates = np.exp(grid.levels[levels])
    return Believed(draws, rates, _kept(draws, rates), float(1.0 / np.square(by_draw).sum()))


def _kept(draws: NDArray[np.int64], rates: Floats) -> Floats:
    parts = [kept_at(int(number), rates[draws == number]) for number in np.unique(draws)]
    return np.concatenate(parts)


def column(found: Believed, path: str) -> Floats:
    """Return an input of the draws, one value a pair."""
    return np.asarray(load_posterior().columns[path][found.draws])


# how likely a year is ------------------------------------------------------------------------------------------------


def log_likelihood(years: Iterable[Year], grid: Grid) -> Floats:
    """Return the log likelihood of each year, shape (years, draws, coarse levels), up to a constant."""
    return np.array([_of(year, grid) for year in years])


def _of(year: Year, grid: Grid) -> Floats:
    return _followed(year, grid) if isinstance(year, FollowedYear) else _counted(year, grid)


def _followed(year: FollowedYear, grid: Grid) -> Floats:
    """Sum over jobs log f(exit) or log S(end), less log S(entry); workers' own effects are integrated over in S."""
    there = year.exit < 0
    ages = grid.log_kept.shape[2]
    kept = _counts(year.stayed[there], ages) - _counts(year.entry, ages)
    ended = _counts(year.exit[~there], ages - 1)
    return np.asarray(_summed(grid.log_kept, kept) + _summed(grid.log_ended, ended))


def _counts(places: Places, size: int) -> NDArray[np.int64]:
    return np.bincount(places, minlength=size)


def _summed(table: NDArray[np.float32], counts: NDArray[np.int64]) -> Floats:
    used = np.flatnonzero(counts)
    return np.asarray(table[:, :, used] @ counts[used].astype(np.float64))


def _counted(year: CountedYear, grid: Grid) -> Floats:
    """A Poisson number of separations in a steady workforce; of these a binomial number in their first year."""
    expected = np.exp(grid.log_separations) * year.filled_months / (100.0 * MONTHS_PER_YEAR)
    told = year.left * np.log(expected) - expected
    if year.left_in_first_year >= 0:
        first = age_at(MONTHS_PER_YEAR)
        kept = grid.log_kept[:, :, first].astype(np.float64)
        gone = np.log(np.maximum(-np.expm1(kept), TINY))
        told = told + year.left_in_first_year * gone + (year.left - year.left_in_first_year) * kept
    return np.asarray(told)
