"""Put a comparison into three numbers with ranges: people, service, money; signs in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.results.measures.table import measure_of
from sim.runs.answer import Alternative
from sim.runs.paired import Paired
from sim.words.differences import inside_in_words, size_and_direction, words_for
from sim.words.numbers import value
from sim.words.ranges import IN_EVERY_RUN, ends_in_words
from sim.words.sentences import CASH, NEWCOMERS, RISK, chosen

LABELS: Final = {  # the measures of the sentence, in words that need no glossary
    NEWCOMERS: measure_of(NEWCOMERS).label,
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

    All are in the sentence too, unless there is no value on either side or fewer layoffs alone make the difference.
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
    if not compared.detectable and compared.spread is None:
        inside = ends_in_words(difference, measure.unit, words_for(key))
        return Number(LABELS[key], "no detectable difference", inside and f"95 % range: {inside}", base)
    inside = inside_in_words(key, compared)
    told = inside if inside == IN_EVERY_RUN else f"{'90' if compared.spread else '95'} % range: {inside}"
    return Number(LABELS[key], size_and_direction(key, difference), told, base)
