"""The engine against values worked by hand for what an employer is paid, owed and decides (docs/model.md, 11 and 12).

In the quiet world a post costs 20 USD × 2,080 h ÷ 12 = 3,466.67 USD a month and nothing else is spent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.model.engine.funding.books import FIRST_DAY
from sim.model.engine.run import BlockResult
from sim.model.world import log
from sim.results.books import BOOK
from sim.results.sums import gather
from sim.scenario.files import load
from tests.worlds import quiet, run_one

CASES = Path(__file__).parent / "cases"
A_POST = 346_667  # cents a month
RULES_ALONE = {
    "enforce": True,
    "yearly_budget": False,
    "freeze_below_months": "off",
    "layoff_below_months": "off",
    "closure_after_months": "off",
    "credit_interest_per_year": 0.0,
    "receivable_days": 0.0,
}


def one_post(rules: dict[str, Any] | None = None, **more: Any) -> BlockResult:
    """Return a run of an employer with one peer who never leaves, and no fringe."""
    tables = {"posts": {"number": 1}, "benefits": {"fringe_share": 0.0}, "horizon": {"months": 24}} | more
    return run_one(quiet(rules=RULES_ALONE | (rules or {}), **tables), 1)


def grant(**more: Any) -> dict[str, Any]:
    """Return a source of 120,000 USD a year that pays wages 30.4375 days after the close."""
    terms = {"amount_usd_per_year": 120_000.0, "pays_for": ["wages"], "reimbursement_lag_days": 30.4375}
    return {"award": {"kind": "grant"} | terms | more}


def told(result: BlockResult, kind: int) -> list[tuple[float, int]]:
    """Return when a fact about money happened, and with what number."""
    facts = result.funding
    chosen = facts["kind"] == kind
    return list(zip(facts["time"][chosen].tolist(), facts["cents"][chosen].tolist(), strict=True))


def lines(result: BlockResult, kind: str) -> list[tuple[float, int]]:
    """Return when ledger lines of a kind were written, and their cents."""
    chosen = result.lines["kind"] == log.LINE_KINDS.index(kind)
    return list(zip(result.lines["time"][chosen].tolist(), result.lines["cents"][chosen].tolist(), strict=True))


def closing_times(result: BlockResult) -> np.ndarray:
    """Return when each employer closed, infinity for those that never did."""
    when = np.full(result.replications.size, np.inf)
    chosen = result.funding["kind"] == log.CLOSED
    when[result.funding["employer"][chosen].astype(int)] = result.funding["time"][chosen]
    return when


# liquidity and closure ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("credit_cents", "closes"), [(6 * A_POST, 7.0), (6 * A_POST - 1, 6.0)])
def test_payroll_can_be_made_to_the_last_cent_of_credit_and_not_beyond(credit_cents: int, closes: float) -> None:
    """Six months cost 20,800.02 USD: with exactly that much credit the sixth is met, with a cent less it is not."""
    result = one_post({"credit_limit_usd": credit_cents / 100, "closure_after_months": 0})
    assert told(result, log.CLOSED) == [(closes, 0)]
    assert result.panel["liquidity"][4, 0] == credit_cents - 5 * A_POST
    assert not result.panel["liquidity"][int(closes) - 1 :].any()


def test_a_month_with_money_due_in_time_is_no_month_without_payroll() -> None:
    """Each month's wages come back after a month: cash is a month short for good, and due within 31 days, not 30."""
    source = grant(start="2026-01", term_months=60)
    patient = one_post({"receivable_days": 31.0, "closure_after_months": 0}, funding=source)
    assert told(patient, log.CLOSED) == []
    assert (patient.panel["cash"][:, 0] == 0).all()  # the last month on paper is paid for when the first is paid out
    assert (patient.panel["due"][:, 0] == A_POST).all()
    strict = {"opening_cash_usd": -1.0, "receivable_days": 30.0, "closure_after_months": 0}
    assert told(one_post(strict, funding=source), log.CLOSED) == [(1.0, 0)]


def test_layoffs_and_freezes_judge_liquidity() -> None:
    """A third of a month's payroll in cash and 1,000 USD of credit: below 0.7 months of payroll, above 0.6."""
    opening = {"opening_cash_usd": 4 * 3_466.67 / 3, "credit_limit_usd": 1_000.0}  # after the first month: 1,155.55
    for months, laid_off in ((0.6, []), (0.7, [(1.0, 1)])):
        result = one_post(opening | {"layoff_below_months": months}, horizon={"months": 1})
        assert told(result, log.LAYOFF) == laid_off
        frozen = one_post(opening | {"freeze_below_months": months}, horizon={"months": 1})
        assert bool(frozen.panel["frozen"][0, 0]) is bool(laid_off)


