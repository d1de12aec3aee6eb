"""Three numbers of a comparison: how large in words, the range without signs, and what the base has."""

from __future__ import annotations

import re

from sim.questions.compare.three_numbers import three_numbers
from sim.words.sentences import compared_sentence
from tests.answers import answer, case, loaded


def told(**means: float) -> list[tuple[str, str, str]]:
    made = answer(case("raise", loaded(pay={"wage_usd_per_hour": 25.0}), **means))
    return [(one.label, one.size, one.base) for one in three_numbers(made.alternatives[0])]


def test_a_number_says_in_words_which_way_it_goes_and_what_the_base_has() -> None:
    people, hours, money = told(retention_12_months=0.66, hours_delivered_per_year=50_000.0, cash_end_usd=300_000.0)
    assert people == ("Newcomers kept 12 months", "10.0 points higher", "Base: 56.0 %")
    assert hours == ("Client-hours delivered a year", "2,000 more", "Base: 48,000")
    assert money == ("Cash at the end", "$20,000 less", "Base: $320,000")


def test_a_risk_that_moves_stands_in_the_place_of_cash_and_in_points() -> None:
    assert told(chance_of_missing_payroll=0.9)[2][:2] == ("Chance of not making payroll", "70.0 points higher")


def test_what_cannot_be_told_from_luck_has_no_size() -> None:
    made = answer(case("same", loaded(pay={"wage_usd_per_hour": 25.0}), hours_delivered_per_year=50_000.0))
    sizes = {one.label: one.size for one in three_numbers(made.alternatives[0])}
    assert sizes["Newcomers kept 12 months"] == "the same in every run"


def test_no_size_bears_a_sign_and_each_is_the_one_of_the_sentence() -> None:
    made = answer(case("raise", loaded(pay={"wage_usd_per_hour": 25.0}), retention_12_months=0.66, cash_end_usd=1e5))
    numbers = three_numbers(made.alternatives[0])
    sentence = compared_sentence(made.alternatives[0], made)
    assert not any(re.match("[+−-]", one.size) for one in numbers)
    assert all(one.size.split()[0] in sentence for one in numbers if one.inside)
