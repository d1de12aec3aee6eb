"""What a run of PRW-bench reports, and how two of them compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Facts:
    """The exits, hires and promotions of a run, and its headcount at each whole month.

    Exits and hires are kept by post and then by time, an order which does not hang on a time's last digit.
    Promotions stay in the order they were made: a row is (month, post, rung). The peers who are there at
    time 0 are no hires.
    """

    exit_post: NDArray[np.int64]
    exit_time: NDArray[np.float64]
    hire_post: NDArray[np.int64]
    hire_time: NDArray[np.float64]
    promotions: NDArray[np.int64]
    headcounts: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        exits: Sequence[tuple[int, float]],
        hires: Sequence[tuple[int, float]],
        promotions: Sequence[tuple[int, int, int]],
        headcounts: Sequence[int],
    ) -> Self:
        """Make facts of the lists an engine in plain Python keeps; exits and hires are (post, time)."""
        made = np.array(promotions, dtype=np.int64).reshape(-1, 3)
        return cls(*_in_order(exits), *_in_order(hires), made, np.array(headcounts, dtype=np.int64))


def _in_order(events: Sequence[tuple[int, float]]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the posts and times of events by post and then by time."""
    ordered = sorted(events)
    posts = np.array([post for post, _ in ordered], dtype=np.int64)
    return posts, np.array([time for _, time in ordered], dtype=np.float64)


def difference(one: Facts, other: Facts, tolerance: float = 1e-9) -> str | None:
    """Return what differs first between two runs, or None when they tell the same story."""
    for name in ("headcounts", "promotions", "exit_post", "hire_post"):
        if not np.array_equal(getattr(one, name), getattr(other, name)):
            return f"{name} differ"
    for name in ("exit_time", "hire_time"):
        apart = np.abs(getattr(one, name) - getattr(other, name)).max(initial=0.0)
        if apart > tolerance:
            return f"{name} differ by up to {apart:.3g} months"
    return None


def annual_turnover(facts: Facts) -> float:
    """Return exits ÷ mean of the year's 12 headcounts, averaged over the whole years of the run."""
    years = len(facts.headcounts) // MONTHS_A_YEAR
    exits = np.histogram(facts.exit_time, bins=years, range=(0.0, float(years * MONTHS_A_YEAR)))[0]
    staff = facts.headcounts[: years * MONTHS_A_YEAR].reshape(years, MONTHS_A_YEAR).mean(axis=1)
    return float((exits / staff).mean())
