"""One rounding for a row: values, their differences and the ranges of these to the same place, so that they add up.

The place is the one at which the smallest difference told is known to a twentieth of itself, but no finer than four
digits of the largest number in the row, unless ends of a range would read alike or a difference seen as zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sim.results.summary import Estimate
from sim.words.numbers import BILLION, DIGITS, MILLION, THOUSAND, is_hourly, is_money, reads_zero, short
from sim.words.ranges import HARDLY

MOST_DIGITS: Final = 4  # of the largest number
FINE: Final = 20  # steps of the last digit in the smallest difference
ROOM: Final = 2  # places finer, where ends would read alike
_SCALES: Final = ((BILLION, "bn"), (MILLION, "m"), (THOUSAND, "k"))


@dataclass(frozen=True)
class Rounding:
    """How the numbers of one row are written: by the digits of their unit, or all to one place."""

    unit: str
    extra: int = 0  # digits more than the unit has
    place: int | None = None  # power of ten that is the last digit; None where the unit decides
    scale: float = 1.0  # dollars are told in thousands, millions …
    letters: str = ""

    def told(self, number: float | None, *, signed: bool = False) -> str:
        """Return a number of the row."""
        if signed and number and self._reads_zero(number):
            return HARDLY
        if number is None or self.place is None:
            return short(number, self.unit, signed=signed, extra=self.extra)
        dollars = "$" if is_money(self.unit) else ""
        if self._reads_zero(number):
            return f"{dollars}0"
        decimals = max(0, round(math.log10(self.scale)) - self.place)
        text = f"{round(abs(number), -self.place) / self.scale:,.{decimals}f}"
        sign = "−" if number < 0 else "+" if signed else ""
        return f"{sign}{dollars}{text}{self.letters}"

    def _reads_zero(self, number: float) -> bool:
        if self.place is None:
            return reads_zero(number, self.unit, self.extra)
        return round(number / 10.0**self.place) == 0

    def ends(self, one: Estimate) -> str:
        """Return the range of a difference; an end of one that excludes zero never reads as zero."""
        if (
            one.low is None
            or one.high is None
            or (one.excludes_zero and self._reads_zero(max(one.low, one.high, key=abs)))
        ):
            return ""
        low, high = (self._end(end, one) for end in (one.low, one.high))
        endings = (end for end in (" %", " pt", " months", " SD") if low.endswith(end) and high.endswith(end))
        return f"{low.removesuffix(next(endings, ''))} to {high}"

    def _end(self, end: float, one: Estimate) -> str:
        if not self._reads_zero(end):
            return self.told(end, signed=True)
        return f"{'below' if end < 0 else 'above'} 0" if one.excludes_zero and end else self.told(0.0, signed=True)


def rounding_of(unit: str, values: Sequence[float | None], differences: Iterable[Estimate]) -> Rounding:
    """Return the rounding of a row from its values, the base's first, and the differences that it tells."""
    seen = [one for one in differences if one.mean]
    largest = max(map(abs, filter(None, (*values, *(one.mean for one in seen)))), default=0.0)
    counted = is_money(unit) and not is_hourly(unit)
    if not counted and (largest < 10**DIGITS or unit == "share" or is_hourly(unit)):
        return Rounding(unit, extra=_extra(unit, seen))
    if largest < 1.0:
        return Rounding(unit)
    return _to_one_place(unit, largest, seen, counted=counted)


def _to_one_place(unit: str, largest: float, seen: Sequence[Estimate], *, counted: bool) -> Rounding:
    """All numbers of a row to one place, dollars in what they are told in."""
    place = _place(largest, seen)
    scale, letters = _scale(largest, place) if counted else (1.0, "")
    return Rounding(unit, 0, place, scale, letters)


def _place(largest: float, seen: Sequence[Estimate]) -> int:
    """The last digit: fine enough for the smallest difference, and finer where ends of ranges would read alike."""
    first = _top(largest)
    place = first - DIGITS + 1
    if seen:
        smallest = min(abs(one.mean or 0.0) for one in seen)
        place = min(place, max(_top(smallest / FINE), first - MOST_DIGITS + 1))
    return max(0, next((at for at in range(place, place - ROOM, -1) if _apart(seen, at)), place - ROOM))


def _extra(unit: str, seen: Sequence[Estimate]) -> int:
    """Return how many digits more than usual the farthest difference needs so as not to read as zero."""
    farthest = max((abs(one.mean or 0.0) for one in seen), default=0.0)
    most = 1 if is_hourly(unit) else ROOM
    return next((extra for extra in range(most + 1) if farthest and not reads_zero(farthest, unit, extra)), 0)


def _top(number: float) -> int:
    return math.floor(math.log10(number))


def _apart(seen: Iterable[Estimate], place: int) -> bool:
    """Whether ends of ranges differ, and no difference reads as zero, at a place."""
    step = 10.0**place
    for one in seen:
        low, mean, high = (None if end is None else round(end / step) for end in (one.low, one.mean, one.high))
        if not mean or (low == high and one.low != one.high):
            return False
    return True


def _scale(largest: float, place: int) -> tuple[float, str]:
    """Return in what dollars are told: the largest unit that needs two decimals at most."""
    fitting = ((scale, word) for scale, word in _SCALES if largest >= scale and place >= round(math.log10(scale)) - 2)
    return next(fitting, (1.0, ""))
