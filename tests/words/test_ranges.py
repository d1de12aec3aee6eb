"""Ranges as people read them: digits that fit, both ends told apart, signs in words."""

import pytest

from sim.results.measures.table import MEASURES
from sim.results.summary import Estimate
from sim.words.ranges import bound, ends_in_words, mean_told, range_in_words, size_in_words, span

SD = "SD of the reference workforce"
FEWER, LESS, LOWER = ("more", "fewer"), ("more", "less"), ("higher", "lower")


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
    assert span(just, "share", signed=True) == "just above 0 to +5.0 points"
    assert bound(0.000412, just, "share", signed=True, brief=True) == "above 0"
    assert span(Estimate(-3.0, -6.0, -0.003, 9), "people a year", signed=True) == "−6.0 to just below 0"
    assert span(Estimate(40.0, 0.2, 80.0, 9), "USD", signed=True) == "just above 0 to +$80"
    assert span(Estimate(0.01, -0.0004, 0.02, 9), "share", signed=True) == "0.0 to +2.0 points"
    assert span(Estimate(0.01, 0.0, 0.02, 9), "share") == "0.0 to 2.0 %"


def test_a_very_small_effect_and_its_range_have_the_same_digits() -> None:
    small = Estimate(0.0103, 0.0006, 0.02, 200)
    assert (mean_told(small, SD), span(small, SD)) == ("0.01 SD", "just above 0 to 0.02 SD")
    smaller = Estimate(0.00031, 0.0001, 0.0005, 200)
    assert (mean_told(smaller, SD), span(smaller, SD)) == ("0.0003 SD", "0.0001 to 0.0005 SD")


def test_two_ends_never_read_as_one_point() -> None:
    narrow = Estimate(2_020.0, 2_019.61, 2_020.34, 200)
    told = (mean_told(narrow, "client-hours a year"), span(narrow, "client-hours a year"))
    assert told == ("2,020.0", "2,019.6 to 2,020.3")
    cash = Estimate(3_416_869.0, 3_416_000.0, 3_418_000.0, 200)
    assert span(cash, "USD", brief=True) == "$3.416m to $3.418m"


def test_a_range_too_narrow_for_sensible_digits_says_so() -> None:
    billions = Estimate(3.4e9, 3.4e9 - 1.0, 3.4e9 + 1.0, 200)
    assert mean_told(billions, "USD", brief=True) == "$3.40bn"
    assert span(billions, "USD", brief=True) == "$3.40bn at both ends"


def test_what_was_seen_in_no_run_has_no_interval_and_says_so() -> None:
    assert span(Estimate(0.0, 0.0, 0.0, 20), "people a year") == "none in any run"
    assert span(Estimate(0.0, 0.0, 0.161, 20), "share") == "0.0 to 16.1 %"


def test_what_is_the_same_in_every_run_has_no_range() -> None:
    assert range_in_words(MEASURES["cash_end_usd"], Estimate(-5_000.0, -5_000.0, -5_000.0, 9)) == "in every run"


@pytest.mark.parametrize(
    ("low", "high", "unit", "words", "told"),
    [
        (-34_200.0, 11_400.0, "USD", LESS, "between $34,200 less and $11,400 more"),
        (-0.012, 0.004, "share", LOWER, "between 1.2 points lower and 0.4 points higher"),
        (1.0, 3.0, "people a year", FEWER, "between 1.0 and 3.0 more"),
        (-3.0, -1.0, "people a year", FEWER, "between 1.0 and 3.0 fewer"),
        (-0.03, -0.01, "share", LOWER, "between 1.0 and 3.0 points lower"),
        (-0.0003, 0.0004, "share", LOWER, "between 0.03 points lower and 0.04 points higher"),
        (-0.003, 0.004, "people a year", FEWER, "between 0.003 fewer and 0.004 more"),
        (-0.003, 4.0, "people a year", FEWER, "between hardly any change and 4.0 more"),
        (-4.0, -0.003, "people a year", FEWER, "between hardly any and 4.0 fewer"),
        (0.0, 4.0, "people a year", FEWER, "between no change and 4.0 more"),
        (-2.0, -2.0, "people a year", FEWER, "2.0 fewer"),
        (0.0, 0.0, "USD", LESS, "no change"),
    ],
)
def test_a_range_says_in_words_which_way_its_ends_go(
    low: float, high: float, unit: str, words: tuple[str, str], told: str
) -> None:
    assert ends_in_words(Estimate(None, low, high, 200), unit, words) == told


def test_where_there_is_no_range_nothing_is_said() -> None:
    assert ends_in_words(Estimate(1.0, None, None, 1), "USD", LESS) == ""
