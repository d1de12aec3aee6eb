"""What a user states is what the base shows in its first year, with nothing new decided and rules off.

`PEERSTAY_WHOLE=1`, at night, asks fifty random organizations instead of fifteen, and twice as many years of the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.scenario.files import load
from tests.theory.organizations import FirstYear, first_years, organizations

ROOT = Path(__file__).parents[2]
LIBRARY = ("id_rural", "md_recovery_community", "nc_managed_care", "pa_fee_for_service", "pa_ladder", "pa_ccbhc")
STUDIES = ("v1_virginia", "v2_san_francisco", "v4_direct_support", "v6_counselors", "v7_louisiana", "v8_job_profiles")
WHOLE = bool(os.environ.get("PEERSTAY_WHOLE"))
ORGANIZATIONS, BATCHES = (50, 5) if WHOLE else (15, 3)
FURTHEST = 3.5  # standard errors, of any single one
LARGEST_SAMPLE = 6_000  # posts


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_organizations_show_what_they_state(batch: int) -> None:
    """Sizes, levels, rosters of every age, short warm-ups, spreads and ladders: no more differs than luck allows."""
    years = []
    for number, scenario in enumerate(organizations(ORGANIZATIONS, seed=1)):
        if number % BATCHES == batch:
            replications = max(60, -(-LARGEST_SAMPLE // scenario.posts.number))
            years.append(first_years(scenario, replications, 100 + number)["employer"])
    differ_as_by_luck(years)


@pytest.mark.parametrize("name", ["statewide_portfolio", *LIBRARY])
def test_the_library_shows_what_it_states(name: str) -> None:
    """Every kind of employer, awards, growth of wages and ladders included."""
    scenario = load(ROOT / f"scenarios/{name}.toml").scenario
    differ_as_by_luck(first_years(scenario, 60 if WHOLE else 30, seed=5).values())


@pytest.mark.parametrize("name", STUDIES)
def test_the_studies_show_what_they_state(name: str) -> None:
    """Warm-ups of 36 months, and levels from 11.5 to 68."""
    scenario = load(ROOT / f"scenarios/validation/{name}.toml").scenario
    differ_as_by_luck(first_years(scenario, 200 if WHOLE else 100, seed=6).values())


def differ_as_by_luck(years: Iterable[FirstYear]) -> None:
    """Check that standardized differences are those of luck: each, and their sum of squares, equally rare."""
    z = np.array([year.z for year in years])
    assert np.abs(z).max() <= FURTHEST
    assert (z**2).sum() <= stats.chi2.isf(stats.norm.sf(FURTHEST), z.size)
