"""Open a visitor's own scenario file: read in memory, never run, never written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from sim.runs.workers.apart import read_apart
from sim.scenario.files import load_tables, read_text
from sim.scenario.problems import Problem, ScenarioError, shown
from sim.ui import state
from sim.ui.inputs.controls import problem_in_words
from sim.ui.question import MOST_ALTERNATIVES, Alternative, Question, file_name, with_alternative
from sim.ui.texts import plain

AS_BASE: Final = "as the base (no new decisions)"
AS_ALTERNATIVE: Final = "as an alternative to the base"
MONTH_IN_QUOTES: Final = 'put a month in quotes: "2028-07"'


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
