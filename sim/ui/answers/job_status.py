"""How far work in the background is, and what can be done about it: stop, go on, try again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from sim.ui import accessibility
from sim.ui.server import shared as server
from sim.ui.server.drawing_limit import queued, turn
from sim.ui.texts import plain

WORKING, FIRST, THERE = "Working on the answer.", "First numbers are there; the rest follows.", "The answer is there."
MINUTE: Final = 60.0
HARDLY: Final = 1.25  # times the time told before: so much more is told as the same
FURTHER_SECONDS: Final = 5.0  # between looks at what is further down, at least: most runs are over before
FURTHER_TIMES: Final = 4  # as long as between others: charts and tables take longest


@dataclass(frozen=True)
class Standing:
    """How far work is; `stopped` is told when it rests before its end, `work` tells it from other work.

    `heard` is what a screen reader says of it: the same words while nothing new has come that is worth an interruption.
    """

    share: float
    told: str
    running: bool
    stopped: str = ""
    fault: str = ""
    seconds_left: float | None = None
    work: str = ""
    heard: str = ""


@dataclass(frozen=True)
class Deeds:
    """What can be done about work in the background."""

    stop: Callable[[], None]
    go_on: Callable[[], None]
    again: Callable[[], None]


def bar(one: Standing, deeds: Deeds, place: str) -> None:
    """Draw how far work is; `place` tells its buttons from those of other work on the same page."""
    accessibility.announce(one.heard)  # faults and what is stopped stand in boxes that a screen reader says by itself
    if one.fault:
        st.error(plain(one.fault))
        st.button("Try again", key=f"{place}.again", on_click=deeds.again)
    elif one.running:
        told, button = st.columns([4, 1], vertical_alignment="center")
        with told:
            st.progress(min(1.0, one.share), text=plain(_with_time(one, place)))
        with button:
            st.button("Stop", key=f"{place}.stop", on_click=deeds.stop, width="stretch")
    elif one.stopped:
        told, button = st.columns([4, 1], vertical_alignment="center")
        with told:
            st.info(one.stopped)
        with button:
            st.button("Go on", key=f"{place}.go_on", on_click=deeds.go_on, width="stretch")


def watched(running: bool, look: Callable[[], None], *, further: bool = False) -> None:  # running as the work says it
    """Draw what a function draws, again and again while work is running; what is further down not so often.

    Work at rest is drawn in a part of the same name and at the same place: a button pressed just as it came to rest
    finds what answers it, and nothing stands there twice.
    """
    drawn = [] if running else [True]  # once, with the page

    def looked() -> None:
        if drawn:
            drawn.clear()
            look()
            return
        with turn():
            look()  # a button pressed in it is answered here, and nowhere else
        if not running:
            st.rerun()

    pace = server.pool().pace(queued())  # it stays, so the first of a crowd count those who come
    if further:
        pace = max(FURTHER_SECONDS, FURTHER_TIMES * pace)
    st.fragment(looked, run_every=pace if running else None)()


def time_in_words(seconds: float) -> str:
    """Return about how long something takes."""
    return f"{max(1, round(seconds))} s" if seconds < 2 * MINUTE else f"{round(seconds / MINUTE)} min"


def never_more(told: float | None, now: float) -> float | None:
    """Return how long to say that the rest takes, after what was told before: no longer, and nothing where it grew."""
    if told is None or now <= told:
        return now
    return told if now <= HARDLY * told else None


def _with_time(one: Standing, place: str) -> str:
    if one.seconds_left is None:
        return one.told
    name = f"{place}.left"
    work, before = st.session_state.get(name, ("", None))
    left = never_more(before if work == one.work else None, one.seconds_left)
    if left is None:
        return one.told
    st.session_state[name] = one.work, left
    return f"{one.told} · about {time_in_words(left)} left"
