"""What a base was solved for is remembered: found again for the same base, never taken for another one's."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest

from sim.model.engine import baselines
from sim.model.engine.baselines import baseline_for
from sim.model.rules.turnover import Baseline
from sim.scenario.files import load
from sim.scenario.rows import rows_of
from tests.scenarios.library import file_of


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The organizations for which a pilot was run."""
    found: list[Any] = []

    def solve(_: Any, organization: Any) -> Baseline:
        found.append(organization)
        return Baseline(float(len(found)), 0.0, 0.0)

    monkeypatch.setattr(baselines, "solve_baseline", solve)
    monkeypatch.setattr(baselines, "_LATELY", OrderedDict[str, Baseline]())
    return found


def solve(*sets: str) -> float:
    scenario = load(file_of("pa_fee_for_service"), sets).scenario
    return float(baseline_for(scenario, "employer").voluntary)


def test_the_same_base_is_solved_once(solved: list[Any]) -> None:
    assert [solve(), solve(), solve("rules.enforce=true")] == [1.0, 1.0, 1.0]
    assert len(solved) == 1


@pytest.mark.parametrize(
    "other", ["pay.wage_usd_per_hour=26", "horizon.warm_up_months=7", "experiment.feedback=false", "place.state=WV"]
)
def test_another_base_is_solved_anew(solved: list[Any], other: str) -> None:
    assert [solve(), solve(other), solve()] == [1.0, 2.0, 1.0]
    assert len(solved) == 2


def test_each_of_several_rows_is_solved_once(solved: list[Any]) -> None:
    ours = [load(file_of("pa_fee_for_service"), [f"pay.wage_usd_per_hour={wage}"]).scenario for wage in (24, 25, 24)]
    assert list(baseline_for(rows_of(ours), "employer").voluntary) == [1.0, 2.0, 1.0]
    assert len(solved) == 2


def test_only_the_latest_are_remembered(solved: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "MOST_REMEMBERED", 1)
    wages = [solve(f"pay.wage_usd_per_hour={wage}") for wage in (24, 25, 25, 24)]
    assert wages == [1.0, 2.0, 2.0, 3.0]
    assert len(solved) == 3
