"""Work out flows of staff exactly, by renewal, for the model's own hazards of leaving (docs/model.md, section 6).

Nothing is simulated. Posts of one employer are filled, left and filled again; in the long run each post starts a job
every (mean length of a job + time to fill) months. Workers and employers differ by normal effects on the log hazard,
integrated by Gauss-Hermite quadrature. What moves with wellbeing, pay, ladders or money is left out: the hazards are
those of a workforce at its reference, and nobody is taken back after a leave.

Ages and what is exact at them: `sim/questions/fit/survival.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, poisson

from sim.questions.fit.survival import (
    AGES,
    WORKER_NODES,
    age_at,
    area,
    from_zero,
    normal_effects,
    tenure_exposure,
)

Floats = NDArray[np.float64]
Reach = Literal["quits", "all exits"]
Counted = Literal["separations", "people in post", "employers", "newcomers"]

EMPLOYER_NODES: Final = 15
ROUNDS: Final = 200
TOLERANCE: Final = 1e-7
YEAR: Final = 12
PER_100_YEARS: Final = 1200.0  # from a rate per month to separations of 100 filled posts in a year


class NoLevelError(ValueError):
    """No baseline hazards show the level asked for."""


@dataclass(frozen=True)
class Shape:
    """What does not set the level: tenure, spreads (SD of log hazard), and months to fill a post.

    `reach` says what an employer's effect multiplies: quits alone, as in the engine, or every exit.
    """

    tenure_shape: float = 1.0
    early_peak: float = 0.0
    worker_spread: float = 0.0
    employer_spread: float = 0.0
    fill_months: float = 2.0
    reach: Reach = "quits"


@dataclass(frozen=True)
class Rates:
    """Baseline hazards a month: of quitting at a tenure of about a year, and of every other exit."""

    quits: float
    others: float


@dataclass(frozen=True)
class Flows:
    """A steady workforce: one row for each employer effect, one column for each age of the job (AGES).

    `kept` is the share of newcomers still there, `quit_by` the share who have quit, `weight` the share of employers.
    """

    shape: Shape
    rates: Rates
    weight: Floats
    kept: Floats
    quit_by: Floats

    @property
    def job_months(self) -> Floats:
        """Return the mean length of a job at each employer."""
        return area(self.kept)

    @property
    def starts(self) -> Floats:
        """Return jobs begun a month and post, times the employers' share."""
        return self.weight / (self.job_months + self.shape.fill_months)

    @property
    def filled(self) -> float:
        """Return the share of posts that are filled."""
        return float(self.starts @ self.job_months)

    @property
    def separations(self) -> float:
        """Return separations of 100 filled posts in a year."""
        return float(self.starts.sum()) / self.filled * PER_100_YEARS

    @property
    def quit_share(self) -> float:
        """Return the share of leavers who quit."""
        return self._of_hires(self.quit_by[:, -1])

    def newcomers_kept(self, months: float) -> float:
        """Return the share of newcomers still there after some months."""
        return self._of_hires(self.kept[:, age_at(months)])

    def leavers_under(self, months: float) -> float:
        """Return the share of leavers who had been there for less than some months."""
        return 1.0 - self.newcomers_kept(months)

    def stock_under(self, months: float) -> float:
        """Return the share of people in post who have been there for less than some months."""
        return float(self.starts @ area(self.kept[:, : age_at(months) + 1])) / self.filled

    def in_post_kept(self, months: float) -> float:
        """Return the share of people in post still there some months later.

        What is left of a job and what is over of it are distributed alike in a steady workforce, so this is the share
        of people in post who have been there for at least as long.
        """
        return 1.0 - self.stock_under(months)

    def in_post_quit(self, months: float) -> float:
        """Return the share of people in post who quit within some months."""
        later = self.quit_by[:, -1:] - self.quit_by[:, : age_at(months) + 1]
        return float(self.starts @ area(later)) / self.filled

    def leaving_rate(self, start: float, end: float) -> float:
        """Return separations per person-year between two tenures in months."""
        first, last = age_at(start), age_at(end)
        gone = self.starts @ (self.kept[:, first] - self.kept[:, last])
        time = area(self.kept[:, : last + 1]) - area(self.kept[:, : first + 1])
        return float(gone / (self.starts @ time)) * 12.0

    @property
    def centers_lost(self) -> Floats:
        """Return the chance that a person in post is gone a year later, at each employer."""
        return np.asarray(area(self.kept[:, : age_at(YEAR) + 1]) / self.job_months)

    def centers_lost_mean(self) -> float:
        """Return the share of people in post gone a year later, every employer counted alike."""
        return float(self.weight @ self.centers_lost)

    def centers_losing_half(self, people: float) -> float:
        """Return the share of center-years in which more than half of the people in post are gone a year later.

        People leave independently given their center's effect. The number in post is Poisson around `people`, at
        least one: the strict "more than half" treats odd and even numbers apart, and no center keeps one number.
        """
        return float(self.weight @ self._over_half(people))

    def centers_never(self, people: float, years: int) -> float:
        """Return the share of centers that lose more than half in none of some years, taken one by one."""
        return float(self.weight @ (1.0 - self._over_half(people)) ** years)

    def centers_again(self, people: float, years: int) -> float:
        """Return the share of centers that lose more than half in two or more of some years, taken one by one."""
        over = self._over_half(people)
        once = years * over * (1.0 - over) ** (years - 1)
        return float(self.weight @ (1.0 - (1.0 - over) ** years - once))

    def _over_half(self, people: float) -> Floats:
        return _over_half(people, self.centers_lost)

    def _of_hires(self, values: Floats) -> float:
        return float(self.starts @ values / self.starts.sum())


