"""An employer's own history, cut into years: who was there at which time in the job, who left, how long people stayed.

What is before a year's start is taken as given (left truncation), what is after its end as not yet seen (right
censoring), so that years add up to the whole and each can be told from those before it.

How long people stayed is seen without any model (Kaplan-Meier, who was there at the start from then on): E. L. Kaplan
and P. Meier 1958, Journal of the American Statistical Association 53, 457-481; intervals on the log-log scale
(Kalbfleisch and Prentice 2002, section 1.4). What rests on fewer than eleven people at any time is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.questions.fit.survival import AGES
from sim.units import MONTHS_PER_YEAR
from sim.words.roster import FEWEST

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
LAST: Final = AGES.size - 2  # the place of the last interval of ages


@dataclass(frozen=True)
class Job:
    """One person's job: when it began and ended (NaN: still there), in months and parts of them since year 0.

    A job that a layoff ended is followed until then, and what would have come after is not seen.
    """

    hired: float
    left: float
    laid_off: bool = False


@dataclass(frozen=True)
class FollowedYear:
    """One year of a list of jobs, or the part of it that was observed.

    `entry`, `exit` and `stayed` are places among AGES, one a job: its age when it came under observation (0 if it began
    in the year), the interval in which it was left (-1: it was not), and its age at the year's end, or when a layoff
    ended it, had nobody left.
    """

    label: str
    months: float
    entry: Places
    exit: Places
    stayed: Places
    filled_months: float  # lived in the job by all
    who: Places  # places among the jobs of all years

    @property
    def people(self) -> int:
        """How many people were there at some time."""
        return int(self.entry.size)

    @property
    def left(self) -> int:
        """How many of them left."""
        return int((self.exit >= 0).sum())


@dataclass(frozen=True)
class CountedYear:
    """One year of which only sums are known.

    `in_post` are people in post on average, `left` those who left, `left_in_first_year` how many of these had come less
    than a year before (-1: not known).
    """

    label: str
    months: float
    in_post: float
    left: int
    left_in_first_year: int = -1

    @property
    def people(self) -> int:
        """How many people were there at some time, at least."""
        return max(floor(self.in_post), self.left)

    @property
    def filled_months(self) -> float:
        """Months lived in the job by all."""
        return self.in_post * self.months


Year = FollowedYear | CountedYear


def followed_years(jobs: Sequence[Job], since: float, until: float) -> tuple[FollowedYear, ...]:
    """Return the calendar years between two times, in months since year 0, of jobs that were seen in between."""
    hired, left = np.array([one.hired for one in jobs]), np.array([one.left for one in jobs])
    laid_off = np.array([one.laid_off for one in jobs], dtype=bool)
    found = []
    start = since
    while start < until:
        year = floor(start / MONTHS_PER_YEAR)
        end = min((year + 1.0) * MONTHS_PER_YEAR, until)
        found.append(_followed(str(year), (start, end), (hired, left), laid_off))
        start = end
    return tuple(found)


def _followed(
    label: str, span: tuple[float, float], jobs: tuple[Floats, Floats], laid_off: NDArray[np.bool_]
) -> FollowedYear:
    (start, end), (hired, left) = span, jobs
    there = (hired < end) & ~(left < start) & (start - hired < AGES[LAST])  # longer jobs are not followed
    hired, left, laid_off = hired[there], left[there], laid_off[there]
    ended = left < end
    gone, last = ended & ~laid_off, np.where(ended & laid_off, left, end)  # the latest that each could be seen
    entry = _nearest(np.maximum(start - hired, 0.0))
    interval = np.clip(np.searchsorted(AGES, np.where(gone, left - hired, 0.0), side="right") - 1, entry, LAST)
    lived = np.where(ended, left, end) - np.maximum(hired, start)
    stayed = np.maximum(_nearest(last - hired), entry)
    return FollowedYear(
        label, end - start, np.minimum(entry, LAST), np.where(gone, interval, -1), stayed, float(lived.sum()),
        np.flatnonzero(there),
    )  # fmt: skip


def _nearest(ages: Floats) -> Places:
    """Return the places of the ages kept that are nearest."""
    above = np.clip(np.searchsorted(AGES, ages), 1, AGES.size - 1)
    return np.asarray(above - (ages - AGES[above - 1] <= AGES[above] - ages), dtype=np.int64)


# as it was seen ------------------------------------------------------------------------------------------------------

NINE_OF_TEN: Final = 1.6448536269514722


@dataclass(frozen=True)
class Seen:
    """A share of newcomers still there, and the 90 % interval; all None where too few people were there."""

    share: float | None
    low: float | None
    high: float | None


NOTHING: Final = Seen(None, None, None)


def still_there(jobs: Sequence[Job], span: tuple[float, float], ages: Sequence[float]) -> list[Seen]:
    """Return the share still there at some ages in months, of jobs observed in a span of months since year 0."""
    since, until = span
    hired, left = np.array([one.hired for one in jobs]), np.array([one.left for one in jobs])
    there = (hired < until) & ~(left < since)
    hired, left = hired[there], left[there]
    laid_off = np.array([one.laid_off for one in jobs], dtype=bool)[there]  # seen until then, as those still there
    entry = np.maximum(since - hired, 0.0)
    gone = (left < until) & ~laid_off
    end = np.maximum(np.where(left < until, left, until) - hired, entry)
    times = np.unique(end[gone])
    at_risk = _below(entry, times) + (entry == times[:, None]).sum(1) * (times == 0) - _below(end, times)
    ended = _below(end[gone], times, through=True) - _below(end[gone], times)
    checks = _below(entry, np.asarray(ages)) - _below(end, np.asarray(ages))
    return [_seen_at(age, (times, at_risk, ended), int(now)) for age, now in zip(ages, checks, strict=True)]


def _below(values: np.ndarray, at: np.ndarray, *, through: bool = False) -> np.ndarray:
    return np.searchsorted(np.sort(values), at, side="right" if through else "left")


def _seen_at(age: float, steps: tuple[np.ndarray, np.ndarray, np.ndarray], there: int) -> Seen:
    times, at_risk, ended = steps
    until = times <= age
    risk, gone = at_risk[until].astype(float), ended[until].astype(float)
    if there < FEWEST or risk.min(initial=FEWEST) < FEWEST:
        return NOTHING
    share = float(np.prod(1.0 - gone / risk))
    if not 0.0 < share < 1.0:
        return Seen(share, share, share) if share == 0.0 else Seen(share, None, None)
    spread = math.sqrt(float(np.sum(gone / (risk * (risk - gone))))) / abs(math.log(share))
    return Seen(share, share ** math.exp(NINE_OF_TEN * spread), share ** math.exp(-NINE_OF_TEN * spread))
