"""Numbers as people read them."""

import pytest

from sim.report.numbers import bound, range_in_words, short, size_in_words, span, value
from sim.results.measures import MEASURES
from sim.results.summary import Estimate

SD, SCORE, RATE = "SD of the reference workforce", "points from 1 to 5", "per 100 filled posts a year"


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (1_234_567.0, "USD", "$1,230,000"),
        (-26_051.8, "USD a year", "−$26,100"),
        (412.4, "USD", "$412"),
        (24.0, "USD/hour", "$24.00"),
        (0.58909, "share", "58.9 %"),
        (0.0004, "share", "0.0 %"),
        (-0.0004, "share", "0.0 %"),
        (4.13, "people a year", "4.1"),
        (48_309.0, "client-hours a year", "48,300"),
        (-0.047, SD, "−0.05 SD"),
        (3.3988, SCORE, "3.40"),
        (31.86, RATE, "31.9"),
        (0.7992, "ratio", "0.80"),
        (1.61, "months of payroll", "1.6 months"),
        (36.9, "months", "36.9 months"),
        (None, "share", "–"),
    ],
)
def test_a_number_has_sensible_digits_and_its_unit(number: float | None, unit: str, text: str) -> None:
    assert value(number, unit) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0.123, "share", "+12.3 points"), (-4.1, RATE, "−4.1"), (0.0, "USD", "$0"), (12_300.0, "USD", "+$12,300")],
)
def test_a_difference_shows_its_sign_and_shares_differ_by_points(number: float, unit: str, text: str) -> None:
    assert value(number, unit, signed=True) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (3_416_869.0, "USD", "$3.42m"),
        (3_400_000.0, "USD", "$3.40m"),
        (123_456_789.0, "USD", "$123m"),
        (999_999.0, "USD", "$1.00m"),
        (-5_140_000_000.0, "USD", "−$5.14bn"),
        (-212_298.0, "USD a year", "−$212k"),
        (9_999.0, "USD", "$10,000"),
        (70.73, "USD/hour", "$70.73"),
        (0.123, "share", "12.3 %"),
        (None, "USD", "–"),
    ],
)
def test_in_tables_dollars_are_short(number: float | None, unit: str, text: str) -> None:
    assert short(number, unit) == text


def test_a_range_names_its_unit_once() -> None:
    assert span(Estimate(0.1, 0.08, 0.12, 9), "share") == "8.0 to 12.0 %"
    assert span(Estimate(1.6, 1.5, 1.7, 9), "months of payroll") == "1.5 to 1.7 months"
    assert span(Estimate(5e5, 4e5, 6e5, 9), "USD") == "$400,000 to $600,000"
    assert span(Estimate(1.0, None, None, 1), "USD") == ""


def test_the_size_of_a_difference_has_no_sign() -> None:
    fall = Estimate(-0.052, -0.061, -0.043, 200)
    assert size_in_words(MEASURES["vacancy_rate"], fall) == "5.2 points"
    assert range_in_words(MEASURES["vacancy_rate"], fall) == "4.3 to 6.1"
    cash = Estimate(-212_000.0, -236_000.0, -188_000.0, 200)
    assert size_in_words(MEASURES["cash_end_usd"], cash) == "$212,000"
    assert range_in_words(MEASURES["cash_end_usd"], cash) == "$188,000 to $236,000"
    one = Estimate(None, None, None, 0)
    assert (size_in_words(MEASURES["cash_end_usd"], one), range_in_words(MEASURES["cash_end_usd"], one)) == ("–", "")


def test_an_interval_that_excludes_zero_never_reads_as_if_it_held_it() -> None:
    just = Estimate(0.025, 0.000412, 0.05, 200)
    assert span(just, "share", signed=True) == "+0.04 to +5.0 points"
    assert bound(0.000412, just, "share", signed=True, brief=True) == "+0.04 pt"
    assert span(Estimate(-3.0, -6.0, -0.003, 9), "people a year", signed=True) == "−6.0 to −0.003"
    assert span(Estimate(40.0, 0.2, 80.0, 9), "USD", signed=True) == "+$0.2 to +$80"
    assert span(Estimate(1.0, 1e-12, 2.0, 9), "people a year") == "just above 0 to 2.0"
    assert span(Estimate(0.01, -0.0004, 0.02, 9), "share", signed=True) == "0.0 to +2.0 points"
    assert span(Estimate(0.01, 0.0, 0.02, 9), "share") == "0.0 to 2.0 %"
