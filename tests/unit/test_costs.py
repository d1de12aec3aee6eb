"""What a month costs: fringe and overhead of which a raise moves only a part."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.rules.costs import (
    Fringe,
    Overhead,
    beside_a_bonus,
    fringe,
    fringe_of,
    overhead,
    reference_personnel,
    supervision,
)
from sim.results.on_paper.unit_cost import monthly_cost
from sim.scenario.check.plausible import cost_of_all_posts
from sim.scenario.schema import Organization

HEALTH = Fringe(share=0.40, fixed_share=0.25, flat_usd_per_month=0.0)


def organization(**tables: Any) -> Organization:
    return Organization.model_validate({"pay": {"wage_usd_per_hour": 20.0}, **tables})


def test_at_the_reference_wage_fringe_is_its_share_of_wages() -> None:
    assert fringe(HEALTH, 4000.0, 4000.0, 1.0) == pytest.approx(1600.0)


def test_a_raise_moves_only_the_part_of_fringe_that_is_no_health_cover() -> None:
    # 1,000 more of wages bring 0.40 × 0.75 = 300 of fringe, not 400
    assert fringe(HEALTH, 5000.0, 4000.0, 1.0) == pytest.approx(1900.0)
    assert HEALTH.moving == pytest.approx(0.30)


def test_a_flat_amount_is_paid_for_all_who_hold_a_post() -> None:
    assert fringe(Fringe(0.10, 0.0, 500.0), 4000.0, 4000.0, 1.5) == pytest.approx(1150.0)


def test_health_cover_is_a_quarter_of_fringe_unless_it_is_stated() -> None:
    assert fringe_of(organization()).fixed_share == 0.25
    assert fringe_of(organization(benefits={"flat_usd_per_month": 600.0})).fixed_share == 0.0
    assert fringe_of(organization(benefits={"flat_usd_per_month": 600.0, "fixed_fringe_share": 0.1})).fixed_share == 0.1
    assert fringe_of(organization(benefits={"fringe_share": 0.40})).moving == pytest.approx(0.30)


def test_health_cover_is_paid_for_those_who_take_it() -> None:
    # 650 a month for 60 of 100 FTE, beside 40 that all get: 430 for each; payroll taxes are 10 % of wages
    own = organization(
        benefits={
            "fringe_share": 0.10,
            "flat_usd_per_month": 40.0,
            "health_usd_per_month": 650.0,
            "health_take_up_share": 0.6,
        }
    )
    assert fringe(fringe_of(own), 4000.0, 4000.0, 1.0) == pytest.approx(400.0 + 430.0)
    assert fringe(fringe_of(own), 5000.0, 4000.0, 1.5) == pytest.approx(500.0 + 645.0)
    assert (
        fringe_of(organization(benefits={"health_usd_per_month": 650.0, "health_take_up_share": 0.0})).fixed_share
        == 0.25
    )


def test_supervisors_bring_their_fringe_along() -> None:
    # half a position at 160 hours: 80 × (30 × 1.30 + 28 × 0.10) = 3,344
    assert supervision(HEALTH, 0.5, 30.0, 28.0, 160.0) == pytest.approx(3344.0)


def test_overhead_that_is_fixed_does_not_rise_with_a_raise() -> None:
    assert overhead(Overhead(0.15, 1.0), 500.0, 6000.0, 5000.0) == pytest.approx(825.0)
    assert overhead(Overhead(0.15, 0.0), 500.0, 6000.0, 5000.0) == pytest.approx(975.0)
    assert overhead(Overhead(0.15, 0.5), 500.0, 6000.0, 5000.0) == pytest.approx(900.0)


def test_a_bonus_brings_the_fringe_and_overhead_that_move() -> None:
    # 1,000 bring 0.40 × 0.75 = 300 of fringe, and both 0.15 × 0.5 of overhead
    assert beside_a_bonus(HEALTH, Overhead(0.15, 0.5), 1000.0) == pytest.approx((300.0, 97.5))


def test_reference_personnel_is_what_the_base_would_pay() -> None:
    assert reference_personnel(HEALTH, 4000.0, 1.0, 0.125, 28.0, 160.0) == pytest.approx(5600.0 + 784.0)


def test_a_month_of_a_post_by_hand() -> None:
    # 2,080 hours a year at 20.00; fringe 30 %; no supervisors; 5,000 of supplies over 4 posts; 15 % on all of it
    tables = {
        "posts": {"number": 4, "overhead_share": 0.15, "fixed_usd_per_month": 5000.0},
        "benefits": {"fringe_share": 0.30},
        "practices": {"other_supervisors_fte": 0.0},
    }
    cost = monthly_cost(organization(**tables))
    assert 12 * 4 * (cost["wages"] + cost["fringe"]) == pytest.approx(216_320.0)
    assert 12 * 4 * sum(cost.values()) == pytest.approx(317_768.0)


@pytest.mark.parametrize(
    "tables",
    [
        {},
        {"posts": {"number": 7, "overhead_share": 0.2, "fixed_overhead_share": 0.4, "direct_usd_per_peer_month": 90.0}},
        {"practices": {"training_usd_per_peer_month": 55.0, "other_supervisors_fte": 1.5}},
        {"benefits": {"fringe_share": 0.1, "flat_usd_per_month": 400.0}, "posts": {"fixed_usd_per_month": 2500.0}},
        {"positions": {"evening": {"number": 3, "fte": 0.5, "wage_usd_per_hour": 24.0}}, "posts": {"number": 9}},
    ],
)
def test_the_rough_cost_that_a_check_goes_by_is_that_of_these_rules(tables: dict[str, Any]) -> None:
    own = organization(**tables)
    assert cost_of_all_posts(own) == pytest.approx(12 * own.posts.number * sum(monthly_cost(own).values()))
