"""Put a comparison into three numbers with ranges: people, service, money; signs in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.runs.answer import Alternative
from sim.runs.paired import Paired
from sim.words.numbers import is_money, value
from sim.words.ranges import IN_EVERY_RUN, Words, ends_in_words, range_in_words, size_in_words
from sim.words.sentences import CASH, NEWCOMERS, RISK, chosen

LABELS: Final = {  # the measures of the sentence, in words that need no glossary
    NEWCOMERS: "People hired still there after 12 months",
    "hours_delivered_per_year": "Client-hours delivered a year",
    RISK: "Chance of not making payroll",
    CASH: "Cash at the end",
}


@dataclass(frozen=True)
class Number:
    """One number of a comparison in words."""

    label: str
    size: str  # "2,020 fewer", or that nothing can be told from luck
    inside: str  # its range
    base: str  # what the base has, or whatever it is compared with


def three_numbers(one: Alternative, against: str = "Base") -> list[Number]:
    """Return three numbers of an alternative, people, service, money, against the scenario called `against`.

    All are in the sentence too, unless there is no value on either side.
    """
    told = [phrase.key for phrase in chosen(one) if phrase.key in LABELS]
    keys = told if NEWCOMERS in told else [NEWCOMERS, *told]
    return [_number(key, one.measures[key], against) for key in keys]


def _number(key: str, compared: Paired, against: str) -> Number:
    measure, difference = measure_of(key), compared.difference
    base = f"{against}: {value(compared.base.mean, measure.unit)}"
    if difference.mean is None:
        return Number(LABELS[key], "not defined in both", "", base)
    if compared.verdict == "no change":
        return Number(LABELS[key], "the same in every run", "", base)
    if not compared.detectable:
        inside = ends_in_words(difference, measure.unit, words_for(key))
        return Number(LABELS[key], "no detectable difference", inside and f"95 % range: {inside}", base)
    inside = range_in_words(measure, difference)
    told = inside if inside == IN_EVERY_RUN else f"95 % range: {inside}"
    return Number(LABELS[key], size_and_direction(key, difference), told, base)


def size_and_direction(key: str, difference: Estimate) -> str:
    """Return how large a difference is and which way it goes: `2,020 fewer`."""
    return f"{size_in_words(measure_of(key), difference)} {direction(key, difference.mean or 0.0)}"


def direction(key: str, difference: float) -> str:
    """Return more, fewer, less, higher or lower."""
    return words_for(key)[difference < 0]


def words_for(key: str) -> Words:
    """Return what more and less of a measure are called."""
    unit = measure_of(key).unit
    if unit == "share" or unit.startswith(("SD", "points", "ratio")):
        return "higher", "lower"
    return "more", "less" if is_money(unit) else "fewer"
