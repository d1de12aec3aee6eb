"""Write numbers as people read them: sensible digits, units, signs in words."""

from __future__ import annotations

import math

from sim.results.measures import Measure
from sim.results.summary import Estimate

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
    """Say whether a unit is dollars."""
    return unit.startswith("USD")


def is_hourly(unit: str) -> bool:
    """Say whether a unit is dollars for an hour."""
    return unit == "USD/hour"


def value(number: float | None, unit: str, *, signed: bool = False) -> str:
    """Return a number with its unit: `$1,240,000`, `$24.00`, `12.3 %`, `4.1`."""
    if number is None:
        return NONE
    sign = _sign(number, unit, signed=signed)
    size = abs(number)
    if is_money(unit):
        return f"{sign}${_dollars(size, unit)}"
    if unit == "share":
        return f"{sign}{_percent(size)} {'points' if signed else '%'}"
    return f"{sign}{_plain(size, unit)}{_behind(unit)}"


def _behind(unit: str) -> str:
    word = _SHORT.get(unit, "" if " a year" in unit else unit)
    return f" {word}" if word in ("SD", "months") else ""


def _sign(number: float, unit: str, *, signed: bool) -> str:
    """Return −, + where signs are asked for, or nothing for what rounds to zero."""
    if float(_bare(abs(number), unit)) == 0.0:
        return ""
    return "−" if number < 0 else "+" if signed else ""


def _bare(size: float, unit: str) -> str:
    text = _dollars(size, unit) if is_money(unit) else _percent(size) if unit == "share" else _plain(size, unit)
    return text.replace(",", "").split(" ")[0]


def _dollars(size: float, unit: str) -> str:
    if is_hourly(unit):
        return f"{size:,.2f}"
    return f"{rounded(size):,.0f}"


def _percent(size: float) -> str:
    return f"{100 * size:.1f}"


def _plain(size: float, unit: str) -> str:
    if unit in _DECIMALS:
        return f"{size:.{_DECIMALS[unit]}f}"
    if size >= 100:
        return f"{rounded(size):,.0f}"
    return f"{size:.1f}"


def rounded(number: float) -> float:
    """Return a number to three significant digits, to the whole below 1,000."""
    if abs(number) < THOUSAND:
        return float(round(number))
    return float(round(number, DIGITS - 1 - math.floor(math.log10(abs(number)))))


def short(number: float | None, unit: str, *, signed: bool = False) -> str:
    """Return `value` in few characters: `$1.24m`, `$210k`, `$5.14bn`."""
    if number is None or not is_money(unit) or is_hourly(unit) or abs(number) < 10 * THOUSAND:
        return value(number, unit, signed=signed).replace(" points", " pt")
    sign = _sign(number, unit, signed=signed)
    size = rounded(abs(number))
    if size < MILLION:
        return f"{sign}${size / THOUSAND:.0f}k"
    scale, letters = (BILLION, "bn") if size >= BILLION else (MILLION, "m")
    return f"{sign}${size / scale:#.3g}".removesuffix(".") + letters


def bound(end: float, estimate: Estimate, unit: str, *, signed: bool = False, brief: bool = False) -> str:
    """Return an end of an interval; one that excludes zero never ends in what reads as zero."""
    told = (short if brief else value)(end, unit, signed=signed)
    if not estimate.excludes_zero or end == 0.0 or float(_bare(abs(end), unit)) != 0.0:
        return told
    sign = "−" if end < 0 else "+" if signed else ""
    size = abs(end) * (100 if unit == "share" else 1)
    if size < 10.0**-FINEST:
        return f"just {'below' if end < 0 else 'above'} 0"
    digits = f"{size:.{-math.floor(math.log10(size))}f}"
    if is_money(unit):
        return f"{sign}${digits}"
    points = (" pt" if brief else " points") if signed else " %"
    return f"{sign}{digits}{points if unit == 'share' else _behind(unit)}"


def span(estimate: Estimate, unit: str, *, signed: bool = False) -> str:
    """Return the interval: `3.0 to 5.2`; nothing where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = (bound(end, estimate, unit, signed=signed) for end in (estimate.low, estimate.high))
    for ending in (" %", " points", " months", " SD"):
        if low.endswith(ending) and high.endswith(ending):
            low = low.removesuffix(ending)
    return f"{low} to {high}"


def size_in_words(measure: Measure, difference: Estimate) -> str:
    """Return how large a difference is, without its sign."""
    if difference.mean is None:
        return NONE
    return _points(value(abs(difference.mean), measure.unit))


def range_in_words(measure: Measure, difference: Estimate) -> str:
    """Return the range of the size of a difference that excludes zero: `3.0 to 5.2`."""
    if difference.low is None or difference.high is None:
        return ""
    low, high = sorted((abs(difference.low), abs(difference.high)))
    return _points(span(Estimate(difference.mean, low, high, difference.n), measure.unit)).removesuffix(" points")


def _points(text: str) -> str:
    return text.replace(" %", " points")
