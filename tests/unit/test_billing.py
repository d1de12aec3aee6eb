"""Service becomes units, claims and payments, to the cent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.billing import (
    Claims,
    arrivals,
    capped,
    claims_of_a_post,
    rework_cost,
    settle,
    units,
    units_of_a_visit,
    visit_units,
)
from sim.scenario.schema import Organization
from sim.units import DAYS_PER_MONTH
from tests.unit.arrays import counts, reals


def test_an_hour_is_four_units_and_what_is_left_of_a_unit_is_lost() -> None:
    assert units(reals(720.0, 0.24, 0.25, 7.499, 0.0)).tolist() == [2880, 0, 1, 29, 0]


def test_three_quarter_hours_summed_in_tenths_are_three_units() -> None:
    hours = sum([0.05] * 15)  # 0.7500000000000001 or a hair below, as the sum falls
    assert units(reals(hours)).tolist() == [3]


def test_eight_minutes_make_a_unit() -> None:
    assert [units_of_a_visit(minutes, None) for minutes in (8.0, 22.9, 23.0, 45.0, 52.0, 53.0, 60.0)] == [
        1,
        1,
        2,
        3,
        3,
        4,
        4,
    ]


def test_a_clients_day_holds_no_more_units_than_the_cap() -> None:
    assert units_of_a_visit(90.0, None) == 6
    assert units_of_a_visit(90.0, 4) == 4


def test_a_visit_is_billed_whole_or_not_at_all() -> None:
    # 10 hours in visits of 50 minutes are 12 visits of 3 units; 9.9 hours are 11
    assert visit_units(reals(10.0, 9.9), 50.0, None).tolist() == [36, 33]


def post(**source: object) -> tuple[float, float]:
    """What claims of a full-time post bring in 160 hours: billed, and kept."""
    tables = {
        "pay": {"wage_usd_per_hour": 20.0},
        "time_use": {"individual": 0.40, "group": 0.05, "group_size": 6.0, "notes": 0.10},
        "services": {"caseload_per_peer": 15.0},
        "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 10.0, **source}},
    }
    organization = Organization.model_validate(tables)
    billed, kept = claims_of_a_post(organization.funding["medicaid"], organization, 160.0, 0.5)
    return float(billed), float(kept)


def test_claims_of_a_post_by_hand() -> None:
    # one-to-one 160 × 0.5 × 0.40 = 32 hours are 128 units of 10 USD; groups 160 × 0.5 × 0.05 × 6 = 24 are 96 of 2.5
    assert post(denial_share=0.0, group_rate_usd_per_unit=2.5) == (1520.0, 1520.0)
    assert post(denial_share=0.10, rework_recovered_share=0.5, group_rate_usd_per_unit=2.5) == (1520.0, 1444.0)


def test_activities_without_clients_are_billed_whether_clients_come_or_not() -> None:
    # notes 160 × 0.10 = 16 hours are 64 units more, at the individual rate
    assert post(denial_share=0.0, billable=["individual", "notes"]) == pytest.approx((1920.0, 1920.0), abs=1e-9)


def test_a_post_bills_individual_units_first_under_a_cap() -> None:
    # 10 units a client and month for 15 clients are 150: 128 one-to-one and 22 in groups
    assert post(denial_share=0.0, group_rate_usd_per_unit=2.5, max_units_per_client_month=10.0)[0] == 1335.0


def test_short_visits_lose_part_of_a_unit() -> None:
    # visits of 50 minutes are billed as 45: 128 × 0.9 units
    assert post(denial_share=0.0, visit_minutes=50.0, billable=["individual"])[0] == pytest.approx(1152.0, abs=1e-9)


def test_individual_units_use_a_cap_up_before_group_units() -> None:
    individual, group = capped(counts(100, 80, 20), counts(50, 50, 50), [counts(90, 90, 90)])
    assert individual.tolist() == [90, 80, 20]
    assert group.tolist() == [0, 10, 50]


def test_the_tightest_of_several_caps_holds() -> None:
    individual, group = capped(counts(100), counts(50), [counts(140), counts(60), counts(1000)])
    assert (individual.tolist(), group.tolist()) == ([60], [0])


def test_without_a_cap_all_units_are_billed() -> None:
    individual, group = capped(counts(100), counts(50), [])
    assert (individual.tolist(), group.tolist()) == ([100], [50])


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.lists(st.integers(0, 10**6), max_size=3))
def test_no_cap_is_ever_passed_and_none_cuts_more_than_it_must(one: int, many: int, limits: list[int]) -> None:
    individual, group = capped(counts(one), counts(many), [counts(limit) for limit in limits])
    total = min([one + many, *limits])
    assert individual.tolist() == [min([one, *limits])]
    assert individual + group == total


def test_2880_units_at_13_50_bring_38880_of_which_five_percent_are_denied() -> None:
    claims = settle(counts(2880), counts(0), (13.50, 0.0), 0.05, 0.0)
    assert claims.units.tolist() == [2880]
    assert claims.billed.tolist() == [3_888_000]
    assert claims.denied.tolist() == [194_400]
    assert claims.paid.tolist() == [3_693_600]
    assert claims.recovered.tolist() == [0]


def test_group_units_are_paid_at_their_own_rate_and_each_rate_is_rounded_alone() -> None:
    claims = settle(counts(3), counts(3), (11.975, 2.885), 0.0, 0.0)  # 35.925 and 8.655
    assert claims.billed.tolist() == [3593 + 866]
    assert claims.units.tolist() == [6]


def test_what_rework_recovers_is_a_share_of_what_was_denied() -> None:
    claims = settle(counts(100), counts(0), (10.01, 0.0), 0.333, 0.6)  # 1,001.00 billed, 333.333 denied
    assert claims.denied.tolist() == [33_333]
    assert claims.paid.tolist() == [100_100 - 33_333]
    assert claims.recovered.tolist() == [20_000]  # 19,999.8 cents


def test_rework_costs_so_much_a_denied_claim() -> None:
    claims = Claims(counts(2880, 0), counts(0, 0), counts(0, 0), counts(0, 0), counts(0, 0))
    assert rework_cost(claims, 8.0, 0.05, 25.0).tolist() == [45_000, 0]  # 360 claims, 18 denied


def test_payments_come_in_four_parts_around_the_mean_lag() -> None:
    parts = arrivals(counts(10_003), 2 * DAYS_PER_MONTH, 0.5)
    assert [after for after, _ in parts] == pytest.approx([1.25, 1.75, 2.25, 2.75], abs=1e-15)
    assert [int(cents[0]) for _, cents in parts] == [2500, 2501, 2501, 2501]


@pytest.mark.parametrize(("lag_days", "spread", "after"), [(0.0, 0.5, 0.0), (DAYS_PER_MONTH, 0.0, 1.0)])
def test_without_a_lag_or_a_spread_all_comes_at_once(lag_days: float, spread: float, after: float) -> None:
    [(when, cents)] = arrivals(counts(10_003), lag_days, spread)
    assert when == after
    assert cents.tolist() == [10_003]


@given(st.integers(0, 10**12), st.floats(0, 720), st.floats(0, 1))
def test_the_parts_of_a_payment_are_the_payment_and_their_mean_time_is_the_lag(
    amount: int, lag_days: float, spread: float
) -> None:
    parts = arrivals(counts(amount), lag_days, spread)
    assert sum(int(cents[0]) for _, cents in parts) == amount
    assert all(after >= 0 and (cents >= 0).all() for after, cents in parts)
    assert np.mean([after for after, _ in parts]) == pytest.approx(lag_days / DAYS_PER_MONTH, abs=1e-9)
