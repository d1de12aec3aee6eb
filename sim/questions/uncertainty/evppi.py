"""What it would be worth to know an assumption before deciding: expected value of perfect parameter information.

A decision is the choice of one scenario, the one with the best expected measure. Who knew an assumption would choose by
it: EVPPI = E max(gain expected at its value) − max(gain expected without it), with gains over the base. The gain
expected at a value is a regression on it (Strong, Oakley and Brennan 2014). Noise in a regression makes E max too
large, so the fit's spread is brought to the variance that the assumption explains as a U-statistic has it, free of
noise on average: of an assumption that does nothing the worth is 0 about as often as not, and small otherwise. How
small is seen by shuffling: in how far would any assumption seem worth something if none were?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.questions.uncertainty.variance_shares import Explained, Guess, Screen, jackknife_error, parts_of

Floats = NDArray[np.float64]
Order = NDArray[np.int64]

SHUFFLES = 100
SURE = 0.95


@dataclass(frozen=True)
class Worth:
    """What knowing some assumptions is worth, and a check on it.

    `held_out` is what choosing by the regression would have gained in draws that it was not fitted to; it errs on the
    low side, so a worth far above it is not to be believed. `noise` is what the most promising of assumptions
    that do nothing would seem worth in 19 of 20 such studies.
    """

    value: Guess
    held_out: float
    noise: float

    @property
    def detectable(self) -> bool:
        """Whether noise alone would rarely give as much."""
        return self.value.value > self.noise


class Decision:
    """The gains over the base, shape (alternatives, draws, replications), and the terms of the assumptions."""

    def __init__(self, gains: Floats, terms: Floats) -> None:
        """Take gains (larger is better) and terms (draws, assumptions, 2)."""
        self.gains = gains
        self.terms = terms
        self._screens = [Screen(terms, table) for table in gains]
        self._means = gains.mean(axis=(1, 2))
        self._without_run = _without(gains.mean(axis=1), 1)
        self._without_draw = _without(gains.mean(axis=2), 1)

    def expected(self) -> Floats:
        """Return each draw's expected gains without luck's part in their spread, shape (alternatives, draws)."""
        return np.array([_calmed(table) for table in self.gains])

    def of_everything(self) -> Guess:
        """Return the worth of knowing all assumptions."""
        value = worth(self._means, self.expected() - self._means[:, None])
        draws, runs = ([self._all_without(axis, place) for place in range(self.gains.shape[axis])] for axis in (1, 2))
        return Guess(value, jackknife_error(draws, runs))

    def _all_without(self, axis: int, place: int) -> float:
        left = np.delete(self.gains, place, axis)
        means = left.mean(axis=(1, 2))
        return worth(means, np.array([_calmed(table) for table in left]) - means[:, None])

    def of(self, own: Sequence[int], noise: float) -> Worth:
        """Return the worth of knowing some assumptions."""
        explained = [screen.explained(own) for screen in self._screens]
        shapes = np.array([self._shape(one.cleared.mean(axis=1), own) for one in explained])
        value = worth(self._means, _spread(shapes, np.array([one.value for one in explained])))
        sides = (
            (self._without_draw, np.array([one.without_draw() for one in explained])),
            (self._without_run, np.array([one.without_run() for one in explained])),
        )
        without = [worths(means, _spread(shapes[:, None], variances)) for means, variances in sides]
        return Worth(Guess(value, jackknife_error(*without)), self._held_out(explained, own), noise)

    def _shape(self, means: Floats, own: Sequence[int]) -> Floats:
        """Return the expected deviation at each draw's values: one regression for each assumption, added up."""
        return np.asarray(sum(_fitted(self.terms[:, one], means)[0] for one in own))

    def _held_out(self, explained: Sequence[Explained], own: Sequence[int]) -> float:
        cleared = np.array([one.cleared.mean(axis=1) for one in explained])
        cleared -= cleared.mean(axis=1, keepdims=True)
        guesses = np.array([sum(_fitted(self.terms[:, one], row)[1] for one in own) for row in cleared])
        there = self._means[:, None]
        chosen = _with_base(there + guesses).argmax(axis=0)
        got = np.take_along_axis(_with_base(there + cleared), chosen[None], axis=0)
        return float(got.mean() - max(self._means.max(), 0.0))

    def noise(self, groups: Sequence[Sequence[int]], orders: Sequence[Order]) -> float:
        """Return what the most promising of groups that do nothing would seem worth in 19 of 20 studies.

        Args:
            groups: assumptions that are known together.
            orders: shuffled orders of the draws.
        """
        places = np.array(orders)
        most = np.zeros(len(places))
        for own in groups:
            cleared = [screen.cleared(own) for screen in self._screens]
            most = np.maximum(most, self._shuffled(cleared, own, places))
        return float(np.quantile(most, SURE))

    def _shuffled(self, cleared: Sequence[Floats], own: Sequence[int], places: Order) -> Floats:
        """Return the worth that each shuffled order seems to give."""
        flat = self.terms[:, own].reshape(len(self.terms), -1)[places]  # (orders, draws, terms)
        bases = [_base(self.terms[:, one])[places] for one in own]
        shapes = np.zeros((len(cleared), *places.shape))
        for at, table in enumerate(cleared):
            means = table.mean(axis=1)
            shapes[at] = sum(np.einsum("bik,bk->bi", base, np.einsum("bik,i->bk", base, means)) for base in bases)
        variances = np.array([_quick_values(table, flat) for table in cleared])
        return worths(np.repeat(self._means[:, None], len(places), axis=1), _spread(shapes, variances))


