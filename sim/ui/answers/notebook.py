"""Add an answer to a notebook of experiments: read from the visitor, handed back grown, and written nowhere here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from sim.runs.experiments import (
    LONGEST,
    NAME,
    Experiment,
    asked_entry,
    decision_entry,
    experiments_in,
    grown,
    next_number,
    result_entry,
)
from sim.runs.notebook import of_answer
from sim.runs.workers.apart import read_apart
from sim.scenario.problems import ScenarioError
from sim.scenario.read.clean_text import clean
from sim.takeaway.bundle import shape_of, text_of
from sim.takeaway.content import question as question_of
from sim.takeaway.private import shareable_command
from sim.ui import state
from sim.ui.inputs.importing import plain_name
from sim.ui.server.results import Result
from sim.ui.texts import plain
from sim.words.as_json import as_json
from sim.words.layout import counted

TITLE: Final = "Add to a notebook"
ASKED, EXPECTED, DECIDED, READ = "notebook.asked", "notebook.expected", "notebook.decided", "notebook.read"
ABOUT: Final = (
    "A notebook is one file that remembers experiments: what was asked and expected, what came out of which run, what "
    "was decided. Nothing of it is written on this server: upload yours or begin a new one, and download it with this "
    "answer added to its end."
)
TO_SAY: Final = "Say what was expected: without that, nothing can be learned from what came out."


@dataclass(frozen=True)
class Book:
    """A notebook that is added to: its name, what is in it, and the number of the next experiment."""

    name: str = NAME
    content: bytes = b""
    number: int = 1


def adding(result: Result) -> None:
    """Draw what adds an answer to a notebook."""
    with st.expander(TITLE, icon=":material/menu_book:"):
        st.caption(ABOUT)
        _text(st.text_input, "What was asked", ASKED, question_of(result.answer))
        _text(st.text_area, "What was expected, before it was run", EXPECTED)
        _text(st.text_area, "What was decided, if it is decided", DECIDED)
        book = _uploaded()
        if not _typed(EXPECTED):
            st.info(TO_SAY)
        elif book is not None:
            _offer(book, result)


def _text(box: Callable[..., Any], label: str, name: str, otherwise: str = "") -> None:
    """Ask for a text; it is not set anew while the answer is, which would take away what is being typed."""
    key = name if state.entered(name) is not None else state.showing(name, state.kept(name, ""))
    box(
        label, max_chars=LONGEST, placeholder=otherwise, key=key, on_change=state.keep_entered, args=(name, name),
    )  # fmt: skip


def _uploaded() -> Book | None:
    """Return the notebook that a visitor hands in, or a new one; none where it cannot be read, which is said."""
    file = st.file_uploader(
        "Your notebook (TOML, at most 1 MB); without one a new notebook begins", type="toml", key="notebook.file",
        max_upload_size=1,
    )  # fmt: skip
    if file is None:
        return Book()
    known = _read(file.file_id, file.getvalue(), file.name)
    if isinstance(known, ScenarioError):
        for problem in known.problems:
            st.error(plain(str(problem)))
        return None
    st.caption(f"{plain(plain_name(file.name))}: {counted(len(known), 'experiment')}")
    return Book(plain_name(file.name), file.getvalue(), next_number(known))


def _read(handed_in: str, content: bytes, name: str) -> list[Experiment] | ScenarioError:
    """Return what stands in a notebook, each file read once, or what is wrong with it."""
    kept: tuple[str, list[Experiment] | ScenarioError] = state.kept(READ, ("", []))
    if kept[0] != handed_in:
        try:
            kept = handed_in, read_apart(experiments_in, content, plain_name(name))
        except ScenarioError as fault:
            kept = handed_in, fault
        state.keep(READ, kept)
    return kept[1]


def _offer(book: Book, result: Result) -> None:
    st.download_button(
        f"Download the notebook with experiment {book.number}", partial(_with_answer, book, result, *_said(result)),
        book.name, "application/toml", key="notebook.download", on_click="ignore", type="primary",
    )  # fmt: skip


def _said(result: Result) -> tuple[str, str, str]:
    """Return question, expectation and decision as they are typed."""
    return _typed(ASKED) or question_of(result.answer), _typed(EXPECTED), _typed(DECIDED)


def _typed(name: str) -> str:
    return clean(state.kept(name, "") or "").strip()


def _with_answer(book: Book, result: Result, asked: str, expected: str, decided: str) -> bytes:
    """Return a notebook with an answer added to its end."""
    answer, stamp = result.answer, result.stamp
    came = of_answer(answer, shareable_command(stamp.command), text_of(answer, stamp), as_json(shape_of(answer)))
    entries = [asked_entry(book.name, book.number, asked, expected), result_entry(book.name, book.number, came)]
    ended = [decision_entry(book.name, book.number, decided)] if decided else []
    return grown(book.content, *entries, *ended)
