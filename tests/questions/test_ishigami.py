"""Screening and indices on the function of Ishigami and Homma (a = 7, b = 0.1), whose values are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.questions.sensitivity.morris import Floats, elementary, screened, star
from sim.questions.sensitivity.sobol import indices, rows
from sim.streams import study

A, B = 7.0, 0.1
VARIANCE = 0.5 + A**2 / 8 + B * math.pi**4 / 5 + B**2 * math.pi**8 / 18
ALONE = ((0.5 * (1 + B * math.pi**4 / 5) ** 2) / VARIANCE, A**2 / 8 / VARIANCE, 0.0)
JOINTLY = B**2 * math.pi**8 * (1 / 18 - 1 / 50) / VARIANCE
TOTAL = (ALONE[0] + JOINTLY, ALONE[1], JOINTLY)
SIZES = (7.55, 5.63, 4.83)  # means of 400,000 moves of random length


def ishigami(chances: Floats) -> Floats:
    x = (2.0 * chances - 1.0) * math.pi
    made = np.sin(x[..., 0]) + A * np.sin(x[..., 1]) ** 2 + B * x[..., 2] ** 4 * np.sin(x[..., 0])
    return np.asarray(made)


def effects(inputs: int = 3, stars: int = 200) -> Floats:
    points = [star(inputs, study(1, number)) for number in range(stars)]
    return np.array([elementary(one, ishigami(one)[:, None]) for one in points])


def test_sobol_indices_hold_the_known_values_in_their_intervals() -> None:
    found = indices(ishigami(rows(3, 1024, study(1, 2))), study(1, 3))
    for one, alone, total in zip(found, ALONE, TOTAL, strict=True):
        assert one.first.low <= alone <= one.first.high
        assert one.total.low <= total <= one.total.high
        assert one.total.high - one.total.low < 0.2


def test_an_input_that_does_nothing_has_no_indices() -> None:
    inert = indices(ishigami(rows(4, 256, study(1, 4))), study(1, 3))[3]
    assert inert.total.value == pytest.approx(0.0, abs=1e-12)
    assert inert.first.low <= 1e-12


def test_the_screening_ranks_the_inputs_and_holds_their_sizes_in_its_intervals() -> None:
    found = screened(effects(), study(1, 1))
    assert [one.size for one in found] == sorted((one.size for one in found), reverse=True)
    for one, size in zip(found, SIZES, strict=True):
        assert one.low <= size <= one.high
    assert all(one.spread > one.low for one in found)  # no input acts along a straight line


def test_an_input_that_does_nothing_does_not_move_the_result_at_all() -> None:
    inert = screened(effects(4, 20), study(1, 1))[3]
    assert (inert.size, inert.spread, inert.luck, inert.told_apart) == (0.0, 0.0, 0.0, False)


def test_a_star_moves_one_input_at_a_time_and_never_a_short_way() -> None:
    for number in range(50):
        points = star(5, study(2, number))
        moves = np.abs(points[1:] - points[0])
        assert (np.count_nonzero(moves, axis=1) == 1).all()
        assert (np.diag(moves) >= 0.3).all()
        assert ((points >= 0) & (points < 1)).all()


def test_what_stays_moves_only_by_itself() -> None:
    points = star(3, study(2, 1), {1: 0.25})
    assert points[:, 1].tolist() == [0.25, 0.25, pytest.approx(points[2, 1]), 0.25]
    assert abs(points[2, 1] - 0.25) >= 0.3


def test_a_straight_line_has_its_slope_over_the_range_and_no_spread() -> None:
    points = [star(2, study(3, number)) for number in range(8)]
    results = np.array([elementary(one, (one @ [3.0, -2.0])[:, None]) for one in points])
    first, second = screened(results, study(3, 99))
    assert (first.size, first.mean, second.size, second.mean) == pytest.approx((3.0, 3.0, 2.0, -2.0))
    assert first.spread == pytest.approx(0.0, abs=1e-12)


def test_luck_alone_is_named_as_large_as_it_makes_a_size() -> None:
    generator = study(4, 1)
    found = screened(generator.standard_normal((200, 1, 25)), study(4, 2))[0]
    assert found.luck == pytest.approx(math.sqrt(2 / math.pi) / 5, rel=0.1)
    assert found.size == pytest.approx(found.luck, rel=0.2)


def test_an_input_that_cannot_move_is_left_out() -> None:
    still = np.full((4, 1, 3), np.nan)
    assert screened(still, study(4, 2))[0].size == 0.0