# closed employers --------------------------------------------------------------------------------------------------


def test_a_closed_employer_is_paid_for_work_already_done_and_nothing_else() -> None:
    result = run_one(load(CASES / "closed_but_paid.toml").scenario, 20)
    closed = closing_times(result)
    assert np.isfinite(closed).all()
    table = result.lines
    late = table["time"] > closed[table["employer"].astype(int)]
    assert {log.LINE_KINDS[kind] for kind in table["kind"][late].astype(int)} == {"claims"}
    assert (table["time"][late] <= closed[table["employer"][late].astype(int)] + 60.0 / 30.4375 + 1e-9).all()
    moved = np.bincount(table["employer"].astype(int), weights=table["cents"], minlength=closed.size)
    assert (result.opening_cash + moved == result.panel["cash"][-1]).all()
    assert (result.panel["receivable"][-1] == 0).all()


def test_at_the_closing_undrawn_award_money_lapses_and_nothing_of_the_award_follows() -> None:
    """From July 2026 on 10,000 USD a month accrue; 3,466.67 are drawn; three months are left over: 3 × 6,533.33."""
    rules = {"opening_cash_usd": -1e6, "closure_after_months": 2}
    source = grant(start="2026-07", term_months=24, renewal_chance=1.0)
    schedule = {"late": {"kind": "scheduled", "payments": [{"at": "2027-09", "usd": 500.0}], "pays_for": ["other"]}}
    result = one_post(rules | {"braiding": ["award", "late"]}, funding=source | schedule)
    assert told(result, log.CLOSED) == [(3.0, 0)]
    assert told(result, log.LAPSED) == [(3.0, 3 * (1_000_000 - A_POST))]
    after = result.funding["time"] > 3.0
    assert not after.any()
    assert lines(result, "scheduled") == []
    assert [time for time, _ in lines(result, "reimbursement")] == [1.0, 2.0, 3.0, 4.0]


# the opening -------------------------------------------------------------------------------------------------------


def test_an_award_that_has_run_for_a_year_owes_what_was_spent_of_it() -> None:
    result = run_one(load(CASES / "award_already_running.toml").scenario, 20)
    mean = result.panel["cash"].mean(axis=1) / 100
    assert (abs(mean - 200_000) < 15_000).all()
    monthly = result.panel["charged.contract"].mean() / 100
    in_first_two = sum(cents for time, cents in lines(result, "reimbursement") if time <= 2.0) / 100 / 20
    assert in_first_two == pytest.approx(2 * monthly, rel=0.05)


@pytest.mark.parametrize(
    ("drawn", "first"), [(None, 10_000), (10_000.0, 60_000), (60_000.0, 10_000), (65_000.0, 5_000)]
)
def test_an_award_year_in_hand_has_accrued_and_been_drawn(drawn: float | None, first: int) -> None:
    """Six months before the start accrued 60,000 USD; with the first month's 10,000 and less what was drawn."""
    source = grant(start="2026-07", term_months=36, drawn_usd=drawn)
    result = run_one(quiet(funding=source), 1)  # 50 posts: every dollar of room is drawn
    assert result.panel["charged.award"][0, 0] == 100 * first
    assert result.panel["charged.award"][1, 0] == 1_000_000


@pytest.mark.parametrize(
    ("dates", "unspent", "first"),
    [
        (["2026-10"], None, 90_000),  # three of twelve months are gone
        (["2026-10", "2027-04"], None, 60_000),  # three of six
        (["2026-10", "2027-01"], None, 120_000),  # nothing is left of the first, the second comes in the month
        (["2025-10"], None, 0),  # its twelve months are over
        (["2027-04"], None, 0),
        (["2026-10"], 5_000.0, 5_000),
    ],
)
def test_a_scheduled_fund_opens_with_what_is_not_yet_spent(dates: list[str], unspent: float | None, first: int) -> None:
    payments = [{"at": date, "usd": 120_000.0} for date in dates]
    fund = {"settlement": {"kind": "scheduled", "payments": payments, "unspent_usd": unspent}}
    result = run_one(quiet(funding=fund), 1)
    assert result.panel["charged.settlement"][0, 0] == 100 * first


