"""The causes of leaving that are stated come out of the base's first year, within two standard errors."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from tests.answers import TABLES

RUNS, STATED = 500, 40.0
PILOT = 0.007  # standard error of solved hazards, as a share of the level (docs/model.md, section 3)
ORGANIZATIONS: dict[str, tuple[dict[str, Any], float, float]] = {
    "as the default": ({}, 0.75, 0.22),
    "half quit, many dismissed": ({"posts": {"number": 60}}, 0.5, 0.4),
    "a short warm-up": ({"horizon": {"warm_up_months": 12}}, 0.6, 0.15),
    "all newly hired": ({"posts": {"number": 40, "roster": [{"hired": "2027-06"}] * 40}}, 0.7, 0.25),
}


def rates(more: dict[str, Any], voluntary: float, involuntary: float) -> dict[str, Any]:
    """Return exits per 100 filled posts in the base's first year by cause, one value a replication."""
    level = {
        "kind": "observed",
        "separations_per_100_posts_year": STATED,
        "voluntary_share": voluntary,
        "involuntary_share": involuntary,
    }
    horizon = {"start": "2027-07", "months": 12} | more.get("horizon", {})
    tables = TABLES | more | {"horizon": horizon, "turnover": {"level": level}, "rules": {"enforce": False}}
    values = ask(load_table(tables), [], Settings(RUNS, 7, 1)).base.values
    start = "separations_per_100_posts_year."
    return {key.removeprefix(start): one for key, one in values.items() if key.startswith(start)}


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_stated_shares_by_cause_come_out_of_the_first_year(name: str) -> None:
    more, voluntary, involuntary = ORGANIZATIONS[name]
    found = rates(more, voluntary, involuntary)
    wanted = {
        "voluntary": (found["voluntary"], voluntary),
        "involuntary": (found["return_to_use"] + found["dismissal"], involuntary),
        "other": (found["other"], 1.0 - voluntary - involuntary),
    }
    for cause, (one, share) in wanted.items():
        error = one.std(ddof=1) / math.sqrt(RUNS) + PILOT * STATED * share
        assert abs(one.mean() - STATED * share) <= 2.0 * error, (cause, one.mean(), STATED * share, error)
