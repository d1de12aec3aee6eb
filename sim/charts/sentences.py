"""Make the sentences under figures from their numbers, in the words and digits of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.results.summary import Estimate
from sim.words.layout import listed
from sim.words.numbers import is_hourly, is_money
from sim.words.ranges import IN_EVERY_RUN, Words, mean_told, sizes, span

AFTER_CLOSING: Final = " Dollars a year count the time after a closing too; elsewhere they are of the time before it."
MORE_LESS: Final[Words] = ("more", "less")
HIGHER_LOWER: Final[Words] = ("higher", "lower")
MORE_FEWER: Final[Words] = ("more", "fewer")
COUNTED: Final = ("people", "peers", "clients", "client-hours", "relationships")
NOTHING_SEEN: Final = "no detectable difference"


def words_of(unit: str) -> Words:
    """Return what more and less of a unit are called: dollars and people are more or less, rates higher or lower."""
    if is_money(unit) and not is_hourly(unit):
        return MORE_LESS
    return MORE_FEWER if unit.startswith(COUNTED) else HIGHER_LOWER


def size(one: Estimate, unit: str) -> str:
    """Return how large a difference is, without its sign; of shares in points."""
    return mean_told(sizes(one), unit).replace(" %", " points")


def size_range(one: Estimate, unit: str) -> str:
    """Return the range of the size of a difference that excludes zero."""
    return IN_EVERY_RUN if one.low is not None and one.low == one.high else bare_span(sizes(one), unit)


def bare_span(one: Estimate, unit: str) -> str:
    """Return an interval without its unit, which stands before it already."""
    told = span(one, unit)
    for ending in (" %", " points", " months", " SD"):
        told = told.removesuffix(ending)
    return told


def difference(one: Estimate, unit: str, words: Words = HIGHER_LOWER) -> str:
    """Return a difference that can be told from luck: `$57,500 less than in the base ($36,000 to $79,000)`."""
    return f"{size(one, unit)} {words[(one.mean or 0.0) < 0]} than in the base ({size_range(one, unit)})"


def against_base(told: Sequence[tuple[str, Estimate]], unit: str, words: Words = HIGHER_LOWER) -> str:
    """Return what alternatives differ from the base by, as a part of a sentence.

    Args:
        told: each alternative's name and its difference.
        unit: of the differences.
        words: what more and less are called.
    """
    seen = [f"in {name}, {difference(one, unit, words)}" for name, one in told if one.excludes_zero]
    same = [name for name, one in told if one.always_zero]
    unseen = [name for name, one in told if not one.excludes_zero and name not in same]
    if same:
        seen.append(f"the same as in the base in {listed(same)}")
    if unseen:
        seen.append(f"{NOTHING_SEEN} from the base in {listed(unseen)}")
    return "; ".join(seen)


def with_range(one: Estimate, unit: str) -> str:
    """Return a mean with its interval in brackets; where all runs agree, they do not say how sure that is."""
    inside = "" if one.low == one.high else span(one, unit)
    return mean_told(one, unit) + (f" ({inside})" if inside else "")


def unit_behind(unit: str) -> str:
    """Return what of a unit its numbers do not show: of dollars `a year`, of shares nothing."""
    if unit in ("share", "ratio"):
        return ""
    return unit.removeprefix("USD").removeprefix("per 100 filled posts").replace("/hour", "an hour").strip()


def lower_first(text: str) -> str:
    """Return text that goes on inside a sentence."""
    return text[:1].lower() + text[1:]


def ended(text: str) -> str:
    """Return text as a sentence."""
    return text if text.endswith(".") else f"{text}."
