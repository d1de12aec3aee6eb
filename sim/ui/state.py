"""Keep what a visitor asks through page changes, reloads and links; session state and address are touched here only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

import streamlit as st

from sim.ui.links import LinkError, link_of, question_of
from sim.ui.question import Question

PARAMETER: Final = "q"
QUESTION, WRITTEN, VISITOR, FAULT, STOPPED = "question", "written", "visitor", "fault", "stopped"
EVIDENCE, WRITTEN_CARD, CARD, SHELF = "evidence", "written card", "card", "shelf"
STORY, SOLVE, MIX, DOUBT, MOVES = SUBJECTS = ("story", "solve", "mix", "doubt", "moves")
STUDIES: Final = (SOLVE, MIX, DOUBT, MOVES)
WRITTEN_SUBJECT: Final = "written "
REMOVALS: Final = "removals"
LAST_PAGE, TURNED = "last page", "turned"
UNSET: Final = object()
KEPT: Final = "kept."  # choices of the page itself, that are no part of the question


def arrive() -> str:
    """Take over the question in the address, unless this page wrote it; return what is wrong with the link."""
    text = st.query_params.get(PARAMETER)
    if text is not None and text != st.session_state.get(WRITTEN):
        st.session_state.pop(FAULT, None)
        try:
            st.session_state[QUESTION] = question_of(text)
        except LinkError as fault:
            st.session_state[FAULT] = str(fault)
        st.session_state[WRITTEN] = text
    return str(st.session_state.get(FAULT, ""))


def write_address() -> None:
    """Write the question into the address, so that reload, back button and link find it again."""
    asked = question()
    text = None if asked is None else link_of(asked)
    if FAULT in st.session_state and asked is None:
        return  # the broken link stays to be looked at
    if text is None:
        st.query_params.pop(PARAMETER, None)
    elif st.query_params.get(PARAMETER) != text:
        st.query_params[PARAMETER] = text
    st.session_state[WRITTEN] = text


def question() -> Question | None:
    """Return what the visitor asks."""
    found: Question | None = st.session_state.get(QUESTION)
    return found


def ask(asked: Question) -> None:
    """Take over another question."""
    st.session_state[QUESTION] = asked
    st.session_state.pop(FAULT, None)


def change(edit: Callable[..., Question], *given: Any) -> None:
    """Take over the question as an edit leaves it."""
    now = question()
    if now is not None:
        ask(edit(now, *given))


def visitor() -> str:
    """Return a name for this visitor's tab that nobody can guess."""
    if VISITOR not in st.session_state:
        st.session_state[VISITOR] = secrets.token_hex(8)
    return str(st.session_state[VISITOR])


def address() -> str:
    """Return the address of this page with the question in it."""
    asked = question()
    text = None if asked is None else link_of(asked)
    here = str(st.context.url or "").partition("?")[0]
    also = "".join(f"&{name}={quote(st.query_params[name])}" for name in SUBJECTS if name in st.query_params)
    return f"{here}?{PARAMETER}={text}{also}" if here and text else ""


def arrive_at_card() -> bool:
    """Take over the evidence card named in the address, unless this page wrote it; say whether there is one.

    An address that names none any more closes the card: the visitor went back, or to another page.
    """
    key = st.query_params.get(EVIDENCE)
    if key == st.session_state.get(WRITTEN_CARD):
        return False
    keep(CARD, key)
    st.session_state[WRITTEN_CARD] = key
    if key is not None:
        keep(SHELF, None)  # the list that holds the card is to be opened, not the one that was
    return key is not None


def write_card() -> None:
    """Write the evidence card that is open into the address."""
    key = kept(CARD, None)
    if key is None:
        st.query_params.pop(EVIDENCE, None)
    elif st.query_params.get(EVIDENCE) != key:
        st.query_params[EVIDENCE] = key
    st.session_state[WRITTEN_CARD] = key


def turn_to(path: str) -> None:
    """Note which page is drawn, and whether it is another one than before."""
    st.session_state[TURNED] = path != st.session_state.get(LAST_PAGE, path)
    st.session_state[LAST_PAGE] = path


def subject(name: str) -> str | None:
    """Return what a page looks at, as its address says it: which position's story, which search."""
    found: str | None = kept(name, None)
    return found


def look_at(name: str, text: str | None) -> None:
    """Look at something else on a page."""
    keep(name, text)


def arrive_at(name: str) -> None:
    """Take over what the address names, unless this page wrote it.

    Who comes from another page finds what was looked at last; who goes back to an address that names nothing, nothing.
    """
    text = st.query_params.get(name)
    if text != st.session_state.get(WRITTEN_SUBJECT + name) and not (text is None and st.session_state.get(TURNED)):
        keep(name, text)


def write(name: str) -> None:
    """Write what is looked at into the address."""
    text = subject(name)
    if text is not None and st.query_params.get(name) != text:
        st.query_params[name] = text
    st.session_state[WRITTEN_SUBJECT + name] = text


def story() -> str | None:
    """Return whose story is looked at, as the address says it."""
    return subject(STORY)


def tell_of(text: str) -> None:
    """Look at another person's story."""
    look_at(STORY, text)


def arrive_at_story() -> None:
    """Take over the person named in the address."""
    arrive_at(STORY)


def write_story() -> None:
    """Write whose story is looked at into the address."""
    write(STORY)


def dark() -> bool:
    """Whether the page is dark."""
    return st.context.theme.type == "dark"


# runs ------------------------------------------------------------------------------------------------------------


def stopped(key: str) -> int | None:
    """Return at how many replications the visitor stopped a run."""
    found: dict[str, int] = st.session_state.get(STOPPED, {})
    return found.get(key)


def stop(key: str, replications: int) -> None:
    """Note that the visitor stopped a run."""
    st.session_state[STOPPED] = {**st.session_state.get(STOPPED, {}), key: replications}


def go_on(key: str) -> None:
    """Forget that the visitor stopped a run."""
    st.session_state[STOPPED] = {name: at for name, at in st.session_state.get(STOPPED, {}).items() if name != key}


# widgets ---------------------------------------------------------------------------------------------------------


def showing(key: str, value: Any) -> str:
    """Set the value that the widget of this key shows, whatever it showed before, and return the key.

    What shows it already is left alone: to set it again would take from a visitor what is being typed there meanwhile.
    """
    now = st.session_state.get(key, UNSET)
    if type(now) is not type(value) or now != value:
        st.session_state[key] = value
    return key


def entered(key: str) -> Any:
    """Return what a widget shows now."""
    return st.session_state.get(key)


def lever() -> str:
    """Return what the names of controls beside the answer begin with; anew once an alternative is removed."""
    return f"lever{kept(REMOVALS, 0)}"


def renew_levers() -> None:
    """Have controls beside the answer begin anew: what they said was about other alternatives."""
    keep(REMOVALS, int(kept(REMOVALS, 0)) + 1)


def outdated(key: str) -> bool:
    """Whether a control beside the answer is of the alternatives before one was removed."""
    parts = key.split(".")
    return any(part.startswith("lever") and part[len("lever") :].isdecimal() and part != lever() for part in parts)


def kept(name: str, otherwise: Any) -> Any:
    """Return a choice of the page itself, which outlives its widget."""
    return st.session_state.get(KEPT + name, otherwise)


def keep(name: str, value: Any) -> None:
    """Keep a choice of the page itself."""
    st.session_state[KEPT + name] = value


def keep_entered(name: str, key: str) -> None:
    """Keep what a widget shows now as a choice of the page itself."""
    keep(name, entered(key))
