"""Each cost is charged once, to the first source that may pay it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.braiding import OVERHEAD, award_charge, federal_part, take
from sim.model.world.log import COST_KINDS
from tests.unit.arrays import counts


def test_cost_is_charged_kind_by_kind_until_the_amount_is_used_up() -> None:
    remaining = np.array([[100, 100], [50, 50], [10, 10]])
    charged = take(remaining, (0, 1), counts(120, 1000))
    assert charged.tolist() == [120, 150]
    assert remaining.tolist() == [[0, 0], [30, 0], [10, 10]]


def test_the_order_of_the_kinds_decides_which_cost_is_left() -> None:
    remaining = np.array([[100], [50]])
    assert take(remaining, (1, 0), counts(60)).tolist() == [60]
    assert remaining.tolist() == [[90], [0]]


def test_a_source_that_pays_for_nothing_is_charged_nothing() -> None:
    remaining = np.array([[100]])
    assert take(remaining, (), counts(60)).tolist() == [0]
    assert remaining.tolist() == [[100]]


def charge(direct: float, overhead: float, room: int, *, cap: float = 0.0, match: float = 0.0) -> tuple[int, int]:
    """Return what one award is charged."""
    x, y = award_charge(np.array([direct]), np.array([overhead]), counts(room), cap, match)
    return int(x[0]), int(y[0])


def test_an_award_pays_all_direct_cost_and_overhead_up_to_its_cap() -> None:
    assert charge(10_000, 5_000, 100_000, cap=0.15) == (10_000, 1_500)
    assert charge(10_000, 1_000, 100_000, cap=0.15) == (10_000, 1_000)


def test_an_award_that_runs_short_keeps_room_for_its_share_of_overhead() -> None:
    assert charge(200_000, 50_000, 115_000, cap=0.15) == (100_000, 15_000)


def test_room_that_overhead_does_not_fill_goes_to_direct_cost() -> None:
    assert charge(200_000, 5_000, 115_000, cap=0.15) == (110_000, 5_000)
    assert charge(200_000, 0, 115_000, cap=0.15) == (115_000, 0)


def test_a_match_leaves_its_part_of_every_cost_to_others() -> None:
    assert charge(10_000, 5_000, 100_000, cap=1.0, match=0.25) == (8_000, 4_000)


def test_an_award_with_no_room_or_no_cost_pays_nothing() -> None:
    assert charge(10_000, 5_000, 0, cap=0.15) == (0, 0)
    assert charge(0, 5_000, 100_000, cap=0.15) == (0, 0)


def test_a_charge_that_is_whole_but_for_rounding_is_whole() -> None:
    assert charge(0.1 * 3 * 10_000, 0, 100_000) == (3_000, 0)
    assert charge(11_500, 1_500, 11_500, cap=0.15) == (10_000, 1_500)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.floats(0, 2), st.floats(0, 5))
def test_an_award_never_pays_more_than_its_room_its_cap_or_the_cost(
    direct: int, overhead: int, room: int, cap: float, match: float
) -> None:
    x, y = charge(direct, overhead, room, cap=cap, match=match)
    assert 0 <= x <= direct / (1 + match) + 1e-5
    assert 0 <= y <= min(overhead, cap * x + 1e-5)
    assert x + y <= room


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**8), st.floats(0, 2), st.floats(0, 5))
def test_a_larger_room_never_pays_less(direct: int, overhead: int, room: int, cap: float, match: float) -> None:
    small = charge(direct, overhead, room, cap=cap, match=match)
    large = charge(direct, overhead, room + 12_345, cap=cap, match=match)
    assert sum(large) >= sum(small)


def test_the_federal_part_of_a_payment_is_rounded_to_the_cent() -> None:
    assert federal_part(counts(3_693_600, 101, 1), 0.5).tolist() == [1_846_800, 51, 1]
    assert federal_part(counts(100_000), 0.7425).tolist() == [74_250]


@pytest.mark.parametrize("kind", ["wages", "fringe", "supervision", "training", "recruiting", "other"])
def test_only_overhead_is_indirect(kind: str) -> None:
    assert COST_KINDS[OVERHEAD] == "overhead"
    assert COST_KINDS.index(kind) != OVERHEAD
