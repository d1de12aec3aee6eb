"""Split the variance of a measure into random variation and assumptions, and assumptions by group.

Rows are draws of the assumptions ("ignorance" in the code), columns are replications ("luck"). Replications use the
same random numbers in every draw, so the two are crossed: y[i, j] = mean + ignorance[i] + luck[j] + interaction[i, j].
The mean squares of the two-way table separate the three (Searle, Casella and McCulloch 1992, section 4.7); the
interaction counts as luck. The variance that a group explains is a U-statistic over pairs of different draws and
different replications: what a draw shares with itself alone, its own random variation, never enters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDE: Final = 1.96
PENALTIES: Final = (0.01, 0.1, 1.0, 10.0)  # of the ridge, in assumptions


@dataclass(frozen=True)
class Parts:
    """Variances; the part of the assumptions can come out below 0 where there is next to none.

    `common` is the part of luck that a replication brings to all draws alike: it too can come out below 0.
    """

    mean: float
    luck: float
    ignorance: float
    common: float

    @property
    def luck_correlation(self) -> float | None:
        """Return how what one replication's luck brings correlates between two draws; None where it brings nothing."""
        return self.common / self.luck if self.luck > 0 else None


@dataclass(frozen=True)
class Guess:
    """An estimate and its standard error."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """Return the lower end of the 95 % interval."""
        return self.value - WIDE * self.error

    @property
    def high(self) -> float:
        """Return the upper end of the 95 % interval."""
        return self.value + WIDE * self.error


def parts_of(table: Floats) -> Parts:
    """Return mean and variances of a table, shape (draws, replications), each 2 at least."""
    draws, runs = table.shape
    mean, rows, columns = float(table.mean()), table.mean(axis=1), table.mean(axis=0)
    rest = table - rows[:, None] - columns + mean
    together = float((rest**2).sum()) / ((draws - 1) * (runs - 1))
    ignorance = float(np.var(rows, ddof=1)) - together / runs
    common = float(np.var(columns, ddof=1)) - together / draws
    return Parts(mean, common + together, ignorance, common)


@dataclass(frozen=True)
class Whole:
    """The parts of a table, and the same without each draw and without each replication."""

    parts: Parts
    without_draw: tuple[Parts, ...]
    without_run: tuple[Parts, ...]

    def ratio(self, of: Callable[[Parts], float], over: Callable[[Parts], float]) -> Guess:
        """Return a ratio of parts with the jackknife's error."""
        sides = ([_over(of(one), over(one)) for one in side] for side in (self.without_draw, self.without_run))
        return Guess(_over(of(self.parts), over(self.parts)), jackknife_error(*sides))

    def share(self, explained: Explained, over: Callable[[Parts], float]) -> Guess:
        """Return the share of a part that some assumptions explain."""
        sides = (
            [_over(variance, over(one)) for variance, one in zip(variances, side, strict=True)]
            for variances, side in (
                (explained.without_draw(), self.without_draw),
                (explained.without_run(), self.without_run),
            )
        )
        return Guess(_over(explained.value, over(self.parts)), jackknife_error(*sides))


def whole_of(table: Floats) -> Whole:
    """Return the parts of a table and of what is left when a row or a column is taken out."""
    without = [tuple(parts_of(np.delete(table, at, axis)) for at in range(table.shape[axis])) for axis in (0, 1)]
    return Whole(parts_of(table), *without)


def all_of(parts: Parts) -> float:
    """Return the variance of one run: random variation and assumptions."""
    return max(parts.luck, 0.0) + max(parts.ignorance, 0.0)


def luck_of(parts: Parts) -> float:
    """Return luck's variance."""
    return max(parts.luck, 0.0)


def ignorance_of(parts: Parts) -> float:
    """Return the variance that the assumptions cause."""
    return max(parts.ignorance, 0.0)


def _over(above: float, below: float) -> float:
    return above / below if below > 0 else 0.0


