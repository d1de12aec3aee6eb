"""Who leaves, when and why: hazards, their wage responses, causes and destinations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.turnover import (
    CAUSES,
    DESTINATIONS,
    Hazards,
    cause_of,
    destination_of,
    promotion_bump,
    tenure_factor,
    wage_factor,
)
from tests.unit.arrays import codes, reals


def hazards(voluntary: float, to_use: float, dismissal: float, other: float) -> Hazards:
    return Hazards(reals(voluntary), reals(to_use), dismissal, other)


def test_the_total_hazard_is_the_sum_of_the_four() -> None:
    assert hazards(0.02, 0.004, 0.003, 0.001).total == pytest.approx([0.028], abs=1e-15)


def test_tenure_does_not_matter_at_shape_one_without_a_peak() -> None:
    assert tenure_factor(reals(0.0, 5.0, 200.0), 1.0, 0.0, 3.0).tolist() == [1.0, 1.0, 1.0]


def test_leaving_slows_with_tenure_around_its_level_after_eleven_months() -> None:
    factor = tenure_factor(reals(0.0, 11.0, 47.0), 0.5, 0.0, 3.0)
    assert factor == pytest.approx([math.sqrt(12), 1.0, 0.5], abs=1e-15)


def test_the_early_peak_is_highest_in_the_third_month() -> None:
    factor = tenure_factor(reals(0.0, 3.0, 6.0), 1.0, 0.8, 3.0)
    assert factor == pytest.approx([1.0, 1.8, 1.0 + 0.8 * (2 * math.exp(-1)) ** 2], abs=1e-15)


def test_with_constant_elasticity_a_tenth_more_pay_has_the_power_law_effect() -> None:
    factor = wage_factor("elasticity", -1.2, reals(20.0, 22.0, 10.0), 20.0, 99.0, 0.25)
    assert factor == pytest.approx([1.0, 1.1**-1.2, 2**1.2], abs=1e-15)


def test_the_logistic_response_is_one_at_the_outside_wage_and_two_at_most() -> None:
    factor = wage_factor("logistic", -1.2, reals(20.0, 22.0, 1e-6, 1e6), 20.0, 99.0, 0.25)
    assert factor == pytest.approx([1.0, 2 / (1 + 1.1**2.4), 2.0, 0.0], abs=1e-9)


def test_at_the_outside_wage_elasticity_and_logistic_have_the_same_slope() -> None:
    near = reals(20.0 * (1 + 1e-6))
    slopes = [(wage_factor(form, -1.2, near, 20.0, 99.0, 0.25)[0] - 1) / 1e-6 for form in ("elasticity", "logistic")]
    assert slopes == pytest.approx([-1.2, -1.2], abs=1e-4)


def test_the_threshold_response_asks_only_whether_the_living_wage_is_reached() -> None:
    factor = wage_factor("threshold", -1.2, reals(19.99, 20.0, 30.0), 15.0, 20.0, 0.25)
    assert factor == pytest.approx([math.exp(0.3), 1.0, 1.0], abs=1e-15)


@pytest.mark.parametrize("form", ["elasticity", "logistic", "threshold"])
@given(st.floats(5, 60), st.floats(1, 2), st.floats(-3, 0))
def test_a_higher_wage_never_makes_leaving_likelier(form: str, wage: float, times: float, effect: float) -> None:
    low, high = wage_factor(form, effect, reals(wage, wage * times), 18.0, 21.0, 0.25).tolist()
    assert high <= low * (1 + 1e-12)


def test_a_promotion_unsettles_for_six_months() -> None:
    now, since = 20.0, reals(19.0, 14.5, 14.0, 20.0)
    bump = promotion_bump(now, since, reals(0.0, 0.0, 0.0, 0.0), codes(1, 2, 1, 1), 0.7, 6.0)
    assert bump.tolist() == [0.7, 0.7, 0.0, 0.7]


def test_nobody_is_unsettled_by_the_rung_they_were_hired_on() -> None:
    bump = promotion_bump(20.0, reals(19.0, 19.0), reals(0.0, 19.0), codes(0, 1), 0.7, 6.0)
    assert bump.tolist() == [0.0, 0.0]


def test_causes_are_drawn_in_proportion_to_their_hazards() -> None:
    uniform = (np.arange(1000) + 0.5) / 1000
    size = uniform.size
    drawn = cause_of(uniform, Hazards(np.full(size, 0.5), np.full(size, 0.3), 0.15, 0.05))
    assert np.bincount(drawn).tolist() == [500, 300, 150, 50]


def test_a_uniform_on_the_edge_belongs_to_the_earlier_cause() -> None:
    one = Hazards(np.full(5, 0.25), np.full(5, 0.25), 0.25, 0.25)
    assert cause_of(reals(0.25, 0.5, 0.75, 1.0, 1e-12), one).tolist() == [0, 1, 2, 3, 0]
    assert [CAUSES[code] for code in range(4)] == ["voluntary", "return_to_use", "dismissal", "other"]


def test_quitters_leave_the_field_leave_work_or_take_another_peer_job() -> None:
    assert destination_of(reals(0.36, 0.37, 0.5, 0.51, 1.0), 0.36, 0.14).tolist() == [0, 1, 1, 2, 2]
    assert DESTINATIONS == ("other_field", "out_of_work", "other_peer_job")
