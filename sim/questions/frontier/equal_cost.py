"""Bring mixes to the same dollars: one input of each is moved until they cost what the base costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from sim.questions.solve.levers import Grid
from sim.results.blocks import Floats

ROUNDS: Final = 8
EQUAL: Final = 1e-9  # of the sum: what is nearer than that is equal

Tries = list[tuple[int, int]]  # number of a mix, place in the grid
Run = Callable[[Tries], Mapping[tuple[int, int], float]]
Gaps = Mapping[int, float]  # place in the grid → dollars above the base's, on average


@dataclass(frozen=True)
class Balanced:
    """The two neighboring places between which a mix costs what the base costs, and how far it is to the upper one."""

    below: int
    above: int
    share: float
    gap_below: float
    gap_above: float

    @property
    def nearest(self) -> tuple[int, float]:
        """Return the place with the smaller gap, and that gap."""
        ends = (self.below, self.gap_below), (self.above, self.gap_above)
        return min(ends, key=lambda end: abs(end[1]))

    def value(self, grid: Grid) -> float:
        """Return the value of the input at which the dollars are the base's."""
        return (1.0 - self.share) * grid.value(self.below) + self.share * grid.value(self.above)


def balanced(gaps: Gaps) -> Balanced | None:
    """Return where the dollars cross the base's; None while that is not known to the step."""
    ends = _bracket(gaps)
    if ends is None or ends[1] - ends[0] > 1:
        return None
    low, high = gaps[ends[0]], gaps[ends[1]]
    return Balanced(*ends, 0.0 if low == 0 else low / (low - high), low, high)


def next_places(gaps: Gaps, grid: Grid, start: int, whole: float) -> list[int]:
    """Return the places to try next; none when the crossing is known, or cannot lie in the grid.

    Args:
        gaps: what is known.
        grid: places from 0.
        start: where to begin.
        whole: the dollars to reach, to guess the first step from.
    """
    if not gaps:
        return [start]
    ends = _bracket(gaps)
    if ends is None:
        return [place for place in _outwards(gaps, grid, whole) if place not in gaps]
    low, high = ends
    if high - low <= 1:
        return []
    share = gaps[low] / (gaps[low] - gaps[high])
    guess = min(high - 1, max(low, int(low + share * (high - low))))
    return [place for place in (guess, guess + 1) if place not in gaps] or [(low + high) // 2]


def _bracket(gaps: Gaps) -> tuple[int, int] | None:
    """Return neighboring places tried with the dollars below the base's in one and above in the other.

    Where the dollars are the base's, the first place tried that has them is both.
    """
    equal = next((place for place, gap in gaps.items() if gap == 0), None)
    if equal is not None:
        return equal, equal
    return next((pair for pair in pairwise(sorted(gaps)) if gaps[pair[0]] * gaps[pair[1]] < 0), None)


def _outwards(gaps: Gaps, grid: Grid, whole: float) -> list[int]:
    """Return a place further out, where the dollars should cross the base's, and one beyond."""
    nearest = min(gaps, key=lambda place: abs(gaps[place]))
    value, last = float(grid.value(nearest)), grid.size - 1
    guess = value * whole / (whole + gaps[nearest]) if whole + gaps[nearest] > 0 else value
    others = [place for place in gaps if place != nearest and gaps[place] != gaps[nearest]]
    if others:
        other = min(others, key=lambda place: abs(gaps[place]))
        slope = (gaps[nearest] - gaps[other]) / (grid.value(nearest) - grid.value(other))
        guess = value - gaps[nearest] / slope
    step = 1 if guess > value else -1
    aim = grid.nearest(guess)
    aim = aim if aim != nearest else nearest + step
    return sorted({max(0, min(last, place)) for place in (aim, aim + step)})


def brought(gaps: Sequence[dict[int, float]], grid: Grid, start: int, whole: float, run: Run) -> None:
    """Try places of all mixes, a round for all of them at a time, until each is balanced or cannot be.

    Args:
        gaps: what is known of each mix; filled in.
        grid: places from 0.
        start: where to begin.
        whole: the dollars to reach.
        run: takes mixes and places, returns the gap of each.
    """
    for _ in range(ROUNDS):
        todo = [(mix, place) for mix, known in enumerate(gaps) for place in next_places(known, grid, start, whole)]
        if not todo:
            return
        for (mix, place), gap in run(todo).items():
            gaps[mix][place] = 0.0 if abs(gap) <= EQUAL * whole else gap


def between(ends: tuple[Floats, Floats], dollars: tuple[Floats, Floats], base: Floats, share: float) -> Floats:
    """Return a measure at the same dollars as the base, one value a replication.

    It is drawn straight between the two neighboring places. The share was found from mean dollars, which luck moves
    too: each replication's own gap is taken out at the price of a dollar (delta method); that leaves the mean as it is.
    """
    value = (1.0 - share) * ends[0] + share * ends[1]
    step = float(np.mean(dollars[1] - dollars[0]))
    if step == 0:
        return value
    price = float(np.nanmean(ends[1] - ends[0])) / step
    gap = (1.0 - share) * dollars[0] + share * dollars[1] - base
    return np.asarray(value - price * (gap - float(np.mean(gap))))
