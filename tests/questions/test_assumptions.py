"""Assumptions are told with their values in units that a layperson reads."""

from __future__ import annotations

import pytest

from sim.evidence.cards import load_cards
from sim.questions.compare.assumptions import card_in_words


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("ladder.pay", "Raise over the rung below: 19 (10 to 30) % of the wage below, grade C"),
        ("practices.supervisor_wage", "Wage of supervisors: $28.50 ($24 to $45) an hour, grade D"),
        ("funding.renewal.amount_change", "Change of the amount at renewal: 0 (−50 to 20) %, grade D"),
        ("recruitment.days_to_fill", "Mean time to fill: 70 (45 to 108) days, grade C"),
    ],
)
def test_a_card_says_shares_in_per_cent_and_dollars_as_dollars(key: str, told: str) -> None:
    assert card_in_words(load_cards()[key]) == told


def test_a_card_of_no_number_says_its_grade() -> None:
    assert card_in_words(load_cards()["pay.wage_usd_per_hour"]) == "Wage of a new peer: grade C"
