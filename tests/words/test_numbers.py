"""Numbers as people read them."""

import pytest

from sim.words.numbers import short, value

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


@pytest.mark.parametrize(
    ("number", "unit", "extra", "text"),
    [
        (2_019.64, "client-hours a year", 1, "2,020"),
        (2_019.64, "client-hours a year", 2, "2,019.6"),
        (412.44, "USD", 1, "$412.4"),
        (0.00041, "share", 1, "0.04 %"),
        (0.0006, SD, 2, "0.0006 SD"),
        (4.13, "people a year", 1, "4.13"),
    ],
)
def test_more_digits_can_be_asked_for(number: float, unit: str, extra: int, text: str) -> None:
    assert value(number, unit, extra=extra) == text


def test_short_dollars_take_more_digits_too() -> None:
    assert [short(212_298.0, "USD", extra=extra) for extra in (0, 1, 2)] == ["$212k", "$212.3k", "$212.30k"]
    assert [short(3_416_869.0, "USD", extra=extra) for extra in (0, 1)] == ["$3.42m", "$3.417m"]
