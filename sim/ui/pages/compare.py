"""Compare: what alternatives change against the base."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.results.on_paper.break_even import break_even
from sim.runs.answer import Answer
from sim.scenario.timeline import plans
from sim.ui import navigation, state
from sim.ui.answers import answer as shown
from sim.ui.answers import household, money, notebook, takeaway
from sim.ui.answers.pairs import any_two
from sim.ui.answers.run_progress import follow
from sim.ui.inputs.controls import problem_in_words
from sim.ui.inputs.levers import levers
from sim.ui.question import BASE, Question, called
from sim.ui.reading import Read, read
from sim.ui.server.results import Result
from sim.ui.texts import plain
from sim.words.break_even import break_even_sentence
from sim.words.earnings.household import TITLE, reached
from sim.words.layout import listed

BESIDE: Final = "beside"  # sim/ui/style.py keeps it in sight
MOST: Final = "What else changed most"
NUMBERS: Final = "The numbers"
AWAY: Final = "Take it away"


def page() -> None:
    """Draw the page."""
    st.title("What changes?")
    question = state.question()
    if question is None:
        st.info("Nothing is open yet. Choose an example on Start, or describe your organization on Build.")
        navigation.link("start", "Go to Start")
        return
    found = read(question)
    st.markdown(f"Base, if nothing new is decided: **{plain(found.title(BASE))}** · [change it](#change-it)")
    answer, change = st.columns([5, 3], gap="medium")
    with change, st.container(key=BESIDE if len(question.alternatives) == 1 else None):
        levers(question, found)
    with answer:  # drawn last: it waits for the first numbers
        _answer(question, found)
    if found.key:
        follow(question, found, lambda result: _further(question, found, result), further=True)


def _answer(question: Question, found: Read) -> None:
    if found.key:
        follow(question, found, lambda result: _shown(found, result))
        return
    wrong = [place for place in question.places if found.errors(place)]
    st.error(f"There is no answer until this is mended in {listed([called(place) for place in wrong])}:")
    for place in wrong:
        for problem in found.errors(place):
            st.markdown(f"- {called(place)}: {problem_in_words(problem)}")
    navigation.link("build", "Mend it on Build")


def _shown(found: Read, result: Result) -> None:
    """Draw what stands beside the inputs that are changed: the answer. On a phone they come before every chart."""
    st.header("The answer")
    shown.answer_first(found, result)
    shown.to_check(found)
    shown.reading(result.answer)
    changed = MOST if result.answer.alternatives else NUMBERS
    ways = [] if result.answer.leaks else [AWAY]
    onward = [f"[{one}]({_anchor(one)})" for one in (changed, *ways)]
    charts = [] if result.answer.leaks else [f"[{one}](#{anchor})" for anchor, one in money.ANCHORS.items()]
    st.markdown(f"Further down: {' · '.join([*(charts if result.answer.alternatives else charts[1:]), *onward])}")


def _further(question: Question, found: Read, result: Result) -> None:
    """Draw the rest across the page, where charts and tables have room."""
    st.header("Month by month")
    shown.chart(found, result)
    if not result.answer.leaks:
        money.charts(found, result)
    st.header(MOST if result.answer.alternatives else NUMBERS)
    shown.what_changed(result.answer, besides=True)
    shown.find_out(found, result)
    if result.answer.alternatives:
        st.header("What differs from the base")
        shown.what_differs(result.answer)
    if len(result.answer.alternatives) > 1 and not result.answer.leaks:
        st.header("Any two alternatives")
        any_two(result)
    _household(result.answer)
    _break_even(found)
    with st.expander("Assumptions used, with their grades", icon=":material/rule:"):
        shown.rests_on(result)
    if not result.answer.leaks:  # a worthless answer is not handed out
        st.header(AWAY)
        takeaway.exports(question, found, result)
        notebook.adding(result)
    with st.expander("Reproduce this", icon=":material/replay:"):
        takeaway.reproduce(question, found, result)


def _anchor(heading: str) -> str:
    """Return where a heading of this page is found."""
    return f"#{heading.lower().replace(' ', '-')}"


def _household(answer: Answer) -> None:
    """Write what of a changed entry wage reaches households."""
    if any(reached(one, answer) for one in answer.alternatives):
        st.header(TITLE)
        household.drawn(answer)


def _break_even(found: Read) -> None:
    """Write what billing can carry in the base."""
    organization = plans(found.sound[BASE].scenario)[0].epochs[0][1]
    start = break_even(organization)
    if start is not None:
        st.header("Break-even in the base")
        st.markdown(plain(break_even_sentence(start, organization)))


if __name__ == "__main__":
    page()
