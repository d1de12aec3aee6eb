"""Movers and pools against values worked by hand, in the engine and in the reference."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.model.engine.market.exchange import Movers
from sim.model.engine.meeting import Market, Member, Openings
from sim.model.engine.run import simulate
from sim.model.rules.turnover import looks_everywhere
from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from tests.reference import model as plain
from tests.worlds import merged, quiet_tables

MOVE = {"employers_meet": True, "people_move": True}
STAYING = {"kind": "hazards", "voluntary_per_year": 0.0, "dismissal_per_year": 0.0, "other_per_year": 0.0}
LISTED = [{"hired": "2024-01"}]
Column = Callable[[Scenario, str, str], list[float]]


def still(**more: Any) -> Scenario:
    """Return two employers whom nobody leaves by choice: one of three, one of three with two posts to fill at once."""
    kinds = [
        {"name": "closing", "posts": {"number": 3, "roster": LISTED * 3}},
        {"name": "hiring", "posts": {"number": 5, "roster": LISTED * 3}},
    ]
    tables = {
        "horizon": {"start": "2027-01", "months": 4, "warm_up_months": 0},
        "turnover": {"level": STAYING, "return_to_use_per_year": 0.0},
        "recruitment": {"days_to_fill": 0.0},
        "market": MOVE,
        "employer": kinds,
    }
    return load_table(merged(merged(quiet_tables(), tables), more)).scenario


def engine(scenario: Scenario, kind: str, name: str) -> list[float]:
    """Return a column of the panel, month by month."""
    [block] = [one for one in simulate(scenario, [], [0], 1)[0] if one.kind == kind]
    return [float(value) for value in block.panel[name][:, 0]]


def reference(scenario: Scenario, kind: str, name: str) -> list[float]:
    owner = [one.name for one in scenario.employer].index(kind)
    return [float(month[name]) for month in plain.run(scenario, None, 0, 1).months if month["employer"] == owner]


BOTH = pytest.mark.parametrize("column", [engine, reference])


@BOTH
def test_a_pool_loses_who_leave_for_good_and_gains_who_are_trained(column: Column) -> None:
    """Eight posts at 0.75 are 6 people. Two of them are hired at once; of those left 2 % leave a month, 0.06 come."""
    pace = {"pool_per_post": 0.75, "leave_field_share_per_year": 0.24, "trained_share_per_year": 0.12}
    by_hand = [4.0]
    for _ in range(3):
        by_hand.append(by_hand[-1] * 0.98 + 0.06)  # 3.98, 3.9604, 3.941192
    assert column(still(market=MOVE | pace), "hiring", "pool") == pytest.approx(by_hand)


@BOTH
def test_who_loses_a_post_to_a_closing_is_hired_by_who_has_waited(column: Column) -> None:
    """Nobody is in the pool, so two vacancies wait. Three lose their jobs at the first close, two are hired at once."""
    empty = {"pool_per_post": 0.0}
    ruin = {"enforce": True, "opening_cash_usd": -1e6, "closure_after_months": 0, "credit_limit_usd": 0.0}
    scenario = still(
        market=MOVE | empty,
        employer=[
            {"name": "closing", "posts": {"number": 3, "roster": LISTED * 3}, "rules": ruin},
            {"name": "hiring", "posts": {"number": 5, "roster": LISTED * 3}},
        ],
    )
    assert column(scenario, "closing", "filled") == [0, 0, 0, 0]
    assert column(scenario, "hiring", "hires") == [0, 2, 0, 0]
    assert column(scenario, "hiring", "filled") == [3, 5, 5, 5]
    assert column(scenario, "hiring", "pool") == [0, 1, 1, 1]


@BOTH
def test_a_pool_of_an_area_is_for_that_area(column: Column) -> None:
    """The people of another area are no help: the two vacancies stay open."""
    kinds = [
        {"name": "closing", "posts": {"number": 3, "roster": LISTED * 3}, "place": {"area": "there"}},
        {"name": "hiring", "posts": {"number": 5, "roster": LISTED * 3}, "market": {"pool_per_post": 0.0}},
    ]
    scenario = still(employer=kinds, market=MOVE | {"pool_per_post": 9.0})
    assert column(scenario, "hiring", "filled") == [3, 3, 3, 3]
    assert column(scenario, "closing", "pool") == pytest.approx([27.0] * 4)


def members(areas: list[int]) -> list[Member]:
    """Return kinds of one employer with four posts each, in one replication."""
    blocks = [SimpleNamespace(of=np.zeros(4, dtype=np.int64), roster=SimpleNamespace(posts=4)) for _ in areas]
    zero = np.zeros(1, dtype=np.int64)
    return [
        Member(block, area, zero, zero + place) for place, (block, area) in enumerate(zip(blocks, areas, strict=True))
    ]  # type: ignore[arg-type]


def movers(owners: list[int], everywhere: list[bool]) -> Movers:
    size = len(owners)
    none = np.zeros(size)
    group = np.zeros(size, dtype=np.int8)
    return Movers(np.array(owners), np.arange(size), none, np.array(everywhere), np.zeros((size, 9)), group, none)


def test_each_mover_takes_the_first_vacancy_of_another_employer_in_reach() -> None:
    """Vacancies stand 0.2 (own), 0.5, 0.9 (far), 1.4 (near); people come from employers 0, 0, 0 and 1.

    The first looks near by: not the own one, so 0.5. The second looks everywhere: 0.9. The third, near by: 1.4. The
    fourth left employer 1 and takes 0.2, which those of employer 0 could not.
    """
    openings = Openings(
        member=np.array([1, 0, 2, 1]),
        row=np.array([0, 0, 0, 1]),
        replication=np.zeros(4, dtype=np.int64),
        area=np.array([0, 0, 1, 0]),
        owner=np.array([1, 0, 2, 1]),
        due=np.zeros(4),
        key=np.array([0.5, 0.2, 0.9, 1.4]),
    )
    own = Market(members([0, 0, 1]), np.ones((1, 2)), np.zeros((1, 2)), np.zeros((1, 2)))
    people = movers([0, 0, 0, 1], [False, True, False, False])
    assert own._matched(openings, people).tolist() == [0, 2, 3, 1]
    assert own._matched(openings, movers([0, 0], [False, False]).taken(np.array([0, 1]))).tolist() == [0, 3]
    assert own._matched(openings, movers([2, 0], [False, True])).tolist() == [-1, 0]


def test_a_share_of_those_who_stay_peers_looks_in_every_area() -> None:
    """Half take other peer jobs: their uniforms are 0.5 to 1, and the lowest fifth of these, to 0.6, look far."""
    assert looks_everywhere(np.array([0.51, 0.6, 0.61, 1.0]), 0.5, 0.2).tolist() == [True, True, False, False]
