"""Means, intervals, and what undefined values do to them."""

import numpy as np
import pytest
from scipy.stats import t

from sim.results.summary import estimate


def test_the_interval_is_students() -> None:
    values = np.array([1.0, 4.0, 2.5, 7.0])
    one = estimate(values)
    low, high = t.interval(0.95, 3, values.mean(), values.std(ddof=1) / 2.0)
    assert (one.mean, one.low, one.high, one.n) == (pytest.approx(3.625), pytest.approx(low), pytest.approx(high), 4)


def test_undefined_values_are_left_out() -> None:
    one = estimate(np.array([1.0, np.nan, 3.0]))
    assert (one.mean, one.n) == (2.0, 2)


def test_of_one_value_there_is_no_interval() -> None:
    one = estimate(np.array([np.nan, 3.0]))
    assert (one.mean, one.low, one.high, one.n) == (3.0, None, None, 1)
    assert not one.excludes_zero


def test_an_interval_stays_within_what_is_possible_and_never_passes_its_mean() -> None:
    one = estimate(np.array([0.0] * 9 + [1.0]), 0.0, 1.0)
    assert one.low == 0.0
    assert one.high is not None
    assert one.high < 1.0
    beyond = estimate(np.array([-0.2, -0.1]), 0.0, 1.0)
    assert beyond.low == beyond.mean


def test_an_interval_on_one_side_of_zero_excludes_it() -> None:
    assert estimate(np.array([1.0, 1.1, 0.9])).excludes_zero
    assert estimate(np.array([-1.0, -1.1, -0.9])).excludes_zero
    assert not estimate(np.array([-1.0, 1.1, 0.9])).excludes_zero
    assert not estimate(np.zeros(3)).excludes_zero
