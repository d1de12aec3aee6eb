"""What a served client must avoid: worked by hand where nothing is left to chance, and read for what it cannot say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.questions.fiscal.note import Wanted, fiscal_note
from sim.questions.worth.text import worth_text
from sim.questions.worth.worth import Typed, Worth, _case, _single, worth_of
from sim.results.budget import TOTAL
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.read.what_if import typed_as
from tests.questions.test_fiscal import A_MONTH, SURE

SETTINGS = Settings(2, 1, 1)


def sure(tmp_path: Path, *changes: str) -> Loaded:
    file = tmp_path / "sure.toml"
    file.write_text(SURE, encoding="utf-8")
    return load(file, what_if=typed_as("other", list(changes)) if changes else None)


def test_break_even_is_spending_over_client_years(tmp_path: Path) -> None:
    """Ten full caseloads for four months. May and June at one rate, July and August at twice the rate, and 1,000
    dollars of the county: 6 months' worth of claims, less denials.
    """
    worth = worth_of([sure(tmp_path)], SETTINGS)
    caseload = sure(tmp_path).scenario.services.caseload_per_peer
    (own,) = worth.cases
    assert own.spent.mean == pytest.approx(6 * A_MONTH + 1_000.0)
    assert own.served.mean == pytest.approx(10 * caseload * 4 / 12)
    assert own.finding == "needs"
    assert own.needed.mean == pytest.approx((6 * A_MONTH + 1_000.0) / (10 * caseload * 4 / 12))


def test_the_spending_of_one_payer_can_be_asked_back_alone(tmp_path: Path) -> None:
    worth = worth_of([sure(tmp_path)], SETTINGS, "county")
    assert worth.cases[0].spent.mean == 1_000.0


def test_what_is_spent_is_the_fiscal_note_accrued(tmp_path: Path) -> None:
    everyone = [sure(tmp_path), sure(tmp_path, "funding.medicaid.rate_usd_per_unit=11.0")]
    note, worth = fiscal_note(everyone, SETTINGS, Wanted()), worth_of(everyone, SETTINGS)
    years = sum(cell.mean or 0.0 for cell in note.differences("accrual", TOTAL, 1))
    assert worth.cases[1].spent.mean == pytest.approx(years)
    assert worth.cases[1].spent.mean == pytest.approx(2 * A_MONTH * 0.1)  # May and June; the base's change sets July


def test_a_higher_rate_that_serves_nobody_more_cannot_come_back(tmp_path: Path) -> None:
    worth = worth_of([sure(tmp_path), sure(tmp_path, "funding.medicaid.rate_usd_per_unit=11.0")], SETTINGS)
    assert worth.cases[1].finding == "cannot"
    assert worth.cases[1].needed.mean is None
    assert "what clients avoid cannot pay for it" in " ".join(worth_text(worth, "peerstay worth").split())


def test_a_typed_worth_is_plain_arithmetic_and_told_as_typed(tmp_path: Path) -> None:
    worth = worth_of([sure(tmp_path)], SETTINGS, typed=Typed(2_000.0, "our own claims, 2025"))
    (own,) = worth.cases
    assert own.averted.mean == pytest.approx(2_000.0 * (own.served.mean or 0.0))
    assert own.net.mean == pytest.approx((own.averted.mean or 0.0) - (own.spent.mean or 0.0))
    text = " ".join(worth_text(worth, "peerstay worth").split())
    assert "Typed, not known to the model: a served client avoids $2,000 a year. Source: our own claims, 2025." in text
    assert text.index("BREAK-EVEN") < text.index("WITH THE WORTH")


def test_headings_of_a_typed_worth_are_whole() -> None:
    """A fault seen: beside a long name of an alternative, "Averted less spent" was cut."""
    everyone = [load(name, months=12) for name in ("pa_fee_for_service", "pa_rate_rise_pass_through")]
    worth = worth_of(everyone, Settings(20, 1, 1, unknowns=True), typed=Typed(4_000.0, "our own claims, 2025"))
    text = worth_text(worth, "peerstay worth")
    assert "Left over" in text
    assert "…" not in text


def test_nothing_is_worth_anything_unless_it_is_typed(tmp_path: Path) -> None:
    worth = worth_of([sure(tmp_path)], SETTINGS)
    assert (worth.typed, worth.cases[0].averted.mean, worth.cases[0].net.mean) == (None, None, None)
    assert "WITH THE WORTH" not in worth_text(worth, "peerstay worth")


UP, DOWN, SAME = np.array([9.0, 10.0, 11.0]), np.array([-9.0, -10.0, -11.0]), np.array([-1.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("spent", "served", "finding"),
    [
        (UP, UP, "needs"), (UP, SAME, "cannot"), (UP, DOWN, "cannot"), (DOWN, DOWN, "gives up"), (DOWN, SAME, "free"),
        (DOWN, UP, "free"), (SAME, UP, "free"), (SAME, SAME, "unclear"), (SAME, DOWN, "unclear"),
    ],
)  # fmt: skip
def test_how_money_and_people_go_together_is_read_from_runs(spent: object, served: object, finding: str) -> None:
    found = _case(np.asarray(spent), np.asarray(served), 0.95, None)
    assert found.finding == finding
    assert (found.needed.mean is not None) == (finding in {"needs", "gives up"})


def test_more_posts_serve_more_clients_at_a_price(tmp_path: Path) -> None:
    """A grant pays ten posts more: what is needed is what it adds in spending over what it adds in client-years."""
    table = {"pay": {"wage_usd_per_hour": 20.0}, "horizon": {"months": 12}, "rules": {"enforce": False}}
    money = {"kind": "grant", "amount_usd_per_year": 5e6, "start": "2027-01", "term_months": 60, "payer": "state"}
    few, many = (load_table(table | {"funding": {"award": money}, "posts": {"number": n}}) for n in (20, 30))
    worth: Worth = worth_of([few, many], Settings(6, 1, 1))
    own = worth.cases[1]
    assert own.finding == "needs"
    assert own.needed.mean == pytest.approx((own.spent.mean or 0.0) / (own.served.mean or 1.0), rel=0.02)


def test_single_futures_are_counted_by_whether_the_money_comes_back() -> None:
    """Ten futures serve one client-year more each and spend 1 to 10 more; at 5.5, what they need on average, five are
    back, and at 9 nine are.
    """
    spent, served = np.arange(1.0, 11.0), np.ones(10)
    own = _single(_case(spent, served, 0.95, None), spent, served, None)
    assert own.back == pytest.approx(0.5)
    assert own.most == pytest.approx(9.0)
    assert own.never == 0.0


def test_a_future_that_spends_more_and_serves_no_more_comes_back_at_no_amount() -> None:
    spent, served = np.arange(1.0, 11.0), np.array([1.0] * 7 + [-1.0, 0.0, -2.0])
    own = _single(_case(spent, np.ones(10), 0.95, None), spent, served, None)
    assert own.never == pytest.approx(0.3)
    assert own.most is None
    assert own.needed is None


def test_a_saving_is_one_up_to_an_amount() -> None:
    """Ten futures save 1 to 10 dollars and serve one client-year fewer each: up to 2 dollars nine of them save."""
    spent, served = -np.arange(1.0, 11.0), -np.ones(10)
    own = _single(_case(spent, served, 0.95, None), spent, served, None)
    assert own.back == pytest.approx(0.5)
    assert own.most == pytest.approx(2.0)


def test_over_futures_means_are_those_of_the_fiscal_note_and_ranges_are_of_single_futures() -> None:
    everyone = [load("pa_fee_for_service", months=12), load("pa_wage_25", months=12)]
    settings = Settings(20, 1, 1, unknowns=True)
    note, worth = fiscal_note(everyone, settings, Wanted()), worth_of(everyone, settings)
    years = sum(cell.mean or 0.0 for cell in note.differences("accrual", TOTAL, 1))
    assert worth.cases[1].spent.mean == pytest.approx(years)
    base, single = worth.cases[0], worth.cases[0].single
    assert single is not None
    assert single.needed is not None
    assert single.needed.low is not None
    assert single.needed.high is not None
    assert single.needed.low < (base.needed.mean or 0.0) < single.needed.high
    text = " ".join(worth_text(worth, "peerstay worth").split())
    assert "Means of 20 futures over 12 months" in text
    assert "random variation only" not in text
    assert "The middle 90 % of futures need $" in text
