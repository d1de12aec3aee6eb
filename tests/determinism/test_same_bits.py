"""A replication is a pure function of scenario, seed and number: the same bits in any block, order and process."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given

from sim.model.engine.run import simulate
from sim.scenario.schema import Scenario
from tests.determinism.busy import busy, busy_portfolio, market, moving
from tests.determinism.digest import digest_of, of_replication
from tests.determinism.print_digest import portfolio_digest
from tests.property.reading import searching
from tests.property.worlds import scenarios

ROOT = Path(__file__).parents[2]
SIX = range(6)
PIECES = {
    "two blocks": [[0, 1], [2, 3, 4, 5]],
    "one by one": [[number] for number in SIX],
    "backwards": [list(reversed(SIX))],
    "shuffled": [[3, 0], [5, 1, 4], [2]],
    "again": [list(SIX)],
}
WORLDS = {"portfolio": busy_portfolio, "market": market, "moving": moving}


def by_replication(scenario: Scenario, blocks: list[list[int]], seed: int = 3) -> dict[int, str]:
    """Return the digest of every replication of runs of some blocks."""
    found: dict[int, str] = {}
    for block in blocks:
        [results] = simulate(scenario, [], block, seed)
        found |= {number: of_replication(results, number) for number in block}
    return found


@cache
def in_one_block(world: str) -> dict[int, str]:
    return by_replication(WORLDS[world](), [list(SIX)])


@pytest.mark.parametrize("blocks", PIECES.values(), ids=PIECES)
def test_a_replication_is_the_same_in_any_block_and_any_order(blocks: list[list[int]]) -> None:
    for name, world in WORLDS.items():
        assert by_replication(world(), blocks) == in_one_block(name)


@searching(15)
@given(scenarios(observed=False))
def test_any_scenario_has_the_same_replications_alone_and_together(scenario: Scenario) -> None:
    assert by_replication(scenario, [[0, 1, 2]]) == by_replication(scenario, [[2, 0], [1]])


def test_the_digest_sees_one_replication_seed_or_cent_that_differs() -> None:
    six = by_replication(busy(), [list(SIX)])
    assert len(set(six.values())) == 6
    assert not set(six.values()) & set(by_replication(busy(), [list(SIX)], seed=4).values())
    richer = busy(rules={"opening_cash_usd": 60_000.01})
    assert not set(six.values()) & set(by_replication(richer, [list(SIX)]).values())


def test_an_alternative_is_the_same_alone_or_beside_others() -> None:
    base, poorer, larger = busy(), busy(rules={"opening_cash_usd": 0.0}), busy(posts={"number": 12})
    together = simulate(base, [poorer, larger, base], [0, 1], 3)
    alone = [simulate(base, [one], [0, 1], 3)[1] for one in (poorer, larger)]
    assert [digest_of(one) for one in together[1:3]] == [digest_of(one) for one in alone]
    assert digest_of(together[0]) == digest_of(together[3])  # the base, as an alternative to itself


def test_the_turnover_solved_does_not_depend_on_the_runs_seed_or_replications() -> None:
    seen = busy(turnover={"level": {"kind": "observed", "separations_per_100_posts_year": 60.0}})
    solved = []
    for replications, seed in (([0], 1), ([5, 6], 99)):
        baselines: dict[str, object] = {}
        simulate(seen, [], replications, seed, baselines)  # type: ignore[arg-type]
        solved.append(baselines)
    assert solved[0] == solved[1]


def test_other_processes_and_other_hash_seeds_print_the_same_digest() -> None:
    asked = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.determinism.print_digest"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for hash_seed in ("0", "4242")
    ]
    answers = {process.communicate()[0].strip() for process in asked}
    assert [process.returncode for process in asked] == [0, 0]
    assert answers == {portfolio_digest()}
