"""Draw dated changes as rows: from which month, which input, to what."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from sim.scenario.describe import NUMBERS
from sim.scenario.fields import MONTH_PATTERN, MONTHS_KNOWN
from sim.ui import state
from sim.ui.addresses import Path, inner
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import problem_in_words
from sim.ui.inputs.dated_rows import CHANGE, Row, month_in_words, rows_of, with_rows
from sim.ui.inputs.fields import Field, field_of
from sim.ui.inputs.often import offered
from sim.ui.texts import plain
from sim.words.inputs import input_at, name_in_words, value_in_words


def dated(board: Board) -> None:
    """Draw the dated changes of a scenario, and a row to add one."""
    st.subheader("Changes from a date on")
    rows = rows_of(board.question.said(board.place, CHANGE)[0])
    if not rows:
        st.caption("None: what is said holds from the first month on.")
    for at, row in enumerate(rows):
        _row(board, rows, at, row)
    for problem in board.found.problems[board.place]:
        if problem.path.startswith("change"):
            board.shown.add(problem.path)
            (st.error if problem.severity == "error" else st.warning)(problem_in_words(problem))
    _new(board, rows)


def _row(board: Board, rows: list[Row], at: int, row: Row) -> None:
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
                key=state.showing(key, float(one.shown(value))), on_change=_take,
                args=(board.place, rows, at, one, key),
            )  # fmt: skip
        else:
            told = f"{name_in_words(path)}: {value_in_words(value)}"
            st.markdown(f"From {plain(month_in_words(month))}: {plain(told)}")
    with gone:
        st.button("Remove", key=f"{key}.remove", on_click=_put, args=(board.place, rows[:at] + rows[at + 1 :]))


def _new(board: Board, rows: list[Row]) -> None:
    with st.form(f"dated.new.{board.place}", border=True):
        paths = list(dict.fromkeys(offered(board)))
        which = st.selectbox("Change from a date on", paths, format_func=name_in_words, key=f"dated.path.{board.place}")
        month = st.text_input("First month (year-month, for example 2028-07)", key=f"dated.month.{board.place}")
        if st.form_submit_button("Add this dated change") and which is not None:
            _added(board, rows, which, month.strip())


def _added(board: Board, rows: list[Row], which: Path, month: str) -> None:
    if re.fullmatch(MONTH_PATTERN, month) is None:
        st.error(
            f"First month = “{plain(month)}”: must be a month written year-month, for example 2028-07, {MONTHS_KNOWN}."
        )
        return
    _put(board.place, [*rows, (month, ".".join(board.at(which)), board.value(which))])
    st.rerun()


def _take(place: int, rows: list[Row], at: int, one: Field, key: str) -> None:
    entered = state.entered(key)
    if entered is not None:
        month, address, _ = rows[at]
        value = int(entered) if one.whole else one.meant(entered)
        _put(place, [*rows[:at], (month, address, value), *rows[at + 1 :]])


def _put(place: int, rows: Sequence[Row]) -> None:
    state.change(with_rows, place, rows)
