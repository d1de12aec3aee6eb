"""Controls that the search pages share: the starting scenario, the range of an input, opening what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from sim.questions.solve.levers import Choice
from sim.scenario.patch import split
from sim.ui import choices, navigation, state
from sim.ui.inputs.fields import Field
from sim.ui.question import BASE, MOST_ALTERNATIVES, Alternative, Question, called, with_alternative, with_input
from sim.ui.reading import Read

Ends = tuple[float, float]


def starting_from(place: int, found: Read, key: str, changed: Callable[[int], None]) -> None:
    """Ask which scenario a question starts from, if there are several."""
    if len(found.sound) > 1:
        choices.selectbox(
            "Starting from", range(len(found.sound)), format_func=lambda at: f"{called(at)}: {found.title(at)}",
            key=state.showing(key, place), on_change=_take, args=(key, lambda entered: changed(int(entered))),
        )  # fmt: skip


def between(ends: Ends, field: Field, key: str, changed: Callable[[Ends], None]) -> None:
    """Ask between which values an input may be."""
    low, high = ends

    def take_low(entered: Any) -> None:
        changed((float(field.meant(entered)), high))

    def take_high(entered: Any) -> None:
        changed((low, float(field.meant(entered))))

    both = (("From", low, take_low), ("To", high, take_high))
    for column, (label, end, take) in zip(st.columns(2), both, strict=True):
        own = f"{key}.{label}"
        with column:
            st.number_input(
                f"{label}: {field.label}", value=None, step=field.step, format="%.10g",
                key=state.showing(own, float(field.shown(end))), on_change=_take, args=(own, take),
            )  # fmt: skip


def _take(key: str, changed: Callable[[Any], None]) -> None:
    entered = state.entered(key)
    if entered is not None:
        changed(entered)


def room_for_more(question: Question) -> bool:
    """Whether one more alternative can be opened."""
    return len(question.alternatives) < MOST_ALTERNATIVES


def open_on_compare(question: Question, place: int, found: Choice) -> None:
    """Open what was found as an alternative: a scenario with some inputs set."""
    like = Alternative({}) if place == BASE else question.alternatives[place - 1]
    grown = with_alternative(question, like)
    for path, value in found:
        grown = with_input(grown, len(grown.alternatives), tuple(map(str, split(path))), value)
    state.ask(grown)
    navigation.go("compare")
