"""The frame of every page: title, style, navigation, the question being asked, a message instead of a traceback."""

from __future__ import annotations

import logging
from functools import cache, partial
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sim import __version__
from sim.questions.compare.decision_html import CSS, CSS_DARK
from sim.ui import accessibility, navigation, signin, state
from sim.ui.question import with_no_list_missing
from sim.ui.reading import Read, read
from sim.ui.server import shared as server
from sim.ui.server.drawing_limit import turn
from sim.ui.texts import plain

NAME: Final = "peerstay"
PARTS: Final = Path(__file__).parent / "parts"
STEP: Final = "step.title"  # what Build keeps as the step it is at
FOLLOWING: Final = {navigation.PAGES[name][1] for name in ("compare", "money", "people")}  # they wait for numbers
FAULT: Final = (
    "Something went wrong in the program, not in your inputs. Reload the page; your question is still in its address. "
    "If it happens again, please report what you did."
)
WITH_PEOPLE: Final = (
    "Your list of people is in no link and is not written to disk: reloading this page forgets the list and keeps the "
    "rest."
)
SAME_NUMBERS: Final = "Whoever opens this link sees the same scenarios and the same numbers."
NO_PEOPLE: Final = (
    "Whoever opens this link sees the same scenarios without the list of people, and is told so. The numbers differ "
    "from yours until the list is given there too."
)
LACKS_PEOPLE: Final = (
    "A list of people belongs to this question, and no address keeps one. Until the list is given again (Build, step "
    "Place, *List of the people in post*), the numbers start from a workforce that the model makes up."
)


def run() -> None:
    """Run the page that is asked for, once it is its turn."""
    with turn():
        _run()


def _run() -> None:
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state="auto")
    allowed = signin.admitted()
    chosen = st.navigation(navigation.pages(), position="sidebar" if allowed else "hidden")
    st.html(style(dark=state.dark()))
    if not allowed:
        signin.ask()
        return
    for part in (partial(_arrive, chosen), partial(_draw, chosen), state.write_address):
        try:
            part()
        except Exception:
            logging.getLogger(__name__).exception("a page stopped")
            st.error(FAULT)


@cache
def style(*, dark: bool) -> str:
    """Lay out what Streamlit draws so that nothing is cut off: on a phone, at any zoom, on paper."""
    names = ("page", "paper", "dark") if dark else ("page", "paper")
    sheets = ((PARTS / f"{name}.css").read_text(encoding="utf-8") for name in names)
    own = "".join(f"\n<style>\n{sheet}</style>\n" for sheet in sheets)
    return f"{own}<style>{CSS}{CSS_DARK if dark else ''}</style>"


def _arrive(chosen: StreamlitPage) -> None:
    """Take over what the address asks, and say what is wrong with it."""
    state.turn_to(chosen.url_path)
    wrong = state.arrive()
    if wrong:
        st.error(wrong)
    asked = state.question()
    if asked is not None and asked.lacks_people and not asked.holds_people:
        st.warning(LACKS_PEOPLE)
        st.button("Go on without the list", on_click=state.change, args=(with_no_list_missing,))
    state.write_address()  # before anything is drawn: who goes back at once must find an earlier address
    if state.arrive_at_card() and chosen.url_path != navigation.PAGES["evidence"][1]:
        navigation.go("evidence", **{state.EVIDENCE: str(state.kept(state.CARD, ""))})


def _draw(chosen: StreamlitPage) -> None:
    server.jobs()  # the workers get ready while the visitor reads
    waits = chosen.url_path in FOLLOWING
    with st.sidebar:
        _scenarios()
    if waits:
        _reach(chosen.url_path)
    chosen.run()
    if not waits:
        _reach(chosen.url_path)  # such a page finds out what it goes on with
    with st.sidebar:
        _rest()


def _reach(page: str) -> None:
    if page == navigation.PAGES["build"][1]:
        step = str(state.kept(STEP, ""))
        accessibility.reach(page, step, step)
    else:
        accessibility.reach(page, " ".join(state.subject(name) or "" for name in state.STUDIES).strip())


def _scenarios() -> None:
    asked = state.question()
    if asked is not None:
        st.markdown(scenarios_in_words(read(asked)))


def _rest() -> None:
    if state.question() is not None:
        _link()
    signin.leave()
    st.caption(f"{NAME} {__version__}: projections of a model, not forecasts. Nothing leaves this server.")


def _link() -> None:
    asked, address = state.question(), state.address()
    if asked is not None and asked.holds_people:
        st.caption(WITH_PEOPLE)
    if not address:
        st.caption("This question is too long for a link: share its files from “Reproduce this”.")
    else:
        with st.popover("Share this question", width="stretch"), st.container(key="link"):
            st.caption(NO_PEOPLE if asked is not None and asked.holds_people else SAME_NUMBERS)
            st.caption("The button at its right end copies the link; it is also the address of this page.")
            st.code(address, language=None, wrap_lines=True)


def scenarios_in_words(found: Read) -> str:
    """Return base and alternatives as a list, so that they cannot be mixed up."""
    lines = [f"**Base (no new decisions)**  \n{plain(found.title(0))}"]
    for place in range(1, len(found.scenarios)):
        letter = "ABCD"[place - 1]
        lines.append(f"**Alternative {letter}**  \n{plain(found.title(place))}")
    return "\n\n".join(lines)
