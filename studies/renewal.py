"""Work out flows of staff exactly, by renewal, for the model's own hazards of leaving (docs/model.md, section 6).

Nothing is simulated. Posts of one employer are filled, left and filled again; in the long run each post starts a job
every (mean length of a job + time to fill) months. Workers and employers differ by normal effects on the log hazard,
integrated by Gauss-Hermite quadrature. What moves with wellbeing, pay, ladders or money is left out: the hazards are
those of a workforce at its reference, and nobody is taken back after a leave.

As in the engine a hazard is set at the start of a calendar month and kept for the month; people are hired in the
middle of one. Jobs end after forty years at the latest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import tenure_factor

Floats = NDArray[np.float64]
Reach = Literal["quits", "all exits"]

MONTHS: Final = 480  # the longest job
STEP: Final = 0.5  # months between two ages
NODES: Final = 15
ROUNDS: Final = 200
TOLERANCE: Final = 1e-9
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
    """A steady workforce: one row for each employer effect, one column for each half month of the job's age.

    `kept` is the share of newcomers still there, `quit_by` the share who have quit, `weight` the share of employers.
    """

    weight: Floats
    kept: Floats
    quit_by: Floats
    fill_months: float

    @property
    def job_months(self) -> Floats:
        """Return the mean length of a job at each employer."""
        return _area(self.kept)

    @property
    def starts(self) -> Floats:
        """Return jobs begun a month and post, times the employers' share."""
        return self.weight / (self.job_months + self.fill_months)

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
        return self._of_hires(self.kept[:, _at(months)])

    def leavers_under(self, months: float) -> float:
        """Return the share of leavers who had been there for less than some months."""
        return 1.0 - self.newcomers_kept(months)

    def stock_under(self, months: float) -> float:
        """Return the share of people in post who have been there for less than some months."""
        return float(self.starts @ _area(self.kept[:, : _at(months) + 1])) / self.filled

    def in_post_kept(self, months: float) -> float:
        """Return the share of people in post still there some months later.

        What is left of a job and what is over of it are distributed alike in a steady workforce, so this is the share
        of people in post who have been there for at least as long.
        """
        return 1.0 - self.stock_under(months)

    def in_post_quit(self, months: float) -> float:
        """Return the share of people in post who quit within some months."""
        later = self.quit_by[:, -1:] - self.quit_by[:, : _at(months) + 1]
        return float(self.starts @ _area(later)) / self.filled

    def leaving_rate(self, start: float, end: float) -> float:
        """Return separations per person-year between two tenures in months."""
        first, last = _at(start), _at(end)
        gone = self.starts @ (self.kept[:, first] - self.kept[:, last])
        return float(gone / (self.starts @ _area(self.kept[:, first : last + 1]))) * 12.0

    def centers_losing_half(self, people: int) -> float:
        """Return the share of center-years in which more than half of the people in post are gone a year later.

        Every center has the same number in post; its people leave independently given its effect. A study whose centers
        differ in size is the mean of this over their sizes.
        """
        year = _area(self.kept[:, : _at(12) + 1]) / self.job_months
        over = [sum(_binomial(people, lost, p) for lost in range(people // 2 + 1, people + 1)) for p in year]
        return float(self.weight @ np.array(over))

    def _of_hires(self, values: Floats) -> float:
        return float(self.starts @ values / self.starts.sum())


def flows(shape: Shape, rates: Rates) -> Flows:
    """Return the steady workforce of some hazards."""
    employers, weight = _normal(shape.employer_spread)
    workers, share = _normal(shape.worker_spread)
    quits = rates.quits * _monthly_factor(shape) * (employers[:, None, None] * workers[:, None])
    others = np.broadcast_to(rates.others * (employers if shape.reach == "all exits" else 1.0), employers.shape)
    total = quits + others[:, None, None]
    kept = np.exp(-_from_zero(total * STEP))
    lost = kept[..., :-1] - kept[..., 1:]
    quit_part = np.divide(quits, total, out=np.zeros_like(total), where=total > 0)
    quit_by = _from_zero(lost * quit_part)
    return Flows(
        weight,
        np.einsum("w,ewa->ea", share, kept),
        np.einsum("w,ewa->ea", share, quit_by),
        shape.fill_months,
    )


def at_level(shape: Shape, separations: float, quit_share: float) -> Flows:
    """Return the steady workforce that shows some separations of 100 filled posts a year and share of quits."""
    month = separations / PER_100_YEARS
    rates = Rates(month * quit_share, month * (1.0 - quit_share))
    for _ in range(ROUNDS):
        found = flows(shape, rates)
        wanted = (month * quit_share, month * (1.0 - quit_share))
        shown = found.separations / PER_100_YEARS
        seen = (shown * found.quit_share, shown * (1.0 - found.quit_share))
        if all(math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=1e-12) for a, b in zip(wanted, seen, strict=True)):
            return found
        rates = replace(rates, quits=_moved(rates.quits, wanted[0], seen[0]))
        rates = replace(rates, others=_moved(rates.others, wanted[1], seen[1]))
    raise NoLevelError(f"no hazards show {separations:g} separations of 100 filled posts a year with {shape}")


def _moved(rate: float, wanted: float, seen: float) -> float:
    return rate * wanted / seen if seen > 0 else rate


def _normal(spread: float) -> tuple[Floats, Floats]:
    """Return factors on the hazard for a normal effect, and their weights."""
    if spread == 0.0:
        return np.ones(1), np.ones(1)
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return np.exp(spread * nodes), weights / weights.sum()


def _monthly_factor(shape: Shape) -> Floats:
    """Return the tenure factor of every half month: tenure as it was when its calendar month began."""
    halves = np.arange(int(MONTHS / STEP))
    tenure = np.where(halves == 0, 0.0, STEP + (halves - 1) // 2)
    return tenure_factor(tenure, shape.tenure_shape, shape.early_peak)


def _from_zero(steps: Floats) -> Floats:
    """Return running sums over the last axis that start at 0."""
    start = np.zeros((*steps.shape[:-1], 1))
    return np.concatenate([start, np.cumsum(steps, axis=-1)], axis=-1)


def _area(values: Floats) -> Floats:
    """Return the integral over the last axis in months, by trapezoids."""
    return np.asarray((values[..., :-1] + values[..., 1:]).sum(axis=-1) * (STEP / 2.0))


def _at(months: float) -> int:
    return round(min(months, MONTHS) / STEP)


def _binomial(people: int, lost: int, chance: float) -> float:
    return math.comb(people, lost) * chance**lost * (1.0 - chance) ** (people - lost)
