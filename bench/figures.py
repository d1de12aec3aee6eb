"""What a figure is, and how one is judged against its bar.

To add a figure, append a `Figure` to the `FIGURES` of `prw_figures` or `model_figures`: `measure` takes an
`Effort` and returns `Measured`, or raises `NotMeasuredError` with the reason.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from bench.timing import ROUNDS, CommandError

QUICK_ROUNDS = 3

Comparison = Callable[[float], bool]

logger = logging.getLogger(__name__)


def number(value: float, digits: int = 2) -> str:
    """Return a number with so many digits that count, and never as a power of ten when it is large."""
    return f"{value:,.0f}" if abs(value) >= 10 ** (digits - 1) else f"{value:.{digits}g}"


@dataclass(frozen=True)
class Effort:
    """How much work a measurement may be."""

    rounds: int = ROUNDS
    full: bool = False  # the largest sizes too

    @property
    def quick(self) -> bool:
        """Return whether a look is enough."""
        return self.rounds < ROUNDS


@dataclass(frozen=True)
class Measured:
    """A measured value, what it was measured on, and a remark."""

    value: float
    unit: str
    of: str
    note: str = ""

    def __str__(self) -> str:
        return f"{number(self.value, 4)} {self.unit}".rstrip()


class NotMeasuredError(Exception):
    """Why a figure could not be measured."""


class Verdict(StrEnum):
    """Name what can be said of a figure."""

    MET = "met"
    MISSED = "missed"
    NO_BAR = "no bar"
    NOT_MEASURED = "not measured"
    FAILED = "not measured: failed"


@dataclass(frozen=True)
class Figure:
    """Describe a figure; one without a comparison is shown for orientation and has no bar."""

    key: str
    what: str
    bar: str
    comparison: Comparison | None
    measure: Callable[[Effort], Measured]


@dataclass(frozen=True)
class Outcome:
    """The result of measuring a figure."""

    figure: Figure
    verdict: Verdict
    measured: Measured | None = None
    reason: str = ""


def at_most(limit: float) -> Comparison:
    """Return whether a value is no more than the limit."""
    return lambda value: value <= limit


def at_least(limit: float) -> Comparison:
    """Return whether a value is no less than the limit."""
    return lambda value: value >= limit


def below(limit: float) -> Comparison:
    """Return whether a value is less than the limit."""
    return lambda value: value < limit


def within(center: float, margin: float) -> Comparison:
    """Return whether a value is no further than the margin from the center."""
    return lambda value: abs(value - center) <= margin


def awaiting(what: str) -> Callable[[Effort], Measured]:
    """Return a measurement that says what it is waiting for."""

    def measure(_: Effort) -> Measured:
        raise NotMeasuredError(f"awaits {what}")

    return measure


def judge(figure: Figure, effort: Effort) -> Outcome:
    """Measure a figure and compare it with its bar; a failure is reported and stops no other figure."""
    try:
        measured = figure.measure(effort)
    except (NotMeasuredError, CommandError) as reason:
        expected = isinstance(reason, NotMeasuredError)
        return Outcome(figure, Verdict.NOT_MEASURED if expected else Verdict.FAILED, reason=str(reason))
    except Exception as error:
        logger.exception("measuring %s failed", figure.key)
        return Outcome(figure, Verdict.FAILED, reason=f"{type(error).__name__}: {error}")
    if not isfinite(measured.value):
        return Outcome(figure, Verdict.FAILED, measured, f"{measured.value} is not a number to judge")
    if figure.comparison is None:
        return Outcome(figure, Verdict.NO_BAR, measured)
    return Outcome(figure, Verdict.MET if figure.comparison(measured.value) else Verdict.MISSED, measured)
