"""See, where an answer is made, that every number in it can stand: finite, in its range, inside its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.results.blocks import Floats
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate, Values, estimate_of


class UnsoundAnswerError(ArithmeticError):
    """An answer holds a number that cannot be: a fault of the program, so that nothing of it is told."""


def check_sound(name: str, values: Values) -> None:
    """See that the measures of a scenario can stand.

    Args:
        name: what the scenario is called.
        values: its measures, one value a replication, NaN where undefined.

    Raises:
        UnsoundAnswerError: naming every measure that is infinite, out of its range or outside its interval.
    """
    wrong = [f"{key} {why}" for key, own in values.items() for why in _wrong(key, own)]
    if wrong:
        told = "; ".join(wrong)
        raise UnsoundAnswerError(f"{name}: {told}. This is a fault of peerstay: please report it with the scenario")


def _wrong(key: str, values: Floats) -> Iterator[str]:
    if np.isinf(values).any():
        yield "is infinite in some run"
        return
    estimate, measure = estimate_of(key, values), measure_of(key)
    numbers = _numbers(estimate)
    if not np.isfinite(numbers).all():
        yield f"= {numbers} is no number"
    elif numbers != sorted(numbers):
        yield f"= {numbers} lies outside its interval"
    elif any(not _lies_within(one, measure.lowest, measure.highest) for one in numbers):
        yield f"= {numbers} lies outside {measure.lowest} to {measure.highest}"


def _numbers(one: Estimate) -> list[float]:
    return [number for number in (one.low, one.mean, one.high) if number is not None]


def _lies_within(number: float, lowest: float | None, highest: float | None) -> bool:
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)
