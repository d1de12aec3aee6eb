"""Answers with results made by hand, so that what is written about them is known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.results.measures.table import MEASURES
from sim.results.summary import Values
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.paired import paired
from sim.runs.replicate import Settings
from sim.scenario.differences import differences
from sim.scenario.files import Loaded, load_table

FEES = {"kind": "fee_for_service", "rate_usd_per_unit": 13.75, "denial_share": 0.05}
TABLES: dict[str, Any] = {
    "title": "Today",
    "horizon": {"start": "2027-07", "months": 60},
    "posts": {"number": 40},
    "pay": {"wage_usd_per_hour": 24.0},
    "benefits": {"fringe_share": 0.35},
    "funding": {"medicaid": FEES},
}
RUNS = 5
WAVES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])  # luck, the same for base and alternatives
BASE = {
    "exits_per_year": 12.0, "separations_per_100_posts_year": 12.0, "chance_of_missing_payroll": 0.2,
    "chance_of_negative_cash": 0.2, "chance_of_closure": 0.0,
    "retention_12_months": 0.56, "retention_in_post_12_months": 0.78, "hired_and_promoted_share": 0.0,
    "separations_standardized_per_100_posts_year": 12.0, "separations_from_tenure_mix_per_100_posts_year": 0.0,
    "hours_delivered_per_year": 48_000.0,
    "cash_end_usd": 320_000.0, "headcount": 36.2, "vacancy_rate": 0.096, "cost_usd_per_year": 3_400_000.0,
    "mean_wage_usd_per_hour": 24.95, "break_even_billable_share": 0.62, "break_even_billable_share_full_cost": 0.88,
    "billable_share": 0.41,
}  # fmt: skip
SPREAD = {"share": 0.01, "USD": 10_000.0, "USD a year": 10_000.0, "client-hours a year": 400.0}


def loaded(**more: Any) -> Loaded:
    return load_table(TABLES | more)


def values(**means: float) -> Values:
    told = dict.fromkeys(MEASURES, 1.0) | BASE | means
    apart = {measure.leaving: told[key] for key, measure in MEASURES.items() if measure.leaving}  # nobody is laid off
    told |= apart | {key: mean for key, mean in means.items() if key in apart}
    return {key: mean + SPREAD.get(MEASURES[key].unit, 0.5) * WAVES for key, mean in told.items()}


def case(name: str = "today", scenario: Loaded | None = None, **means: float) -> Case:
    return Case(name, scenario or loaded(), values(**means))


def answer(*others: Case, runs: int = RUNS) -> Answer:
    base = case()
    return Answer(base, tuple(alternative(base, other) for other in others), Settings(runs, 1))


def alternative(base: Case, other: Case, luck: float = 0.1) -> Alternative:
    """Compare; the differences vary a little from run to run."""
    shaken = {key: one + luck * (one - base.values[key]) * WAVES[::-1] / 2 for key, one in other.values.items()}
    moved = Case(other.name, other.loaded, shaken)
    changes = differences(base.loaded.scenario, other.loaded.scenario)
    return Alternative(moved, changes, paired(base.values, shaken))


def raised(**means: float) -> Case:
    scenario = loaded(title="A raise", pay={"wage_usd_per_hour": 26.0})
    return case("raise", scenario, **means)
