"""The figure of a brief: labeled lines, the same picture every time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.takeaway.figure import alternative_text, caption, figure_bytes, lowest_of_quarters, spread
from sim.takeaway.monthly import month_ends
from tests.takeaway.hand_made import answer, better, granted, paths


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_never_touch_and_keep_their_order(wanted: list[float]) -> None:
    placed = spread(wanted, 0.06)
    assert max(placed) <= 1.0
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    gaps = np.diff([placed[number] for number in order])
    assert (gaps >= 0.06 - 1e-12).all()


def test_a_label_alone_stands_at_its_line() -> None:
    assert spread([0.4], 0.06) == [0.4]


def test_the_same_runs_give_the_same_picture() -> None:
    asked = answer(better(), granted())
    first, again = (figure_bytes(asked, paths(asked), "svg") for _ in range(2))
    assert first == again
    assert first.startswith(b"<?xml")


def test_lowest_cash_of_a_quarter_is_its_lowest_month() -> None:
    runs = np.array([[5.0, 3.0, 4.0, 9.0, 8.0]])
    assert lowest_of_quarters(runs).tolist() == [[3.0, 8.0]]


def test_the_figure_in_words_names_every_line() -> None:
    asked = answer(better(), granted())
    for words in (alternative_text(asked), caption(asked)):
        assert "Base" in words
        assert "A" in words
    assert "B = A grant" in caption(asked)
    assert "$320,000 at the end" in alternative_text(asked)


def test_months_run_from_first_to_last() -> None:
    months = list(month_ends(answer()))
    assert (months[0], months[-1], len(months)) == ("2027-07", "2032-06", 60)
