"""What a served client must avoid: worked by hand where nothing is left to chance, and read for what it cannot say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.questions.fiscal.note import Wanted, fiscal_note
from sim.questions.worth.text import sentences, worth_text
from sim.questions.worth.worth import Typed, Worth, _case, _finding, _single, worth_of
from sim.results.budget import TOTAL
from sim.results.summary import Estimate
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.read.what_if import typed_as
from tests.questions.test_fiscal import A_MONTH, SURE

SETTINGS = Settings(2, 1, 1)
STILL = ("rules.credit_interest_per_year=0.0", "funding.medicaid.rework_usd_per_claim=0.0")
CHEAP = (  # nothing but the wages of ten peers costs anything: 20 dollars an hour
    *STILL, "posts.overhead_share=0.0", "benefits.fringe_share=0.0", "practices.other_supervisors_fte=0.0",
    "practices.peers_per_supervisor=1000.0", "pay.cost_of_living_share=0.0",
)  # fmt: skip


def sure(tmp_path: Path, *changes: str) -> Loaded:
    file = tmp_path / "sure.toml"
    file.write_text(SURE, encoding="utf-8")
    return load(file, what_if=typed_as("other", list(changes)) if changes else None)


def test_break_even_is_spending_over_client_years(tmp_path: Path) -> None:
    """Ten full caseloads for four months. May and June at one rate, July and August at twice the rate, and 1,000
    dollars of the county: 6 months' worth of claims, less denials. What the employer adds of its own is spent too.
    """
    worth = worth_of([sure(tmp_path)], SETTINGS)
    caseload = sure(tmp_path).scenario.services.caseload_per_peer
    (own,) = worth.cases
    assert own.payers.mean == pytest.approx(6 * A_MONTH + 1_000.0)
    assert own.spent.mean == pytest.approx(6 * A_MONTH + 1_000.0 + (own.own.mean or 0.0))
    assert own.served.mean == pytest.approx(10 * caseload * 4 / 12)
    assert own.finding == "needs"
    assert own.needed.mean == pytest.approx((own.spent.mean or 0.0) / (10 * caseload * 4 / 12))


def test_what_nobody_pays_for_is_the_employers_own_money(tmp_path: Path) -> None:
    """All claims denied: of ten wages of 20 dollars for four months the county pays 1,000, the employer the rest. It
    was seen to cost nothing, so that nothing had to be avoided for it.
    """
    unpaid = ("funding.medicaid.denial_share=1.0", "funding.medicaid.rework_recovered_share=0.0")
    (own,) = worth_of([sure(tmp_path, *CHEAP, *unpaid)], SETTINGS).cases
    wages = 10 * 2080 / 12 * 4 * 20.0
    assert own.payers.mean == 1_000.0
    assert own.own.mean == pytest.approx(wages - 1_000.0)
    assert own.spent.mean == pytest.approx(wages)
    assert own.finding == "needs"
    assert (own.needed.mean or 0.0) * (own.served.mean or 0.0) == pytest.approx(own.spent.mean)


def test_a_change_that_the_employer_alone_pays_for_is_not_free(tmp_path: Path) -> None:
    """Training of 100 dollars a month for each of ten peers, four months: 4,000 dollars that no payer owes."""
    trained = sure(tmp_path, *STILL, "practices.training_usd_per_peer_month=100.0")
    worth = worth_of([sure(tmp_path, *STILL), trained], SETTINGS, typed=Typed(3_000.0, "made up"))
    own = worth.cases[1]
    assert (own.payers.mean, own.served.mean) == (0.0, 0.0)
    assert own.own.mean == own.spent.mean == pytest.approx(4_000.0)
    assert own.net.mean == pytest.approx(-4_000.0)
    assert own.finding == "cannot"
    text = " ".join(worth_text(worth, "peerstay worth").split())
    assert "costs all payers and the employer more and serves no more clients: what clients avoid cannot" in text
    assert "the employer's own money +$4,000" in text
    assert "nothing has to be avoided" not in text
    one = worth_of([sure(tmp_path, *STILL), trained], SETTINGS, "county")
    assert (one.cases[1].spent.mean, one.cases[1].own.mean) == (0.0, None)


def test_posts_that_deliver_no_hours_more_serve_nobody_more(tmp_path: Path) -> None:
    """Ten full, experienced peers meet all demand; ten more are paid and have nobody to serve. Places for clients were
    counted before: 150 more.
    """
    own = worth_of([sure(tmp_path), sure(tmp_path, "posts.number=20")], Settings(8, 1, 1)).cases[1]
    assert own.served == Estimate(0.0, 0.0, 0.0, 8)
    assert own.payers.mean == 0.0
    assert (own.own.mean or 0.0) > 0.0
    assert own.finding == "cannot"


def test_what_the_employer_gains_is_taken_off_nothing(tmp_path: Path) -> None:
    """A rate a tenth higher for May and June brings the employer what payers spend more, and spares payers nothing."""
    more = sure(tmp_path, *STILL, "funding.medicaid.rate_usd_per_unit=11.0")
    worth = worth_of([sure(tmp_path, *STILL), more], SETTINGS)
    own = worth.cases[1]
    assert own.spent.mean == own.payers.mean == pytest.approx(2 * A_MONTH * 0.1)
    assert own.own.mean == pytest.approx(-2 * A_MONTH * 0.1)
    assert "kept by it, not counted +$6,580" in " ".join(worth_text(worth, "peerstay worth").split())


@pytest.mark.parametrize(
    ("payer", "named"),
    [("county", "counties"), ("state", "the state general fund"), ("all", "all payers and the employer")],
)
def test_every_sentence_and_title_names_whose_money_is_counted(tmp_path: Path, payer: str, named: str) -> None:
    """A fault seen: "all that is spent pays for itself" was counties' money alone."""
    everyone = [sure(tmp_path), sure(tmp_path, "posts.number=20"), sure(tmp_path, "funding.medicaid.denial_share=0.5")]
    worth = worth_of(everyone, Settings(8, 1, 1), payer, Typed(2_000.0, "made up"))
    assert all(named in told for told in sentences(worth))
    text = worth_text(worth, "peerstay worth")
    titles = [line for line in text.splitlines() if line.startswith(("BREAK-EVEN", "BEHIND IT", "WITH THE WORTH"))]
    assert len(titles) == 3
    assert all(named in title for title in titles)


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


