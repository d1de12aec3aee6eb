"""The outside wage where employers meet, against values worked by hand, in the engine and in the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sim.model.engine.market.others import others_of
from sim.model.engine.scale import mixed_with_others
from sim.scenario.files import load_table
from sim.scenario.rows import plans_by_replication, rows_of
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.units import month_number
from tests.reference.market import mixed
from tests.reference.model import course_of, market_of
from tests.reference.terms import Calendar
from tests.worlds import merged, quiet_tables

ON = {"employers_meet": True, "reach_share": 0.4}
THREE: list[dict[str, Any]] = [
    {"name": "a", "count": 2, "posts": {"number": 6}, "pay": {"wage_usd_per_hour": 18.0}, "place": {"area": "here"}},
    {"name": "b", "posts": {"number": 9}, "pay": {"wage_usd_per_hour": 24.0}, "place": {"area": " Here"}},
    {"name": "c", "posts": {"number": 3}, "pay": {"wage_usd_per_hour": 30.0}, "place": {"area": "there"}},
]


def world(**more: Any) -> Scenario:
    return load_table(merged(quiet_tables(), {"employer": THREE, "market": ON} | more)).scenario


def outside(scenario: Scenario, month: int, base: Scenario | None = None) -> list[float]:
    """Return the outside wage of each kind in a month, other fields at 20 dollars."""
    own, start = plans(scenario), month_number(scenario.horizon.start)
    seen = others_of(own, plans(base or scenario), start, scenario.horizon.months)
    return [mixed_with_others(_tables(plan.epochs, month), 20.0, seen[plan.name].at(month)) for plan in own]


def by_reference(scenario: Scenario, month: int, base: Scenario | None = None) -> list[float]:
    base = base or scenario
    pairs = zip(plans(base), plans(scenario), strict=True)
    courses = [course_of(*pair, base.experiment, scenario) for pair in pairs]
    calendar = Calendar(month_number(base.horizon.start))
    market = market_of(courses, [plan.count for plan in plans(base)], calendar)
    looks = [market.look(plan.first) for plan in plans(base)]
    return [mixed(course.at(month), 20.0, look, month) for course, look in zip(courses, looks, strict=True)]


def _tables(epochs: Sequence[Any], month: int) -> Any:
    return [tables for since, tables in epochs if since <= max(month, 0)][-1]


def test_it_is_half_other_fields_and_half_others_by_their_posts() -> None:
    """An employer of a looks everywhere for (6·18 + 9·24 + 3·30)/18 = 23, near by for (6·18 + 9·24)/15 = 21.6."""
    by_hand = [
        0.5 * 20 + 0.5 * (0.4 * 23.0 + 0.6 * 21.6),  # 21.08
        0.5 * 20 + 0.5 * (0.4 * 20.4 + 0.6 * 18.0),  # (12·18 + 3·30)/15 and 18: 19.48
        (1 - 0.5 * 0.4) * 20 + 0.5 * 0.4 * 432 / 21,  # nobody in its own area: 20.11
    ]
    assert by_hand == pytest.approx([21.08, 19.48, 20.1142857])
    assert outside(world(), 0) == pytest.approx(by_hand, rel=1e-12)
    assert by_reference(world(), 0) == pytest.approx(by_hand, rel=1e-12)


def test_a_raise_is_in_the_others_mix_from_its_month_on_and_never_in_its_own() -> None:
    """B's raise by 6 dollars in the 13th month moves a by 0.5·(0.4·9/18 + 0.6·9/15)·6 and c by 0.5·0.4·9/21·6."""
    dated = world(change=[{"at": "2028-01", "set": {"employer.b.pay.wage_usd_per_hour": 30.0}}])
    moved = [0.5 * (0.4 * 9 / 18 + 0.6 * 9 / 15) * 6, 0.0, 0.5 * 0.4 * 9 / 21 * 6]
    for way in (outside, by_reference):
        before, after = way(dated, 11), way(dated, 12)
        assert before == pytest.approx(way(world(), 0))
        assert [new - old for old, new in zip(before, after, strict=True)] == pytest.approx(moved)


def test_posts_floors_growth_and_positions_are_in_the_mix() -> None:
    """Two thirds of b's posts at 24 and one third at 33 are 27; c pays its floor of 31.50, later 33."""
    places = {"senior": {"number": 3, "wage_usd_per_hour": 33.0}}
    floor = {"floor": {"kind": "living_wage", "phase_in_months": 0.0}, "cost_of_living_share": 0.1}
    kinds = [
        THREE[0],
        THREE[1] | {"positions": places},
        merged(THREE[2], {"pay": floor, "place": {"living_wage_usd_per_hour": 31.5, "living_wage_source": "made up"}}),
    ]
    scenario = world(employer=kinds)
    kept = 0.5 * 20 + 0.5 * (0.4 * (6 * 18 + 9 * 27 + 3 * 31.5) / 18 + 0.6 * (6 * 18 + 9 * 27) / 15)
    grown = 0.5 * 20 + 0.5 * (0.4 * (6 * 18 + 9 * 27 + 3 * 33.0) / 18 + 0.6 * (6 * 18 + 9 * 27) / 15)
    for way in (outside, by_reference):
        assert way(scenario, 5)[0] == pytest.approx(kept)
        assert way(scenario, 6)[0] == pytest.approx(grown)  # July: the fiscal year begins, 30 → 33 passes the floor
        assert way(scenario, -7)[0] == pytest.approx(kept)


def test_before_the_start_the_bases_wages_count_and_then_the_alternatives() -> None:
    raised = world(employer=[THREE[0], merged(THREE[1], {"pay": {"wage_usd_per_hour": 30.0}}), THREE[2]])
    for way in (outside, by_reference):
        assert way(raised, -1, world()) == pytest.approx(way(world(), 0))
        assert way(raised, 0, world()) == pytest.approx(way(raised, 0))


def test_rows_see_their_own_wages() -> None:
    """One row's b pays 24, the other's 33: an employer of a sees each."""
    other = world(employer=[THREE[0], merged(THREE[1], {"pay": {"wage_usd_per_hour": 33.0}}), THREE[2]])
    rows = rows_of([world(), other])
    own = plans_by_replication(rows)
    seen = others_of(own, own, month_number(rows.horizon.start), 1)["a"]
    found = [mixed_with_others(own[0].epochs[0][1], 20.0, seen.of_row(row).at(0)) for row in (0, 1)]
    assert found == [outside(world(), 0)[0], outside(other, 0)[0]]
    assert seen.by_employer(2).at(0)[1].shape == (4,)


def test_employers_that_do_not_meet_see_nobody() -> None:
    own = plans(world(market={"employers_meet": False}))
    assert others_of(own, own, 0, 3) == {}
