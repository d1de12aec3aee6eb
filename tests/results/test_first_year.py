"""The first year's budget before any run, worked by hand."""

from __future__ import annotations

import math

import pytest

from sim.results.on_paper.first_year import first_year, raise_costs
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.words.first_year import first_year_lines, not_covered
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
    assert budget.startswith("first year: costs $595,000, brings $0: cash and credit last through August 2026 (")
    assert dollar.startswith("a raise of $1.00 an hour costs $1.35 an hour paid: $1.00 wages, $0.22 fringe and $0.12 ")


def test_a_check_is_no_promise_and_says_where_an_award_ends() -> None:
    """14 months from July 2026 run through August 2027; an award that ends with the projection leaves nothing bare."""
    award = {"kind": "grant", "amount_usd_per_year": 1e6, "months_left": 14}
    budget, _ = first_year_lines(small(funding={"pilot_award": award}))
    assert "on paper covered to" in budget
    assert "(no forecast: all posts filled at the entry wage" in budget
    assert budget.endswith("; pilot award runs through August 2027, month 14 of 24, unless renewed")
    last, _ = first_year_lines(small(funding={"pilot_award": award | {"months_left": 24}}))
    assert "runs through" not in last


def test_what_does_not_cover_its_cost_says_so_and_what_would_change_it() -> None:
    told = not_covered(small(rules={"opening_cash_usd": 2.5 * MONTH}))
    assert told.startswith("Money coming in covers only 0 % of what the first year costs, even with all posts filled")
    assert "; cash and credit last through August 2026. Nothing here says how the rest is paid." in told
    assert "a grant or another source for the rest" in told
    assert not not_covered(small(funding={"award": {"kind": "grant", "amount_usd_per_year": 1e6, "months_left": 24}}))


NOBODY_LEAVES = {"level": {"kind": "hazards", "voluntary_per_year": 0.0}, "return_to_use_per_year": 0.0}
LISTED = [{"hired": "2026-01"}, {"hired": "2025-07"}]  # 6 and 12 months before the start


def with_bonus(pay: dict[str, float], **more: object) -> list[float]:
    """Return what bonuses add to each month's cost, USD of bonus: without fringe and overhead on them."""
    tables = {"posts": {"number": 2, "overhead_share": 0.0, "roster": LISTED}, "turnover": NOBODY_LEAVES} | more
    bonus = {"pay": {"wage_usd_per_hour": 20.0, **pay}}
    free = {"benefits": {"fringe_share": 0.0, "flat_usd_per_month": 0.0}}
    dear, plain = (first_year(small(**(tables | one | free))).cost for one in (bonus, {}))
    return [round(one - other, 6) for one, other in zip(dear, plain, strict=True)]


def test_a_stay_bonus_falls_due_by_the_months_since_the_hire() -> None:
    """$1,000 every 8 months, twice: hired 6 months ago it is due at 2 and 10; hired 12 months ago at 4, its second."""
    told = with_bonus({"stay_bonus_usd": 1000.0, "stay_bonus_months": 8, "stay_bonus_payments": 2})
    assert told == [0, 1000, 0, 1000, 0, 0, 0, 0, 0, 1000, 0, 0]


def test_a_bonus_brings_the_fringe_that_moves_and_the_overhead_that_does() -> None:
    pay = {"pay": {"wage_usd_per_hour": 20.0, "stay_bonus_usd": 1000.0, "stay_bonus_months": 8}}
    tables = {"posts": {"number": 2, "overhead_share": 0.1, "fixed_overhead_share": 0.4, "roster": LISTED}}
    dear, plain = (first_year(small(**(tables | one | {"turnover": NOBODY_LEAVES}))).cost[1] for one in (pay, {}))
    assert dear - plain == pytest.approx(1000.0 * (1 + 0.3 * 0.75) * (1 + 0.1 * 0.6))


def test_a_sign_on_bonus_falls_due_with_those_who_follow_leavers() -> None:
    """Three months after the hire, to those who stayed them: of 1.2 a person and year a tenth leaves in a month."""
    turnover = NOBODY_LEAVES | {"level": {"kind": "hazards", "voluntary_per_year": 1.2}}
    told = with_bonus({"sign_on_bonus_usd": 500.0, "sign_on_bonus_months": 3}, turnover=turnover)
    hired = 2 * (1 - math.exp(-0.1))  # those of the two posts who come in a month and are there at its close
    assert told == pytest.approx([0, 0, 0] + [500.0 * hired * math.exp(-0.3)] * 9, abs=1e-5)


def test_a_bonus_begun_by_a_change_counts_from_then_for_everybody() -> None:
    later = {"change": [{"at": "2026-09", "set": {"pay.stay_bonus_usd": 1000.0}}]}
    told = with_bonus({"stay_bonus_usd": 0.0, "stay_bonus_months": 8}, **later)
    assert told == [0] * 9 + [2000, 0, 0]  # at the close ten months after the start, eight after the change


def test_where_no_list_says_since_when_people_come_and_go_all_the_time() -> None:
    """In the long run two posts lose 0.2 a month and each newcomer gets it with e^−0.8 after 8 months."""
    turnover = NOBODY_LEAVES | {"level": {"kind": "hazards", "voluntary_per_year": 1.2}}
    posts = {"number": 2, "overhead_share": 0.0}
    told = with_bonus({"stay_bonus_usd": 1000.0, "stay_bonus_months": 8}, turnover=turnover, posts=posts)
    assert told == pytest.approx([1000.0 * 2 * (1 - math.exp(-0.1)) * math.exp(-0.8)] * 12)
