"""What a market between whose employers people move must do, whatever its numbers: keep count, even out, run short.

By day people of the library are counted for two years, at night (`PEERSTAY_WHOLE=1`) to the end.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.model.engine import run as engine
from sim.model.engine.meeting import Market, market_of
from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.recruitment import by_pool
from sim.scenario.files import load, load_table
from sim.scenario.read.library import scenario_files
from tests.determinism.busy import busy_portfolio, market, moving
from tests.determinism.digest import digest_of
from tests.theory.test_market import world
from tests.worlds import merged

ROOT = Path(__file__).parents[2]
MOVE: dict[str, Any] = {"employers_meet": True, "people_move": True}
AT_REST = {"trained_share_per_year": 0.0, "leave_field_share_per_year": 0.0}
STANDARD_ERRORS = 4.0
MOST_MONTHS = 600 if os.environ.get("PEERSTAY_WHOLE") else 24  # for which people of the library are counted
CLOSE = 1e-6  # people: the pool is a sum of many fractions


class Count:
    """People of each replication at every close: in posts, between two jobs, in pools, gone for good, less trained."""

    def __init__(self, own: Market) -> None:
        self.market = own
        self.closes = [self.people()]
        close = own.close

        def counted() -> None:
            close()
            self.closes.append(self.people())

        own.close = counted  # type: ignore[method-assign]

    def people(self) -> np.ndarray:
        own = self.market
        total = (own.pool + own.gone - own.entered).sum(axis=1)
        for one in own.members:
            np.add.at(total, one.replications, one.block.roster.count(one.block.roster.filled).astype(float))
        for place, one in enumerate(own.members):
            rows = own.between.row[own.between.block == place]
            np.add.at(total, one.replications[one.block.of[rows]], 1.0)
        return total


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[Count]:
    found: list[Count] = []

    def watched(*arguments: Any) -> Market | None:
        own = market_of(*arguments)
        found.extend([Count(own)] if own is not None else [])
        return own

    monkeypatch.setattr(engine, "market_of", watched)
    return found


def library() -> list[str]:
    """Scenarios of the library between whose employers people move."""
    paths = scenario_files(ROOT / "scenarios")
    return [path.stem for path in paths if load(path).scenario.market.people_move]


WORLDS = {
    "busy": moving(),
    "thin": moving(market={"pool_per_post": 0.05, "trained_share_per_year": 0.02}),
    "poor": moving(rules={"opening_cash_usd": -20_000.0, "closure_after_months": 4}),
}


# everybody is somewhere


@pytest.mark.parametrize("name", [*WORLDS, *library()])
def test_people_are_neither_lost_nor_made(name: str, counts: list[Count]) -> None:
    """In posts + movers + pools + left for good − trained is at every close what it was at the start."""
    scenario = WORLDS[name] if name in WORLDS else load(ROOT / "scenarios" / f"{name}.toml").scenario
    counted = scenario.horizon.model_copy(update={"months": min(MOST_MONTHS, scenario.horizon.months)})
    scenario = scenario.model_copy(update={"horizon": counted})
    simulate(scenario, [], range(3), 5)
    [count] = counts
    assert len(count.closes) == scenario.horizon.months + 1
    for close in count.closes:
        assert close == pytest.approx(count.closes[0], abs=CLOSE)
    assert count.market.gone.sum() > 0


def test_what_moves_in_has_moved_out_and_nobody_moves_within_an_employer() -> None:
    results = simulate(WORLDS["busy"], [], range(4), 5)[0]
    months = [sum(block.panel[name].sum(axis=1) for block in results) for name in ("moved_in", "moved_out")]
    assert np.array_equal(*months)
    assert months[0].sum() > 10
    alone = load_table(merged(world_tables(1), {"market": MOVE})).scenario
    assert simulate(alone, [], range(3), 5)[0][0].panel["moved_in"].sum() == 0


def world_tables(count: int, **more: Any) -> dict[str, Any]:
    """Return alike employers that all quitters of leave for another peer job, filled at once."""
    base = world(20.0, 20.0, 2).model_dump(exclude_unset=True)
    tables = {**base, "employer": [{"name": "all", "count": count}], "recruitment": {"days_to_fill": 0.0}}
    return merged(tables, more)


# bits


def test_a_market_of_wages_alone_has_the_bits_it_had() -> None:
    """What belongs to people who move is nothing where they do not."""
    plain, set_ = market(), market(market={"pool_per_post": 3.0, "pool_elasticity": 2.0})
    assert digest_of(simulate(plain, [], range(2), 5)[0]) == digest_of(simulate(set_, [], range(2), 5)[0])
    off = busy_portfolio(market={"people_move": True})  # employers do not meet
    assert digest_of(simulate(off, [], range(2), 5)[0]) == digest_of(simulate(busy_portfolio(), [], range(2), 5)[0])


def test_a_replication_is_a_market_of_its_own() -> None:
    """The same bits come back whether replications run together or apart."""
    whole = simulate(WORLDS["busy"], [], range(4), 5)[0]
    parts = [simulate(WORLDS["busy"], [], numbers, 5)[0] for numbers in (range(1), range(1, 4))]
    for place, kind in enumerate(whole):
        for name, values in kind.panel.items():
            apart = np.concatenate([part[place].panel[name] for part in parts], axis=1)
            assert np.array_equal(apart, values, equal_nan=True), name


# closed forms


def moves_by_kind(results: list[BlockResult]) -> list[np.ndarray]:
    """Return people won less people lost by each kind, one number a replication."""
    found = []
    for block in results:
        net = (block.panel["moved_in"] - block.panel["moved_out"]).sum(axis=0)
        found.append(np.bincount(np.searchsorted(np.unique(block.replications), block.replications), weights=net))
    return found


def test_alike_employers_exchange_evenly() -> None:
    """What one wins from three others like it less what it loses to them has mean 0."""
    at_once = {"recruitment": {"days_to_fill": 30.0}}
    results = simulate(world(20.0, 20.0, 4, market=MOVE, **at_once), [], range(60), 5)[0]
    net = moves_by_kind(results)[0]
    assert net.std() > 0
    assert abs(net.mean()) <= STANDARD_ERRORS * net.std(ddof=1) / math.sqrt(net.size)


def test_who_pays_more_wins_people_and_the_others_lose_them() -> None:
    """Both kinds are alike at the opening; from then on one pays 26 dollars among 20, and half of quitters move."""
    half = {"market": MOVE, "turnover": {"other_field_share": 0.5}, "recruitment": {"wage_elasticity": -2.0}}
    base = world(20.0, 20.0, 4, **half)
    _, results = simulate(base, [world(26.0, 20.0, 4, **half)], range(40), 5)
    first, others = moves_by_kind(results)
    assert first.mean() > STANDARD_ERRORS * first.std(ddof=1) / math.sqrt(first.size)
    assert np.array_equal(first, -others)


def test_where_all_quitters_move_and_posts_fill_at_once_hardly_anybody_comes_from_the_pool() -> None:
    """Each month as many vacancies as movers, at ten employers: hardly a mover has none but the own one to take."""
    tables = world_tables(10, market=MOVE | AT_REST | {"pool_per_post": 0.5, "reach_share": 1.0})
    [block] = simulate(load_table(tables).scenario, [], range(2), 5)[0]
    quits, moved = block.panel["exits"][:-1].sum(), block.panel["moved_in"].sum()
    assert quits > 1000
    assert 0.95 * quits <= moved <= quits


def test_an_empty_pool_without_training_fills_nothing_but_from_other_employers() -> None:
    """Pool 0, nobody trained, all quitters for other fields: the first hire waits for the first who left."""
    tables = world_tables(2, market=MOVE | AT_REST | {"pool_per_post": 0.0}, turnover={"other_field_share": 1.0})
    [block] = simulate(load_table(tables).scenario, [], range(2), 5)[0]
    exits, hires = (np.cumsum(block.panel[name].sum(axis=1)) for name in ("exits", "hires"))
    assert hires[0] == 0
    assert np.all(hires[1:] <= exits[:-1])  # a month's leavers can be hired from the next on
    assert hires[-1] >= 0.9 * exits[-2]


def test_half_a_pool_takes_longer_by_the_square_root_of_two() -> None:
    """60 of 120 people left: √2 times as long; fewer than one person, and a start with nobody, count as one."""
    at_start, now = np.array([120.0, 120.0, 0.0, 4.0]), np.array([60.0, 120.0, 0.0, 0.25])
    assert by_pool(at_start, now, 0.5) == pytest.approx([math.sqrt(2.0), 1.0, 1.0, 2.0])


def test_training_more_people_fills_vacancies_sooner_where_the_pool_is_thin() -> None:
    thin = {"pool_per_post": 0.1, "trained_share_per_year": 0.25, "pool_elasticity": 0.5}
    base = moving(market=thin)
    trained = moving(market=thin | {"trained_share_per_year": 3.0})
    before, after = simulate(base, [trained], range(10), 5)
    filled = [sum(block.panel["filled"].sum() for block in results) for results in (before, after)]
    assert filled[1] > filled[0]
