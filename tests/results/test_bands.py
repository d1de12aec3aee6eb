"""Where runs lie, and how sure their mean is."""

from __future__ import annotations

import numpy as np
import pytest

from sim.results.bands import interval, middle, retention_band
from sim.results.summary import estimate

RUNS = np.array([[1.0, np.nan, 4.0], [2.0, np.nan, 4.0], [6.0, np.nan, 4.0], [9.0, 5.0, 4.0]])


def test_the_middle_holds_nine_of_ten_runs_and_months_without_a_value_have_none() -> None:
    band = middle(np.arange(101.0)[:, None] * [1.0, np.nan])
    assert (band.mean[0], band.low[0], band.high[0]) == pytest.approx((50.0, 5.0, 95.0))
    assert np.isnan([band.mean[1], band.low[1], band.high[1]]).all()


def test_an_interval_is_that_of_the_estimate_at_every_step() -> None:
    band = interval(RUNS, lowest=0.5)
    for step, one in enumerate(estimate(RUNS[:, at], lowest=0.5) for at in range(3)):
        told = [one.mean, one.low if one.low is not None else np.nan, one.high if one.high is not None else np.nan]
        assert [band.mean[step], band.low[step], band.high[step]] == pytest.approx(told, nan_ok=True)


def test_retention_of_constant_exits_is_the_exponential_with_an_interval_around_it() -> None:
    exits = np.full((6, 24), 5.0) + np.arange(6.0)[:, None] - 2.5
    band = retention_band(exits, np.full((6, 24), 100.0))
    assert band.mean[0] == 1.0
    assert band.low[12] < np.exp(-0.6) < band.high[12]
    assert band.mean[12] == pytest.approx(np.exp(-0.6), abs=(band.high[12] - band.low[12]) / 20)
    assert (band.low[1:] < band.mean[1:]).all()
    assert (band.high[1:] > band.mean[1:]).all()


def test_where_one_run_alone_was_in_sight_retention_has_no_interval() -> None:
    exits, lived = np.ones((3, 4)), np.full((3, 4), 10.0)
    lived[1:, 2:], exits[1:, 2:] = 0.0, 0.0
    band = retention_band(exits, lived)
    assert np.isfinite(band.mean).all()
    assert np.isfinite(band.low[:3]).all()
    assert np.isnan(band.low[3:]).all()


def test_one_run_has_a_curve_and_no_interval() -> None:
    band = retention_band(np.ones((1, 3)), np.full((1, 3), 10.0))
    assert band.mean == pytest.approx(np.exp([0.0, -0.1, -0.2, -0.3]))
    assert np.isnan(band.low).all()
