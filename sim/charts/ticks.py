"""Choose ticks that people would choose, and write them in the digits of the command line."""

from __future__ import annotations

import math
from typing import Any, Final

from sim.units import MONTHS_PER_YEAR, month_number
from sim.words.numbers import short

STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
ABOUT: Final = 5  # ticks
PER_CENT: Final = 100.0
WHOLE: Final = 1000.0  # from here on no decimals


def step_for(low: float, high: float, about: int = ABOUT) -> float:
    """Return a round distance between ticks."""
    rough = max(high - low, 1e-9) / about
    scale = 10.0 ** math.floor(math.log10(rough))
    return next(step * scale for step in STEPS if step * scale >= rough * (1.0 - 1e-9))


def tick_values(low: float, high: float, about: int = ABOUT) -> list[float]:
    """Return round numbers inside a range."""
    step = step_for(low, high, about)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def number_axis(low: float, high: float, unit: str, about: int = ABOUT) -> dict[str, Any]:
    """Return range and ticks of an axis, its numbers in the unit they are told in (shares as 0 to 1)."""
    at = tick_values(low, high, about)
    return {"range": [low, high], "tickvals": at, "ticktext": [tick_text(one, unit) for one in at]}


def tick_text(number: float, unit: str) -> str:
    """Return a tick's label."""
    if unit == "share":
        return f"{PER_CENT * number:.3g} %".replace("-", "−")
    if unit.startswith("USD"):
        return short(number, unit)
    return (f"{number:,.0f}" if abs(number) >= WHOLE else f"{number:.4g}").replace("-", "−")


def year_axis(months: list[str], ends: list[str]) -> dict[str, Any]:
    """Return range and ticks of an axis of months: the start and each anniversary of it, named in two lines."""
    first = f"{months[0]}-01"
    every = max(1, math.ceil(len(months) / MONTHS_PER_YEAR / ABOUT)) * MONTHS_PER_YEAR
    number = month_number(months[0])
    dates = [_first_day(number + at) for at in range(0, len(months) + 1, every)]
    texts = [f"{_MONTHS[int(date[5:7]) - 1]}<br>{date[:4]}" for date in dates]
    return {"type": "date", "range": [first, ends[-1]], "tickvals": dates, "ticktext": texts}


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _first_day(number: int) -> str:
    return f"{number // MONTHS_PER_YEAR:04d}-{number % MONTHS_PER_YEAR + 1:02d}-01"


def bounds(lows: list[float], highs: list[float], *, from_zero: bool) -> tuple[float, float]:
    """Return a range that holds all that is drawn, with a little room, and zero where it should."""
    known_low, known_high = ([one for one in side if math.isfinite(one)] for side in (lows, highs))
    low, high = min(known_low, default=0.0), max(known_high, default=1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = 0.04 * (high - low or abs(high) or 1.0)
    return (low if from_zero and low == 0.0 else low - room), high + room
