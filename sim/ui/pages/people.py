"""People: how long they stay, why they leave, how they are, what they earn, and how they move up."""

from __future__ import annotations

import streamlit as st

from sim.ui import state
from sim.ui.answers.views import drawn, ladder, of_run, people
from sim.ui.question import BASE, called
from sim.ui.reading import Read
from sim.ui.server.results import Result

LADDER = "ladder"


def page() -> None:
    """Draw the page."""
    of_run("Who stays, and who leaves?", _shown)


def _shown(found: Read, result: Result) -> None:
    drawn(people(found, result))
    st.header("The way through the ladder")
    drawn(ladder(found, result, _whose(found)), st.subheader)


def _whose(found: Read) -> int:
    """Ask whose ladder is looked at, and return its place."""
    place = min(int(state.kept(LADDER, BASE)), len(found.sound) - 1)
    if len(found.sound) > 1:
        st.selectbox(
            "Of which scenario", range(len(found.sound)),
            format_func=lambda at: f"{called(at)}: {found.title(at)}", key=state.showing("people.ladder", place),
            on_change=state.keep_entered, args=(LADDER, "people.ladder"),
        )  # fmt: skip
    return place


if __name__ == "__main__":
    page()
