"""Decide how many replications are enough: until chosen intervals are as narrow as wished, and stay so.

The rule is the confidence-interval method with look-ahead of Hoad, Robinson and Davies (2010), Automated selection of
the number of replications for a discrete-event simulation, Journal of the Operational Research Society 61. It judges
prefixes of the replications, in the order of their numbers, so it comes to the same end whoever runs them in whatever
blocks. docs/precision.md says where it departs from the paper, and what that does to coverage.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.results.blocks import Floats, Sums
from sim.results.measures.table import label_of, measure_of
from sim.results.summary import Estimate, difference_of, estimate_of, parts, together, value_at

FEWEST: Final = 3  # replications that are judged first
EACH_UP_TO: Final = 100  # every number of replications is judged; above, each hundredth more
LOOK_AHEAD: Final = 5  # further looks at which the intervals must still be narrow enough
ALIKE: Final = 60  # replications with one and the same value before that counts as no spread (rule of three: 3/60)
ROUNDING: Final = 1e-9  # of the size of the numbers that a value is made from
FASTEST: Final = 4  # times as many replications in a round as before, at most

Extend = Callable[[int], Sequence[Sums]]  # replications → sums of each scenario over them, the base first


class PrecisionError(ValueError):
    """A wish for precision cannot be judged; the message says why and what to wish instead."""


@dataclass(frozen=True)
class Precision:
    """The target for the interval of a measure: half its width, in the unit or as a share of the mean."""

    key: str
    half: float
    of_mean: bool = False


@dataclass(frozen=True)
class Width:
    """Half the width of one interval and its target, both in the measure's unit; None where there is none yet.

    `scenario` is the place of the alternative whose difference from the base it is, 0 for the base itself.
    """

    asked: Precision
    scenario: int
    half: float | None
    wished: float | None

    @property
    def narrow(self) -> bool:
        """Whether the target is met."""
        return self.half is not None and self.wished is not None and self.half <= self.wished


@dataclass(frozen=True)
class Enough:
    """How many replications are enough and why; without `reached` they are the most that were allowed."""

    asked_for: tuple[Precision, ...]
    replications: int
    looked_to: int
    most: int
    reached: bool
    widths: tuple[Width, ...]  # at `replications`


def looks() -> Iterator[int]:
    """Yield the numbers of replications at which intervals are judged: 3, 4, … 100, then each hundredth more."""
    number = FEWEST
    while True:
        yield number
        number += max(1, number // EACH_UP_TO)


def enough(extend: Extend, asked_for: Sequence[Precision], most: int, first: int) -> Enough:
    """Return the smallest number of replications at which all intervals are narrow enough and stay so.

    Args:
        extend: runs up to a number of replications; called with growing numbers.
        asked_for: what is judged, of the base if it is alone, else of each alternative's difference from it.
        most: replications that are never exceeded.
        first: replications run before the first look.

    Raises:
        PrecisionError: when a wish says nothing about these scenarios.
    """
    run = min(first, most)
    sums = extend(run)
    _check_parts(asked_for, sums)
    passed: list[tuple[int, tuple[Width, ...]]] = []
    for number in looks():
        if number > most:
            break
        while number > run:
            run = min(max(ahead(run, _widths(asked_for, sums, run)), number), most)
            sums = extend(run)
        widths = _widths(asked_for, sums, number)
        passed = [*passed, (number, widths)] if all(one.narrow for one in widths) else []
        if len(passed) > LOOK_AHEAD:
            return Enough(tuple(asked_for), passed[0][0], number, most, reached=True, widths=passed[0][1])
    sums = extend(most)
    return Enough(tuple(asked_for), most, most, most, reached=False, widths=_widths(asked_for, sums, most, last=True))


def ahead(run: int, widths: Sequence[Width]) -> int:
    """Return to how many replications the next round should go, as widths shrink with the root of their number.

    This decides how much is run at a time, never where the rule stops.
    """
    ratios = [one.half / one.wished if one.half is not None and one.wished else math.inf for one in widths]
    needed = run * max(1.0, *ratios) ** 2
    return math.ceil(min(needed, FASTEST * run) * (1 + LOOK_AHEAD / EACH_UP_TO)) + LOOK_AHEAD + 1


# one look --------------------------------------------------------------------------------------------------------


def _widths(
    asked_for: Sequence[Precision], sums: Sequence[Sums], number: int, *, last: bool = False
) -> tuple[Width, ...]:
    """Return every interval over the first replications; a share of no mean is a fault once it can be told."""
    cut = [{name: values[:number] for name, values in own.items()} for own in sums]
    return tuple(width for asked in asked_for for width in _of(asked, cut, told=last or number >= ALIKE))


def _of(asked: Precision, sums: Sequence[Sums], *, told: bool) -> Iterator[Width]:
    """Yield the intervals of one wish, found over these replications alone: pseudo-values change with their number."""
    base, *others = (value_at(asked.key, own) for own in sums)
    wished = _wished(asked, base, told=told)
    if not others:
        yield Width(asked, 0, _reach(asked.key, estimate_of(asked.key, base), base, largest(base)), wished)
    size = largest(base, *others)
    for place, other in enumerate(others, 1):
        difference = difference_of(asked.key, base, other, together(len(others)))
        yield Width(asked, place, _reach(asked.key, difference, other - base, size), wished)


def _reach(key: str, one: Estimate, values: Floats, size: float) -> float | None:
    """Return how far an interval reaches from its mean, to the farther side.

    None for fewer than 3 values, and while all of fewer than 60 are alike: what has not happened yet has no spread. The
    interval of a chance has a width even then.

    Args:
        key: the measure.
        one: its interval.
        values: one a replication, NaN where undefined.
        size: of the numbers the values were made from, which says what is rounding.
    """
    known = values[~np.isnan(values)]
    if one.n < FEWEST or one.mean is None or one.low is None or one.high is None:
        return None
    if not measure_of(key).is_chance and known.size < ALIKE and alike(known, size):
        return None
    return max(one.mean - one.low, one.high - one.mean)


def _wished(asked: Precision, base: Floats, *, told: bool) -> float | None:
    if not asked.of_mean:
        return asked.half
    known = base[~np.isnan(base)]
    mean = abs(float(np.mean(known))) if known.size else 0.0
    if mean == 0.0 and told:
        raise PrecisionError(_no_mean(asked, known.size, base.size))
    return asked.half * mean if mean else None


def _no_mean(asked: Precision, known: int, number: int) -> str:
    found = f"the mean is 0 over {number:,} runs" if known else f"there is no value in any of {number:,} runs"
    unit = measure_of(asked.key).unit
    return f"{asked.key}={100 * asked.half:g}%: {found}, and a share of it has no meaning; give a half-width in {unit}"


def alike(values: Floats, size: float) -> bool:
    """Whether values differ by no more than the rounding of numbers of this size."""
    return float(np.ptp(values)) <= ROUNDING * size


def largest(*values: Floats) -> float:
    """Return the size of the largest number there is."""
    return max((float(np.nanmax(np.abs(one))) for one in values if not np.isnan(one).all()), default=0.0)


def _check_parts(asked_for: Sequence[Precision], sums: Sequence[Sums]) -> None:
    """See that every scenario has the part of a measure that is wished for."""
    for asked in asked_for:
        part = asked.key.partition(".")[2]
        known = [parts(measure_of(asked.key), own) for own in sums]
        if part and not all(part in one for one in known):
            there = ", ".join(sorted(set.intersection(*map(set, known)))) or "none"
            raise PrecisionError(
                f"{asked.key}: no such part of {label_of(measure_of(asked.key).key)}; parts are {there}"
            )
