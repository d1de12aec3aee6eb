"""Choose the best of many by running each only as long as it may still be the best.

The procedure is KN of Kim and Nelson (2001), A fully sequential procedure for indifference-zone selection in
simulation, ACM Transactions on Modeling and Computer Simulation 11, with c = 1: after a first stage that gives the
variance of every pair's difference, one observation of each system left is taken at a time, and a system is out once
another is ahead of it by more than a margin that shrinks to nothing. Observations of different systems may share luck.
Where the best is at least `delta` better than the second, it is chosen with a chance of at least 1 − alpha, if
observations are normal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from sim.results.blocks import Floats

FEWEST_FIRST: Final = 5  # observations; with fewer the margins are so wide that nothing is gained
NUMBERS: Final = 500_000  # screened at a time: observations × pairs of systems
MARGIN: Final = 1.05  # how far beyond the next likely elimination to draw


class Draw(Protocol):
    """Whoever gives observations, more is better."""

    def __call__(self, left: tuple[int, ...], upto: int) -> Floats:
        """Return observations 0 … upto − 1 of the systems left, shape (upto, len(left)); those given before, again."""


@dataclass(frozen=True)
class Rule:
    """The smallest difference that matters, how sure the choice must be, and how many observations may be drawn.

    `first` observations of each system make the first stage; `most` are never exceeded. `lot` is how many are worth
    drawing at a time, which decides cost and never the outcome. With `chances` each observation is a yes or no (or a
    share of some), and variances are found with one imagined difference of each sign added, as no difference seen yet
    is not no difference.
    """

    delta: float
    alpha: float = 0.05
    first: int = 20
    most: int = 2000
    lot: int = 50
    chances: bool = False


@dataclass(frozen=True)
class Out:
    """A system that was eliminated, and after how many observations."""

    system: int
    after: int


@dataclass(frozen=True)
class Selection:
    """Who is left, the leaders first, who went out in which order, and how many observations each took.

    One system is left; or several that are level with no margin remaining; or, not `decided`, several between which
    the most observations allowed do not choose. `settled_by` is after how many no margin would remain between those
    left, which settles it whatever is observed.
    """

    left: tuple[int, ...]
    out: tuple[Out, ...]
    after: int
    decided: bool
    drawn: tuple[int, ...]  # of each system
    settled_by: int


def select(draw: Draw, systems: int, rule: Rule) -> Selection:
    """Return which of two or more systems is the best, as far as the rule lets it be told."""
    upto, drawn = rule.first, [0] * systems
    given = tuple(range(systems))
    observations = draw(given, upto)
    race = Race(given, rule, observations)
    while True:
        for system in given:
            drawn[system] = upto
        race.see(given, observations)
        if race.over or race.seen >= rule.most:
            return Selection(race.left, tuple(race.out), race.seen, race.over, tuple(drawn), race.end)
        given, upto = race.left, min(rule.most, race.next_stop())
        observations = draw(given, upto)


def eta(alpha: float, systems: int, first: int) -> float:
    """Return KN's constant for c = 1, with Bonferroni's share of alpha for each pair, so that luck may be shared."""
    return 0.5 * math.expm1(-2.0 / (first - 1) * math.log(2.0 * alpha / (systems - 1)))


def pair_variances(observations: Floats, *, chances: bool = False) -> Floats:
    """Return the variance of the difference of each pair of systems, shape (systems, systems)."""
    differences = observations[:, :, None] - observations[:, None, :]
    if chances:
        one = np.ones((1, *differences.shape[1:]))
        differences = np.concatenate((differences, one, -one))
    return np.asarray(np.var(differences, axis=0, ddof=1))


class Race:
    """Follow systems observation by observation; how many are seen at a time changes nothing."""

    def __init__(self, systems: tuple[int, ...], rule: Rule, first_stage: Floats) -> None:
        """Fix from the first stage how far the margin of each pair reaches."""
        self.left, self.out, self.seen = systems, list[Out](), rule.first - 1
        self._rule, self._ahead = rule, np.zeros(len(systems))
        scale = 2.0 * eta(rule.alpha, len(systems), rule.first) * (rule.first - 1)
        self._reach = scale * pair_variances(first_stage, chances=rule.chances) / rule.delta**2

    @property
    def over(self) -> bool:
        """Whether one is left, or no margin remains and those left are level."""
        return len(self.left) == 1 or self.seen >= self.end

    def see(self, given: tuple[int, ...], observations: Floats) -> None:
        """Go on through the observations of some systems, among them all that are left."""
        sums = np.cumsum(observations, axis=0)
        while not self.over and self.seen < len(sums):
            columns = [given.index(system) for system in self.left]
            upto = min(self.end, self.seen + max(1, NUMBERS // len(columns) ** 2))
            self._screen(sums[self.seen : upto][:, columns])

    def next_stop(self) -> int:
        """Return how far to draw: a little beyond where, going on like this, the next system would be out."""
        lead = np.maximum(self._ahead[None, :] - self._ahead[:, None], 0.0) / self.seen  # of the second over the first
        likely = self._reaches() * self._rule.delta / (2.0 * lead + self._rule.delta)
        np.fill_diagonal(likely, np.inf)
        return min(self.end, max(self.seen + self._rule.lot, math.ceil(MARGIN * float(likely.min()))))

    @property
    def end(self) -> int:
        """Return after how many observations no margin remains."""
        return max(self._rule.first, math.ceil(float(self._reaches().max())))

    def _reaches(self) -> Floats:
        return np.asarray(self._reach[np.ix_(self.left, self.left)])

    def _screen(self, sums: Floats) -> None:
        """Go on until a system is out, or through all these sums, shape (observations, systems left)."""
        numbers = np.arange(self.seen + 1, self.seen + 1 + len(sums), dtype=np.float64)
        margins = 0.5 * self._rule.delta * np.maximum(self._reaches() - numbers[:, None, None], 0.0)
        behind = np.asarray(np.any(sums[:, :, None] < sums[:, None, :] - margins, axis=2))
        rows = np.flatnonzero(behind.any(axis=1))
        row = int(rows[0]) if rows.size else len(sums) - 1
        self.seen += row + 1
        order = np.argsort(-sums[row], kind="stable")
        self.out += [Out(self.left[place], self.seen) for place in order[::-1] if behind[row, place]]
        stay = [place for place in order if not behind[row, place]]
        self.left, self._ahead = tuple(self.left[place] for place in stay), sums[row, stay]
