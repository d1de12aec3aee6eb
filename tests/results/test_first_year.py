"""The first year's budget before any run, worked by hand."""

from __future__ import annotations

import pytest

from sim.results.first_year import first_year, raise_costs
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.words.first_year import first_year_lines
from tests.worlds import quiet

# 10 posts at $20 for 2,080 hours, fringe 30 % of which a quarter is fixed, overhead 10 % of which none is fixed
MONTH = 10 * 20 * 2_080 / 12 * 1.3 * 1.1


def small(**more: object) -> Scenario:
    tables: dict[str, object] = {
        "horizon": {"start": "2026-07", "months": 24},
        "posts": {"number": 10, "overhead_share": 0.1, "fixed_overhead_share": 0.0},
        "benefits": {"fringe_share": 0.3, "fixed_fringe_share": 0.25, "flat_usd_per_month": 0.0},
        "practices": {"training_usd_per_peer_month": 0.0},
    }
    return quiet(**(tables | more))


def test_the_cost_of_a_month_is_that_of_all_posts_filled() -> None:
    assert first_year(small()).cost == pytest.approx([MONTH] * 12)


def test_what_a_fund_pays_counts_in_its_month_and_cash_lasts_as_long_as_it_lasts() -> None:
    fund = {"kind": "scheduled", "payments": [{"at": "2026-09", "usd": 100_000.0}]}
    year = first_year(small(funding={"county": fund}, rules={"opening_cash_usd": 2.5 * MONTH}))
    assert year.brings == pytest.approx([0, 0, 100_000.0] + [0] * 9)
    assert year.lasts == 4  # 2.5 months of cash and 100,000 of 49,573 a month: four months and a half
    assert year.covered == pytest.approx(100_000.0 / (12 * MONTH))


def test_credit_counts_as_money_at_hand() -> None:
    assert first_year(small(rules={"opening_cash_usd": 0.0, "credit_limit_usd": 12 * MONTH + 1})).lasts is None


def test_an_award_pays_while_it_runs_and_no_more_than_it_may() -> None:
    award = {"kind": "grant", "amount_usd_per_year": 1e7, "start": "2026-07", "term_months": 6, "match_share": 0.0}
    alone = first_year(small(funding={"award": award | {"pays_for": ["wages"], "indirect_cap_share": 0.0}}))
    assert alone.brings == pytest.approx([10 * 20 * 2_080 / 12] * 6 + [0] * 6)


def test_claims_bring_what_is_kept_of_the_units_of_all_posts() -> None:
    fees = {
        "kind": "fee_for_service",
        "rate_usd_per_unit": 10.0,
        "denial_share": 0.1,
        "rework_recovered_share": 0.0,
        "billable": ["individual"],
        "clients_covered_share": 0.5,
    }
    use = {"individual": 0.5, "leave_share": 0.1, "absence_share": 0.0}
    year = first_year(small(funding={"medicaid": fees}, time_use=use))
    units = 4 * 10 * 2_080 / 12 * 0.9 * 0.5
    assert year.brings[0] == pytest.approx(0.5 * units * 10.0 * 0.9)


def test_a_dollar_of_raise_brings_its_fringe_and_overhead_and_no_fixed_cost() -> None:
    parts = raise_costs(plans(small())[0].epochs[0][1])
    assert parts["wages"] == pytest.approx(1.0)
    assert parts["fringe"] == pytest.approx(0.3 * 0.75)
    assert parts["overhead"] == pytest.approx(0.1 * 1.225)


def test_the_lines_say_how_long_the_money_lasts() -> None:
    budget, dollar = first_year_lines(small(rules={"opening_cash_usd": 2.5 * MONTH}))
    assert budget.startswith("first year: costs $595,000, brings $0: cannot last past September 2026 (")
    assert dollar.startswith("a raise of $1.00 an hour costs $1.35 an hour paid: $1.00 wages, $0.22 fringe and $0.12 ")
