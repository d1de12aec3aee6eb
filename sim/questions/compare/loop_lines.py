"""How much of each difference comes from the model's feedback loops."""

from __future__ import annotations

from collections.abc import Sequence

from sim.questions.compare.largest_changes import picked
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.runs.answer import Alternative, Answer
from sim.runs.loops import Loop
from sim.words.differences import size_and_direction
from sim.words.layout import paragraph, table
from sim.words.numbers import NONE
from sim.words.ranges import mean_told, range_in_words, span
from sim.words.stand_in import told_label

LEAD = "Without loops workload, funding certainty, absence, the queue and contagion stay as they are, as on a sheet."
HEADING = ("Difference from the base", "with loops", "without", "the loops add", "range")


def loop_lines(answer: Answer) -> str:
    """Return a table for each alternative; nothing when the loops were not switched off for it."""
    asked = [one for one in answer.alternatives if one.loops is not None]
    if not asked:
        return ""
    told = [_told(one, picked(answer), named=len(asked) > 1) for one in asked]
    return "\n".join([paragraph(LEAD, "  "), *told])


def loops_in_words(one: Alternative, keys: Sequence[str]) -> list[str]:
    """Return a line for each measure: what an alternative changes with the loops, without them, and what they add."""
    found = one.loops or {}
    return [_words(_label(key, one), key, found[key]) for key in keys if key in found]


def _label(key: str, one: Alternative) -> str:
    return told_label(key, [one.case.loaded])


def _words(label: str, key: str, loop: Loop) -> str:
    with_loops, without = (_difference(key, one) for one in (loop.dynamic, loop.static))
    added = loop.interaction
    inside = f" ({range_in_words(measure_of(key), added)})" if added.excludes_zero else ""
    told = "the loops make no difference" if added.always_zero else f"the loops make {_difference(key, added)}{inside}"
    return f"{label}: {with_loops} with loops, {without} without; {told}"


def _difference(key: str, one: Estimate) -> str:
    if one.always_zero:
        return "the same"
    return size_and_direction(key, one) if one.excludes_zero else "no detectable difference"


def _told(one: Alternative, keys: Sequence[str], *, named: bool) -> str:
    found = one.loops or {}
    rows = [(_label(key, one), *_row(key, found[key])) for key in keys if key in found]
    return f"{one.case.name}\n{table(HEADING, rows)}" if named else table(HEADING, rows)


def _row(key: str, loop: Loop) -> tuple[str, ...]:
    unit = measure_of(key).unit
    means = [mean_told(one, unit, signed=True, brief=True) for one in (loop.dynamic, loop.static)]
    return *means, _added(loop.interaction, unit), _range(loop.interaction, unit)


def _added(one: Estimate, unit: str) -> str:
    if one.mean is None or one.always_zero:
        return NONE if one.mean is None else "nothing"
    return mean_told(one, unit, signed=True, brief=True) if one.excludes_zero else "none detectable"


def _range(one: Estimate, unit: str) -> str:
    return span(one, unit, signed=True, brief=True) if one.excludes_zero else ""
