"""What differs, one line a difference."""

from __future__ import annotations

from typing import Any

import pytest

from sim.questions.compare.text import LONGEST, change_in_words
from sim.scenario.differences import Difference


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


def test_a_long_value_is_cut() -> None:
    assert len(change_in_words(Difference("x", None, "word " * 200, None))) < LONGEST + 30
