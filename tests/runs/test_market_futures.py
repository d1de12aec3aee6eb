"""Futures of a portfolio whose employers meet: the same bits in any block, every row with its own mix of wages."""

from __future__ import annotations

import numpy as np

from sim.runs.blocks import Task, run_block, solved_for
from sim.runs.replicate import Settings, drawing
from sim.scenario.files import load_table
from tests.worlds import merged, quiet_tables

RUNS = 4
PORTFOLIO = {
    "horizon": {"months": 3},
    "posts": {"number": 4},
    "turnover": {"level": {"kind": "observed", "separations_per_100_posts_year": 60.0}},
    "market": {"employers_meet": True},
    "employer": [
        {"name": "first", "place": {"area": "here"}},
        {"name": "second", "place": {"area": "here"}, "pay": {"wage_usd_per_hour": 26.0}},
        {"name": "third", "place": {"area": "there"}, "pay": {"wage_usd_per_hour": 23.0}},
    ],
}


def test_a_future_of_a_market_is_the_same_in_any_block() -> None:
    tables = merged(quiet_tables(), PORTFOLIO)
    del tables["turnover"]["return_to_use_per_year"]  # a default, so that something of leaving is open
    raised = merged(tables, {"change": [{"at": "2027-02", "set": {"employer.second.pay.wage_usd_per_hour": 30.0}}]})
    everyone = [load_table(tables), load_table(raised)]
    futures = drawing(Settings(RUNS, 5, unknowns=True), everyone).futures
    assert futures is not None
    paths = {one.path for one in futures.unknowns}
    assert {"market.reach_share", "turnover.other_field_share", "turnover.out_of_work_share"} <= paths
    scenarios = tuple(loaded.scenario for loaded in everyone)
    solved = solved_for(scenarios[0])
    whole, *parts = (
        run_block(Task(scenarios, numbers, 5, solved, futures=futures)).sums
        for numbers in (range(RUNS), range(3), range(3, RUNS))
    )
    for place, sums in enumerate(whole):
        for name, values in sums.items():
            assert np.array_equal(np.concatenate([part[place][name] for part in parts]), values, equal_nan=True), name
