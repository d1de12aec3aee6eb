"""What differs, one line a difference."""

from __future__ import annotations

from typing import Any

import pytest

from sim.questions.compare.text import LONGEST, change_in_words
from sim.scenario.differences import Difference
from sim.takeaway.private import change_told
from sim.words.inputs import change_in_plain_words


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        (24.0, 26.0, None, "x: 24.0 → 26.0"),
        (24.0, 26.0, "2029-01", "x: 24.0 → 26.0, from 2029-01"),
        (26.0, 26.0, "2030-01", "x: 26.0 in both, from 2030-01"),
        (None, True, None, "x: true (not in the base)"),
        ({"kind": "grant"}, None, None, "x: left out"),
        ("no", "yes", None, "x: no → yes"),
        (["a"], ["a", "b"], None, "x: [a] → [a, b]"),
        (None, {"a": {"b": 1, "c": [{"d": 2}]}}, None, "x: a.b 1; a.c [d 2] (not in the base)"),
    ],
)
def test_a_difference_is_said_in_one_line(before: Any, after: Any, at: str | None, words: str) -> None:
    assert change_in_words(Difference("x", before, after, at)) == words


@pytest.mark.parametrize(
    ("before", "until", "after", "words", "plain"),
    [
        (0.6, 0.9, 0.5, "x: 0.9 → 0.5 (0.6 in the base), from 2028-10", "0.5 instead of 0.9, from October 2028, where"),
        (0.65, 0.6, 0.6, "x: 0.6 (0.65 in the base), from 2028-10", "0.6, from October 2028, where the base has 0.65"),
        (0.6, 0.6, 0.5, "x: 0.6 → 0.5, from 2028-10", "X: 0.5 instead of 0.6, from October 2028"),
        (0.6, 0.9, 0.6, "x: 0.6 in both, from 2028-10", "X: 0.6 in both, from October 2028"),
        (None, 0.9, 0.5, "x: 0.9 → 0.5 (not in the base), from 2028-10", "not have: 0.5 instead of 0.9, from October"),
    ],
)
def test_a_dated_change_after_another_begins_from_what_was_in_force(
    before: Any, until: Any, after: Any, words: str, plain: str
) -> None:
    change = Difference("x", before, after, "2028-10", until)
    assert change_in_words(change) == words
    assert plain in change_in_plain_words(change)
    assert change_told(change) == change_in_plain_words(change)


def test_a_long_value_is_cut() -> None:
    assert len(change_in_words(Difference("x", None, "word " * 200, None))) < LONGEST + 30
