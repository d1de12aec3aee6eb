"""What is said about the number of runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.runs.precision import Enough, Precision, Width
from sim.words.precision import half_in_words, precision_lines, precision_shape, why
from tests.answers import answer, raised

CASH = Precision("cash_end_usd", 0.05, of_mean=True)
RATE = Precision("separations_per_100_posts_year", 0.25)
DONE = Enough((RATE,), 340, 357, 2000, reached=True, widths=(Width(RATE, 1, 0.248, 0.25),))
CAPPED = Enough((RATE, CASH), 5, 5, 5, reached=False, widths=(Width(RATE, 1, 0.5, 0.25), Width(CASH, 1, None, 16_000)))


def lines(enough: Enough) -> str:
    return " ".join(precision_lines(replace(answer(raised()), enough=enough)).split())


def test_nothing_is_said_when_nothing_was_asked() -> None:
    assert precision_lines(answer()) == ""
    assert precision_shape(answer()) == {}


def test_why_it_stopped() -> None:
    assert why(DONE) == "Every interval is narrow enough at n = 340 (and stayed so to 357)."
    assert why(CAPPED) == "Cap of 5 reached before every interval was narrow enough."
    assert "has not been so for long enough" in why(replace(CAPPED, widths=DONE.widths))


def test_each_interval_is_told_beside_the_wish() -> None:
    assert "Separations per 100 filled posts, difference from the base: ± 0.248, target 0.25" in lines(DONE)
    told = lines(CAPPED)
    assert "still ± 0.5, target 0.25; about 21 runs would be enough (--most)" in told
    assert (
        "Cash at the end, difference from the base: still not known yet, target $16,000, 5 % of the base's mean" in told
    )


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (0.0199, "share", "1.99 points"),
        (17_520.0, "USD", "$17,500"),
        (0.123, "USD/hour", "$0.123"),
        (12_345.0, "client-hours a year", "12,300"),
        (0.4962, "peers", "0.496"),
    ],
)
def test_half_a_width_has_its_unit_and_three_digits(number: float, unit: str, text: str) -> None:
    assert half_in_words(number, unit) == text
