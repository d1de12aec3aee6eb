"""What is added leaves alone what was there: posts, employers, sources, months."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.engine.luck.block_luck import BlockLuck
from sim.model.engine.run import BlockResult, simulate
from sim.model.world import log
from sim.model.world.log import Table
from sim.scenario.schema import Scenario
from tests.determinism.busy import busy, portfolio
from tests.determinism.digest import digest, part
from tests.property.reading import searching
from tests.property.worlds import built, tables

UNCOUPLED = {"experiment": {"feedback": False}, "rules": {"enforce": False}, "change": []}
OPEN_LADDER = {"senior": {"slots": {"kind": "open"}}}  # funded slots couple peers with one another


def one_kind(scenario: Scenario, base: Scenario | None = None) -> BlockResult:
    """Return a run of three replications, from a scenario's own opening or another's."""
    return simulate(base or scenario, [scenario], range(3), seed=8)[1][0]


def everyone(result: BlockResult) -> Any:
    return np.ones(result.replications.size, dtype=bool)


# posts ------------------------------------------------------------------------------------------------------------


def test_more_posts_leave_the_careers_in_the_others_alone() -> None:
    few = one_kind(busy(**UNCOUPLED, ladder=OPEN_LADDER))
    many = one_kind(busy(**UNCOUPLED, ladder=OPEN_LADDER, posts={"number": 14}))
    theirs = part(many, everyone(many), posts=9)[0]
    assert theirs["time"].size > 100
    assert digest(theirs) == digest(part(few, everyone(few))[0])


def test_posts_added_by_an_alternative_leave_the_careers_in_the_others_alone() -> None:
    base = busy(**UNCOUPLED, ladder=OPEN_LADDER)
    wider = one_kind(busy(**UNCOUPLED, ladder=OPEN_LADDER, posts={"number": 14}), base)
    same = one_kind(base)
    theirs = part(wider, everyone(wider), posts=9)[0]
    assert digest(theirs) == digest(part(same, everyone(same))[0])
    assert wider.facts["row"].max() % 14 >= 9


# employers --------------------------------------------------------------------------------------------------------


def kinds_of(employers: list[dict[str, Any]]) -> dict[str, BlockResult]:
    """Return a run of a portfolio, kind by kind, with everything on that couples people in an employer."""
    scenario = busy(employer=employers)
    return {result.kind: result for result in simulate(scenario, [], range(3), seed=8)[0]}


def test_a_kind_of_employer_added_last_leaves_the_others_alone() -> None:
    two, three = kinds_of(portfolio()[:2]), kinds_of(portfolio())
    assert set(three) == {"clinic", "drop_in", "hospital"}
    for kind in two:
        assert digest(*part(two[kind], everyone(two[kind]))) == digest(*part(three[kind], everyone(three[kind])))


def test_more_employers_of_the_last_kind_leave_the_others_of_it_alone() -> None:
    few, many = portfolio()[:1], [{"name": "clinic", "count": 5}]
    first, second = kinds_of(few)["clinic"], kinds_of(many)["clinic"]
    assert digest(*part(second, second.owners < 2)) == digest(*part(first, everyone(first)))


def test_a_change_of_one_kind_leaves_the_other_kinds_alone() -> None:
    before = kinds_of(portfolio())
    changed = portfolio()
    changed[1]["posts"] = {"number": 3}
    after = kinds_of(changed)
    for kind in ("clinic", "hospital"):
        assert digest(*part(before[kind], everyone(before[kind]))) == digest(*part(after[kind], everyone(after[kind])))


# sources ----------------------------------------------------------------------------------------------------------


def awards_of(result: BlockResult, name: str) -> Table:
    """Return times and employers of a source's notices and ends."""
    source = result.sources.index(name)
    told = (result.funding["source"] == source) & (result.funding["kind"] != log.LAPSED)
    return {column: result.funding[column][told] for column in ("time", "kind", "employer")}


def test_another_grant_leaves_the_luck_of_the_first_alone() -> None:
    grant = {"kind": "grant", "amount_usd_per_year": 5e4, "start": "2027-01", "early_end_chance_per_year": 0.5}
    order = ["grant", "second", "settlement", "medicaid", "clinic"]
    one = one_kind(busy(**UNCOUPLED))
    rules = {"enforce": False, "braiding": order}
    two = one_kind(busy(experiment={"feedback": False}, change=[], rules=rules, funding={"second": grant}))
    assert awards_of(one, "grant")["time"].size > 3
    assert digest(awards_of(two, "grant")) == digest(awards_of(one, "grant"))


# months -----------------------------------------------------------------------------------------------------------


def months_alike(short: list[BlockResult], long: list[BlockResult], months: int) -> bool:
    """Return whether two runs are the same until the last decision of the shorter one."""
    posts = [min(one.posts, other.posts) for one, other in zip(short, long, strict=True)]
    cut = [
        [digest(*part(one, everyone(one), posts=wide, before=months)) for one, wide in zip(run, posts, strict=True)]
        for run in (short, long)
    ]
    return cut[0] == cut[1]


@pytest.mark.parametrize("more", [1, 7, 30])
def test_a_longer_horizon_leaves_the_months_before_alone(more: int) -> None:
    short, long = (simulate(busy(horizon={"months": months}), [], range(3), 8)[0] for months in (20, 20 + more))
    assert months_alike(short, long, 20)


@searching(15)
@given(tables(observed=False), st.integers(1, 6))
def test_a_longer_horizon_leaves_the_months_before_alone_in_any_scenario(table: dict[str, Any], more: int) -> None:
    longer = {**table, "horizon": {**table["horizon"], "months": table["horizon"]["months"] + more}}
    short, long = (simulate(built(one), [], range(2), 8)[0] for one in (table, longer))
    assert months_alike(short, long, table["horizon"]["months"])


def test_the_warm_up_and_the_projection_have_luck_of_their_own() -> None:
    luck = BlockLuck(8, np.array([0, 1]), np.array([0, 0]), 5)
    months = [luck.shocks(month).copy() for month in range(-30, 30)]
    chances = [luck.promotions(month).copy() for month in range(-30, 30)]
    for drawn in (months, chances):
        every = np.concatenate([one.ravel() for one in drawn])
        assert np.unique(every).size == every.size


def test_a_longer_warm_up_leaves_the_luck_of_the_projection_alone() -> None:
    short, long = (BlockLuck(8, np.array([0]), np.array([0]), 5) for _ in range(2))
    for month in range(-36, 0):
        long.shocks(month)
    for month in range(24):
        np.testing.assert_array_equal(short.shocks(month), long.shocks(month))