def worth(means: Floats, deviations: Floats) -> float:
    """Return E max − max E of gains over the base, whose own gain is 0; deviations have shape (alternatives, draws)."""
    return float(worths(means[:, None], deviations[:, None])[0])


def worths(means: Floats, deviations: Floats) -> Floats:
    """Return the worth in each of many cases; shapes (alternatives, cases) and (alternatives, cases, draws)."""
    known = means[:, :, None] + deviations - deviations.mean(axis=2, keepdims=True)
    return np.asarray(np.maximum(known.max(axis=0), 0.0).mean(axis=1) - np.maximum(means.max(axis=0), 0.0))


def _with_base(gains: Floats) -> Floats:
    return np.concatenate((np.zeros((1, gains.shape[1])), gains))


def _spread(shapes: Floats, variances: Floats) -> Floats:
    """Return shapes (…, draws) scaled to variances (…); what explains nothing has no spread."""
    own = shapes.var(axis=-1)
    wanted = np.maximum(variances, 0.0)
    ratio = np.divide(wanted, np.broadcast_to(own, wanted.shape), out=np.zeros_like(wanted), where=own > 0)
    return np.asarray(shapes * np.sqrt(ratio)[..., None])


def _base(terms: Floats) -> Floats:
    """Return an orthonormal basis of 1 and the terms of one assumption, shape (draws, 3)."""
    return np.asarray(np.linalg.qr(np.column_stack((np.ones(len(terms)), terms)))[0])


def _fitted(terms: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return the regression of values on the terms of one assumption, and at each draw the one without that draw."""
    base = _base(terms)
    fit = base @ (base.T @ values)
    self_weight = np.minimum(np.einsum("ij,ij->i", base, base), 0.99)
    without = values - (values - fit) / (1.0 - self_weight)
    return fit - values.mean(), without - values.mean()


def _quick_values(table: Floats, flat: Floats) -> Floats:
    """Return what `Explained.value` is for many orders of the terms, shape (orders, draws, terms)."""
    draws, runs = table.shape
    sums = table.sum(axis=1)
    across = np.einsum("bik,ij->bkj", flat, table, optimize=True)
    pairs = (across.sum(axis=2) ** 2).sum(axis=1) - (across**2).sum(axis=(1, 2))
    itself = (flat**2).sum(axis=2) @ (sums**2 - (table**2).sum(axis=1))
    return np.asarray((pairs - itself) / (draws * (draws - 1) * runs * (runs - 1)))


def _calmed(table: Floats) -> Floats:
    """Return each draw's mean, drawn in so that the spread is that of the assumptions alone."""
    means, parts = table.mean(axis=1), parts_of(table)
    seen = float(np.var(means, ddof=1))
    scale = np.sqrt(max(parts.ignorance, 0.0) / seen) if seen > 0 else 0.0
    return np.asarray(parts.mean + (means - parts.mean) * scale)


def _without(values: Floats, axis: int) -> Floats:
    """Return the means with each one left out along an axis."""
    number = values.shape[axis]
    return np.asarray((values.sum(axis=axis, keepdims=True) - values) / (number - 1))
