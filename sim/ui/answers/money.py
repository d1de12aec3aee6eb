"""Show who pays how much more, and until when the money lasts: the two charts of money beside a decision."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.ui import choices, state
from sim.ui.answers import answer as shown
from sim.ui.answers import views
from sim.ui.question import called
from sim.ui.reading import Read
from sim.ui.server.results import Result

WHOSE: Final = "whose money"
PAYS, LASTS = "who-pays-more", "until-when-the-money-lasts"
ANCHORS: Final = {PAYS: "Who pays more", LASTS: "Until when the money lasts"}  # on the page → words of a link to it


def charts(found: Read, result: Result) -> None:
    """Draw the charts of money: payers where there is an alternative, and sources with cash of a chosen scenario."""
    if any(not one.changes_nothing for one in result.answer.alternatives):
        view = views.who_pays_more(found, result)
        st.header(view.title, anchor=PAYS)
        shown.draw(view)
    _until_when(found, result)


def _until_when(found: Read, result: Result) -> None:
    last = len(result.answer.alternatives)
    place = min(int(state.kept(WHOSE, min(1, last))), last)
    view = views.until_when(found, result, place)
    st.header(view.title, anchor=LASTS)
    if last:
        choices.radio(
            "Whose money", list(range(last + 1)), format_func=called, horizontal=True,
            key=state.showing("shown.money", place), on_change=state.keep_entered, args=(WHOSE, "shown.money"),
        )  # fmt: skip
    shown.draw(view)
    views.drawn(views.renewal(found, result, place), st.subheader)