def test_a_dated_amount_counts_in_its_own_month_and_fiscal_year_and_none_after_the_end() -> None:
    """June 2027 to May 2028: July's money is July's, not June's; that of June 2028 is not the projection's."""
    payments = [{"at": at, "usd": usd} for at, usd in (("2027-06", 500.0), ("2027-07", 9_000.0), ("2028-06", 7_000.0))]
    fund = {"county": {"kind": "scheduled", "payments": payments}}
    own = quiet(funding=fund, horizon={"start": "2027-06", "months": 12}, rules={"enforce": False})
    result = run_one(own, 1)
    assert lines(result, "scheduled") == [(FIRST_DAY, 50_000), (1 + FIRST_DAY, 900_000)]
    assert result.panel["charged.county"][:2, 0].tolist() == [50_000, 900_000]
    books = gather([result], own)
    assert books[f"{BOOK}source.county"].tolist() == [[500.0, 9_000.0]]
    spent = result.panel["cost"].cumsum(axis=0)[:, 0]
    left = result.opening_cash + np.array([50_000, 950_000]) - spent[:2]
    assert result.panel["cash"][:2, 0].tolist() == left.tolist()


def test_months_on_paper_leave_receivables_and_four_years_of_bills_behind() -> None:
    """Fifty full-time peers cost 173,333.50 USD; 120,000 a year of it come back after two months, from the start on."""
    source = grant(start="2020-01", term_months=120, reimbursement_lag_days=2 * 30.4375)
    for warm_up in (0, 7):
        result = run_one(quiet(funding=source, horizon={"months": 3, "warm_up_months": warm_up}), 1)
        assert lines(result, "reimbursement") == [(1.0, 1_000_000), (2.0, 1_000_000), (3.0, 1_000_000)]


# awards ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "begun", "ended"),
    [
        ({"start": "2027-01", "term_months": 4, "renewal_term_months": 2}, [0, 4, 6, 8], [4, 6, 8]),
        ({"start": "2027-01", "term_months": 4}, [0, 4, 8], [4, 8]),
        ({"months_left": 3, "term_months": 36, "renewal_term_months": 5}, [0, 3, 8], [3, 8]),
        ({"ends": "2027-05", "start": "2026-12"}, [0, 5], [5]),  # six months long, so the next ends in the eleventh
    ],
)
def test_awards_begin_and_end_as_their_terms_say(term: dict[str, Any], begun: list[int], ended: list[int]) -> None:
    source = grant(renewal_chance=1.0, notice_months=1.0, **term)
    result = run_one(quiet(funding=source, horizon={"months": 9}), 1)
    assert [time for time, _ in told(result, log.AWARDED)] == begun
    assert [time for time, _ in told(result, log.ENDED)] == ended


def test_no_post_is_cut_while_its_cost_is_due_from_the_payer() -> None:
    result = run_one(load(CASES / "cut_while_money_is_due.toml").scenario, 20)
    assert (result.panel["funded"][:35] == 12).all()
    assert told(result, log.LAYOFF) == []
    cost = result.panel["cost"][:35].sum()
    assert result.panel["charged.contract"][:35].sum() > 0.97 * cost


def test_the_end_of_an_award_cuts_its_posts_and_a_bridge_puts_it_off() -> None:
    """Two posts end with the award after four months of 17,333.33 USD; a bridge of three needs 3 × 2 × 3,466.66."""
    source = grant(start="2027-01", term_months=4, renewal_chance=0.0, posts_paid=2, amount_usd_per_year=0.0)
    tables = {"funding": source, "posts": {"number": 5}}
    left = 4 * 17_333.33 + 3 * 2 * 3_466.66
    for cents, bridged, cut in ((0, [(4.0, 2)], [(7.0, 2)]), (-1, [], [(4.0, 2)])):
        rules = {"bridge_months": 3, "opening_cash_usd": round(left + cents / 100, 2)}
        result = one_post(rules, **tables)
        assert told(result, log.BRIDGED) == bridged
        assert told(result, log.AWARD_CUT) == cut
        assert told(result, log.LAYOFF) == []  # the fact of the cut says it
        assert result.panel["filled"][-1, 0] == 3
        let_go = np.flatnonzero(result.panel["exits"][:, 0])
        assert let_go.tolist() == [int(cut[0][0]) - 1]  # in the month that closes
        assert result.panel["exits"][let_go, 0].tolist() == [2]
        assert result.panel["separation_cost"][let_go, 0].tolist() == [0]  # paid for in the month that begins


def test_a_budget_that_changes_the_posts_says_by_how_many() -> None:
    """Nothing comes in: the budget of July cuts a quarter of the twelve peers, the most it may."""
    rules = {"yearly_budget": True, "most_cut_share": 0.25, "fiscal_year_start_month": 7}
    result = one_post(rules, posts={"number": 12}, horizon={"months": 12})
    assert told(result, log.BUDGET) == [(6.0, -3)]
    assert result.panel["funded"][4:7, 0].tolist() == [12, 9, 9]
