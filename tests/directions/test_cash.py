"""Which way money goes: path by path, with nothing acting back on people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.determinism.busy import busy_tables
from tests.directions.paths import AWARD, FEE, altered, both, cash_paths, with_money
from tests.property.drawn import Tables
from tests.property.reading import searching

SHARES = st.integers(0, 100).map(lambda hundredth: hundredth / 100)


def never_raises_cash(base: Tables, alternative: Tables) -> bool:
    """Return whether an alternative has no more cash than the base on any date under any luck."""
    before, after = cash_paths(*both(base, alternative))
    return bool((after <= before).all())


def typed(most: float) -> st.SearchStrategy[float]:
    """Amounts that a scenario may state: nothing, or no nearer to it than may be typed."""
    return st.just(0.0) | st.floats(0.01, most)


@searching(15)
@given(with_money(), typed(200))
def test_a_longer_payment_lag_never_raises_cash_on_any_date(table: Tables, days: float) -> None:
    lag = table["funding"][FEE].get("payment_lag_days", 40.0)
    assert never_raises_cash(table, altered(table, **{f"funding__{FEE}__payment_lag_days": min(720.0, lag + days)}))


@searching(15)
@given(with_money(), typed(200))
def test_a_longer_reimbursement_lag_never_raises_cash_on_any_date(table: Tables, days: float) -> None:
    lag = table["funding"][AWARD].get("reimbursement_lag_days", 30.0)
    longer = {f"funding__{AWARD}__reimbursement_lag_days": min(720.0, lag + days)}
    assert never_raises_cash(table, altered(table, **longer))


@searching(15)
@given(with_money(), SHARES, SHARES)
def test_a_higher_denial_share_never_raises_cash_where_what_comes_back_comes_last(
    table: Tables, share: float, more: float
) -> None:
    """Recovered claims could otherwise come before the slowest quarter of the claims that were not denied."""
    fee = table["funding"][FEE]
    slowest = 0.75 * fee.get("payment_lag_days", 40.0) * fee.get("payment_lag_spread", 0.5)
    low, high = sorted((share, more))
    address = f"funding__{FEE}__"
    base = altered(table, **{f"{address}rework_lag_days": slowest, f"{address}denial_share": low})
    assert never_raises_cash(base, altered(base, **{f"{address}denial_share": high}))


@searching(15)
@given(with_money(), typed(30))
def test_a_higher_rate_never_lowers_cash_where_no_award_stands_behind(table: Tables, more: float) -> None:
    """An award behind it in the braiding would be charged less, and sooner than the higher rate is paid."""
    rate = table["funding"][FEE]["rate_usd_per_unit"]
    assert never_raises_cash(altered(table, **{f"funding__{FEE}__rate_usd_per_unit": rate + more}), table)


@searching(15)
@given(with_money(), typed(30), SHARES, SHARES)
def test_a_higher_rate_never_lowers_cash_though_audits_take_a_share_back(
    table: Tables, more: float, chance: float, share: float
) -> None:
    address = f"funding__{FEE}__"
    base = altered(table, **{f"{address}audit_chance_per_year": chance, f"{address}audit_recouped_share": share})
    rate = base["funding"][FEE]["rate_usd_per_unit"]
    assert never_raises_cash(altered(base, **{f"{address}rate_usd_per_unit": rate + more}), base)


@searching(15)
@given(with_money(), typed(500_000))
def test_a_larger_award_never_lowers_cash(table: Tables, more: float) -> None:
    amount = table["funding"][AWARD]["amount_usd_per_year"]
    assert never_raises_cash(altered(table, **{f"funding__{AWARD}__amount_usd_per_year": amount + more}), table)


@searching(15)
@given(with_money(), st.floats(0.01, 1e6))
def test_more_opening_cash_never_lowers_cash(table: Tables, more: float) -> None:
    opening = table["rules"].get("opening_cash_usd", 0.0)
    assert never_raises_cash(altered(table, rules__opening_cash_usd=opening + more), table)


@searching(15)
@given(with_money(), typed(5000), SHARES)
def test_more_overhead_never_raises_cash_where_no_award_pays_for_it(table: Tables, fixed: float, share: float) -> None:
    pays_for = table["funding"][AWARD]["pays_for"]
    paid = [kind for kind in pays_for if kind not in ("overhead", "direct")] or ["wages"]
    base = altered(table, **{f"funding__{AWARD}__pays_for": paid}, posts__overhead_share=0.1)
    before = base["posts"].get("fixed_usd_per_month", 0.0)
    dearer = altered(base, posts__overhead_share=0.1 + share, posts__fixed_usd_per_month=before + fixed)
    assert never_raises_cash(base, dearer)


def eventful() -> Tables:
    """Return one employer with feedback and rules off, a fee and an award, where money moves every month."""
    table = busy_tables() | {"change": [], "employer": []}
    funding = {FEE: table["funding"]["medicaid"] | {"audit_chance_per_year": 0.0}, AWARD: table["funding"]["grant"]}
    table = altered(table, experiment__feedback=False, rules__enforce=False, pay__pass_through_share=0.0)
    return altered(table, funding=funding, rules__braiding=[AWARD, FEE])


LOWERS_CASH = {
    f"funding__{FEE}__payment_lag_days": (40.0, 60.0),
    f"funding__{AWARD}__reimbursement_lag_days": (30.0, 60.0),
    f"funding__{FEE}__denial_share": (0.05, 0.1),
    f"funding__{FEE}__rate_usd_per_unit": (24.0, 23.0),
    f"funding__{AWARD}__amount_usd_per_year": (150_000.0, 120_000.0),
    "posts__overhead_share": (0.1, 0.2),
}


@pytest.mark.parametrize("address", LOWERS_CASH)
def test_each_of_these_lowers_cash_on_some_date_where_money_moves(address: str) -> None:
    """Without this, the paths above could be equal because nothing is paid at all."""
    better, worse = LOWERS_CASH[address]
    before, after = cash_paths(*both(altered(eventful(), **{address: better}), altered(eventful(), **{address: worse})))
    assert (after < before).any(axis=1).all()
    assert before.shape[1] >= 20