def jackknife_error(*without: Sequence[float] | Floats) -> float:
    """Return the standard error from estimates with one row, or one column, left out; independent sides add up."""
    found = (np.asarray(side, dtype=np.float64) for side in without)
    return math.sqrt(sum((side.size - 1) * float(np.var(side)) for side in found))


class Screen:
    """The assumptions of all draws, for finding what each of them explains.

    `terms` has shape (draws, assumptions, 2): the linear and the squared term of each, with mean 0 and variance 1 over
    its range. What the other assumptions explain is taken off first, by ridge regression on the draws without the one
    at hand; that lowers noise and moves nothing, because assumptions are drawn apart from one another.
    """

    def __init__(self, terms: Floats, table: Floats) -> None:
        """Read a table of (draws, replications)."""
        self.terms = terms
        self.table = table
        self.centered = table - table.mean(axis=0)
        self._linear = terms[:, :, 0]
        self._weights, self._rest = self._fit()

    def _fit(self) -> tuple[Floats, Floats]:
        """Return the ridge's weights (assumptions, draws) and what it leaves over of each draw fitted without it."""
        fits = [self._ridge(penalty * self._linear.shape[1]) for penalty in PENALTIES]
        return min(fits, key=lambda fit: float((fit[1].mean(axis=1) ** 2).sum()))

    def _ridge(self, penalty: float) -> tuple[Floats, Floats]:
        z = self._linear
        weights = np.linalg.solve(z.T @ z + penalty * np.eye(z.shape[1]), z.T)
        fit = z @ weights
        left_over: Floats = (self.centered - fit @ self.centered) / (1.0 - np.diag(fit))[:, None]
        return np.asarray(weights, dtype=np.float64), left_over

    def cleared(self, own: Sequence[int]) -> Floats:
        """Return the table without what assumptions other than these explain."""
        z, weights = self._linear[:, own], self._weights[own]
        at_itself = np.einsum("ik,ki->i", z, weights)[:, None]
        return np.asarray(self._rest + z @ (weights @ self.centered) - at_itself * self._rest)

    def explained(self, own: Sequence[int]) -> Explained:
        """Return the variance that these assumptions explain."""
        terms = self.terms[:, own].reshape(len(self.terms), -1)
        return Explained(self.cleared(own), terms @ terms.T)


class Explained:
    """The U-statistic of the variance that some terms explain, and its value with one draw or run left out."""

    def __init__(self, cleared: Floats, kernel: Floats) -> None:
        """Take the cleared table (draws, replications) and the terms' products (draws, draws)."""
        self.cleared = cleared
        self._kernel = kernel - np.diag(np.diag(kernel))
        self._sums = cleared.sum(axis=1)
        self._products = self._kernel * (np.outer(self._sums, self._sums) - cleared @ cleared.T)
        self._all = float(self._products.sum())

    @property
    def value(self) -> float:
        """Return the variance; below 0 by chance where the terms explain nothing."""
        draws, runs = self.cleared.shape
        return float(self._all / (draws * (draws - 1) * runs * (runs - 1)))

    def without_draw(self) -> Floats:
        """Return the variance without each draw."""
        draws, runs = self.cleared.shape
        left = self._all - 2.0 * self._products.sum(axis=1)
        return np.asarray(left / ((draws - 1) * (draws - 2) * runs * (runs - 1)))

    def without_run(self) -> Floats:
        """Return the variance without each replication."""
        draws, runs = self.cleared.shape
        along = self._kernel @ self.cleared
        left = self._all - 2.0 * (self._sums @ along) + 2.0 * np.einsum("ij,ij->j", self.cleared, along)
        return np.asarray(left / (draws * (draws - 1) * (runs - 1) * (runs - 2)))

    def guess(self) -> Guess:
        """Return the variance with its standard error."""
        return Guess(self.value, jackknife_error(self.without_draw(), self.without_run()))
