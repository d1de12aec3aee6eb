"""Change alternatives right beside the answer: a few inputs at hand, the rest on the page Build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from sim.scenario.describe import NUMBERS
from sim.scenario.patch import leaves
from sim.ui import choices, navigation, state
from sim.ui.addresses import Path, inner, prefix
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import draw
from sim.ui.inputs.dated_rows import rows_of
from sim.ui.inputs.often import WAGE, changeable, labels
from sim.ui.question import (
    BASE,
    LETTERS,
    LONGEST_NAME,
    MOST_ALTERNATIVES,
    TITLE,
    Alternative,
    Question,
    with_alternative,
    with_name,
    with_runs,
    without_alternative,
)
from sim.ui.reading import Read
from sim.ui.texts import plain, problem_in_words
from sim.words.inputs import input_at

RUNS: Final = (100, 200, 500, 1_000, 2_000, 5_000)
AT_HAND: Final = 6
PINNED: Final = "pinned."
NEW: Final = "Also change … (type a word: COLA, match, no-show)"


def levers(question: Question, found: Read) -> None:
    """Draw the alternatives with what can be changed in them."""
    st.header("Change it")
    st.caption(f"Everything is compared with the base: {plain(found.title(BASE))}")
    for place in question.places[1:]:
        with st.container(border=True):
            _alternative(question, found, place)
    if len(question.alternatives) < MOST_ALTERNATIVES:
        st.button("Add an alternative", on_click=add, width="stretch")
    navigation.link("build", "Change everything else on Build")
    _runs(question)


def _runs(question: Question) -> None:
    offered = sorted({*RUNS, question.replications})
    choices.selectbox(
        "Runs: more of them narrow the ranges", offered, format_func=lambda runs: f"{runs:,}",
        key=state.showing("lever.runs", question.replications), on_change=_take_runs,
    )  # fmt: skip


def _take_runs() -> None:
    state.change(with_runs, state.entered("lever.runs"))


def add() -> None:
    """Add an alternative in which the wage is at hand."""
    now = state.question()
    if now is not None:
        state.ask(with_alternative(now, Alternative({})))
        place = len(now.alternatives) + 1
        state.keep(f"{PINNED}{place}", [WAGE])
        state.keep("editing", place)


def _alternative(question: Question, found: Read, place: int) -> None:
    letter = LETTERS[place - 1]
    st.markdown(f"**Alternative {letter}:** {plain(found.title(place))}")
    _name(question, place)
    board = Board(question, found, place, prefix=state.lever(), narrow=True)
    paths = list(_at_hand(question, place))
    for path in paths[:AT_HAND]:
        own = replace(board, kind="".join(prefix(path)[1:]))  # of employer
        draw(own, inner(path), _kind(own, inner(path)))
    for problem in found.errors(place):
        if problem.path not in board.shown:
            st.error(problem_in_words(problem))
    key = f"lever.more.{place}"
    others = labels(path for path in changeable(board) if path not in paths)
    choices.selectbox(
        f"Also change in alternative {letter}", list(others), index=None, format_func=lambda path: others.get(path, ""),
        placeholder=NEW,
        key=state.showing(key, None), on_change=_pin, args=(place, key), label_visibility="collapsed",
    )  # fmt: skip
    st.button(f"Remove {letter}", key=f"lever.remove.{place}", on_click=remove, args=(place,))


def _name(question: Question, place: int) -> None:
    """Ask what an alternative is to be called; left empty, what differs in it says so."""
    one, key = question.alternatives[place - 1], f"{state.lever()}.name.{place}"
    st.text_input(
        f"Name of alternative {LETTERS[place - 1]}", max_chars=LONGEST_NAME, label_visibility="collapsed",
        placeholder="Name it yourself", key=state.showing(key, str(one.tables.get(TITLE, "")) if one.named else ""),
        on_change=_take_name, args=(place, key),
    )  # fmt: skip


def _take_name(place: int, key: str) -> None:
    if not state.outdated(key):
        state.change(with_name, place, str(state.entered(key) or ""))


def _at_hand(question: Question, place: int) -> Iterator[Path]:
    """Yield the numbers that an alternative sets, and those the visitor asked for."""
    one = question.alternatives[place - 1]
    dated = [(tuple(address.split(".")), value) for _, address, value in rows_of(one.tables.get("change"))]
    said = [] if one.own else [path for path, value in (*leaves(one.tables), *dated) if _is_number(path, value)]
    pinned: list[Path] = [tuple(path) for path in state.kept(f"{PINNED}{place}", [])]
    yield from dict.fromkeys([*said, *pinned])


def _is_number(path: Path, value: Any) -> bool:
    given = input_at(inner(path))
    return given is not None and given.type in NUMBERS and isinstance(value, int | float)


def _kind(board: Board, path: Path) -> str:
    around = board.value(path[:-1])
    return str(around.get("kind", "")) if isinstance(around, dict) else ""


def _pin(place: int, key: str) -> None:
    """Put an input at hand."""
    path = state.entered(key)
    if path is not None:
        state.keep(f"{PINNED}{place}", [*state.kept(f"{PINNED}{place}", []), tuple(path)])


def remove(place: int) -> None:
    """Take an alternative away; what was at hand in those behind it moves up."""
    for at in range(place, MOST_ALTERNATIVES + 1):
        state.keep(f"{PINNED}{at}", state.kept(f"{PINNED}{at + 1}", []))
    state.keep("editing", BASE)
    state.change(without_alternative, place)
    state.renew_levers()
