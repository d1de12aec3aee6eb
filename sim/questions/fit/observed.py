"""How long people stayed as it was seen, without any model: Kaplan-Meier, who was there at the start from then on.

E. L. Kaplan and P. Meier 1958, Journal of the American Statistical Association 53, 457-481; intervals on the log-log
scale (Kalbfleisch and Prentice 2002, section 1.4). What rests on fewer than eleven people at any time is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.questions.fit.history import Job
from sim.words.roster import FEWEST

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
    return [_at(age, (times, at_risk, ended), int(now)) for age, now in zip(ages, checks, strict=True)]


def _below(values: np.ndarray, at: np.ndarray, *, through: bool = False) -> np.ndarray:
    return np.searchsorted(np.sort(values), at, side="right" if through else "left")


def _at(age: float, steps: tuple[np.ndarray, np.ndarray, np.ndarray], there: int) -> Seen:
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
