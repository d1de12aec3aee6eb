"""The closed-form files against the numbers their notes promise; tolerances come from the run's own standard error."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.engine.run import BlockResult, simulate
from sim.model.world import log
from tests.scenarios.library import (
    column,
    exits_per_100_year,
    loaded,
    occupancy_times,
    simulated,
    standard_error,
    survival,
)

STANDARD_ERRORS = 4.0
LEFT_CAUSES = ("voluntary", "return to use", "dismissal", "other")


def beside(base: str, other: str) -> tuple[BlockResult, BlockResult]:
    """Return the runs of two files on the same opening and luck."""
    scenarios = [loaded(name).scenario for name in (base, other)]
    first, second = simulate(scenarios[0], scenarios[1:], range(20), 1)
    return first[0], second[0]


def test_vacancy() -> None:
    result = simulated("vacancy", 60)
    vacancy = 1 - column(result, "in_post").sum(axis=0) / column(result, "posts").sum(axis=0)
    assert abs(vacancy.mean() - 3 / 27) <= STANDARD_ERRORS * standard_error(vacancy)
    exits = exits_per_100_year(result)
    assert abs(exits.mean() - 50) <= STANDARD_ERRORS * standard_error(exits)


def test_competing_exits() -> None:
    result = simulated("competing_exits", 40)
    causes = result.facts["detail"][result.facts["kind"] == log.LEFT]
    for cause, share in (("voluntary", 0.625), ("dismissal", 0.25), ("other", 0.125)):
        seen = (causes == LEFT_CAUSES.index(cause)).mean()
        assert abs(seen - share) <= STANDARD_ERRORS * math.sqrt(share * (1 - share) / causes.size)
    assert 1 - survival(result, 12) == pytest.approx(0.38122, abs=0.02)


def test_constant_hazard() -> None:
    result = simulated("constant_hazard", 30)
    for months in (6, 12, 24, 36, 60):
        exact = math.exp(-0.03 * months)
        hires = len(occupancy_times(result, log.HIRED)) * (1 - months / 120)
        assert abs(survival(result, months) - exact) <= STANDARD_ERRORS * math.sqrt(exact * (1 - exact) / hires)


def test_three_rungs() -> None:
    result = simulated("three_rungs", 60)
    left = occupancy_times(result, log.LEFT)
    posts = result.posts * result.owners.size
    stays = np.array([left.get((row, 0), 600.0) for row in range(posts)])
    for since, expected in ((0.0, 63.26), (12.0, 76.22), (24.0, 83.33)):
        further = stays[stays > since] - since
        assert abs(further.mean() - expected) <= STANDARD_ERRORS * standard_error(further)


def test_exact_billing_and_payment_lag() -> None:
    at_once, later = beside("exact_billing", "payment_lag")
    claims = at_once.lines["kind"] == log.LINE_KINDS.index("claims")
    months = np.ceil(at_once.lines["time"][claims] - 1e-9).astype(np.int64) - 1
    received = np.zeros_like(at_once.panel["units.medicaid"])
    np.add.at(received, (months, at_once.lines["employer"][claims].astype(np.int64)), at_once.lines["cents"][claims])
    assert np.array_equal(received, at_once.panel["units.medicaid"] * 1350)
    billed = later.panel["billed.medicaid"]
    assert np.array_equal(later.panel["receivable"][1:], billed[1:] + billed[:-1])


def test_a_rate_change_leaves_everything_but_money_alone() -> None:
    before, after = beside("exact_billing", "rate_change")
    money = ("billed.", "denied.", "charged.", "cash", "receivable", "due", "liquidity")
    for name, values in before.panel.items():
        if not name.startswith(money):
            assert np.array_equal(values, after.panel[name]), name
    for name, values in before.facts.items():
        assert np.array_equal(values, after.facts[name]), name
    differs = (before.panel["billed.medicaid"] != after.panel["billed.medicaid"]).any(axis=1)
    assert differs.tolist() == [False] * 12 + [True] * 12


def test_award_renewal() -> None:
    result = simulated("award_renewal", 200)
    awarded = result.funding["employer"][result.funding["kind"] == log.AWARDED].astype(np.int64)
    awards = np.bincount(awarded, minlength=200)
    assert abs(awards.mean() - 2.5) <= STANDARD_ERRORS * math.sqrt(3.75 / 200)
    assert abs((awards == 1).mean() - 0.4) <= STANDARD_ERRORS * math.sqrt(0.24 / 200)


def test_hand_worked_month() -> None:
    result = simulated("hand_worked_month", 1)
    month = {name: int(result.panel[name][1, 0]) for name in ("units.medicaid", "billed.medicaid", "payroll")}
    assert month == {"units.medicaid": 2_880, "billed.medicaid": 3_888_000, "payroll": 5_184_000}
    cash = column(result, "cash")[:, 0]
    assert cash[1] - cash[0] == 3_693_600 - 5_184_000 == -1_490_400
