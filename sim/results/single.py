"""Find one measure from sums, without all the others: of all replications together, or of each one alone."""

from __future__ import annotations

import numpy as np

from sim.results.blocks import Floats, Sums
from sim.results.measures import measure_of
from sim.results.summary import value_of


def together(key: str, sums: Sums) -> Floats:
    """Return a measure, or a part of one, as `values_of` gives it: pseudo-values of what is no mean."""
    return value_of(measure_of(key), _part_sums(key, sums))


def alone(key: str, sums: Sums) -> Floats:
    """Return a measure, or a part of one, of each replication by itself, NaN where it is undefined there.

    Of a ratio this is what happened in that one projected future.
    """
    return np.asarray(measure_of(key).formula(_part_sums(key, sums)), dtype=np.float64)


def _part_sums(key: str, sums: Sums) -> Sums:
    """Return the sums with those of a key's part in the place of the whole."""
    ending = f".{key.partition('.')[2]}"
    if ending == ".":
        return sums
    return sums | {name.removesuffix(ending): values for name, values in sums.items() if name.endswith(ending)}
