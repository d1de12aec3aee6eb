"""Careers in a sector agree with single posts where they must, and carry quick leavers on where they should."""

from __future__ import annotations

import pytest

from studies.careers import sector_leaving
from studies.renewal import Rates, Shape, at_level, flows

SPREAD = Shape(tenure_shape=0.8, early_peak=0.8, worker_spread=0.4, employer_spread=0.7, fill_months=2.3)


def test_a_constant_hazard_is_the_same_at_every_time_in_the_sector() -> None:
    found = flows(Shape(fill_months=2.0), Rates(0.015, 0.005))
    for start, end in ((0, 12), (120, 240), (240, 480)):
        assert sector_leaving(found, 0.6, start, end) == pytest.approx(0.24, rel=1e-3)


def test_where_nobody_stays_in_the_sector_its_first_year_is_the_posts() -> None:
    found = at_level(SPREAD, 29.0, 0.75)
    assert sector_leaving(found, 0.0, 0, 12) == pytest.approx(found.leaving_rate(0, 12), rel=1e-3)


def test_leaving_over_whole_careers_is_the_level() -> None:
    """Newcomers of posts are mixed as newcomers of the sector, so careers show the level of the posts."""
    assert sector_leaving(at_level(SPREAD, 29.0, 0.75), 0.63, 0, 480) == pytest.approx(0.29, rel=0.02)


def test_old_hands_of_a_sector_leave_more_than_old_hands_of_a_post() -> None:
    """After twenty years in the sector many are new in their post."""
    found = at_level(SPREAD, 29.0, 0.75)
    assert sector_leaving(found, 0.63, 240, 480) > 1.2 * found.leaving_rate(240, 477)
