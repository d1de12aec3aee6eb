"""Pin the library's headline figures: `python -m tests.pinned.pin` writes them anew.

A pinned figure is no proof that it is right; it shows that a change moved it. Whoever moves one writes which, by how
much and why under **Results** in CHANGELOG.md, and pins anew in the same commit.
"""

from __future__ import annotations

import json
from pathlib import Path

from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import load

ROOT = Path(__file__).parents[2]
FIGURES = Path(__file__).with_name("figures.json")
REPLICATIONS, SEED = 8, 1
SCENARIOS = (
    "pa_fee_for_service",
    "pa_block_grant",
    "pa_wage_25",
    "pa_ladder",
    "pa_braided",
    "pa_ccbhc",
    "nc_managed_care",
    "id_rural",
    "md_recovery_community",
)
MEASURES = (
    "vacancy_rate",
    "separations_per_100_posts_year",
    "retention_12_months",
    "burnout_prevalence",
    "mean_wage_usd_per_hour",
    "revenue_usd_per_year",
    "cost_usd_per_year",
    "cash_end_usd",
    "hours_delivered_per_year",
)

Figures = dict[str, dict[str, float | None]]


def measured() -> Figures:
    """Return the means of the pinned measures for every pinned scenario."""
    return {name: _means(name) for name in SCENARIOS}


def _means(name: str) -> dict[str, float | None]:
    loaded = load(ROOT / "scenarios" / f"{name}.toml")
    measures = ask(loaded, [], Settings(REPLICATIONS, SEED, jobs=1)).base.measures
    return {key: measures[key].mean for key in MEASURES}


def pinned() -> Figures:
    """Return the figures as they were pinned."""
    figures: Figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


if __name__ == "__main__":
    FIGURES.write_text(json.dumps(measured(), indent=2) + "\n", encoding="utf-8")
