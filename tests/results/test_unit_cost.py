"""What a unit costs and brings before any run is what it costs and brings in a run without luck."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.world import log
from sim.results.on_paper.break_even import break_even
from sim.results.on_paper.unit_cost import unit_cost
from sim.scenario.schema import Scenario
from tests.worlds import quiet, run_one

FEES: dict[str, Any] = {
    "kind": "fee_for_service", "rate_usd_per_unit": 13.5, "group_rate_usd_per_unit": 2.5, "denial_share": 0.1,
    "rework_recovered_share": 0.0,
}  # fmt: skip
COSTLY: dict[str, Any] = {
    "posts": {"number": 40, "overhead_share": 0.15, "fixed_usd_per_month": 900.0},
    "benefits": {"fringe_share": 0.35, "flat_usd_per_month": 100.0},
    "practices": {"other_supervisors_fte": 5.0, "training_usd_per_peer_month": 50.0},
}


def world(**more: Any) -> Scenario:
    return quiet(horizon={"months": 3}, funding={"medicaid": FEES | more}, **COSTLY)


@pytest.mark.parametrize("caps", [{}, {"max_units_per_worker_day": 9.0}, {"max_units_per_client_month": 8.0}])
def test_arithmetic_and_the_engine_agree(caps: dict[str, float]) -> None:
    """Nobody leaves, everybody is certified, demand is what they can give: a month of a run is the arithmetic."""
    scenario = world(**caps)
    found, run = unit_cost(scenario), run_one(scenario, 1)
    assert found is not None
    cost = dict.fromkeys(found.parts, 0.0)
    for kind, when, cents in zip(run.lines["kind"], run.lines["time"], run.lines["cents"], strict=True):
        if when == 1.0 and log.LINE_KINDS[kind] in cost:
            cost[log.LINE_KINDS[kind]] -= cents / 100.0
    posts = 40 * found.units_per_month
    for kind, usd in cost.items():
        assert usd == pytest.approx(found.parts[kind] * posts, abs=0.02), kind
    kept = (run.panel["billed.medicaid"][0, 0] - run.panel["denied.medicaid"][0, 0]) / 100.0
    assert kept == pytest.approx(found.brings * posts, rel=2e-3)  # whole units, and the hours that clients want


def test_a_unit_meets_wages_and_fringe_where_the_share_billed_is_the_break_even() -> None:
    scenario = quiet(funding={"medicaid": FEES}, practices={"other_supervisors_fte": 0.0})
    found, start = unit_cost(scenario), break_even(scenario)
    assert found is not None
    assert start is not None
    hours = 2080 / 12
    assert found.met == pytest.approx(found.units_per_month / 4 / hours / start.share_after_denials)


def test_without_claims_there_is_no_unit() -> None:
    assert unit_cost(quiet()) is None
