"""Part a result's variance among inputs: Sobol' first-order and total indices, by the rows they are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator

Floats = NDArray[np.float64]

RESAMPLES: Final = 200
BAND: Final = (0.025, 0.975)
NEAREST: Final = 1e-6  # to the ends of a range


@dataclass(frozen=True)
class Index:
    """One index with the bootstrap's 95 % interval over rows."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Indices:
    """The share of variance an input explains alone, and together with all its interactions."""

    first: Index
    total: Index


def rows(inputs: int, number: int, generator: Generator) -> Floats:
    """Return points as chances, shape (number, inputs + 2, inputs): A, B, and A with each column of B in turn.

    A and B are the halves of one scrambled Sobol' sequence (Saltelli and others 2010).
    """
    from scipy.stats import qmc  # noqa: PLC0415  # takes a second to import

    sequence = qmc.Sobol(2 * inputs, scramble=True, rng=generator).random(number)
    chances = np.clip(sequence, NEAREST, 1.0 - NEAREST)
    first, second = chances[:, :inputs], chances[:, inputs:]
    crossed = np.repeat(first[:, None, :], inputs, axis=1)
    each = np.arange(inputs)
    crossed[:, each, each] = second
    return np.concatenate((first[:, None], second[:, None], crossed), axis=1)


def indices(results: Floats, generator: Generator) -> list[Indices]:
    """Return each input's indices.

    Args:
        results: shape (rows, inputs + 2), rows a power of 2, in the order of `rows`.
        generator: draws the bootstrap's rows.
    """
    there = _indices(results)
    again = generator.integers(len(results), size=(RESAMPLES, len(results)))
    resampled = np.array([_indices(results[one]) for one in again])
    low, high = np.quantile(resampled, BAND, axis=0)
    made = [[Index(*map(float, one)) for one in zip(*side, strict=True)] for side in zip(there, low, high, strict=True)]
    return [Indices(first, total) for first, total in zip(*made, strict=True)]


def _indices(results: Floats) -> Floats:
    """Return first-order and total indices, shape (2, inputs)."""
    from scipy.stats import sobol_indices  # noqa: PLC0415  # takes a second to import

    inputs = results.shape[1] - 2
    crossed = results[:, 2:].T[:, None]
    given: dict[Literal["f_A", "f_B", "f_AB"], Floats] = {
        "f_A": results[:, 0][None],
        "f_B": results[:, 1][None],
        "f_AB": np.repeat(crossed, 2, axis=0) if inputs == 1 else crossed,  # it cannot do with a single input
    }
    found = sobol_indices(func=given, n=len(results))
    return np.array([found.first_order[:inputs], found.total_order[:inputs]])
