"""Write what stands in tables of doubt: ranges, shares with their error, worths with what noise would give."""

from __future__ import annotations

from sim.questions.uncertainty.evppi import Worth
from sim.questions.uncertainty.uncertainty import Band
from sim.questions.uncertainty.variance_shares import Guess
from sim.results.intervals import Share
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.words.numbers import NONE, short
from sim.words.ranges import fine, fine_digits, span

HALF_A_DIGIT = 0.005
TOO_FEW = "too few draws to tell"  # of a share that is unsure by more than the whole


def size(number: float | None, key: str, *, signed: bool = False) -> str:
    """Return a value of a measure in few characters."""
    return short(number, measure_of(key).unit, signed=signed)


def band(inside: Band | None, key: str, *, signed: bool = False) -> str:
    """Return the middle 90 %: `15.8 to 94.0`."""
    if inside is None:
        return NONE
    return span(around(None, inside), measure_of(key).unit, signed=signed, brief=True)


def around(mean: float | None, inside: Band) -> Estimate:
    """Return a mean with the middle 90 % as its range."""
    return Estimate(mean, inside.low, inside.high, 0)


def two_digits(number: float) -> str:
    """Return a plain number with two digits behind the point, 0 without a sign."""
    return f"{number + 0.0 if abs(number) >= HALF_A_DIGIT else 0.0:.2f}".replace("-", "−")


def share(guess: Guess | None) -> str:
    """Return a share with the half of its 95 % interval: `42 ± 8 %`; what rounds to nothing without a sign."""
    if guess is None:
        return NONE
    half = guess.high - guess.value
    return TOO_FEW if half > 1.0 else f"{_percent(guess.value)} ± {100 * half:.0f} %"


def _percent(number: float) -> str:
    text = f"{100 * number:.0f}".replace("-", "−")
    return "0" if text == "−0" else text


def part(number: float) -> str:
    """Return a share without an error."""
    return f"{_percent(number)} %"


def chance_told(one: Share) -> str:
    """Return a chance with its interval, which has a width where all draws agree too: `35 % (22 to 50 %)`."""
    return f"{part(one.mean)} ({_percent(one.low)} to {part(one.high)})"


def worth(one: Worth, key: str) -> str:
    """Return what knowing is worth, or how little it is at most."""
    return guessed(one.value, key) if one.detectable else f"none seen (< {fine(max(one.noise, one.value.value), key)})"


def guessed(guess: Guess, key: str) -> str:
    """Return an estimate with the half of its 95 % interval."""
    half = guess.high - guess.value
    extra = fine_digits(half, guess.value, guess.value + half, key)
    return f"{fine(guess.value, key, extra)} ± {fine(half, key, extra)}"
