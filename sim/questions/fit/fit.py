"""Fit an employer's history: who stays how long, how many leave, and whether earlier years would have said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.questions.fit.back_cast import Told, back_cast
from sim.questions.fit.bands import curve_band, ends
from sim.questions.fit.grid import EMPLOYERS, PEAK, SHAPE, WORKERS, grid, separations
from sim.questions.fit.history import Year
from sim.questions.fit.survival import age_at
from sim.questions.fit.weighing import Believed, believed, column, log_likelihood

Floats = NDArray[np.float64]
Range = tuple[float, float, float]  # low, middle, high; nine of ten lie between the ends
CURVE: Final = 60  # months over which the curve of newcomers is told
SHOWN: Final = (3, 6, 12, 24, 36, 60)
FEW_DRAWS: Final = 50  # effective draws below which the ranges rest on few
INPUTS: Final = (SHAPE, PEAK, WORKERS)


@dataclass(frozen=True)
class Curve:
    """Shares of newcomers still there by month, 0 to 60: the middle, and edges that hold nine of ten whole curves."""

    middle: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class View:
    """What is believed: separations of 100 filled posts a year, the curve of newcomers, inputs of the model."""

    separations: Range
    curve: Curve
    inputs: dict[str, Range]
    level_spread: float  # standard deviation of the employer's own level, in logs


@dataclass(frozen=True)
class Fit:
    """What a history says, beside what studies say alone."""

    years: tuple[Year, ...]
    fitted: View
    studies: View
    draws: int
    effective: float
    told: tuple[Told, ...]

    @property
    def few(self) -> bool:
        """Whether few draws go with the history, so that the ranges may be too narrow."""
        return self.effective < FEW_DRAWS


def fit(years: Sequence[Year]) -> Fit:
    """Return what a history says; years in their order."""
    table = grid()
    by_year = log_likelihood(years, table)
    after = believed(table, by_year.sum(axis=0))
    told = back_cast(years, by_year, table)
    return Fit(tuple(years), _view(after), studies_alone(), table.prior.shape[0], after.effective, told)


@cache
def studies_alone() -> View:
    """Return what is believed of an employer without a history."""
    table = grid()
    return _view(believed(table, np.zeros_like(table.log_separations)))


def _view(found: Believed) -> View:
    months = [age_at(month) for month in range(CURVE + 1)]
    curves = found.kept[:, months]
    low, high = curve_band(curves)
    level = separations(found.kept)
    inputs = {path: ends(column(found, path)) for path in (*INPUTS, EMPLOYERS)}
    return View(ends(level), Curve(np.median(curves, axis=0), low, high), inputs, float(np.log(level).std()))
