"""Take over a visitor's own files, a scenario or a list of people: read in memory, never run, never written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from sim.runs.workers.apart import read_apart
from sim.scenario.files import load_tables, read_text
from sim.scenario.problems import Problem, ScenarioError, dotted, shown
from sim.scenario.read.roster_csv import COLUMNS, TEMPLATE, roster_of
from sim.ui import state
from sim.ui.inputs.board import Board
from sim.ui.question import (
    BASE,
    MOST_ALTERNATIVES,
    ROSTER,
    Alternative,
    Question,
    file_name,
    with_alternative,
    with_input,
    with_no_list_missing,
    without_input,
)
from sim.ui.texts import bullets, plain, problem_in_words
from sim.words.roster import roster_lines

AS_BASE: Final = "as the base (no new decisions)"
AS_ALTERNATIVE: Final = "as an alternative to the base"
MONTH_IN_QUOTES: Final = 'put a month in quotes: "2028-07"'
WHERE: Final = ("posts", ROSTER)
ROUND: Final = "roster.round"  # another number empties the box of the file
MOST_SHOWN: Final = 10
OF_LISTS: Final = (
    "Left out, the months before the start make a plausible opening workforce. With a list of your people, the "
    "projection starts from them. The list is read in the memory of this server only: it is not written, not sent, and "
    "in no link; closing or reloading this page forgets the list and keeps the rest. No names are needed."
)
OF_BASE: Final = (
    "All scenarios start from the people of the base, so a list in an alternative changes nothing. Forget it here."
)
COLUMNS_TOLD: Final = {
    "hired": "month of hire, for example 2024-03 (needed)",
    "rung": "rung of the ladder, or entry",
    "in_rung_since": "month of the last promotion",
    "certified": "yes or no",
    "position": "name of the position whose post it is; empty for the posts that no position names",
    "fte": "the person's own full-time equivalent, for example 0.5; empty for the position's",
    "wage_usd_per_hour": "what the person is paid an hour at the start, all included; empty for the scale's",
    "group": "black, other_non_white or white, if the person has said so; empty to draw it by the shares of the place",
}


def opening() -> None:
    """Draw what opens a file."""
    st.caption(
        "The file is read in the memory of this server only: it is not run, not kept and not sent anywhere. "
        "A file that extends another cannot be opened here: put both into one."
    )
    file = st.file_uploader("Scenario file (TOML, at most 1 MB)", type="toml", key="upload")
    ways = [AS_BASE, AS_ALTERNATIVE] if state.question() is not None else [AS_BASE]
    way = st.radio("Open it", ways, key="upload.as", horizontal=True)
    if st.button("Open this file", disabled=file is None) and file is not None:
        _open(file.getvalue(), file.name, str(way))


def _open(content: bytes, name: str, way: str) -> None:
    try:
        tables = read_apart(tables_of, content, name)
    except ScenarioError as fault:
        for problem in fault.problems:
            st.error(at_line(problem))
        return
    now = state.question()
    if way == AS_BASE or now is None:
        state.ask(question_of(tables))
    elif len(now.alternatives) == MOST_ALTERNATIVES:
        st.error(f"There are {MOST_ALTERNATIVES} alternatives already: remove one first.")
        return
    else:
        state.ask(with_alternative(now, Alternative(tables, own=True)))
    st.rerun()


def tables_of(content: bytes, name: str) -> dict[str, Any]:
    """Return the tables of a file.

    Raises:
        ScenarioError: when it cannot be read, extends another file, or holds what no scenario does.
    """
    tables = read_text(content, plain_name(name))
    dates = [path for path, value in _values(tables) if isinstance(value, dt.date | dt.time)]
    if dates:
        label = plain_name(name)
        rule = "is a date, which no scenario holds"
        raise ScenarioError([Problem(label, None, path, None, rule, MONTH_IN_QUOTES) for path in dates])
    return tables


def question_of(tables: Mapping[str, Any]) -> Question:
    """Return a question whose base is a file; how often and with what luck it says itself, where it is sound."""
    question = Question({key: value for key, value in tables.items() if key != "notes"})
    try:
        experiment = load_tables({"file": question.base}, Path(file_name(0))).scenario.experiment
    except ScenarioError:
        return question
    return Question(question.base, (), experiment.replications, experiment.seed)


def at_line(problem: Problem) -> str:
    """Return what is wrong, with the line it stands on."""
    line = "" if problem.line is None else f"line {problem.line}: "
    return f"{plain(problem.file)}: {line}{problem_in_words(problem)}"


def plain_name(name: str) -> str:
    """Return the name of an uploaded file, fit to be shown."""
    return shown(name).strip('"')


def _values(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [found for key, inner in value.items() for found in _values(inner, f"{path}.{key}".lstrip("."))]
    if isinstance(value, list):
        return [found for at, inner in enumerate(value) for found in _values(inner, f"{path}[{at}]")]
    return [(path, value)]


# the people in post ------------------------------------------------------------------------------------------------


def roster(board: Board) -> None:
    """Draw what takes over a list of people, and sums of the list that is there."""
    listed, wrong = board.value(WHERE) or (), _wrong(board)
    if board.place != BASE and not board.question.said(board.place, board.at(WHERE))[1]:
        return
    with st.expander("List of the people in post", expanded=bool(listed or wrong)):
        st.caption(OF_LISTS)
        if listed:
            _sums(board)
            st.button("Forget this list", key=f"forget.{board.key(WHERE)}", on_click=_forget, args=(board,))
        for told in _told(wrong):
            st.error(plain(told))
        board.shown.update(one.path for one in wrong)
        if board.place == BASE:
            _upload(board)
        else:
            st.warning(OF_BASE)


def _wrong(board: Board) -> list[Problem]:
    """Return what is wrong with the list."""
    here = dotted(board.at(WHERE))
    return [one for one in board.found.problems[board.place] if one.path.startswith(here)]


def _sums(board: Board) -> None:
    tables, loaded = board.organization(), board.found.scenarios[board.place]
    if tables is not None and loaded is not None:
        lines = roster_lines(tables.posts.roster, loaded.scenario.horizon.start)
        st.markdown("\n".join(f"- {plain(label)}: **{plain(told)}**" for label, told in lines))


def _told(wrong: list[Problem]) -> list[str]:
    """Return what does not fit between the list and the rest: the peer by number, and the input."""
    told = []
    for one in wrong[:MOST_SHOWN]:
        spot = re.search(r"\[(\d+)\]\.(\w+)$", one.path)
        whose = "The list" if spot is None else f"Peer {int(spot[1]) + 1} of the list, {spot[2].replace('_', ' ')}"
        fix = f"; {one.fix}" if one.fix else ""
        told.append(f"{whose}: {one.value} {one.rule}{fix}.")
    left = len(wrong) - len(told)
    return [*told, f"And {left} more."] if left > 0 else told


def _upload(board: Board) -> None:
    st.markdown(bullets([f"{name}: {COLUMNS_TOLD[name]}" for name in COLUMNS]))
    st.download_button(
        "Download a template", TEMPLATE, "people.csv", "text/csv", on_click="ignore",
        key=f"template.{board.key(WHERE)}",
    )  # fmt: skip
    key = f"roster.{board.key(WHERE)}.{state.kept(ROUND, 0)}"
    file = st.file_uploader("List of people in post (CSV, at most 1 MB)", type="csv", key=key, max_upload_size=1)
    used = st.button("Use this list", key=f"use.{board.key(WHERE)}", disabled=file is None)
    if used and file is not None and _taken(board, file.getvalue(), file.name):
        st.rerun()


def _taken(board: Board, content: bytes, name: str) -> bool:
    """Take over a list, or say what is wrong with it; say whether it was taken over."""
    try:
        entries = read_apart(roster_of, content, plain_name(name))
    except ScenarioError as fault:
        for problem in fault.problems:
            st.error(at_line(problem))
        return False
    state.keep(ROUND, state.kept(ROUND, 0) + 1)
    state.change(with_input, board.place, board.at(WHERE), entries)
    return True


def _forget(board: Board) -> None:
    state.keep(ROUND, state.kept(ROUND, 0) + 1)
    state.change(without_input, board.place, board.at(WHERE))
    state.change(with_no_list_missing)
