"""Follow a study on the page: how far it is, stop and go on, and what it has found so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from sim.ui import state
from sim.ui.answers.job_status import THERE, WORKING, Deeds, Standing, bar, watched
from sim.ui.server import shared as server
from sim.ui.server.drawing_limit import rest
from sim.ui.server.limits import limits, too_long
from sim.ui.server.searches import Found, Searches, Study
from sim.ui.texts import plain

Shown = Callable[[Any], None]


@dataclass(frozen=True)
class Studied:
    """Name a study, and say about how many seconds of work of one process it takes.

    `place` tells it from another study on the same page: both may run at the same time, each with its own buttons.
    `patience` is how many seconds the page waits for it before it says that it takes longer.
    """

    place: str
    key: str
    study: Study
    seconds: float
    patience: float = 0.0


def follow_study(one: Studied, shown: Shown, searches: Searches | None = None) -> None:
    """Go through a study as far as it is not there yet, and show what is found, again and again while it grows.

    Args:
        one: the study.
        shown: draws what is found.
        searches: where it is kept; left out, with those of the other pages.
    """
    searches = searches or server.searches()
    refused = too_long(one.seconds, limits())
    if refused:
        st.error(plain(refused))
        return
    question, asked = state.question(), _found(one, searches)
    if asked.running and one.patience:
        with rest():
            asked = searches.waited(one.key, one.patience)

    def look() -> None:
        if state.question() != question:
            return  # another question has come meanwhile, and a run of the whole page with it
        found = _found(one, searches)
        bar(_standing(found, one.key), _deeds(one, searches), one.place)
        if found.latest is not None:
            shown(found.latest)
        if asked.running and not found.running:
            st.rerun()  # once more without looking again every half second

    with st.container():  # of its own: Streamlit knows a part that is drawn again by its function and its container
        watched(asked.running, look)


def _found(one: Studied, searches: Searches) -> Found:
    """Return how far a study is, and keep it going unless the visitor has stopped it."""
    if state.stopped(one.key) is not None:
        return replace(searches.found(one.key), running=False)
    return searches.ask(one.key, one.study, _visitor(one))


def _visitor(one: Studied) -> str:
    """Return who waits: at one place of a page a visitor waits for one study, at two for both."""
    return f"{state.visitor()} {one.place}"


def _standing(found: Found, key: str) -> Standing:
    told = found.told or "First results in a moment …"
    stopped = "" if found.whole else f"Stopped: {found.told or 'nothing yet'}. What is found is kept."
    heard = WORKING if found.running else "" if stopped or found.fault else THERE
    return Standing(found.share, told, found.running, stopped, found.fault, found.seconds_left, key, heard)


def _deeds(one: Studied, searches: Searches) -> Deeds:
    return Deeds(
        stop=partial(_stop, one, searches),
        go_on=partial(state.go_on, one.key),
        again=partial(searches.again, one.key),
    )


def _stop(one: Studied, searches: Searches) -> None:
    state.stop(one.key, 0)
    searches.leave(_visitor(one))
