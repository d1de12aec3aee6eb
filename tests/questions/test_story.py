"""One replication lived again alone gives the careers of the whole run, and nobody is disturbed by being watched."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.model.engine.run import simulate
from sim.model.world import log
from sim.questions.story.story import BURNED_OUT, in_post, stories
from sim.results.careers import Career
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from tests.worlds import quiet

LIVELY: dict[str, Any] = {
    "horizon": {"start": "2027-01", "months": 18, "warm_up_months": 6},
    "experiment": {"feedback": True},
    "posts": {"number": 6},
    "ladder": {"lead": {"step": 1, "months_in_rung_below": 3.0}},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.6}, "return_to_use_per_year": 0.3},
    "recruitment": {"certified_share": 0.3},
    "employer": [{"name": "town", "count": 2}, {"name": "county"}],
    "effects": {"scale": 1.0},
}
REPLICATION = 3


def scenarios() -> tuple[Scenario, Scenario]:
    return quiet(**LIVELY), quiet(**LIVELY, pay={"wage_usd_per_hour": 26.0})


@cache
def alone(place: int) -> list[Career]:
    base, other = scenarios()
    return stories((base, other)[place], REPLICATION, seed=1, base=base)


@cache
def facts_of_the_whole(place: int) -> frozenset[tuple[Any, ...]]:
    """Every fact of the replication as (employer, post, occupant, time, kind, rung, wage), from a run of five."""
    base, other = scenarios()
    found = []
    for block in simulate(base, [other], range(5), 1)[place]:
        facts = block.facts
        row = facts["row"].astype(np.int64)
        ours = block.replications[row // block.posts] == REPLICATION
        columns = (block.owners[row // block.posts], row % block.posts, facts["ordinal"], facts["time"])
        kinds = [log.KINDS[int(kind)] for kind in facts["kind"]]
        rungs = [block.rungs[int(rung)] for rung in facts["rung"]]
        rows = zip(*columns, kinds, rungs, facts["wage"], strict=True)
        found += [tuple(one) for one, there in zip(rows, ours, strict=True) if there]
    return frozenset(found)


@pytest.mark.parametrize("place", [0, 1])
def test_alone_everybody_meets_the_same_fate_as_in_the_whole_run(place: int) -> None:
    told = {
        (one.employer, one.post, one.occupant, event.time, event.what, event.rung, event.wage)
        for one in alone(place)
        for event in one.events
    }
    assert told == facts_of_the_whole(place)
    assert len(told) > 60


def test_an_alternative_begins_with_the_bases_people() -> None:
    """The same people are in the same posts at the start, at the alternative's wage."""
    first, second = (
        {(c.employer, c.post, c.occupant, c.hired) for c in alone(place) if c.hired <= 0} for place in (0, 1)
    )
    assert first == second
    assert {e.wage for c in alone(1) for e in c.events if e.what == "opening" and e.rung == "entry"} == {26.0}


def test_who_is_seen_at_a_months_end_was_there_then() -> None:
    for one in alone(0):
        seen = [one.seen_from + at + 1 for at, burnout in enumerate(one.burnout) if not np.isnan(burnout)]
        assert all(one.hired <= close <= one.until + 1e-9 for close in seen)
        assert len(one.burnout) == len(one.satisfaction) == len(one.wage)


def test_somebody_is_burned_out_and_a_promotion_is_seen_in_the_wage() -> None:
    assert max(one.months_above(BURNED_OUT) for one in alone(0)) > 0
    raised = [
        (event.wage, one.wage_from(event.time)) for one in alone(0) for event in one.events if event.what == "promoted"
    ]
    assert raised
    assert all(after is not None and after > before for before, after in raised)


def test_those_who_held_a_post_follow_one_another() -> None:
    held = in_post(alone(0), 1, 2)
    assert len(held) > 1
    assert all(before.until <= after.hired for before, after in pairwise(held))


def test_a_base_of_other_employers_is_refused() -> None:
    with pytest.raises(ScenarioError, match="employers are compared one by one"):
        stories(quiet(**LIVELY), 0, 1, base=quiet())
