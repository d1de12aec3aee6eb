"""Work with numbers of which a block has one for all employers, or one for each.

Sums, products and comparisons need nothing of the kind: NumPy broadcasts, to the same bits as plain numbers have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.units import Reals

Floats = NDArray[np.float64]
SHORTCUTS: Final = (-1.0, 0.5, 2.0)  # exponents of which NumPy takes no logarithm, if they are plain numbers


def per(value: Any, of: NDArray[np.int64]) -> Any:
    """A number by employer as it holds for posts, of whose employers `of` has the places; one for all stays one."""
    return value.take(of) if isinstance(value, np.ndarray) else value


def each(function: Callable[..., Any], *values: Any) -> Any:
    """A function of plain numbers, of every employer's where they differ: powers, logs and branches keep their bits."""
    sizes = [value.size for value in values if isinstance(value, np.ndarray)]
    return np.array([function(*row) for row in rows_of(values, sizes[0])]) if sizes else function(*values)


def rows_of(values: Sequence[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Yield every employer's plain numbers."""
    columns = [value.tolist() if isinstance(value, np.ndarray) else repeat(value, size) for value in values]
    return zip(*columns, strict=True)


def power(base: Floats, exponent: Reals) -> Floats:
    """A power of numbers by post: of one plain exponent NumPy has shortcuts, which some of many take too."""
    raised: Floats = np.power(base, exponent)
    if isinstance(exponent, np.ndarray):
        for short in SHORTCUTS:
            if (taken := exponent == short).any():
                raised = np.where(taken, np.power(base, short), raised)
    return raised


def larger(first: Any, second: Any) -> Any:
    """The larger of two numbers."""
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.maximum(first, second)
    return max(first, second)


def smaller(first: Any, second: Any) -> Any:
    """The smaller of two numbers."""
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.minimum(first, second)
    return min(first, second)


def anywhere(value: Any) -> bool:
    """Whether a number is not 0, or a condition holds, for any employer."""
    return bool(value.any()) if isinstance(value, np.ndarray) else bool(value)


def chosen(condition: Any, if_so: Any, if_not: Any) -> Any:
    """One number or another, for all employers or for each."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, if_so, if_not)
    return if_so if condition else if_not


def alike(first: Any, second: Any) -> bool:
    """Whether two numbers, or tuples of them, are the same for every employer."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(alike, first, second))
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return bool(np.all(first == second))
    return bool(first == second)


def table_of(values: Sequence[Reals]) -> Floats:
    """Numbers by place (of rungs, households), shape (places,), or (places, employers) if any differs by employer."""
    if any(isinstance(value, np.ndarray) for value in values):
        return np.stack(np.broadcast_arrays(*values))
    return np.array(values)


def by_month(values: Sequence[Reals]) -> Floats:
    """Numbers of months, shape (months, 1), or (months, employers) if any differs by employer."""
    table = table_of(values)
    return table[:, None] if table.ndim == 1 else table


def looked_up(table: Floats, place: NDArray[Any], of: NDArray[np.int64]) -> Floats:
    """Look numbers up in a table by place: for posts, of whose employers `of` has the places."""
    found: Floats = table.take(place) if table.ndim == 1 else table[place, of]
    return found
