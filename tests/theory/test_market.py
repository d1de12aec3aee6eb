"""What a labor market must do, whatever its numbers: alone, among alike employers, one raise, a raise by all."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.evidence.effects import load_effects
from sim.model.engine.run import BlockResult, simulate
from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from tests.determinism.busy import busy, busy_portfolio
from tests.determinism.digest import digest_of
from tests.worlds import departures, merged, quiet_tables

RESPONSE = -1.5
STANDARD_ERRORS = 4.0
ONLY_WAGES: dict[str, Any] = {"scale": 1.0}
for _key in load_effects():
    _cause, _outcome = _key.split(".")
    ONLY_WAGES.setdefault(_cause, {})[_outcome] = RESPONSE if _cause == "log_wage_over_outside_wage" else 0.0
ALL_TO_PEER_JOBS = {"other_field_share": 0.0, "out_of_work_share": 0.0}
MEET = {"employers_meet": True}


def world(first: float, others: float, count: int, *, posts: int = 60, **more: Any) -> Scenario:
    """Return one employer at a wage among others at another, where only wages weigh and all quitters stay peers."""
    tables: dict[str, Any] = {
        "effects": ONLY_WAGES,
        "posts": {"number": posts},
        "turnover": ALL_TO_PEER_JOBS | {"level": {"kind": "hazards", "voluntary_per_year": 0.5}},
        "recruitment": {"wage_elasticity": -0.5},
        "market": MEET,
        "employer": [
            {"name": "first", "pay": {"wage_usd_per_hour": first}},
            {"name": "others", "count": count - 1, "pay": {"wage_usd_per_hour": others}},
        ],
    }
    return load_table(merged(merged(quiet_tables(), tables), more)).scenario


def times(result: BlockResult) -> np.ndarray:
    """Return when people come and go, and who it is."""
    facts = result.facts
    return np.stack([np.asarray(facts[name], dtype=np.float64) for name in ("time", "row", "ordinal", "kind")])


def run(base: Scenario, *others: Scenario, replications: int = 3) -> list[list[BlockResult]]:
    return simulate(base, others, range(replications), 5)


# bits


def test_one_employer_alone_is_what_it_is_without_a_market() -> None:
    ours, theirs = busy(market=MEET), busy()
    assert digest_of(run(ours)[0]) == digest_of(run(theirs)[0])


def test_who_all_leave_for_other_fields_do_not_see_the_others() -> None:
    leave = {"turnover": {"other_field_share": 0.7, "out_of_work_share": 0.3}}
    ours, theirs = busy_portfolio(market=MEET, **leave), busy_portfolio(**leave)
    assert digest_of(run(ours)[0]) == digest_of(run(theirs)[0])


def test_without_a_market_reach_and_areas_are_nothing_and_with_it_much() -> None:
    plain, placed = busy_portfolio(), busy_portfolio(market={"reach_share": 0.9}, place={"area": "somewhere"})
    assert digest_of(run(plain)[0]) == digest_of(run(placed)[0])
    assert digest_of(run(plain)[0]) != digest_of(run(busy_portfolio(market=MEET))[0])


# a raise by all, and by one


def test_a_raise_by_all_moves_nobody_where_all_quitters_take_other_peer_jobs() -> None:
    """Wage over outside wage stays, in leaving and in time to fill: the same people come and go at the same times."""
    before, after = run(world(20.0, 20.0, 4), world(26.0, 26.0, 4))
    for ours, theirs in zip(before, after, strict=True):
        assert times(ours) == pytest.approx(times(theirs), abs=1e-9)
        assert departures(ours)["time"].size > 50


def test_a_raise_by_all_moves_quits_through_other_fields_alone() -> None:
    """With a half bound for other fields at 20, all at 26 have r = 26/23 where they had 1: quits fall to r^β."""
    half = {"turnover": {"other_field_share": 0.5}, "recruitment": {"days_to_fill": 0.0}}
    before, after = run(world(20.0, 20.0, 4, posts=800, **half), world(26.0, 26.0, 4, posts=800, **half))
    assert fewer(before[0], after[0], (26 / 23) ** RESPONSE)


def test_a_single_raise_is_an_outside_wage_typed_by_hand_however_many_there_are() -> None:
    """Whoever raises alone sees the others' old wage: as one employer does whose outside wage is typed so."""
    alone = world(26.0, 20.0, 2, market={"employers_meet": False}, place={"outside_wage_usd_per_hour": 20.0})
    typed = times(run(world(20.0, 20.0, 2, market={"employers_meet": False}), alone)[1][0])
    for count in (2, 5):
        met = times(run(world(20.0, 20.0, count), world(26.0, 20.0, count))[1][0])
        assert met == pytest.approx(typed, abs=1e-9)


@pytest.mark.parametrize("count", [2, 4])
def test_a_single_raise_costs_the_others_what_it_moves_their_mix(count: int) -> None:
    """Each of the n − 1 others sees (26 + (n − 2)·20)/(n − 1): quits rise by (20/that)^β."""
    at_once, posts = {"recruitment": {"days_to_fill": 0.0}}, 2400 // (count - 1)
    base, raised = (world(first, 20.0, count, posts=posts, **at_once) for first in (20.0, 26.0))
    before, after = run(base, raised)
    seen = (26 + (count - 2) * 20) / (count - 1)
    assert fewer(before[1], after[1], (20 / seen) ** RESPONSE)
    assert fewer(before[0], after[0], (26 / 20) ** RESPONSE)


def fewer(before: BlockResult, after: BlockResult, factor: float) -> bool:
    """Whether quits are the factor times what they were, within the standard error of two counts of rare events."""
    first, second = (departures(one)["time"].size for one in (before, after))
    assert min(first, second) > 500
    return abs(math.log(second / first / factor)) <= STANDARD_ERRORS * math.sqrt(1 / first + 1 / second)
