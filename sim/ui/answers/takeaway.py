"""Offer what makes a result again: its files, the command, its stamp."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from sim.charts.printed import Paths
from sim.runs.toml import written
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.monthly import SERIES
from sim.takeaway.offer import WAYS, made
from sim.ui import state
from sim.ui.answers.also import asked_also
from sim.ui.question import Question, called, file_name
from sim.ui.reading import Read
from sim.ui.server.results import Result
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
                _offer(ending, result, also)


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


def _offer(ending: str, result: Result, also: Also) -> None:
    what = WAYS[ending][2]
    st.download_button(
        capitalized(what), partial(file_of, ending, result, also), f"peerstay{ending}",
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
