"""Draw inputs through time: where one is edited, what it is from which month on; all dated changes as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from sim.scenario.check.dated import may_change_by_date
from sim.scenario.describe import NUMBERS
from sim.scenario.fields import MONTH_PATTERN, MONTHS_KNOWN
from sim.scenario.problems import dotted
from sim.ui import choices, state
from sim.ui.addresses import Path, inner
from sim.ui.inputs.board import Board
from sim.ui.inputs.dated_rows import (
    CHANGE,
    Course,
    Row,
    course_in_words,
    month_before,
    month_in_words,
    month_meant,
    rows_of,
    with_row,
    with_rows,
)
from sim.ui.inputs.fields import Field, field_of
from sim.ui.inputs.often import dateable, is_number, labels
from sim.ui.question import BASE
from sim.ui.texts import plain, problem_in_words
from sim.units import month_number, month_text
from sim.words.inputs import input_at, name_in_words, value_in_words

OTHER_VALUE: Final = "Another value from a date on"
WIDTH, HEIGHT, EDGE = 240, 44, 5  # of the step line, pixels
LINE: Final = ("#005A9C", "#6CB4EE")  # light, dark


def through_time(board: Board, one: Field, path: Path) -> None:
    """Draw the values that a number takes from later months on, and what adds one more."""
    course = board.course(path)
    if len(course) > 1:
        _drawn(course, one)
        _taken_back(board, one, path, course)
    for at, row in enumerate(_own(board, one)):
        _step(board, one, row, f"later.{board.key(path)}.{at}")
    sound = board.found.scenarios[board.place] is not None
    if sound and may_change_by_date(path) and all(is_number(value) for _, value in course):
        _another(board, one, path, course)


def _own(board: Board, one: Field) -> list[Row]:
    """Return the dated changes of one input."""
    return [row for row in _all(board) if row[1] == dotted(one.path)]


def _all(board: Board) -> list[Row]:
    return rows_of(board.question.said(board.place, CHANGE)[0])


def _drawn(course: Course, one: Field) -> None:
    told = course_in_words(course, one.given.unit)
    numbers = [value for _, value in course if isinstance(value, int | float)]
    if len(numbers) == len(course):
        st.image(step_line(course, numbers, dark=state.dark()), width=WIDTH, alt=f"{one.name} through time: {told}")
    st.caption(f"Through time: {plain(told)}")


def step_line(course: Course, numbers: list[float], *, dark: bool) -> str:
    """Return a small drawing of an input's values through time as SVG, its last value going on to the right."""
    months = [month_number(month) for month, _ in course]
    span = (months[-1] - months[0]) * 1.35
    low, high = min(numbers), max(numbers)
    across = [EDGE + (WIDTH - 2 * EDGE) * (month - months[0]) / span for month in months]
    down = [HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (number - low) / ((high - low) or 1.0) for number in numbers]
    steps = [f"M{across[0]:.1f} {down[0]:.1f}"]
    steps += [f"H{x:.1f}V{y:.1f}" for x, y in zip(across[1:], down[1:], strict=True)]
    color = LINE[dark]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in zip(across, down, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{"".join(steps)}H{WIDTH - EDGE}" fill="none" stroke="{color}" stroke-width="2"/>'
        f'<g fill="{color}">{dots}</g></svg>'
    )


def _taken_back(board: Board, one: Field, path: Path, course: Course) -> None:
    """Warn where a later date takes back what an alternative changes, and offer to keep it."""
    if board.place == BASE:
        return
    (_, typed), (month, later) = course[0], course[1]
    before = board.course(path, BASE)[0][1]
    if not all(isinstance(value, int | float) for value in (typed, later, before)):
        return
    if (typed - before) * (typed - later) > 0:
        told, then = (value_in_words(value, one.given.unit) for value in (typed, later))
        st.warning(plain(f"{told} holds until {month_before(month)} only: from {month_in_words(month)} it is {then}."))
        if _own(board, one):
            st.button(
                f"Keep {plain(told)} from {month_in_words(month)} on", key=f"keep.{board.key(path)}", wrap=True,
                on_click=_keep, args=(board.place, dotted(one.path)),
            )  # fmt: skip


def _keep(place: int, address: str) -> None:
    """Take away the dated changes of an input, so that its value holds to the end."""
    asked = state.question()
    if asked is not None and place in asked.places:
        rows = rows_of(asked.said(place, CHANGE)[0])
        state.ask(with_rows(asked, place, [row for row in rows if row[1] != address]))


def _step(board: Board, one: Field, row: Row, key: str) -> None:
    """Draw the value from a later month on: number, month, and what takes it away."""
    month, _, value = row
    when = month_in_words(month)
    if board.narrow:
        box = st.container()
        since, gone = st.columns(2, vertical_alignment="bottom", gap="small")
    else:
        box, since, gone = st.columns([5, 4, 3], vertical_alignment="bottom", gap="small")
    with box:
        if isinstance(value, int | float) and not isinstance(value, bool):
            shown = float(one.shown(value))
            st.number_input(
                f"From {when}: {one.label}", value=None, step=float(one.step), format=one.format,
                key=state.showing(key, shown), on_change=_take, args=(board.place, row, one, key),
            )  # fmt: skip
        else:
            st.markdown(f"From {plain(when)}: {plain(value_in_words(value))}")
    with since:
        _month(board, one, row, f"{key}.month")
    with gone:
        st.button("Remove", key=f"{key}.remove", help=f"{one.name}: no other value from {when} on", width="stretch",
                  on_click=_put, args=(board.place, row, None))  # fmt: skip


