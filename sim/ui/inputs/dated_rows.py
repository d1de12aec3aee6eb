"""Dated changes as rows, one input a row, and the values that an input takes through time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sim.questions.fit.cells import Either, date_in
from sim.scenario.fields import MONTH_PATTERN
from sim.scenario.patch import TableDict, leaves
from sim.ui.question import Question, with_input, without_input
from sim.units import month_number, month_text
from sim.words.inputs import value_in_words
from sim.words.layout import listed
from sim.words.sentences import month_name

CHANGE: Final = ("change",)
Row = tuple[str, str, Any]  # month, address, value
Course = tuple[tuple[str, Any], ...]  # month and value, the first of them from the start on


def rows_of(changes: Any) -> list[Row]:
    """Return dated changes one input a row; what cannot be read is left out."""
    entries = [one for one in changes if isinstance(one, Mapping)] if isinstance(changes, list | tuple) else []
    return [
        (str(one.get("at", "")), ".".join(path), value)
        for one in entries
        if isinstance(one.get("set"), Mapping)
        for path, value in leaves(one["set"])
    ]


def changes_of(rows: Sequence[Row]) -> list[TableDict]:
    """Return rows as a file has them, those of one month together."""
    months = dict.fromkeys(month for month, _, _ in rows)
    return [{"at": month, "set": {path: value for at, path, value in rows if at == month}} for month in months]


def with_rows(question: Question, place: int, rows: Sequence[Row]) -> Question:
    """Return the question with these dated changes of a scenario; none is said where the base would have some."""
    if place not in question.places:
        return question
    less = without_input(question, place, CHANGE)
    return with_input(less, place, CHANGE, changes_of(rows)) if rows or less.holds(place, CHANGE)[1] else less


def with_row(rows: Sequence[Row], old: Row | None, new: Row | None) -> list[Row]:
    """Return rows in order of month, one of them replaced, added (`old` is none) or taken away (`new` is none)."""
    others = [row for row in rows if row != old and (new is None or row[:2] != new[:2])]
    return sorted([*others, *([] if new is None else [new])], key=lambda row: row[0])


def course_of(first: Any, rows: Iterable[tuple[str, Any]], start: str, months: int) -> Course:
    """Return the values that an input takes through time; what comes after the end is left out.

    Args:
        first: what holds from the start on.
        rows: month and value of each dated change.
        start: first month, YYYY-MM.
        months: length of the projection.
    """
    end = month_text(month_number(start) + months) if is_month(start) else ""
    course = [(start, first)]
    for month, value in sorted(rows, key=lambda row: row[0]):
        if month <= start:
            course = [(start, value)]
        elif is_month(month) and month < end:
            course = [*course[: -1 if course[-1][0] == month else None], (month, value)]
    return tuple(course)


def course_in_words(course: Course, unit: str = "") -> str:
    """Return values through time, their unit behind the last: `$13.50, then $16.20 an hour from July 2028`."""
    told = [value_in_words(value, unit) for _, value in course]
    behind = {text.partition(" ")[2] for text in told}
    shared = len(behind) == 1 and "%" not in behind
    short = [text.partition(" ")[0] if shared else text for text in told[:-1]] + told[-1:]
    later = [f"{text} from {month_in_words(month)}" for text, (month, _) in zip(short[1:], course[1:], strict=True)]
    return f"{short[0]}, then {listed(later)}" if later else short[0]


def month_in_words(month: str) -> str:
    """Return a month in words, or as it is when it is none."""
    return month_name(month) if is_month(month) else month


def month_before(month: str) -> str:
    """Return the month before one, in words."""
    return month_name(month_text(month_number(month) - 1))


def is_month(month: str) -> bool:
    """Whether a text is a month of a year that is known."""
    return re.fullmatch(MONTH_PATTERN, month) is not None


def month_meant(text: str) -> str:
    """Return a month, in any form in which only one can be meant (03/2025, March 2025), as files write it.

    A text that is no such form comes back as it is.
    """
    found = date_in(text)
    if isinstance(found, Either):
        found = None if found.order is None else found.read(found.order)
    return text if found is None else month_text(found.whole_months)
