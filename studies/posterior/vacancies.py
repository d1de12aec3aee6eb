"""Pool what vacancies say of the time to fill a post: a mean, a spread between places, and what is left over.

In a steady workforce vacancy is s·T/(1 + s·T) with separations s and time to fill T, so that the log odds of a vacancy
less log s are log T. Figures of one place share its log T and differ by what is left over. All normal, so that chances
are exact on a grid of the two standard deviations, the mean taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import logsumexp

from sim.streams import Generator
from studies.observations import Study
from studies.renewal import Floats

DAYS_PER_YEAR: Final = 365.25
MEAN, MEAN_SD = float(np.log(62.0)), 0.7  # of log days: the middle of 45 to 80, wide
BETWEEN_SD, LEFTOVER_SD = 0.5, 0.3  # half normal
STEPS = 60
WIDEST = 3.0  # of the grid, in prior SD


@dataclass(frozen=True)
class Vacancy:
    """One vacancy rate as log days to fill, at the study's separations."""

    place: str
    study: str
    share: float
    per_year: float

    @property
    def log_days(self) -> float:
        """Return the log of the days to fill that give this vacancy."""
        return float(np.log(self.share / (1.0 - self.share) / self.per_year * DAYS_PER_YEAR))


@dataclass(frozen=True)
class Filling:
    """Grid of the two standard deviations with chances, and mean and SD of the center of log days in each cell."""

    between: Floats
    leftover: Floats
    chance: Floats
    center: Floats
    center_sd: Floats


def vacancies(studies: Sequence[Study]) -> tuple[Vacancy, ...]:
    """Return every vacancy of a study with a level."""
    return tuple(
        Vacancy(study.place, study.key, figure.value, study.level_per_100_year / 100.0)
        for study in studies
        for figure in study.figures
        if figure.quantity == "vacancy" and study.level_per_100_year is not None
    )


def filled(found: Sequence[Vacancy]) -> Filling:
    """Return the posterior of times to fill."""
    seen = np.array([one.log_days for one in found])
    same = np.array([[one.place == other.place for other in found] for one in found], dtype=float)
    sds = (np.arange(STEPS) + 0.5) * WIDEST / STEPS
    between, leftover = (one.ravel() for one in np.meshgrid(sds * BETWEEN_SD, sds * LEFTOVER_SD, indexing="ij"))
    cells = [_cell(seen, same, b, left) for b, left in zip(between, leftover, strict=True)]
    logs = (
        np.array([one[0] for one in cells])
        - np.square(between / BETWEEN_SD) / 2
        - np.square(leftover / LEFTOVER_SD) / 2
    )
    center, sd = (np.array([one[at] for one in cells]) for at in (1, 2))
    return Filling(between, leftover, np.exp(logs - logsumexp(logs)), center, sd)


def _cell(seen: Floats, same: Floats, between: float, leftover: float) -> tuple[float, float, float]:
    """Return the log chance of what was seen given two SDs, and mean and SD of the center."""
    cover = same * between**2 + np.eye(len(seen)) * leftover**2
    whole = cover + MEAN_SD**2
    away = seen - MEAN
    log_chance = -(away @ np.linalg.solve(whole, away) + np.linalg.slogdet(whole)[1]) / 2.0
    ones = np.linalg.solve(cover, np.ones_like(seen))
    precision = 1.0 / MEAN_SD**2 + ones.sum()
    return float(log_chance), float((MEAN / MEAN_SD**2 + ones @ seen) / precision), float(precision**-0.5)


def new_places(found: Filling, number: int, luck: Generator) -> Floats:
    """Return days to fill at places that are none of those studied, before what is left over of a figure."""
    return np.exp(_new_places(found, number, luck)[0])


def predicted(found: Filling, number: int, per_year: float, luck: Generator) -> Floats:
    """Return vacancies of a new place at its separations, with what is left over of a figure."""
    days, leftover = _new_places(found, number, luck)
    filling = np.exp(days + leftover * luck.standard_normal(number)) / DAYS_PER_YEAR * per_year
    return np.asarray(filling / (1.0 + filling))


def _new_places(found: Filling, number: int, luck: Generator) -> tuple[Floats, Floats]:
    cell = luck.choice(found.chance.size, number, p=found.chance / found.chance.sum())
    center = found.center[cell] + found.center_sd[cell] * luck.standard_normal(number)
    return center + found.between[cell] * luck.standard_normal(number), found.leftover[cell]
