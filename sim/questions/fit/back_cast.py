"""What would have been said of each year from those before it, beside what happened.

The people who were there, and who were hired when they were, are taken as given; whether they leave within the year is
told by what is believed after the years before. Of a counted year its people in post are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, pdtr

from sim.questions.fit.bands import INSIDE
from sim.questions.fit.grid import TINY, Grid, separations
from sim.questions.fit.history import FollowedYear, Year
from sim.questions.fit.weighing import believed
from sim.units import MONTHS_PER_YEAR
from sim.words.roster import FEWEST

Floats = NDArray[np.float64]
PAIRS: Final = 500


@dataclass(frozen=True)
class Told:
    """Separations of a year: projected from the years before (mean, 90 % band), and as they happened."""

    label: str
    months: float
    people: int
    expected: float
    low: int
    high: int
    happened: int
    who: frozenset[int] = frozenset()  # the people, by number; none where only sums are known

    @property
    def inside(self) -> bool:
        """Whether what happened lies in the band."""
        return self.low <= self.happened <= self.high


def back_cast(years: Sequence[Year], log_likelihood: Floats, grid: Grid) -> tuple[Told, ...]:
    """Return every year as it would have been projected; log_likelihood has shape (years, draws, coarse levels)."""
    before = np.zeros(log_likelihood.shape[1:])
    told = []
    for year, own in zip(years, log_likelihood, strict=True):
        told.append(_told(year, believed(grid, before, PAIRS).kept))
        before = before + own
    return tuple(told)


def told_of(told: Sequence[Told]) -> tuple[Told, ...]:
    """Return the years that are told: none of few people, and none whose subtraction from the sum tells of such a one.

    Where years are left out they are two at least, and eleven people or more were there in them, each counted once.
    """
    by_people = sorted(told, key=lambda one: one.people)
    number = sum(one.people < FEWEST for one in told)
    few, others = by_people[:number], by_people[number:]
    while few and others and (len(few) == 1 or _people_of(few) < FEWEST):
        few.append(others.pop(0))
    return tuple(one for one in told if one not in few)


def _people_of(years: Sequence[Told]) -> int:
    """How many people some years have at least: who was there in several counts once."""
    return max(len(frozenset[int]().union(*(one.who for one in years))), *(one.people for one in years))


def _told(year: Year, kept: Floats) -> Told:
    numbers = np.arange(year.people + 1) if isinstance(year, FollowedYear) else _up_to(year, kept)
    if isinstance(year, FollowedYear):
        chance = 1.0 - kept[:, year.stayed] / np.maximum(kept[:, year.entry], TINY)
        mean = chance.sum(axis=1)
        below = bdtr(numbers[None, :], year.people, (mean / max(year.people, 1))[:, None])
    else:
        mean = separations(kept) * year.filled_months / (100.0 * MONTHS_PER_YEAR)
        below = pdtr(numbers[None, :], mean[:, None])
    who = frozenset(year.who.tolist()) if isinstance(year, FollowedYear) else frozenset[int]()
    share = below.mean(axis=0)
    low, high = (int(np.searchsorted(share, edge)) for edge in ((1.0 - INSIDE) / 2.0, (1.0 + INSIDE) / 2.0))
    return Told(year.label, year.months, year.people, float(mean.mean()), low, high, year.left, who)


def _up_to(year: Year, kept: Floats) -> NDArray[np.int64]:
    most = float(separations(kept).max()) * year.filled_months / (100.0 * MONTHS_PER_YEAR)
    return np.arange(int(most + 10.0 * np.sqrt(most + 1.0)) + 2)
