"""What moves burnout, satisfaction, role clarity and recovery, and how fast."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.wellbeing import (
    funding_certainty,
    left_of,
    moved,
    onboarding_strain,
    pay_adequacy,
    pushes,
    supervision_penalty,
    workload,
)
from tests.unit.arrays import reals

TAU = (8.0, 6.0, 4.0, 12.0)


def test_causes_add_up_on_each_outcome() -> None:
    rows = [("workload", 0, 0.35), ("training", 1, 0.1), ("workload", 1, -0.2)]
    total = pushes(rows, {"workload": reals(1.0, 2.0), "training": 3.0}, 3, (2,))
    np.testing.assert_allclose(total, [[0.35, 0.70], [0.1, -0.1], [0.0, 0.0]], rtol=0, atol=1e-15)


def test_without_causes_nothing_is_pushed() -> None:
    assert not pushes([], {}, 6, (2,)).any()


def pace(months: Sequence[float], noise: Sequence[float]) -> list[tuple[float, float]]:
    """Return what stays of a deviation in a month, and what luck adds, of time constants and SD."""
    kept = [math.exp(-1 / own) for own in months]
    return [(one, sd * math.sqrt(1 - one * one)) for one, sd in zip(kept, noise, strict=True)]


def test_a_state_goes_the_way_to_its_target_by_its_time_constant() -> None:
    states, targets = np.ones((4, 1)), np.full((4, 1), 3.0)
    after = moved(states, targets, np.zeros((4, 1)), pace(TAU, (1.0, 1.0, 1.0, 1.0)))
    assert after[:, 0] == pytest.approx([3 - 2 * math.exp(-1 / tau) for tau in TAU], abs=1e-15)


def test_shocks_keep_the_spread_of_a_state_what_it_is() -> None:
    shocks = np.ones((4, 1))
    after = moved(np.zeros((4, 1)), np.zeros((4, 1)), shocks, pace(TAU, (0.5, 0.6, 0.7, 0.8)))
    spreads = [sd * math.sqrt(1 - math.exp(-2 / tau)) for sd, tau in zip((0.5, 0.6, 0.7, 0.8), TAU, strict=True)]
    assert after[:, 0] == pytest.approx(spreads, abs=1e-15)
    for sd, tau, spread in zip((0.5, 0.6, 0.7, 0.8), TAU, spreads, strict=True):
        assert sd**2 * math.exp(-2 / tau) + spread**2 == pytest.approx(sd**2, abs=1e-15)


def test_two_half_steps_to_a_fixed_target_are_one_whole_step() -> None:
    states, targets, still = np.full((4, 1), 2.0), np.full((4, 1), -1.0), np.zeros((4, 1))
    double = tuple(2 * tau for tau in TAU)
    once = moved(states, targets, still, pace(TAU, (0.0,) * 4))
    twice = moved(moved(states, targets, still, pace(double, (0.0,) * 4)), targets, still, pace(double, (0.0,) * 4))
    np.testing.assert_allclose(twice, once, rtol=0, atol=1e-15)


def penalty(peers: float, fte: float, *, standard: float = 8.0, per_doubling: float = 1.0) -> float:
    return float(supervision_penalty(reals(peers), reals(fte), standard, per_doubling, 3.0)[0])


def test_within_the_standard_span_no_support_is_lost() -> None:
    assert penalty(16, 2.0) == 0.0
    assert penalty(3, 2.0) == 0.0


def test_each_doubling_of_the_span_loses_so_much_support() -> None:
    assert penalty(16, 1.0) == 1.0
    assert penalty(32, 1.0, per_doubling=0.5) == 1.0
    assert penalty(12, 1.0) == pytest.approx(math.log2(1.5), abs=1e-15)


def test_three_sd_are_lost_at_most_and_without_any_supervisor() -> None:
    assert penalty(1000, 1.0) == 3.0
    assert penalty(1, 0.0) == 3.0
    assert penalty(5, 0.0, per_doubling=0.0) == 3.0


def test_where_nobody_works_nobody_misses_a_supervisor() -> None:
    assert penalty(0, 0.0) == 0.0
    assert penalty(0, 2.0) == 0.0


def load(demand: float, capacity: float, standard: float = 1.1) -> float:
    return float(workload(reals(demand), reals(capacity), standard)[0])


def test_a_quarter_more_than_the_standard_load_is_one_sd() -> None:
    assert load(110.0, 100.0) == pytest.approx(0.0, abs=1e-15)
    assert load(137.5, 100.0) == pytest.approx(1.0, abs=1e-14)
    assert load(100.0, 125.0, 1.0) == pytest.approx(-1.0, abs=1e-14)


def test_workload_stays_between_its_ends() -> None:
    assert load(1e9, 1.0) == 3.0
    assert load(1e-9, 1.0) == -2.0
    assert load(0.0, 1.0) == -2.0


def test_demand_without_anyone_to_meet_it_is_the_heaviest_load() -> None:
    assert load(10.0, 0.0) == 3.0
    assert load(0.0, 0.0) == 0.0


def test_pay_is_adequate_at_the_reference_ratio_and_moves_by_the_log() -> None:
    wages = reals(17.0, 17.0 * math.exp(0.25), 17.0 * math.exp(-0.5))
    assert pay_adequacy(wages, 20.0, math.log(0.85), 0.25) == pytest.approx([0.0, 1.0, -2.0], abs=1e-14)


def test_a_household_has_left_what_lies_on_the_line_between_two_wages_and_beyond_them_in_proportion() -> None:
    wages, net = reals(12.0, 20.0, 50.0), reals(24_000.0, 32_000.0, 77_000.0)
    asked = reals(12.0, 14.0, 35.0, 50.0, 6.0, 100.0)
    assert left_of(wages, net, asked).tolist() == [24_000.0, 26_000.0, 54_500.0, 77_000.0, 12_000.0, 154_000.0]


def test_pay_adequacy_stays_within_four_sd() -> None:
    assert pay_adequacy(reals(1e6, 1e-6), 20.0, math.log(0.85), 0.25).tolist() == [4.0, -4.0]


def test_the_strain_of_starting_peaks_at_three_and_a_half_months() -> None:
    strain = onboarding_strain(reals(0.0, 3.5, 7.0), 3.5)
    assert strain == pytest.approx([0.0, 1.0, (2 / math.e) ** 2], abs=1e-15)
    assert onboarding_strain(reals(12.0), 3.5)[0] < 0.1


def test_funding_is_two_sd_less_certain_where_every_post_is_at_stake() -> None:
    assert funding_certainty(reals(0.0, 0.25, 1.0, 1.7)).tolist() == [0.0, -0.5, -2.0, -2.0]


@given(st.integers(0, 100), st.just(0.0) | st.floats(0.01, 10), st.floats(0.5, 20), st.floats(0, 5))
def test_one_more_supervisor_never_loses_support(peers: int, fte: float, standard: float, per_doubling: float) -> None:
    more = penalty(peers, fte + 1, standard=standard, per_doubling=per_doubling)
    assert 0.0 <= more <= penalty(peers, fte, standard=standard, per_doubling=per_doubling) + 1e-12 <= 3.0 + 1e-12
