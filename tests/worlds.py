"""Build small scenarios for tests: a quiet world in which only what a test names goes on."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.engine.run import BlockResult, simulate
from sim.model.world import log
from sim.scenario.schema import Scenario

Tables = dict[str, Any]


def quiet_tables() -> Tables:
    """Return tables with effects, spreads, feedback, rules, growth and return to use switched off."""
    return {
        "horizon": {"months": 24, "warm_up_months": 0},
        "experiment": {"feedback": False},
        "place": {
            "living_wage_usd_per_hour": 20.0,
            "outside_wage_usd_per_hour": 20.0,
            "minimum_wage_usd_per_hour": 7.25,
            "living_wage_growth_per_year": 0.0,
            "outside_wage_growth_per_year": 0.0,
        },
        "posts": {"number": 50, "overhead_share": 0.0},
        "pay": {"wage_usd_per_hour": 20.0, "cost_of_living_share": 0.0},
        "practices": {"other_supervisors_fte": 0.0},
        "rules": {"enforce": False},
        "turnover": {
            "level": {"kind": "hazards", "voluntary_per_year": 0.0},
            "return_to_use_per_year": 0.0,
            "tenure_shape": 1.0,
            "early_peak": 0.0,
            "worker_spread_sd": 0.0,
            "employer_spread_sd": 0.0,
            "cost_per_exit_usd": 0.0,
        },
        "recruitment": {
            "days_to_fill": 30.4375,
            "wage_elasticity": 0.0,
            "certified_share": 1.0,
            "ramp_up_months": 0.0,
            "cost_per_hire_usd": 0.0,
        },
        "effects": {"scale": 0.0},
    }


def merged(tables: Tables, more: Tables) -> Tables:
    """Return tables with more laid over them; a table with a kind replaces one of another kind."""
    result = dict(tables)
    for key, value in more.items():
        old = result.get(key)
        same_kind = (
            isinstance(old, dict) and isinstance(value, dict) and value.get("kind", old.get("kind")) == old.get("kind")
        )
        result[key] = merged(old, value) if same_kind else value
    return result


def quiet(**more: Any) -> Scenario:
    """Return the quiet scenario with some tables changed."""
    return Scenario.model_validate(merged(quiet_tables(), more))


def run_one(scenario: Scenario, replications: int, seed: int = 1) -> BlockResult:
    """Return what happens to the only kind of employer of a scenario."""
    return simulate(scenario, [], range(replications), seed)[0][0]


def departures(result: BlockResult) -> dict[str, Any]:
    """Return the facts of exits as columns."""
    facts = result.facts
    left = facts["kind"] == log.LEFT
    return {name: column[left] for name, column in facts.items()}


def per_replication(result: BlockResult, column: str) -> Any:
    """Return a panel column averaged over months, by replication."""
    by_employer = np.asarray(result.panel[column], dtype=float).mean(axis=0)
    numbers = np.unique(result.replications)
    return np.array([by_employer[result.replications == number].mean() for number in numbers])
