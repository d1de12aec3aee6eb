"""Evidence: where every number comes from, how sure it is, and what it drives."""

from __future__ import annotations

import streamlit as st

from sim.charts.look import DARK, LIGHT
from sim.questions.evidence.by_state import SERIES, by_state_view
from sim.ui import choices, state
from sim.ui.answers import answer as shown
from sim.ui.answers.cards import FEW, GRADED, SHELVES, CardList, card, card_list, grades_in_words, shelf_of
from sim.ui.texts import plain

SEARCH, GRADE, ALL = "evidence.search", "evidence.grades", "evidence.all"
LISTED, BY_STATE = "evidence.list", "evidence.by_state"


def page() -> None:
    """Draw the page."""
    st.title("Where do the numbers come from?")
    st.markdown("Every input and every effect has a card with value, range, source, year, place and grade.")
    st.caption(f"Grades. {grades_in_words()}")
    name = _which()
    found = card_list(name, *_asked(name))
    _card(found)
    _list(name, found)
    _by_state()
    state.write_card()


def _which() -> str:
    """Ask which list is looked at, and return its name: at first the one that holds the open card."""
    name = state.kept(state.SHELF, None) or shelf_of(str(state.kept(state.CARD, "")))
    state.keep(state.SHELF, name)
    choices.radio(
        "Look at", list(SHELVES), horizontal=True, key=state.showing(LISTED, name), on_change=_take_list
    )  # fmt: skip
    st.caption(SHELVES[name])
    return str(name)


def _take_list() -> None:
    state.keep_entered(state.SHELF, LISTED)
    state.keep(state.CARD, None)


def _asked(name: str) -> tuple[list[str], str]:
    """Ask for words and grades, and return the grades and the words."""
    words, grades = st.columns([3, 2])
    with words:
        st.text_input(
            "Search: all these words", key=state.showing(SEARCH, state.kept(SEARCH, "")),
            on_change=state.keep_entered, args=(SEARCH, SEARCH),
        )  # fmt: skip
    if name in GRADED:
        with grades:
            choices.multiselect(
                "Only these grades", list("ABCD"), key=state.showing(GRADE, state.kept(GRADE, [])),
                on_change=state.keep_entered, args=(GRADE, GRADE), placeholder="all grades",
            )  # fmt: skip
    return list(state.kept(GRADE, [])), str(state.kept(SEARCH, ""))


def _card(found: CardList) -> None:
    """Ask which card is opened, and draw it in full."""
    key = state.kept(state.CARD, None)
    if found.keys:
        choices.selectbox(
            "Open one in full", list(found.keys), index=None, format_func=lambda one: found.keys[one],
            key=state.showing("evidence.card", key if key in found.keys else None), on_change=state.keep_entered,
            args=(state.CARD, "evidence.card"), placeholder="choose one, or type to find it",
        )  # fmt: skip
    if key is not None:
        with st.container(border=True):
            card(str(key))


def _list(name: str, found: CardList) -> None:
    """Draw the list, at first its beginning."""
    st.header(name)
    if not found.rows:
        st.info("Nothing here has all these words and one of these grades. Try fewer words.")
        return
    rows = found.rows if state.kept(ALL, False) else found.rows[:FEW]
    st.markdown(f"{len(rows):,} of {len(found.rows):,}")
    shown.table(found.headings, [[plain(cell) for cell in row] for row in rows], f"{name}, as a table")
    if len(found.rows) > FEW:
        st.toggle(
            f"Show all {len(found.rows):,}", key=state.showing("evidence.every", state.kept(ALL, False)),
            on_change=state.keep_entered, args=(ALL, "evidence.every"),
        )  # fmt: skip


def _by_state() -> None:
    """Draw where every state stands in a number that scenarios take from their state."""
    st.header("Where does your state stand?")
    name = str(state.kept(BY_STATE, next(iter(SERIES))))
    choices.selectbox(
        "What a scenario takes from its state", list(SERIES), format_func=lambda one: SERIES[one].title,
        key=state.showing("evidence.state", name), on_change=state.keep_entered, args=(BY_STATE, "evidence.state"),
    )  # fmt: skip
    shown.draw(by_state_view(name, DARK if state.dark() else LIGHT))


if __name__ == "__main__":
    page()
