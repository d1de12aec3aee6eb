"""Lay all measures of an answer out, one row a measure and alternative, for CSV and workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sim.results.measures.table import measure_of
from sim.results.spreads import Spread
from sim.results.summary import NOTHING, Estimate
from sim.runs.answer import Alternative, Answer
from sim.runs.paired import Paired
from sim.takeaway.named import case_title
from sim.takeaway.plain import guarded, one_line
from sim.words.differences import difference_in_words
from sim.words.provenance import Stamp
from sim.words.stand_in import told_label, told_words

Value = str | float | int | None
OF_MEANS: Final = "of the 95 % interval of that mean"
OF_FUTURES: Final = "of the middle 90 % of single futures; empty with --luck-only, of chances, and below 20 futures"
COLUMNS: Final = {  # of the CSV and of the workbook's results, and what each holds
    "family": "what the measure is about: people, pay, money, service",
    "measure": "its label",
    "key": "its key, with `.part` behind it for a part",
    "unit": "unit of the numbers beside it",
    "scenario": "the alternative; a scenario asked alone itself",
    "title": "its title",
    "base_mean": "mean of the base",
    "base_low": f"lower end {OF_MEANS}",
    "base_high": f"upper end {OF_MEANS}",
    "mean": "mean of the scenario",
    "low": f"lower end {OF_MEANS}",
    "high": f"upper end {OF_MEANS}",
    "difference": "mean of the scenario less that of the base, run by run",
    "difference_low": f"lower end {OF_MEANS}; with several alternatives all of them hold together",
    "difference_high": f"upper end {OF_MEANS}; with several alternatives all of them hold together",
    "futures_low": f"the scenario's lower end {OF_FUTURES}",
    "futures_high": f"the scenario's upper end {OF_FUTURES}",
    "difference_futures_low": f"the difference's lower end {OF_FUTURES}",
    "difference_futures_high": f"the difference's upper end {OF_FUTURES}",
    "in_words": "the difference as answers tell it: with the range of single futures, where there are any",
    "chance_better": "share of the runs in which the scenario is better, ties counting half",
    "futures_on_its_side": "share of the futures in which the difference has the sign of its mean",
    "verdict": "better, worse, higher, lower, too close to call, no change: by the interval of the mean",
    "better_is": "the side on which the measure is better",
    "runs": "number of runs",
    "definition": "what is measured",
}
STAMPED: Final = {
    "version": "version of peerstay",
    "base_fingerprint": "fingerprint of the base",
    "fingerprint": "fingerprint of the scenario",
    "seed": "seed of the random numbers",
    "made": "date on which the table was made",
}
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
    spread: Spread | None = None  # of the scenario over single futures

    def values(self) -> tuple[Value, ...]:
        """Return the row under COLUMNS."""
        measure, compared = measure_of(self.key), self.compared
        return (
            measure.family, self.label, self.key, measure.unit, self.name, self.title,
            *_three(compared.base), *_three(self.own), *_three(compared.difference),
            *_ends(self.spread), *_ends(compared.spread),
            self.words, compared.p_better, _on_its_side(compared), compared.verdict,
            measure.direction, self.own.n, self.definition,
        )  # fmt: skip


def results(answer: Answer) -> Iterator[Result]:
    """Yield every measure, alternatives beneath one another."""
    base = answer.base
    if not answer.alternatives:
        spreads = base.spreads
        for key, own in base.measures.items():
            called = _called(key, answer)
            yield Result(key, *called, base.name, case_title(base), own, NOT_COMPARED, "", spreads.get(key))
        return
    keys = dict.fromkeys(key for one in answer.alternatives for key in one.measures)
    spread = {one.case.name: one.case.spreads for one in answer.alternatives}
    for key in keys:
        for one in answer.alternatives:
            if key in one.measures:
                yield replace(_compared(key, one, answer), spread=spread[one.case.name].get(key))


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


def _ends(spread: Spread | None) -> tuple[float | None, float | None]:
    return (None, None) if spread is None else (spread.low, spread.high)


def _on_its_side(compared: Paired) -> float | None:
    """Return in which share of the futures a difference has the sign of its mean."""
    spread, mean = compared.spread, compared.difference.mean
    if spread is None or not mean:
        return None
    return spread.below if mean < 0 else spread.above


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
