"""What money alone changes leaves people and services as they are, bit by bit, while the employer's rules are off."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.engine.run import BlockResult
from sim.units import month_number, month_text
from tests.determinism.busy import busy_tables
from tests.determinism.digest import digest
from tests.directions.paths import FEE, altered, both, with_money
from tests.property.drawn import Tables, between, chances
from tests.property.reading import searching

CASH = ("cash", "receivable", "due", "liquidity", "cost", "charged", "available")  # interest on negative cash is a cost
CLAIMS = ("billed", "denied")
DOWNSTREAM: dict[str, tuple[st.SearchStrategy[Any], tuple[str, ...]]] = {
    f"funding__{FEE}__payment_lag_days": (between(0, 720, 0), CASH),
    f"funding__{FEE}__payment_lag_spread": (chances(), CASH),
    f"funding__{FEE}__denial_share": (chances(), (*CASH, "denied")),
    f"funding__{FEE}__rework_recovered_share": (chances(), CASH),
    f"funding__{FEE}__rate_usd_per_unit": (between(0, 60), (*CASH, *CLAIMS)),
    f"funding__{FEE}__audit_chance_per_year": (chances(), CASH),
    f"funding__{FEE}__federal_share": (chances(), ()),
    "posts__overhead_share": (between(0, 2), CASH),
    "posts__fixed_usd_per_month": (between(0, 9000), CASH),
    "rules__opening_cash_usd": (between(-90_000, 90_000), CASH),
    "rules__credit_interest_per_year": (between(0, 2), CASH),
}


def upstream(result: BlockResult, downstream: tuple[str, ...]) -> str:
    """Return the digest of all facts and of the panel without the columns downstream of an input."""
    panel = {name: column for name, column in result.panel.items() if name.split(".")[0] not in downstream}
    return digest(result.facts, panel)


@pytest.mark.parametrize("address", DOWNSTREAM)
@searching(6)
@given(table=with_money(), feedback=st.booleans(), data=st.data())
def test_an_input_of_money_alone_leaves_everything_upstream_as_it_is(
    address: str, table: Tables, feedback: bool, data: st.DataObject
) -> None:
    values, downstream = DOWNSTREAM[address]
    base = altered(table, experiment__feedback=feedback)
    one, other = both(base, altered(base, **{address: data.draw(values)}))
    assert upstream(one, downstream) == upstream(other, downstream)


@searching(10)
@given(with_money(), st.floats(-1, 3), st.integers(1, 17), st.booleans())
def test_without_pass_through_a_dated_rate_change_leaves_every_workforce_series_as_it_is(
    table: Tables, times: float, month: int, feedback: bool
) -> None:
    base = altered(table, experiment__feedback=feedback)
    rate = base["funding"][FEE]["rate_usd_per_unit"]
    at = _month_after(base["horizon"]["start"], min(month, base["horizon"]["months"] - 1))
    settings = {f"funding.{FEE}.rate_usd_per_unit": min(500.0, rate * (1 + times))}
    one, other = both(base, altered(base, change=[{"at": at, "set": settings}]))
    assert upstream(one, (*CASH, *CLAIMS)) == upstream(other, (*CASH, *CLAIMS))


def test_with_pass_through_a_rate_rise_reaches_wages() -> None:
    base = altered(busy_tables(), rules__enforce=False, experiment__feedback=False, change=[], employer=[])
    one, other = both(base, altered(base, funding__medicaid__rate_usd_per_unit=34.0))
    assert upstream(one, (*CASH, *CLAIMS)) != upstream(other, (*CASH, *CLAIMS))
    assert (other.panel["wage_time"] > one.panel["wage_time"]).any()


def _month_after(start: str, months: int) -> str:
    return month_text(month_number(start) + months)
