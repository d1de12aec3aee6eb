"""Months, units, cents and hazards, each by a number worked out by hand."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import units
from tests.unit.arrays import reals


def test_a_month_has_30_and_seven_sixteenths_days() -> None:
    assert units.DAYS_PER_MONTH == 30.4375
    assert units.months_from_days(30.4375) == 1.0
    assert units.months_from_days(45.65625) == 1.5


def test_five_days_of_seven_are_worked() -> None:
    assert pytest.approx(21.741071428571, abs=1e-12) == units.WORKING_DAYS_PER_MONTH


def test_whole_things_round_down_but_for_a_millionth_below_the_next() -> None:
    amounts = reals(2.0, 2.4, 2.999, 2.9999985, 2.9999995, 0.0, -0.5)
    assert units.whole(amounts).tolist() == [2, 2, 2, 2, 3, 0, -1]
    assert [units.whole_number(amount) for amount in amounts.tolist()] == [2, 2, 2, 2, 3, 0, -1]


def test_half_a_cent_rounds_up() -> None:
    dollars = reals(0.004, 0.005, 1.005, 2.675, 38_880.0, 0.0149999)
    assert units.cents(dollars).tolist() == [0, 1, 101, 268, 3_888_000, 1]
    assert [units.cents_of(amount) for amount in dollars.tolist()] == [0, 1, 101, 268, 3_888_000, 1]


def test_half_a_cent_owed_rounds_toward_the_one_who_is_owed_less() -> None:
    assert units.cents(-0.005) == units.cents_of(-0.005) == 0
    assert units.cents(-0.006) == units.cents_of(-0.006) == -1


@given(st.integers(-(10**12), 10**12))
def test_whole_cents_stay_what_they_are(amount: int) -> None:
    assert units.cents_of(amount / 100) == int(units.cents(amount / 100)) == amount


@given(st.floats(-1e9, 1e9))
def test_one_number_and_an_array_of_one_round_alike(amount: float) -> None:
    assert units.cents_of(amount) == int(units.cents(amount))
    assert units.whole_number(amount) == int(units.whole(np.array(amount)))


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf, 1.1e14, -1e300])
@pytest.mark.parametrize("count", [units.whole, units.cents])
def test_what_cannot_be_counted_is_refused_and_never_becomes_any_number(count: Any, amount: float) -> None:
    with pytest.raises(units.UnfitAmountError, match="grow beyond all meaning"):
        count(reals(1.0, amount, 2.0))
    with pytest.raises(units.UnfitAmountError):
        count(amount)


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf, 1.1e14])
@pytest.mark.parametrize("count", [units.whole_number, units.cents_of])
def test_one_number_that_cannot_be_counted_is_refused_too(count: Any, amount: float) -> None:
    with pytest.raises(units.UnfitAmountError):
        count(amount)


def test_the_largest_amounts_are_counted_to_the_cent() -> None:
    assert units.cents(reals(1e12, -1e12)).tolist() == [10**14, -(10**14)]
    assert units.whole(reals()).tolist() == []


def test_an_amount_that_cannot_be_counted_keeps_its_words_on_the_way_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(units.UnfitAmountError(math.inf)))
    assert "an amount of inf cents" in str(error)


def test_a_hazard_of_thirty_in_a_hundred_a_year_is_a_fortieth_a_month() -> None:
    assert units.hazard_from_yearly_rate(0.30) == pytest.approx(0.025, abs=1e-15)
    assert units.chance_within(0.025, 12) == pytest.approx(1 - math.exp(-0.3), abs=1e-15)
    assert units.chance_within(0.48 / 12, 12) == pytest.approx(0.38122, abs=5e-6)
    assert units.chance_within(0.0, 12) == 0.0


def test_a_month_of_the_calendar_is_a_number_and_back() -> None:
    assert units.month_number("2027-01") == 2027 * 12
    assert units.month_number("2027-12") - units.month_number("2027-01") == 11
    assert units.month_text(2027 * 12 + 6) == "2027-07"
    assert units.month_text(0) == "0000-01"


@given(st.integers(0, 9999 * 12 + 11))
def test_every_month_survives_the_way_to_text_and_back(number: int) -> None:
    assert units.month_number(units.month_text(number)) == number


@pytest.mark.parametrize("text", ["2028-13", "2028-00", "2028-7", "July 2028", "2028-07-01", "٢٠٢٨-٠٧", ""])
def test_what_is_not_a_month_is_refused_with_the_form_it_must_have(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month: write it as YYYY-MM, for example 2028-07"):
        units.month_number(text)
