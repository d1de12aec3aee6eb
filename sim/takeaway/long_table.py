"""Lay all measures of an answer out, one row a measure and alternative, for CSV and workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sim.results.measures.table import measure_of
from sim.results.summary import NOTHING, Estimate
from sim.runs.answer import Alternative, Answer
from sim.runs.paired import Paired
from sim.takeaway.content import case_title
from sim.takeaway.plain import guarded, one_line
from sim.words.differences import difference_in_words
from sim.words.provenance import Stamp
from sim.words.stand_in import told_label, told_words

Value = str | float | int | None
COLUMNS: Final = (
    "family", "measure", "key", "unit", "scenario", "title",
    "base_mean", "base_low", "base_high", "mean", "low", "high",
    "difference", "difference_low", "difference_high", "in_words", "chance_better", "verdict",
    "better_is", "runs", "definition",
)  # fmt: skip
STAMPED: Final = ("version", "base_fingerprint", "fingerprint", "seed", "made")
BYTE_ORDER_MARK: Final = "\ufeff"  # by which Excel knows that the file is UTF-8
NOT_COMPARED: Final = Paired(NOTHING, NOTHING, NOTHING, None, None)


@dataclass(frozen=True)
class Result:
    """One measure of one scenario next to the base's; for a single scenario the base's columns are empty."""

    key: str
    label: str
    definition: str
    name: str
    title: str
    own: Estimate
    compared: Paired
    words: str

    def values(self) -> tuple[Value, ...]:
        """Return the row under COLUMNS."""
        measure, compared = measure_of(self.key), self.compared
        return (
            measure.family, self.label, self.key, measure.unit, self.name, self.title,
            *_three(compared.base), *_three(self.own), *_three(compared.difference),
            self.words, compared.p_better, compared.verdict,
            measure.direction, self.own.n, self.definition,
        )  # fmt: skip


def results(answer: Answer) -> Iterator[Result]:
    """Yield every measure, alternatives beneath one another."""
    base = answer.base
    if not answer.alternatives:
        for key, own in base.measures.items():
            yield Result(key, *_called(key, answer), base.name, case_title(base), own, NOT_COMPARED, "")
        return
    keys = dict.fromkeys(key for one in answer.alternatives for key in one.measures)
    for key in keys:
        for one in answer.alternatives:
            if key in one.measures:
                yield _compared(key, one, answer)


def _called(key: str, answer: Answer) -> tuple[str, str]:
    """Return label and definition; where no living wage was typed, they name what stands in for it."""
    everyone = [case.loaded for case in answer.cases]
    return told_label(key, everyone), told_words(measure_of(key).definition, everyone)


def _compared(key: str, one: Alternative, answer: Answer) -> Result:
    compared = one.measures[key]
    words = difference_in_words(key, compared)
    return Result(
        key, *_called(key, answer), one.case.name, case_title(one.case), compared.alternative, compared, words
    )


def _three(one: Estimate) -> tuple[float | None, ...]:
    return one.mean, one.low, one.high


def csv_table(answer: Answer, stamp: Stamp) -> bytes:
    """Return every measure as CSV with full precision; what is undefined is empty."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow((*COLUMNS, *STAMPED))
    prints = stamp.fingerprints
    for one in results(answer):
        made = (stamp.version, prints[answer.base.name], prints[one.name], stamp.seed, stamp.made)
        rows.writerow([_field(value) for value in (*one.values(), *made)])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _field(value: Value) -> Value:
    return guarded(one_line(value)) if isinstance(value, str) else value
