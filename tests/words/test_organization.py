"""One line on what a projection is about: nobody has to ask which organization, where, and until when it is paid."""

from __future__ import annotations

from dataclasses import replace

from sim.evidence.paths import ROOT
from sim.scenario.files import load
from sim.takeaway.content import brief
from sim.words.organization import organization_line
from tests.answers import answer, case, loaded
from tests.takeaway.hand_made import stamped

AWARD = {
    "kind": "grant", "amount_usd_per_year": 780_000.0, "start": "2025-03", "term_months": 36, "renewal_chance": 0.5,
}  # fmt: skip
OHIO = {
    "place": {"state": "OH"},
    "posts": {"number": 12},
    "pay": {"wage_usd_per_hour": 17.5},
    "horizon": {"start": "2027-01"},
    "funding": {"award": AWARD},
}


def test_posts_place_wage_and_money_with_its_end_stand_in_one_line() -> None:
    told = "12 posts in Ohio, entry wage $17.50; award $780,000 a year through February 2028, renewal assumed 50 of 100"
    asked = replace(answer(), base=case("base", loaded(**OHIO)))
    assert organization_line(asked.base.loaded.scenario).startswith(told)
    assert brief(asked, stamped(asked)).organization.startswith(told)


def test_employers_are_counted_and_claims_have_their_price_and_dated_payments_their_last_month() -> None:
    told = organization_line(load(ROOT / "scenarios" / "id_rural.toml").scenario)
    assert "Medicaid $14.15 per 15 minutes; settlement $220,000 a year, the last payment in May 2032" in told
    assert " employers in Pennsylvania, entry wage " in organization_line(
        load(ROOT / "scenarios" / "pa_market.toml").scenario
    )


def test_without_money_it_is_shorter() -> None:
    scenario = load(ROOT / "scenarios" / "id_rural.toml").scenario
    assert organization_line(scenario, money=False) == "8 posts in Idaho, entry wage $21.48"