UP, DOWN = np.array([9.0, 10.0, 11.0]), np.array([-9.0, -10.0, -11.0])
SAME, NONE = np.array([-1.0, 0.0, 1.0]), np.zeros(3)  # what cannot be told is not nothing


@pytest.mark.parametrize(
    ("spent", "served", "finding"),
    [
        (UP, UP, "needs"), (UP, NONE, "cannot"), (UP, DOWN, "cannot"), (NONE, DOWN, "cannot"), (DOWN, DOWN, "gives up"),
        (DOWN, NONE, "free"), (DOWN, UP, "free"), (NONE, UP, "free"), (NONE, NONE, "free"), (UP, SAME, "unclear"),
        (DOWN, SAME, "unclear"), (SAME, UP, "unclear"), (SAME, SAME, "unclear"), (SAME, DOWN, "unclear"),
    ],
)  # fmt: skip
def test_how_money_and_people_go_together_is_read_from_runs(spent: object, served: object, finding: str) -> None:
    found = _case(np.asarray(spent), np.asarray(served), 0.95, None)
    assert found.finding == finding
    assert (found.needed.mean is not None) == (finding in {"needs", "gives up"})


def test_what_cannot_be_told_is_not_called_free(tmp_path: Path) -> None:
    """Spending falls, and whether clients do cannot be told: both best estimates stand there instead."""
    worth = worth_of([sure(tmp_path), sure(tmp_path, "posts.number=20")], SETTINGS)
    told = replace(worth.cases[1], spent=Estimate(-5e4, -9e4, -1e4, 8), served=Estimate(-22.8, -70.0, 24.4, 8))
    open_ = replace(told, finding=_finding(told.spent, told.served))
    (_, said) = sentences(replace(worth, cases=(worth.cases[0], open_)))
    assert "costs all payers and the employer less, but whether it serves more or fewer clients cannot be told" in said
    assert "−$50k (−$90k to −$10k) and −22.8 (−70.0 to +24.4) client-years" in said
    neither = replace(told, spent=Estimate(5e4, -9e4, 19e4, 8), finding="unclear")
    (_, said) = sentences(replace(worth, cases=(worth.cases[0], neither)))
    assert "neither whether it costs all payers and the employer more or less nor whether it serves more or" in said


def test_more_posts_serve_more_clients_at_a_price(tmp_path: Path) -> None:
    """A grant pays ten posts more where people wait: what is needed is what it adds in spending over what it adds in
    client-years.
    """
    table = {"pay": {"wage_usd_per_hour": 20.0}, "horizon": {"months": 12}, "rules": {"enforce": False}}
    table |= {"services": {"demand_client_hours_per_month": 1e5}}
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
    assert worth.cases[1].payers.mean == pytest.approx(years)
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
