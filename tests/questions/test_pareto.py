"""A result is beaten only by one that is better on everything, beyond luck."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from sim.questions.frontier.frontier import beaten, low_end
from sim.streams import study

WAVES = np.array([-1.0, 1.0, -1.0, 1.0])


def results(*points: tuple[float, float]) -> list[list[np.ndarray]]:
    """Shared luck, as base and alternatives have it."""
    return [[x + WAVES, y + 2 * WAVES] for x, y in points]


def test_what_is_worse_on_everything_is_beaten_and_the_rest_is_not() -> None:
    found = beaten(results((1.0, 1.0), (2.0, 2.0), (3.0, 0.0), (0.5, 0.5)), [True, True])
    assert found == [(1,), (), (), (0, 1)]


def test_less_may_be_better() -> None:
    assert beaten(results((1.0, 1.0), (2.0, 2.0)), [False, True]) == [(), ()]
    assert beaten(results((1.0, 2.0), (2.0, 1.0)), [False, True]) == [(), (0,)]


def test_nobody_is_beaten_by_an_equal_on_one_objective() -> None:
    assert beaten(results((1.0, 1.0), (1.0, 2.0)), [True, True]) == [(), ()]


def test_what_luck_could_have_done_beats_nobody() -> None:
    ours, theirs = results((1.0, 1.0), (1.1, 1.1))
    shaken = [one + np.array([3.0, -3.0, 2.0, -2.0]) for one in theirs]
    assert beaten([ours, shaken], [True, True]) == [(), ()]


def test_the_interval_is_widened_for_the_number_of_rivals() -> None:
    gains = np.array([0.2, 1.0, 1.4, 0.6, 0.8])
    for rivals in (1, 5, 40):
        half = t.ppf(1 - 0.025 / rivals, 4) * gains.std(ddof=1) / np.sqrt(5)
        assert low_end(gains, rivals) == pytest.approx(gains.mean() - half)
    assert low_end(gains, 1) > low_end(gains, 5)
    assert low_end(np.array([1.0])) == -np.inf


def test_mixes_that_are_all_alike_are_hardly_ever_left_out() -> None:
    """Ten alike, each with its own luck: at most 5 % may be called beaten."""
    draws = study(1, 77)
    called = 0
    for _ in range(40):
        alike = [[draws.normal(size=20), draws.normal(size=20)] for _ in range(10)]
        called += sum(bool(by) for by in beaten(alike, [True, True]))
    assert called <= 0.05 * 400
