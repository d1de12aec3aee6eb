"""Compare any two alternatives with one another: the same runs, the same random numbers, the words of the answer."""

from __future__ import annotations

from itertools import permutations
from typing import Final

import streamlit as st

from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.three_numbers import three_numbers
from sim.results.measures.table import measure_of
from sim.runs.against import Pair
from sim.ui import choices, state
from sim.ui.answers import answer as shown
from sim.ui.question import called, file_name, inside
from sim.ui.server.results import Result
from sim.ui.texts import bullets, plain
from sim.words.inputs import change_in_plain_words
from sim.words.numbers import value
from sim.words.sentences import how_to_read_pairs, pair_sentence, unseen_in_words
from sim.words.stand_in import told_label

PAIR: Final = "pair"
FIRST_SHOWN: Final = (2, 1)  # B compared with A
Places = tuple[int, int]  # of what is compared, and of what it is compared with


def any_two(result: Result) -> None:
    """Ask which two alternatives are compared, and show what changes between them."""
    answer = result.answer
    pairs = list(permutations(range(1, len(answer.cases)), 2))
    chosen = tuple(state.kept(PAIR, FIRST_SHOWN))
    choices.selectbox(
        "Which two", pairs, format_func=in_words, on_change=state.keep_entered, args=(PAIR, "pairs.which"),
        key=state.showing("pairs.which", chosen if chosen in pairs else FIRST_SHOWN),
    )  # fmt: skip
    second, first = state.entered("pairs.which")
    pair = result.pair(first, second)
    st.markdown(f"**{in_words((second, first))}.** {plain(pair_sentence(pair))}")
    if not pair.second.changes_nothing:
        shown.numbers(three_numbers(pair.second, called(first)))
        _what_changed(pair, first, second)
    lines = [change_in_plain_words(change, called(first)) for change in pair.second.changes]
    differs = bullets(shown.shortened(lines) or ["nothing: the scenarios mean the same"])
    st.markdown(f"**What differs in {inside(second)} from {inside(first)}**\n\n{differs}")
    st.caption(plain(f"{how_to_read_pairs(pair)} On the command line: --against {file_name(first)}."))


def in_words(places: Places) -> str:
    """Return which alternative is compared with which."""
    return f"{called(places[0])} compared with {inside(places[1])}"


def _what_changed(pair: Pair, first: int, second: int) -> None:
    keys = picked(pair)
    if keys:
        heading = ("Measure", called(first), called(second), in_words((second, first)))
        rows = [_row(key, pair) for key in keys]
        shown.table(heading, rows, f"Measures that changed most, {in_words((second, first))}")
    unseen = unseen_in_words(undetected(pair, keys), pair.answer)
    if unseen:
        st.markdown(plain(unseen))


def _row(key: str, pair: Pair) -> list[str]:
    compared, unit = pair.second.measures[key], measure_of(key).unit
    sides = (value(one.mean, unit) for one in (compared.base, compared.alternative))
    label = told_label(key, [case.loaded for case in pair.answer.cases])
    return [plain(cell) for cell in (label, *sides, shown.difference_in_words(key, pair.second))]
