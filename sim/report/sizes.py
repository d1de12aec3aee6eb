"""Write how large an effect is, without a sign and with a digit more where it is small."""

from __future__ import annotations

from sim.report.numbers import is_hourly, is_money, rounded, short
from sim.results.measures import measure_of


def fine(number: float, key: str) -> str:
    """Return a value without a sign, with a digit more where it is small: `0.03`, `$14k`, `0.12 pt`."""
    unit = measure_of(key).unit
    if unit == "share":
        return f"{_two(100 * abs(number))} pt"
    if is_money(unit) and not is_hourly(unit):
        return short(abs(number), unit)
    return f"{'$' if is_hourly(unit) else ''}{_two(abs(number))}"


def _two(number: float) -> str:
    return f"{rounded(number):,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
