"""Fit made-up employers' histories whose truth is known, and count how often the bands hold it.

Each employer has posts that are left and filled again for thirty years, of which the last five are typed: the day of
hire and of leaving of everybody who was there in them, those of before from the start of the five. Four kinds of truth:
the model's own, with a draw of the posterior; the same where the list knows months in place of days; movers and
stayers, whom no draw has; a level that goes up and down by the year, which the fit takes to be one.

`python -m studies.histories` prints the table of docs/fit.md.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator  # noqa: TID251  # a type; luck comes from sim.streams
from numpy.typing import NDArray

from sim.evidence.posterior import load_posterior
from sim.questions.fit.fit import CURVE, Fit, fit
from sim.questions.fit.grid import PEAK, SHAPE, WORKERS, kept_at, quit_share, separations
from sim.questions.fit.history import Job, followed_years
from sim.questions.fit.survival import AGES, age_at, tenure_exposure
from sim.streams import study
from sim.units import MONTHS_PER_YEAR

Floats = NDArray[np.float64]
Lengths = Callable[[Generator, float], float]  # of a job begun at a time, in months

SEED: Final = 20261129
EMPLOYERS: Final = 200
YEARS, BEFORE = 5, 25
START: Final = 2021.0 * MONTHS_PER_YEAR
POSTS: Final = (8.0, 60.0)
LEVELS: Final = (12.0, 80.0)  # separations of 100 filled posts a year
FILL: Final = 2.0  # mean months that a post stays empty
MONTHS_TOLD: Final = (6, 12, 24, 36, 60)


@dataclass(frozen=True)
class Truth:
    """An employer: how long jobs last, and the share of newcomers still there by month."""

    lengths: Lengths
    kept: Floats
    separations: float


def own_model(luck: Generator) -> Truth:
    """Return an employer as the model has them, with one draw of the posterior."""
    number = int(luck.integers(len(load_posterior())))
    return _of_draw(number, _log_uniform(luck, LEVELS))


def _of_draw(number: int, level: float) -> Truth:
    """Return an employer of a draw at a level of separations."""
    draw, quits = load_posterior().draw(number), quit_share()
    rates = np.exp(np.linspace(math.log(0.02), math.log(8.0), 400))
    rate = float(np.interp(level, separations(kept_at(number, rates)), rates))
    exposure = tenure_exposure(draw[SHAPE], draw[PEAK])

    def length(luck: Generator, begun: float) -> float:
        del begun
        worker = math.exp(draw[WORKERS] * luck.standard_normal())
        total = rate / MONTHS_PER_YEAR * (quits * worker * exposure + (1.0 - quits) * AGES)
        return float(np.interp(luck.exponential(), total, AGES))

    return Truth(length, _by_month(kept_at(number, np.array([rate]))[0]), level)


def movers_and_stayers(luck: Generator) -> Truth:
    """Return an employer with two kinds of people, each leaving at one rate whatever the time in the job."""
    level = _log_uniform(luck, LEVELS) / 100.0
    fast, slow, share = 2.5 * level / MONTHS_PER_YEAR, 0.4 * level / MONTHS_PER_YEAR, 0.5
    kept = share * np.exp(-fast * AGES) + (1.0 - share) * np.exp(-slow * AGES)

    def length(own: Generator, begun: float) -> float:
        del begun
        return float(own.exponential() / (fast if own.uniform() < share else slow))

    return Truth(length, _by_month(kept), 100.0 * MONTHS_PER_YEAR / (share / fast + (1.0 - share) / slow))


def uneven_years(luck: Generator) -> Truth:
    """Return an employer of the model whose level is another each year (20 % up or down, one standard deviation)."""
    even = own_model(luck)
    pace = np.exp(0.2 * luck.standard_normal(YEARS + BEFORE + 1))

    def length(own: Generator, begun: float) -> float:
        left, at = even.lengths(own, begun), begun
        while left > 0.0:
            year = int((at - START) // MONTHS_PER_YEAR) + BEFORE
            factor = float(pace[min(max(year, 0), pace.size - 1)])
            ends = (math.floor(at / MONTHS_PER_YEAR) + 1) * MONTHS_PER_YEAR
            step = min(left / factor, ends - at)
            left, at = left - step * factor, at + max(step, 1e-9)
        return at - begun

    return Truth(length, even.kept, even.separations)


def _by_month(kept: Floats) -> Floats:
    return kept[[age_at(month) for month in range(CURVE + 1)]]


def _log_uniform(luck: Generator, ends: tuple[float, float]) -> float:
    return float(math.exp(luck.uniform(math.log(ends[0]), math.log(ends[1]))))


def jobs_of(truth: Truth, luck: Generator) -> list[Job]:
    """Return the jobs that a history of five years lists, to the day."""
    found = []
    for _ in range(round(_log_uniform(luck, POSTS))):
        time, end = START - BEFORE * MONTHS_PER_YEAR, START + YEARS * MONTHS_PER_YEAR
        while time < end:
            hired, left = time, time + truth.lengths(luck, time)
            if left >= START:
                found.append(Job(_day(hired), _day(left) if left < end else math.nan))
            time = left + luck.gamma(2.0, FILL / 2.0)
    return found


def _day(months: float) -> float:
    return (math.floor(months * 30.0) + 0.5) / 30.0


def in_months(job: Job) -> Job:
    """Return a job whose days were not written down."""
    return Job(math.floor(job.hired) + 0.5, job.left if math.isnan(job.left) else math.floor(job.left) + 0.5)


@dataclass(frozen=True)
class Held:
    """Whether the bands of an employer hold its truth: the whole curve, single months of it, and separations."""

    curve: bool
    months: tuple[bool, ...]
    separations: bool
    years: tuple[bool, ...]
    effective: float


def held(found: Fit, truth: Truth) -> Held:
    """Return whether the bands hold the truth."""
    curve = found.fitted.curve
    inside = (curve.low <= truth.kept) & (truth.kept <= curve.high)
    low, _, high = found.fitted.separations
    years = tuple(one.inside for one in found.told)
    months = tuple(bool(inside[month]) for month in MONTHS_TOLD)
    return Held(bool(inside[1:].all()), months, low <= truth.separations <= high, years, found.effective)


def employers(
    kind: Callable[[Generator], Truth], number: int = EMPLOYERS, written: Callable[[Job], Job] = lambda job: job
) -> Iterator[Held]:
    """Yield for made-up employers whether the bands of a fit hold the truth."""
    for own in range(number):
        luck = study(SEED, own)
        truth = kind(luck)
        jobs = [written(job) for job in jobs_of(truth, luck)]
        yield held(fit(followed_years(jobs, START, START + YEARS * MONTHS_PER_YEAR)), truth)


def line(name: str, found: list[Held]) -> str:
    """Return a line of the table."""
    shares = [np.mean([one.curve for one in found]), *np.mean([one.months for one in found], axis=0)]
    shares += [np.mean([one.separations for one in found]), np.mean([year for one in found for year in one.years])]
    told = " | ".join(f"{100.0 * float(share):.1f}" for share in shares)
    return f"| {name} | {told} | {np.median([one.effective for one in found]):.0f} |"


KINDS: Final[dict[str, tuple[Callable[[Generator], Truth], Callable[[Job], Job]]]] = {
    "the model's own, a draw of the posterior": (own_model, lambda job: job),
    "the same, months in place of days": (own_model, in_months),
    "movers and stayers": (movers_and_stayers, lambda job: job),
    "the model's own, its level 20 % up or down each year": (uneven_years, lambda job: job),
}

if __name__ == "__main__":
    for name, (kind, written) in KINDS.items():
        sys.stdout.write(line(name, list(employers(kind, written=written))) + "\n")
        sys.stdout.flush()