def _month(board: Board, one: Field, row: Row, key: str) -> None:
    months = _months(board)
    offered_here = months if row[0] in months else [row[0], *months]
    choices.selectbox(
        f"First month, {one.name}", offered_here, format_func=month_in_words, key=state.showing(key, row[0]),
        on_change=_move, args=(board.place, row, key), label_visibility="collapsed",
    )  # fmt: skip


def _another(board: Board, one: Field, path: Path, course: Course) -> None:
    """Offer another value from a later month on; it begins as what holds then."""
    taken = {month for month, _ in course}
    key = f"another.{board.key(path)}"
    choices.selectbox(
        f"{OTHER_VALUE}, {one.name}", [month for month in _months(board) if month not in taken], index=None,
        format_func=lambda month: f"from {month_in_words(month)}", placeholder=f"{OTHER_VALUE} …",
        key=state.showing(key, None), on_change=_add, args=(board.place, dotted(one.path), course, key),
        label_visibility="collapsed",
    )  # fmt: skip


def _months(board: Board) -> list[str]:
    """Return the months after the first in which an input can change."""
    start, months = (board.value(("horizon", name)) for name in ("start", "months"))
    first = month_number(str(start))
    return [month_text(first + number) for number in range(1, int(months))]


# what is changed -------------------------------------------------------------------------------------------------


def _take(place: int, row: Row, one: Field, key: str) -> None:
    entered: Any = state.entered(key)
    if entered is not None and not state.outdated(key):
        month, address, _ = row
        _put(place, row, (month, address, int(entered) if one.whole else one.meant(entered)))


def _move(place: int, row: Row, key: str) -> None:
    month = state.entered(key)
    if month is not None and not state.outdated(key):
        _put(place, row, (str(month), *row[1:]))


def _add(place: int, address: str, course: Course, key: str) -> None:
    month = state.entered(key)
    if month is not None and not state.outdated(key):
        value = [value for since, value in course if since < month][-1]
        _put(place, None, (str(month), address, value))


def _put(place: int, old: Row | None, new: Row | None) -> None:
    asked = state.question()
    if asked is not None and place in asked.places:
        state.ask(with_rows(asked, place, with_row(rows_of(asked.said(place, CHANGE)[0]), old, new)))


# all dated changes -------------------------------------------------------------------------------------------------


def dated(board: Board) -> None:
    """Draw the dated changes of a scenario, and a row to add one."""
    st.subheader("Changes from a date on")
    rows = rows_of(board.question.said(board.place, CHANGE)[0])
    if not rows:
        st.caption("None: what is said holds from the first month on.")
    for at, row in enumerate(rows):
        _dated_row(board, rows, at, row)
    for problem in board.found.problems[board.place]:
        if problem.path.startswith("change"):
            board.shown.add(problem.path)
            (st.error if problem.severity == "error" else st.warning)(problem_in_words(problem))
    _new_dated(board, rows)


def _dated_row(board: Board, rows: list[Row], at: int, row: Row) -> None:
    month, address, value = row
    path = tuple(address.split("."))
    given = input_at(inner(path))
    key = f"dated.{board.place}.{at}"
    box, gone = st.columns([4, 1], vertical_alignment="bottom")
    with box:
        if given is not None and given.type in NUMBERS and isinstance(value, int | float):
            one = field_of(path, given)
            st.number_input(
                f"From {month_in_words(month)}: {one.label}", value=None, step=one.step, format=one.format,
                key=state.showing(key, float(one.shown(value))), on_change=_take_dated,
                args=(board.place, rows, at, one, key),
            )  # fmt: skip
        else:
            told = f"{name_in_words(path)}: {value_in_words(value)}"
            st.markdown(f"From {plain(month_in_words(month))}: {plain(told)}")
    with gone:
        st.button("Remove", key=f"{key}.remove", on_click=_put_dated, args=(board.place, rows[:at] + rows[at + 1 :]))


def _new_dated(board: Board, rows: list[Row]) -> None:
    with st.form(f"dated.new.{board.place}", border=True):
        found = labels(dateable(board))
        which = st.selectbox(
            "Change from a date on", list(found), format_func=lambda path: found[path],
            key=f"dated.path.{board.place}",
        )  # fmt: skip
        month = st.text_input("First month (year-month, for example 2028-07)", key=f"dated.month.{board.place}")
        if st.form_submit_button("Add this dated change") and which is not None:
            _added(board, rows, which, month_meant(month.strip()))


def _added(board: Board, rows: list[Row], which: Path, month: str) -> None:
    if re.fullmatch(MONTH_PATTERN, month) is None:
        st.error(
            f"First month = “{plain(month)}”: must be a month written year-month, for example 2028-07, {MONTHS_KNOWN}."
        )
        return
    _put_dated(board.place, [*rows, (month, ".".join(board.at(which)), board.value(which))])
    st.rerun()


def _take_dated(place: int, rows: list[Row], at: int, one: Field, key: str) -> None:
    entered = state.entered(key)
    if entered is not None:
        month, address, _ = rows[at]
        value = int(entered) if one.whole else one.meant(entered)
        _put_dated(place, [*rows[:at], (month, address, value), *rows[at + 1 :]])


def _put_dated(place: int, rows: Sequence[Row]) -> None:
    state.change(with_rows, place, rows)
