"""Screen inputs by elementary effects (Morris 1991), from points with one move for each input: mathematics alone.

A star is a point drawn at random and, for each input, the same point with that input moved (Campolongo, Saltelli and
Cariboni 2011, the radial design). Moves have random lengths, so no rhythm of the result can hide behind a fixed step;
none is short, because luck would be divided by it. An elementary effect is the change of the result for a move over the
input's whole range, if it went on as it went here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator

Floats = NDArray[np.float64]

SHORTEST: Final = 0.3  # move, in chances; the longest is 1 less that
RESAMPLES: Final = 500
BAND: Final = (0.025, 0.975)
FOLDED: Final = math.sqrt(2.0 / math.pi)  # mean of |z| for a standard normal z


@dataclass(frozen=True)
class Moved:
    """How far a result moves with one input.

    `size` (mu*) is the mean absolute elementary effect, with the bootstrap's interval over stars; `mean` (mu) has
    a sign; `spread` (sigma) is large where the input acts together with others or not in a straight line. `luck` is
    the size that random variation alone would give an input without any effect of its own.
    """

    size: float
    low: float
    high: float
    mean: float
    spread: float
    luck: float

    @property
    def told_apart(self) -> bool:
        """Whether the size is more than random variation gives."""
        return self.size > 0.0 and self.low > self.luck


def star(inputs: int, generator: Generator, stays: Mapping[int, float] | None = None) -> Floats:
    """Return the points of a star as chances, shape (inputs + 1, inputs): the middle, then one move for each input.

    Args:
        inputs: how many there are.
        generator: draws the star.
        stays: inputs that stay at a chance in the middle, from which only their own move takes them.
    """
    middle = generator.random(inputs)
    for place, chance in (stays or {}).items():
        middle[place] = chance
    moved = (middle + generator.uniform(SHORTEST, 1.0 - SHORTEST, inputs)) % 1.0
    points = np.tile(middle, (inputs + 1, 1))
    each = np.arange(inputs)
    points[each + 1, each] = moved
    return points


def elementary(places: Floats, results: Floats) -> Floats:
    """Return each input's elementary effect, shape (inputs, replications); NaN for one that did not move.

    Args:
        places: points of a star, as shares of the inputs' ranges, shape (inputs + 1, inputs).
        results: shape (inputs + 1, replications).
    """
    moves = np.diag(places[1:] - places[0])[:, None]
    changes = results[1:] - results[0]
    return np.asarray(np.divide(changes, moves, out=np.full_like(changes, np.nan), where=moves != 0.0))


def screened(effects: Floats, generator: Generator) -> list[Moved]:
    """Return how far each input moves the result.

    Args:
        effects: elementary effects, shape (stars, inputs, replications).
        generator: draws the bootstrap's stars.
    """
    number, _, runs = effects.shape
    means = effects.mean(axis=2)
    again = generator.integers(number, size=(RESAMPLES, number))
    errors = effects.var(axis=2, ddof=1) / runs if runs > 1 else np.zeros_like(means)
    return [_moved(means[:, place], errors[:, place], again) for place in range(effects.shape[1])]


def _moved(means: Floats, errors: Floats, again: NDArray[np.int64]) -> Moved:
    known = ~np.isnan(means)
    if not known.any():
        return Moved(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    sizes = np.where(known, np.abs(means), 0.0)[again].sum(axis=1) / np.maximum(known[again].sum(axis=1), 1)
    low, high = np.quantile(sizes, BAND).tolist()
    own = means[known]
    spread = float(np.std(own, ddof=1)) if own.size > 1 else 0.0
    luck = FOLDED * math.sqrt(float(errors[known].mean()))
    return Moved(float(np.abs(own).mean()), low, high, float(own.mean()), spread, luck)
