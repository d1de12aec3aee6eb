"""Follow a run on the page: how far it is, stop and go on, and what it says so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from sim.results.measures.table import measure_of
from sim.ui import state
from sim.ui.answers.job_status import FIRST, THERE, WORKING, Deeds, Standing, bar, watched
from sim.ui.question import LETTERS, Question
from sim.ui.reading import Read
from sim.ui.server import shared as server
from sim.ui.server.drawing_limit import rest
from sim.ui.server.jobs import Progress
from sim.ui.server.limits import limits, too_much
from sim.ui.server.results import FEWEST, Result
from sim.ui.texts import plain
from sim.words.differences import words_for
from sim.words.layout import counted
from sim.words.numbers import value
from sim.words.ranges import ends_in_words
from sim.words.sentences import run_sentence, sentence_beside

WATCHED: Final = "retention_12_months"  # whose interval is shown as it narrows
SLICES: Final = 15  # between two looks: how often whoever waits for first numbers sees whether something was clicked
Shown = Callable[[Result], None]


def follow(question: Question, found: Read, shown: Shown, *, further: bool = False) -> None:
    """Run what is asked as far as it is not there yet, and show what is there, again and again while it grows.

    Until the first numbers of another question are there, the page is not drawn on: what stood there stays, dimmed.

    Args:
        question: what is asked.
        found: its scenarios.
        shown: draws a result.
        further: more of a run that is followed already on this page: how far it is, or why not, is not said again, and
            it grows less often.
    """
    scenarios = [one.scenario for one in found.sound]
    refused = list(too_much(scenarios, question.replications, limits()))
    if refused:
        for why in refused if not further else ():
            st.error(plain(why))
        return

    asked = _progress(question, found)

    def look() -> None:
        if state.question() != question:
            return  # another question has come meanwhile, and a run of the whole page with it
        progress = _progress(question, found)
        if not further:
            bar(_standing(question, found, progress), _deeds(found, progress), "run")
            progress = _first(question, found, progress)
        if progress.done >= FEWEST:
            shown(server.result(found, question.seed, progress.done))
        if asked.running and not progress.running:
            st.rerun()  # once more without looking again every half second

    watched(asked.running, look, further=further)


def _first(question: Question, found: Read, progress: Progress) -> Progress:
    """Wait for the first numbers; whoever changes something meanwhile is not kept waiting."""
    while progress.running and progress.done < FEWEST:
        with rest():
            server.jobs().waited(found.key, FEWEST, server.pool().pace() / SLICES)
        progress = _progress(question, found)  # looks at the session, where Streamlit takes up what was clicked
    return progress


def _progress(question: Question, found: Read) -> Progress:
    """Return how far the run is, and keep it going unless the visitor has stopped it."""
    jobs, at = server.jobs(), state.stopped(found.key)
    if at is not None:
        return Progress(jobs.progress(found.key, at).done, question.replications, running=False)
    return jobs.ask(found, question.seed, question.replications, state.visitor())


def _standing(question: Question, found: Read, progress: Progress) -> Standing:
    told = progress_in_words(question, found, progress) if progress.running else ""
    short = progress.done < progress.asked
    stopped = (
        f"Stopped at {progress.done:,} of {counted(progress.asked, 'run')}. What is finished is kept." if short else ""
    )
    share, left = progress.done / progress.asked, progress.seconds_left
    work = f"{found.key} {progress.asked}"
    heard = _heard(question, found, progress)
    return Standing(share, told, progress.running, stopped, progress.fault, left, work, heard)


def _heard(question: Question, found: Read, progress: Progress) -> str:
    """Return what a screen reader says of a run; of one that was stopped, nothing."""
    if progress.running:
        return WORKING if progress.done < FEWEST else FIRST
    if progress.done < progress.asked or progress.fault:
        return ""
    answer = server.result(found, question.seed, progress.done).answer
    told = [
        f"Alternative {letter}: {sentence_beside(one, answer)}"
        for letter, one in zip(LETTERS, answer.alternatives, strict=False)
    ]
    return " ".join([THERE, *(told or [run_sentence(answer.base)])])


def _deeds(found: Read, progress: Progress) -> Deeds:
    return Deeds(
        stop=partial(_stop, found.key, progress.asked),
        go_on=partial(state.go_on, found.key),
        again=partial(_again, found.key),
    )


def progress_in_words(question: Question, found: Read, progress: Progress) -> str:
    """Return how many runs there are, and how wide the range of one number still is."""
    if progress.done < FEWEST:
        return "First numbers in a moment …"
    told = f"{progress.done:,} of {counted(progress.asked, 'run')}"
    answer = server.result(found, question.seed, progress.done).answer
    if answer.alternatives:
        one = answer.alternatives[0].measures[WATCHED].told
        inside = ends_in_words(one, measure_of(WATCHED).unit, words_for(WATCHED))
        told += f" · retention of people hired, alternative A against the base: {inside}" if inside else ""
    else:
        there = value(answer.base.measures[WATCHED].mean, measure_of(WATCHED).unit)
        told += f" · newcomers kept 12 months: {there}"
    return told


def _stop(key: str, asked: int) -> None:
    """Stop at what is finished by now, which may be more than when the button was drawn."""
    state.stop(key, server.jobs().progress(key, asked).done)
    server.jobs().leave(state.visitor())


def _again(key: str) -> None:
    server.jobs().again(key)
