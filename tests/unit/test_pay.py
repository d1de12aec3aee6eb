"""Wages: scale, rungs, floors, steps and what a rate rise passes on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.pay import living_wage_floor, passed_through, rung_wages, supervisors_wage, wage_of
from tests.unit.arrays import flags, reals


def test_supervisors_keep_their_gap_when_peers_are_raised() -> None:
    assert supervisors_wage(28.5, 0.1875, 24.0) == 28.5  # 24.00 × 1.1875
    assert supervisors_wage(28.5, 0.1875, 29.08) == pytest.approx(34.5325, abs=1e-12)
    assert supervisors_wage(45.0, 0.1875, 29.08) == 45.0
    assert supervisors_wage(20.0, 0.0, 24.0) == 24.0


def test_the_living_wage_floor_rises_in_equal_steps() -> None:
    by_month = [living_wage_floor(18.0, 24.0, months, 24.0) for months in (0, 1, 12, 24, 60)]
    assert by_month == [18.0, 18.25, 21.0, 24.0, 24.0]


def test_a_floor_without_a_phase_in_holds_at_once() -> None:
    assert living_wage_floor(18.0, 24.0, 0, 0.0) == 24.0


def test_a_floor_before_its_time_lifts_nothing() -> None:
    assert living_wage_floor(18.0, 24.0, -3, 24.0) == 18.0


def test_a_floor_never_lowers_a_wage() -> None:
    assert living_wage_floor(30.0, 24.0, 24, 24.0) == 30.0
    assert living_wage_floor(30.0, 24.0, 0, 0.0) == 30.0


def test_rungs_stand_on_one_another() -> None:
    wages = rung_wages(20.0, [("raise", 0.19), ("amount", 25.5), ("raise", 0.1)])
    assert wages == pytest.approx([20.0, 23.8, 25.5, 28.05], abs=1e-12)


def test_an_amount_below_the_rung_beneath_is_lifted_to_it() -> None:
    assert rung_wages(20.0, [("amount", 18.0), ("raise", 0.0)]).tolist() == [20.0, 20.0, 20.0]


def test_a_ladder_without_rungs_is_the_entry_wage() -> None:
    assert rung_wages(20.0, []).tolist() == [20.0]


def test_each_whole_year_in_the_job_is_a_step_up_to_the_last() -> None:
    tenure = reals(0.0, 11.9, 12.0, 35.0, 36.0, 240.0)
    wage = wage_of(np.full(6, 20.0), tenure, np.zeros(6, dtype=bool), 0.1, 3, 0.0)
    assert wage == pytest.approx([20.0, 20.0, 22.0, 24.2, 26.62, 26.62], abs=1e-12)


def test_certified_peers_earn_the_premium() -> None:
    wage = wage_of(reals(20.0, 25.0, 20.0), reals(0.0, 0.0, 24.0), flags(1, 0, 1), 0.1, 5, 0.05)
    assert wage == pytest.approx([21.0, 25.0, 25.41], abs=1e-12)


@pytest.mark.parametrize(("share", "steps"), [(0.0, 5), (0.1, 0)])
def test_without_steps_or_premium_a_wage_is_the_wage_of_the_rung(share: float, steps: int) -> None:
    rung = reals(20.0, 25.0)
    assert wage_of(rung, reals(100.0, 0.0), flags(1, 0), share, steps, 0.0).tolist() == [20.0, 25.0]


def test_a_rise_of_a_dollar_a_unit_passed_on_in_full_pays_its_fringe_too() -> None:
    # 4 units × 42 % individual × 88 % of paid hours × 95 % kept = 1.40448 units a paid hour; a wage dollar costs 1.336
    assert passed_through(1.0, 1.0, 1.40448, 0.336) == pytest.approx(1.0512574850299402, abs=1e-15)
    assert passed_through(0.5, 2.0, 1.40448, 0.336) == pytest.approx(1.0512574850299402, abs=1e-15)


def test_a_rate_cut_takes_no_wages_back_and_nothing_is_passed_on_without_a_share() -> None:
    assert passed_through(1.0, -3.0, 1.4, 0.3) == 0.0
    assert passed_through(0.0, 3.0, 1.4, 0.3) == 0.0


@given(st.floats(5, 60), st.floats(5, 60), st.floats(0, 240), st.floats(0, 240))
def test_a_floor_lies_between_the_wage_and_its_target_and_never_sinks(
    wage: float, target: float, months: float, phase: float
) -> None:
    floor = living_wage_floor(wage, target, months, phase)
    assert wage <= floor <= max(wage, target) * (1 + 1e-12)
    assert living_wage_floor(wage, target, months + 1, phase) >= floor
