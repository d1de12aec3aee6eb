"""Write numbers as people read them: sensible digits, units, signs in words."""

from __future__ import annotations

import math

DIGITS = 3  # significant, for large numbers
FINEST = 6  # decimals
NONE = "–"
BILLION, MILLION, THOUSAND = 1e9, 1e6, 1e3
_DECIMALS = {"SD of the reference workforce": 2, "points from 1 to 5": 2, "ratio": 2}
_SHORT = {
    "per 100 filled posts a year": "",
    "SD of the reference workforce": "SD",
    "points from 1 to 5": "",
    "months of payroll": "months",
    "ratio": "",
}


def is_money(unit: str) -> bool:
    """Whether a unit is dollars."""
    return unit.startswith("USD")


def is_hourly(unit: str) -> bool:
    """Whether a unit is dollars an hour."""
    return unit == "USD/hour"


def value(number: float | None, unit: str, *, signed: bool = False, extra: int = 0) -> str:
    """Return a number with its unit: `$1,240,000`, `$24.00`, `12.3 %`, `4.1`; `extra` digits more than usual."""
    if number is None:
        return NONE
    sign = _sign(number, unit, signed=signed, extra=extra)
    size = abs(number)
    if is_money(unit):
        return f"{sign}${_dollars(size, unit, extra)}"
    if unit == "share":
        return f"{sign}{_percent(size, extra)} {'points' if signed else '%'}"
    return f"{sign}{_plain(size, unit, extra)}{_behind(unit)}"


def _behind(unit: str) -> str:
    word = _SHORT.get(unit, "" if " a year" in unit else unit)
    return f" {word}" if word in ("SD", "months") else ""


def _sign(number: float, unit: str, *, signed: bool, extra: int = 0) -> str:
    """Return −, + where signs are asked for, or nothing for what rounds to zero."""
    if reads_zero(number, unit, extra):
        return ""
    return "−" if number < 0 else "+" if signed else ""


def reads_zero(number: float, unit: str, extra: int = 0) -> bool:
    """Whether a number rounds to zero at the digits it is written with."""
    size = abs(number)
    tell = _dollars if is_money(unit) else _plain
    return float((_percent(size, extra) if unit == "share" else tell(size, unit, extra)).replace(",", "")) == 0.0


def _dollars(size: float, unit: str, extra: int) -> str:
    return f"{size:,.{2 + extra}f}" if is_hourly(unit) else large(size, extra)


def _percent(size: float, extra: int) -> str:
    return f"{100 * size:.{1 + extra}f}"


def _plain(size: float, unit: str, extra: int) -> str:
    if unit in _DECIMALS:
        return f"{size:.{_DECIMALS[unit] + extra}f}"
    return large(size, extra) if size >= 100 else f"{size:.{1 + extra}f}"


def large(size: float, extra: int = 0) -> str:
    """Return a number of 100 or more, or dollars: three significant digits, to the whole below 1,000."""
    places = _places(size, extra)
    return f"{rounded(size, extra):,.{max(0, places)}f}"


def _places(size: float, extra: int) -> int:
    """Return how many decimals a number keeps; below 0 the digits before the point that become zeros."""
    whole = max(DIGITS, 1 + math.floor(math.log10(size))) if size >= 1 else DIGITS
    return DIGITS + extra - whole


def rounded(number: float, extra: int = 0) -> float:
    """Return a number to three significant digits, to the whole below 1,000; `extra` digits more."""
    return float(round(number, _places(abs(number), extra)))


def short(number: float | None, unit: str, *, signed: bool = False, extra: int = 0) -> str:
    """Return `value` in few characters: `$1.24m`, `$210k`, `$5.14bn`."""
    if number is None or not is_money(unit) or is_hourly(unit) or abs(number) < 10 * THOUSAND:
        return value(number, unit, signed=signed, extra=extra).replace(" points", " pt")
    sign = _sign(number, unit, signed=signed)
    size = rounded(abs(number), extra)
    if size < MILLION:
        return f"{sign}${size / THOUSAND:.{extra}f}k"
    scale, letters = (BILLION, "bn") if size >= BILLION else (MILLION, "m")
    return f"{sign}${size / scale:#.{DIGITS + extra}g}".removesuffix(".") + letters
