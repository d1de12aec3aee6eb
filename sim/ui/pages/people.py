"""People: how long they stay, why they leave, how they are, what they earn, how they move up, whom a change reaches."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from sim.questions.fair.divisions import missing
from sim.questions.fair.fair import FEWEST, Fair, fair_shares
from sim.questions.fair.tables import tables_told
from sim.questions.fair.text import NOT_KNOWN, how_told, marks_told
from sim.ui import choices, navigation, state
from sim.ui.answers.also import FAIR, key_of
from sim.ui.answers.views import drawn, ladder, of_run, people
from sim.ui.question import BASE, Question, called
from sim.ui.reading import Read
from sim.ui.server.results import Result
from sim.ui.studies.few_runs import Asking, again, followed, named, settings_of, table
from sim.ui.texts import bullets, plain
from sim.words.provenance import command_line

LADDER: Final = "ladder"


def page() -> None:
    """Draw the page."""
    found = of_run("Who stays, and who leaves?", _shown)
    if found is not None:
        _fair(*found)


def _shown(found: Read, result: Result) -> None:
    drawn(people(found, result))
    st.header("The way through the ladder")
    drawn(ladder(found, result, _whose(found)), st.subheader)


def _whose(found: Read) -> int:
    """Ask whose ladder is looked at, and return its place."""
    place = min(int(state.kept(LADDER, BASE)), len(found.sound) - 1)
    if len(found.sound) > 1:
        choices.selectbox(
            "Of which scenario", range(len(found.sound)),
            format_func=lambda at: f"{called(at)}: {found.title(at)}", key=state.showing("people.ladder", place),
            on_change=state.keep_entered, args=(LADDER, "people.ladder"),
        )  # fmt: skip
    return place


# by group --------------------------------------------------------------------------------------------------------


def _fair(question: Question, found: Read) -> None:
    """Draw the question whom a change reaches, and its answer once it is asked."""
    st.header("Whom does it reach?")
    lacking = missing(found.sound[BASE].scenario)
    if lacking:
        st.info(plain(lacking))
        navigation.link("build", "Enter it on Build")
        return
    st.markdown(
        "Pay, retention, promotion and leaving by race or ethnicity, place and hours, where the scenarios have such "
        f"groups. Nothing is told of fewer than {FEWEST} people."
    )
    st.button("Tell it by group", type="primary", key=FAIR, on_click=state.keep, args=(FAIR, found.text))
    if state.kept(FAIR, None) != found.text:
        return
    settings = settings_of(question)
    command = command_line(found.sound, settings, [], "fair")
    study = Asking(partial(fair_shares, named(found)), settings)
    followed("fair", key_of(found, FAIR), study, found, lambda told: _fair_shown(question, found, told, command))


def _fair_shown(question: Question, found: Read, told: Fair, command: str) -> None:
    for one in tables_told(told):
        name = f": {told.answer.cases[one.case].name}" if one.case else ""
        table((one.heading, [row.cells for row in one.rows]), f"{one.title}{name}", "Group")
    st.caption(plain(" ".join(how_told(told, "beside it"))))
    st.markdown(f"**Marks of unequal conditions**\n\n{bullets(marks_told(told))}")
    st.markdown(f"**What the model does not know**\n\n{bullets(list(NOT_KNOWN))}")
    again(question, found, command, "fair")


if __name__ == "__main__":
    page()