def flows(shape: Shape, rates: Rates) -> Flows:
    """Return the steady workforce of some hazards."""
    employers, weight = normal_effects(shape.employer_spread, EMPLOYER_NODES)
    kept, quit_by, share = survival(shape, rates, employers)
    return Flows(shape, rates, weight, np.einsum("w,ewa->ea", share, kept), np.einsum("w,ewa->ea", share, quit_by))


def survival(shape: Shape, rates: Rates, employers: Floats) -> tuple[Floats, Floats, Floats]:
    """Return newcomers still there and newcomers who have quit, by employer, worker and age; and workers' shares."""
    workers, share = normal_effects(shape.worker_spread, WORKER_NODES)
    by_tenure = tenure_exposure(shape.tenure_shape, shape.early_peak)
    quits = rates.quits * by_tenure * (employers[:, None, None] * workers[:, None])
    others = rates.others * (employers if shape.reach == "all exits" else np.ones_like(employers))
    total = quits + others[:, None, None] * AGES
    kept = np.exp(-total)
    steps = np.diff(total)
    part = np.divide(np.diff(quits), steps, out=np.zeros_like(steps), where=steps > 0)
    return kept, from_zero(-np.diff(kept) * part), share


def at_level(shape: Shape, level: float, quit_share: float, counted: Counted = "separations") -> Flows:
    """Return the steady workforce that shows a level and, among those who leave, a share of quits.

    The level is separations of 100 filled posts a year; or, of 100 people in post, of employers' mean (every employer
    alike) or of newcomers, those lost within a year. Raises NoLevelError where nothing shows it.
    """
    wanted = _rate(level, counted)
    rates = Rates(wanted * quit_share, wanted * (1.0 - quit_share))
    for _ in range(ROUNDS):
        found = flows(shape, rates)
        shown, share = _rate(SHOWN[counted](found), counted), _quit_share(found, counted)
        seen = (shown * share, shown * (1.0 - share))
        goal = (wanted * quit_share, wanted * (1.0 - quit_share))
        if all(math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=1e-12) for a, b in zip(goal, seen, strict=True)):
            return found
        rates = Rates(_moved(rates.quits, goal[0], seen[0]), _moved(rates.others, goal[1], seen[1]))
    raise NoLevelError(f"no hazards show a level of {level:g} ({counted}) with {shape}")


SHOWN: Final[dict[Counted, Callable[[Flows], float]]] = {
    "separations": lambda found: found.separations,
    "people in post": lambda found: 100.0 * found.stock_under(YEAR),
    "employers": lambda found: 100.0 * found.centers_lost_mean(),
    "newcomers": lambda found: 100.0 * found.leavers_under(YEAR),
}


def _rate(level: float, counted: Counted) -> float:
    """Return a level as a rate a month, so that it moves about as the hazards do."""
    return level / PER_100_YEARS if counted == "separations" else -math.log(1.0 - level / 100.0) / YEAR


def _quit_share(found: Flows, counted: Counted) -> float:
    return found.in_post_quit(YEAR) / found.stock_under(YEAR) if counted == "people in post" else found.quit_share


def _moved(rate: float, wanted: float, seen: float) -> float:
    return rate * wanted / seen if seen > 0 else rate


def _over_half(people: float, chance: Floats) -> Floats:
    """Return the chance to lose more than half of a Poisson number of people, at least one."""
    numbers = np.arange(1, int(people + 8.0 * math.sqrt(people)) + 2)
    sizes = poisson.pmf(numbers, people)
    over = binom.sf(numbers[:, None] // 2, numbers[:, None], chance)
    return np.asarray(sizes @ over / sizes.sum())
