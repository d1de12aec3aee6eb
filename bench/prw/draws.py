"""Draw the luck of a replication beforehand, so that every engine meets the same."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.prw.definition import MEAN_REFILL, MONTHS

LAYERS = 16  # occupants of one post drawn at a time; at multiplier 1 one post in a million needs more

Floats = NDArray[np.float64]


class Draws(NamedTuple):
    """One replication's luck.

    The position in a row is the post. A layer is the ordinal of the post's occupant, 0 being the peer who is
    there at time 0.
    """

    served: Floats  # U, uniform: share of the longest service the first occupant has behind them; (posts,)
    burnout: Floats  # z, standard normal: burnout at hire; (layers, posts)
    satisfaction: Floats  # z', standard normal: satisfaction at hire; (layers, posts)
    budget: Floats  # E, exponential with mean 1: how much hazard the occupant outlasts; (layers, posts)
    refill: Floats  # exponential with mean MEAN_REFILL: lag before the next hire, from this occupant's exit
    burnout_shock: Floats  # z1, standard normal: by calendar month; (months, posts)
    satisfaction_shock: Floats  # z2, standard normal: by calendar month; (months, posts)


class OutOfLuckError(IndexError):
    """A post had more occupants than were drawn: draw more blocks and run again."""


def draw(posts: int, seed: int, replication: int = 0, *, blocks: int = 1, months: int = MONTHS) -> Draws:
    """Draw one replication's luck for `blocks` × LAYERS occupants a post; one more changes none before."""
    monthly = _generator(seed, replication, 0)
    served = monthly.random(posts)
    burnout_shock, satisfaction_shock = monthly.standard_normal((2, months, posts))
    layers = [_layers(_generator(seed, replication, block), posts) for block in range(1, blocks + 1)]
    burnout, satisfaction, budget, refill = (np.concatenate(kind) for kind in zip(*layers, strict=True))
    return Draws(served, burnout, satisfaction, budget, refill, burnout_shock, satisfaction_shock)


def _generator(seed: int, replication: int, block: int) -> np.random.Generator:
    """Return the random numbers named by seed, replication and block."""
    key = np.array([seed, replication], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, block]))


def _layers(generator: np.random.Generator, posts: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Draw burnout, satisfaction, budget and refill for one block of occupants."""
    burnout, satisfaction = generator.standard_normal((2, LAYERS, posts))
    budget, refill = generator.standard_exponential((2, LAYERS, posts))
    return burnout, satisfaction, budget, refill * MEAN_REFILL
