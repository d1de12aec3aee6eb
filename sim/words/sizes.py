"""Write how large an effect is, without a sign and with a digit more where it is small."""

from __future__ import annotations

from sim.results.measures.table import measure_of
from sim.words.numbers import FINEST, is_hourly, is_money, large, short


def fine(number: float, key: str, extra: int = 0) -> str:
    """Return a value without a sign, with a digit more where it is small: `0.03`, `$14k`, `0.12 pt`."""
    unit = measure_of(key).unit
    if unit == "share":
        return f"{_two(100 * abs(number), extra)} pt"
    if is_money(unit) and not is_hourly(unit):
        return short(abs(number), unit, extra=extra)
    return f"{'$' if is_hourly(unit) else ''}{_two(abs(number), extra)}"


def fine_digits(size: float, low: float, high: float, key: str) -> int:
    """Return how many digits more than usual a size and its range need to tell the ends apart, and it from zero."""
    return next((extra for extra in range(FINEST) if _fits(size, low, high, key, extra)), FINEST)


def _fits(size: float, low: float, high: float, key: str, extra: int) -> bool:
    ends = fine(low, key, extra), fine(high, key, extra)
    return (not size or not _zero(fine(size, key, extra))) and (low == high or ends[0] != ends[1])


def _zero(text: str) -> bool:
    return not any(digit in text for digit in "123456789")


def _two(number: float, extra: int) -> str:
    return large(number, extra) if number >= 100 else f"{number:.{(1 if number >= 10 else 2) + extra}f}"
