"""Follow people from post to post within a sector, where a study counts years in the sector and not in the post.

Of those who leave a post a share takes another post of the sector at once, at an employer drawn anew as newcomers'
employers are; the worker's own effect goes along. How many posts somebody has had does not depend on that effect, so
newcomers of posts are mixed as newcomers of the sector are, and the steady workforce of `studies.renewal` stays what it
is. Months are counted whole; a post ends in the middle of one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.signal import lfilter

from sim.questions.fit.survival import AGES, MONTHS, normal_effects
from studies.renewal import EMPLOYER_NODES, Floats, Flows, survival

GRID: Final[Floats] = np.arange(MONTHS + 1.0)


def sector_leaving(found: Flows, stays: float, start: int, end: int) -> float:
    """Return how many leave their post in a year, of those in the sector for `start` to `end` months.

    `stays` is the share of leavers who take another post of the sector.
    """
    employers, _ = normal_effects(found.shape.employer_spread, EMPLOYER_NODES)
    kept, _, workers = survival(found.shape, found.rates, employers)
    hires = found.starts / found.starts.sum()
    there = np.array([np.interp(GRID, AGES, one) for one in np.einsum("e,ewa->wa", hires, kept)])
    ended = there[:, :-1] - there[:, 1:]
    present = (there[:, :-1] + there[:, 1:]) / 2.0
    left, time = _from_post_to_post(ended, present, stays)
    return float(workers @ left[:, start:end].sum(axis=1) / (workers @ time[:, start:end].sum(axis=1))) * 12.0


def _from_post_to_post(ended: Floats, present: Floats, stays: float) -> tuple[Floats, Floats]:
    """Return posts left and time in post by month in the sector, of one newcomer of it; one row a worker's effect."""
    again, there = _from_mid_month(ended), _from_mid_month(present)
    left = np.array([lfilter([1.0], _without_first(-stays * b), a) for a, b in zip(ended, again, strict=True)])
    later = np.array([lfilter(b, [1.0], a) for a, b in zip(left, there, strict=True)])
    return left, present + stays * later


def _from_mid_month(monthly: Floats) -> Floats:
    """Return what happens in the month of the next post's beginning, its middle, and in those after it."""
    halves = monthly / 2.0
    halves[:, 1:] += monthly[:, :-1] / 2.0
    return halves


def _without_first(feedback: Floats) -> Floats:
    whole = feedback.copy()
    whole[0] += 1.0
    return whole
