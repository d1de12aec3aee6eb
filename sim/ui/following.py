"""Follow a run on the page: how far it is, stop and go on, and what it says so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from sim.report.numbers import span, value
from sim.results.measures import measure_of
from sim.scenario.schema import Scenario
from sim.ui import server, state
from sim.ui.jobs import Progress
from sim.ui.limits import limits, too_much
from sim.ui.question import Question
from sim.ui.reading import Read
from sim.ui.results import FEWEST, Result
from sim.ui.texts import plain

LOOK_SECONDS: Final = 0.5
MINUTE: Final = 60.0
WATCHED: Final = "separations_per_100_posts_year"  # whose interval is shown as it narrows
Shown = Callable[[Result], None]


def follow(question: Question, found: Read, shown: Shown) -> None:
    """Run what is asked as far as it is not there yet, and show what is there, again and again while it grows."""
    scenarios = [one.scenario for one in found.sound]
    refused = list(too_much(scenarios, question.replications, limits()))
    if refused:
        for why in refused:
            st.error(plain(why))
        return

    def look() -> None:
        if state.question() != question:
            return  # another question has come meanwhile, and a run of the whole page with it
        progress = _progress(question, found, scenarios)
        _bar(question, found, progress)
        if progress.done >= FEWEST:
            shown(server.result(found, question.seed, progress.done))
        if asked.running and not progress.running:
            st.rerun()  # once more without looking again every half second

    asked = _progress(question, found, scenarios)
    if asked.running:
        st.fragment(look, run_every=LOOK_SECONDS)()
    else:
        look()


def _progress(question: Question, found: Read, scenarios: Sequence[Scenario]) -> Progress:
    """Say how the run stands; while the visitor has not stopped it, it goes on."""
    jobs, at = server.jobs(), state.stopped(found.key)
    if at is not None:
        return Progress(jobs.progress(found.key, at).done, question.replications, running=False)
    return jobs.ask(found.key, scenarios, question.seed, question.replications, state.visitor())


def _bar(question: Question, found: Read, progress: Progress) -> None:
    """Say how far a run is, and offer what can be done about it."""
    if progress.fault:
        st.error(plain(progress.fault))
        st.button("Try again", on_click=_again, args=(found.key,))
    elif progress.running:
        told, button = st.columns([4, 1], vertical_alignment="center")
        with told:
            st.progress(progress.done / progress.asked, text=plain(progress_in_words(question, found, progress)))
        with button:
            st.button("Stop", on_click=_stop, args=(found.key, progress.done), width="stretch")
    elif progress.done < progress.asked:
        told, button = st.columns([4, 1], vertical_alignment="center")
        with told:
            st.info(f"Stopped at {progress.done:,} of {progress.asked:,} runs. What is finished is kept.")
        with button:
            st.button("Go on", on_click=state.go_on, args=(found.key,), width="stretch")


def progress_in_words(question: Question, found: Read, progress: Progress) -> str:
    """Return how many runs there are, how wide the range of one number still is, and how long the rest takes."""
    if progress.done < FEWEST:
        return "First numbers in a moment …"
    told = f"{progress.done:,} of {progress.asked:,} runs"
    answer = server.result(found, question.seed, progress.done).answer
    if answer.alternatives:
        one = answer.alternatives[0].measures[WATCHED].difference
        inside = span(one, measure_of(WATCHED).unit, signed=True)
        told += f" · people leaving, alternative A against the base: {inside}" if inside else ""
    else:
        told += f" · people leaving: {value(answer.base.measures[WATCHED].mean, measure_of(WATCHED).unit)}"
    left = progress.seconds_left
    return told if left is None else f"{told} · about {_time(left)} left"


def _time(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 2 * MINUTE else f"{round(seconds / MINUTE)} min"


def _stop(key: str, replications: int) -> None:
    state.stop(key, replications)
    server.jobs().leave(state.visitor())


def _again(key: str) -> None:
    server.jobs().again(key)
