"""Inputs and what differs in them, in words that need no file."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.differences import Difference
from sim.words.inputs import change_in_plain_words, name_in_words, title_in_words, value_in_words


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (25.0, "USD/hour", "$25.00 an hour"),
        (13.5, "USD per 15 minutes", "$13.50 per 15 minutes"),
        (450_000.0, "USD", "$450,000"),
        (-20_000.0, "USD", "−$20,000"),
        (0.05, "share of billed", "5 %"),
        (0.02, "share a year", "2 % a year"),
        (1.3, "share above", "1.3 share above"),
        (24, "months", "24 months"),
        (1.0, "months", "1 month"),
        (1, "people per budgeted post", "1 person per budgeted post"),
        (True, "yes/no", "yes"),
        (None, "USD", "left out"),
        ("living_wage", "kind", "living wage"),
        (["individual", "no_show"], "list", "individual, no show"),
        ({"kind": "grant", "posts_paid": 3}, "", "grant; posts paid 3"),
    ],
)
def test_a_value_has_its_unit(value: Any, unit: str, told: str) -> None:
    assert value_in_words(value, unit) == told


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("pay.wage_usd_per_hour", "Wage of a new peer"),
        ("funding.medicaid.denial_share", "Denied at first (Medicaid)"),
        ("ladder.lead_peer.months_in_rung_below", "Time needed in the rung below (lead peer)"),
        ("employer.city.pay.wage_usd_per_hour", "Wage of a new peer (city)"),
        ("place.living_wage_usd_per_hour", "Living wage of one adult"),
        ("burnout.exit_voluntary", "Exit voluntary"),
    ],
)
def test_an_input_is_called_by_what_it_is_and_whose(path: str, told: str) -> None:
    assert name_in_words(path.split(".")) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            Difference("pay.wage_usd_per_hour", 24.0, 25.0, None),
            "Wage of a new peer: $25.00 an hour instead of $24.00 an hour",
        ),
        (Difference("funding.county", {"kind": "grant"}, None, None), "Source of money (county): left out"),
        (
            Difference("pay.wage_usd_per_hour", 24.0, 24.0, "2028-07"),
            "Wage of a new peer: $24.00 an hour in both, from July 2028",
        ),
        (
            Difference("funding.county.start", None, "2028-01", None),
            "First month of the award (county): January 2028, which the base does not have",
        ),
        (
            Difference(
                "ladder.lead",
                None,
                {
                    "step": 1, "title": "Lead peer", "pay": {"kind": "raise", "share": 0.1875},
                    "slots": {"kind": "share", "share": 0.15}, "supervising_share": 1.0,
                },
                None,
            ),
            (
                'Rung of the ladder (lead), which the base does not have: place in the ladder 1; "Lead peer"; '
                "raise 18.75 %; slots over funded posts 15 %; share of time spent supervising peers 100 %"
            ),
        ),
        (
            Difference("ladder.lead.slots", {"kind": "open"}, {"kind": "per_peers", "peers": 8.0}, None),
            "Funded slots (lead): per peers; peers in post per slot 8 instead of open",
        ),
        (
            Difference(
                "employer.city.funding.levy",
                None,
                {"kind": "scheduled", "payments": [{"at": "2027-07", "usd": 9e5}]},
                None,
            ),
            "Source of money (levy, city), which the base does not have: scheduled; payments: July 2027 $900,000",
        ),
    ],
)  # fmt: skip
def test_a_difference_says_what_it_is_instead_of_what(change: Difference, told: str) -> None:
    assert change_in_plain_words(change) == told


def test_a_title_names_two_changes_and_counts_the_rest() -> None:
    changes = [Difference("posts.number", 8, number, None) for number in (9, 10, 11, 12)]
    assert title_in_words(changes) == "Budgeted peer posts 9; Budgeted peer posts 10; 2 more changes"
    assert title_in_words([]) == "nothing different yet"


def test_a_title_is_short_for_what_is_changed_most_often() -> None:
    floor = {"kind": "living_wage", "phase_in_months": 0.0, "ratio": 1.0}
    changes = [
        Difference("funding.medicaid.rate_usd_per_unit", 13.5, 31.58, None), Difference("pay.floor", None, floor, None),
    ]  # fmt: skip
    assert title_in_words(changes) == "Medicaid rate $31.58; Living wage at once"
    later = Difference("pay.floor", "off", floor | {"phase_in_months": 36.0}, "2028-07")
    assert title_in_words([later]) == "Living wage over 36 months from July 2028"


def test_a_title_says_a_unit_once() -> None:
    raised = Difference("turnover.promotion_bump_months", 6.0, 1.0, None)
    assert title_in_words([raised]) == "Months of raised leaving after a promotion 1"


def test_a_title_says_that_a_table_is_added_and_not_what_is_in_it() -> None:
    assert title_in_words([Difference("ladder.lead", None, {"step": 1}, None)]) == "Rung of the ladder (lead) added"


def test_of_many_payments_the_first_are_told() -> None:
    payments = [{"at": f"2027-{month:02d}", "usd": 1e5} for month in range(1, 13)]
    told = change_in_plain_words(Difference("funding.county.payments", payments[:1], payments, None))
    many = "January 2027 $100,000, February 2027 $100,000, March 2027 $100,000, and 9 more"
    assert told == f"Payments (county): {many} instead of January 2027 $100,000"
