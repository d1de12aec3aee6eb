"""Assumptions are told with their values in units that a layperson reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.evidence.cards import load_cards
from sim.evidence.posterior import load_posterior_card
from sim.questions.compare.assumptions import card_in_words, leaning
from sim.runs.replicate import drawing
from tests.answers import answer, raised


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


def test_over_futures_a_weak_card_has_the_range_that_futures_draw_where_studies_tell_of_it_together() -> None:
    taken = answer(raised())
    settings = drawing(replace(taken.settings, unknowns=True), [one.loaded for one in taken.cases])
    drawn = {card.key: card for card in leaning(replace(taken, settings=settings)).cards}
    known = {card.key: card for card in leaning(taken).cards}
    assert drawn.keys() == known.keys()
    assert {key for key in known if drawn[key] != known[key]} == {
        "turnover.tenure_shape", "turnover.early_peak", "turnover.worker_spread", "turnover.employer_spread",
    }  # fmt: skip
    column = load_posterior_card()["column"]["turnover.tenure_shape"]
    told = f"{column['median']:.3g} ({column['low']:.3g} to {column['high']:.3g}) Weibull shape, grade C"
    assert card_in_words(drawn["turnover.tenure_shape"]).endswith(told)
