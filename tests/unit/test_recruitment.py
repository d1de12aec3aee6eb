"""How long a vacancy stays open and who is hired when posts are short."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.recruitment import months_to_fill, served_in_turn, two_step_wait
from sim.units import DAYS_PER_MONTH
from tests.unit.arrays import counts, reals

CANDIDATES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=12)  # (employer, time of hire)


def test_two_uniforms_of_one_over_e_wait_the_mean() -> None:
    e = math.exp(-1)
    assert two_step_wait(reals(e, e**2, 1.0), reals(e, 1.0, 1.0), 3.0) == pytest.approx([3.0, 3.0, 0.0], abs=1e-15)


def test_waits_have_the_mean_and_half_the_variance_of_an_exponential() -> None:
    grid = (np.arange(1000) + 0.5) / 1000
    first, second = np.meshgrid(grid, grid)
    waits = two_step_wait(first.ravel(), second.ravel(), 2.0)
    assert waits.mean() == pytest.approx(2.0, rel=1e-3)
    assert waits.var() == pytest.approx(2.0**2 / 2, rel=1e-2)


def test_seventy_days_at_the_outside_wage_are_two_and_a_third_months() -> None:
    assert months_to_fill(70.0, 1.0, -0.5, 0.0, -0.15) == pytest.approx(70 / 30.4375, abs=1e-15)


def test_a_better_wage_and_a_larger_pool_fill_posts_sooner() -> None:
    assert months_to_fill(DAYS_PER_MONTH, 4.0, -0.5, 0.0, -0.15) == 0.5
    assert months_to_fill(DAYS_PER_MONTH, 0.25, -0.5, 0.0, -0.15) == 2.0
    assert months_to_fill(DAYS_PER_MONTH, 1.0, -0.5, 2.0, -0.15) == pytest.approx(math.exp(-0.3), abs=1e-15)


def test_the_earliest_find_the_posts_there_are() -> None:
    employer, hire_at = counts(0, 0, 0, 2, 2), reals(3.5, 3.1, 3.9, 3.2, 3.1)
    served = served_in_turn(employer, hire_at, counts(2, 5, 1))
    assert served.tolist() == [True, True, False, False, True]


def test_a_tie_goes_to_the_lower_post() -> None:
    assert served_in_turn(counts(0, 0, 0), reals(3.0, 3.0, 3.0), counts(2)).tolist() == [True, True, False]


def test_without_room_nobody_is_served() -> None:
    assert served_in_turn(counts(0, 0), reals(3.0, 3.1), counts(0)).tolist() == [False, False]


def test_without_vacancies_there_is_nothing_to_serve() -> None:
    assert served_in_turn(counts(), reals(), counts(3, 3)).tolist() == []


@given(CANDIDATES, st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_each_employer_serves_as_many_as_it_has_room_for_and_nobody_before_an_earlier_one(
    candidates: list[tuple[int, int]], room: list[int]
) -> None:
    candidates = sorted(candidates, key=lambda one: one[0])
    employer, hire_at = counts(*(of for of, _ in candidates)), reals(*(float(at) for _, at in candidates))
    served = served_in_turn(employer, hire_at, counts(*room))
    for number, places in enumerate(room):
        ours = np.flatnonzero(employer == number)
        in_order = sorted(ours.tolist(), key=lambda place: (hire_at[place], place))
        assert set(np.flatnonzero(served & (employer == number)).tolist()) == set(in_order[:places])
