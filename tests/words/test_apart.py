"""Two numbers taken for one: who left and whose post was lost, cash below zero and payroll missed."""

from __future__ import annotations

from typing import Final

import pytest

from sim.results.measures.table import measure_of
from sim.words.apart import BELOW, MISSED, lost_posts_line, met_from, short_of_cash_line
from sim.words.keeping import AT_SAME_TENURE
from tests.answers import answer, case, loaded, raised

BY_CHOICE: Final = measure_of(AT_SAME_TENURE).leaving


def test_layoffs_and_closings_among_leavers_are_told_where_they_are_a_tenth() -> None:
    told = lost_posts_line(answer(raised(**{AT_SAME_TENURE: 106.0, BY_CHOICE: 40.0})))
    assert told == (
        'Of leavers per 100 at the same tenure, 0.0 of 12.0 in the base and 66.0 of 106 in "A raise" are layoffs and '
        "closings rather than people leaving by choice or let go."
    )
    assert not lost_posts_line(answer(raised(**{AT_SAME_TENURE: 20.0, BY_CHOICE: 19.0})))


def test_names_of_scenarios_are_those_that_stand_beside_it() -> None:
    names = {"today": "Base", "raise": "Alternative A"}
    told = lost_posts_line(answer(raised(**{AT_SAME_TENURE: 50.0, BY_CHOICE: 40.0})), names)
    assert "12.0 in Base and 10.0 of 50.0 in Alternative A" in told


def test_why_cash_is_below_zero_more_often_than_payroll_is_missed() -> None:
    told = short_of_cash_line(answer(raised(**{BELOW: 0.64, MISSED: 0.28})))
    assert told == (
        "Cash below zero is not yet payroll missed: payroll is met from cash and money due within 45 days, together. "
        'Cash is below zero at some month\'s end in 64.0 % of the runs of "A raise", and payroll is missed in 28.0 %.'
    )
    assert not short_of_cash_line(answer(raised(**{BELOW: 0.30, MISSED: 0.28})))


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({}, "cash and money due within 45 days, together"),
        ({"credit_limit_usd": 50_000.0}, "cash, money due within 45 days and the credit limit, together"),
        ({"receivable_days": 30.0}, "cash and money due soon, together"),
    ],
)
def test_payroll_is_met_from_what_the_rules_say(rules: dict[str, float], words: str) -> None:
    other = case("other", loaded(title="Other rules", rules=rules))
    assert met_from(answer(other)) == f"payroll is met from {words}"


def test_of_several_employers_cash_below_zero_is_told_of_employers() -> None:
    ten = case("raise", loaded(title="Ten", employer=[{"name": "organization", "count": 10}]), **{BELOW: 0.64})
    told = short_of_cash_line(answer(ten))
    assert 'Cash is below zero at some month\'s end in 64.0 % of the employers of "Ten"' in told
