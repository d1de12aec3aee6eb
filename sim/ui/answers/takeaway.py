"""What of an answer is taken away: files, what makes it again, an entry in a visitor's own notebook of experiments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import streamlit as st

from sim.charts.printed import Paths
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
from sim.runs.toml import written
from sim.runs.workers.apart import read_apart
from sim.scenario.problems import ScenarioError
from sim.scenario.read.clean_text import clean
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.bundle import shape_of, text_of
from sim.takeaway.content import question as question_of
from sim.takeaway.monthly import SERIES
from sim.takeaway.offer import WAYS, made
from sim.takeaway.private import shareable_command
from sim.ui import state
from sim.ui.answers.also import asked_also
from sim.ui.inputs.importing import plain_name
from sim.ui.question import Question, called, file_name
from sim.ui.reading import Read
from sim.ui.server.results import Result
from sim.ui.texts import plain
from sim.words.as_json import as_json
from sim.words.layout import capitalized, command_lines, counted
from sim.words.provenance import Stamp

BUNDLE: Final = ".zip"
TYPES: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".zip": "application/zip",
}
COLUMNS: Final = 3
TOLD: Final = "takeaway.also"
ELSEWHERE: Final = (
    "Brief and workbook also tell which rate the wage needs, what each payer comes to owe, what a served client must "
    "avoid and whom a change reaches, once that is asked on *Rates and fiscal notes* and *People*."
)
NOTEBOOK: Final = "Add to a notebook"
ASKED, EXPECTED, DECIDED, READ = "notebook.asked", "notebook.expected", "notebook.decided", "notebook.read"
OF_NOTEBOOKS: Final = (
    "A notebook is one file that remembers experiments: what was asked and expected, what came out of which run, what "
    "was decided. Nothing of it is written on this server: upload yours or begin a new one, and download it with this "
    "answer added to its end."
)
TO_SAY: Final = "Say what was expected: without that, nothing can be learned from what came out."


def exports(question: Question, found: Read, result: Result) -> None:
    """Offer the answer as files, each made when it is asked for."""
    if result.answer.leaks:
        return  # a worthless answer is not handed out
    st.markdown("Each file says which version made it, from which inputs, with how many runs, and when.")
    also = _also(found)
    offered = [ending for ending in WAYS if not (ending == BUNDLE and question.holds_people)]
    for first in range(0, len(offered), COLUMNS):
        for column, ending in zip(st.columns(COLUMNS), offered[first : first + COLUMNS], strict=False):
            with column:
                _offer(ending, found.file_stem, result, also)


def _also(found: Read) -> Also:
    """Return what else brief and workbook tell: what was asked on other pages, unless it is not wanted."""
    also = asked_also(found)
    if also == NOTHING_ELSE:
        st.caption(ELSEWHERE)
        return also
    titles = [part.title for part in also.parts]
    st.checkbox(
        f"Brief and workbook also tell: {'; '.join(titles).lower()}", key=state.showing(TOLD, state.kept(TOLD, True)),
        on_change=state.keep_entered, args=(TOLD, TOLD),
    )  # fmt: skip
    return also if state.kept(TOLD, True) else NOTHING_ELSE


def _offer(ending: str, stem: str, result: Result, also: Also) -> None:
    what = WAYS[ending][2]
    st.download_button(
        capitalized(what), partial(file_of, ending, result, also), f"{stem}{ending}",
        TYPES[ending], key=f"export{ending}", on_click="ignore", width="stretch", wrap=True,
    )  # fmt: skip


def file_of(ending: str, result: Result, also: Also = NOTHING_ELSE) -> bytes:
    """Return an answer as a file of a kind, with what else is asked of it."""
    return made(ending, result.answer, result.stamp, paths(result), also)


def paths(result: Result) -> Paths:
    """Return the monthly series that files hold."""
    names = [case.name for case in result.answer.cases]
    found = Paths(names, tuple(one.key for one in SERIES))
    for name, views in zip(names, result.views, strict=True):
        for one in SERIES:
            found.parts[name, one.key] = [np.asarray(views[f"month.{one.key}"], dtype=np.float64)]
    return found


def reproduce(question: Question, found: Read, result: Result) -> None:
    """Show the command and the files that reproduce the same digits."""
    st.markdown("The same numbers come out on any machine with peerstay: save these files in one folder and run")
    st.code(command_lines(result.stamp.command), language=None, wrap_lines=True)
    files(question, found)
    st.caption(made_by(result.stamp))


def files(question: Question, found: Read, within: str = "") -> None:
    """Offer each scenario as one complete file; `within` tells apart where on the page it is offered."""
    if question.holds_people:
        st.warning("A file of yours lists people. Downloads hold the list too: treat them as personal data.")
    for place, column in zip(question.places, st.columns(len(question.places)), strict=True):
        loaded = found.scenarios[place]
        with column:
            if loaded is not None:
                st.download_button(
                    f"{called(place)} as TOML", written(loaded.raw), file_name(place), "application/toml",
                    key=f"toml.{within}{place}", on_click="ignore", width="stretch",
                )  # fmt: skip


def made_by(stamp: Stamp) -> str:
    """Return the version, inputs and random seed that made a result."""
    return (
        f"peerstay {stamp.version}, seed {stamp.seed}, {counted(stamp.replications, 'run')}, made {stamp.made}. "
        f"{stamp.inputs()}"
    )


# a notebook --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Book:
    """A notebook that is added to: its name, what is in it, and the number of the next experiment."""

    name: str = NAME
    content: bytes = b""
    number: int = 1


def adding(result: Result) -> None:
    """Draw what adds an answer to a notebook."""
    with st.expander(NOTEBOOK, icon=":material/menu_book:"):
        st.caption(OF_NOTEBOOKS)
        _text(st.text_input, "What was asked", ASKED, question_of(result.answer))
        _text(st.text_area, "What was expected, before it was run", EXPECTED)
        _text(st.text_area, "What was decided, if it is decided", DECIDED)
        book = _uploaded()
        if not _typed(EXPECTED):
            st.info(TO_SAY)
        elif book is not None:
            _offer_grown(book, result)


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


def _offer_grown(book: Book, result: Result) -> None:
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
