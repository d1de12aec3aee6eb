"""Who is promoted, how long others wait, and what a peer may hope for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.ladder import NO_LIMIT, Hopes, promoted, prospects, queue, queue_by_chance, ready, slots
from tests.unit.arrays import counts, reals

NONE = math.nan
HOPES = Hopes(good_raise_log=math.log(1.2), most_reach=1.5, patience_months=24.0, fade_sd=0.4, fade_months=12.0)


def test_slots_are_open_a_number_a_share_of_posts_or_one_for_so_many_peers() -> None:
    funded, filled = counts(20, 7), counts(17, 7)
    assert slots("open", 0.0, funded, filled).tolist() == [NO_LIMIT, NO_LIMIT]
    assert slots("number", 3.0, funded, filled).tolist() == [3, 3]
    assert slots("share", 0.3, funded, filled).tolist() == [6, 2]
    assert slots("per_peers", 8.0, funded, filled).tolist() == [2, 0]


def test_a_share_that_is_whole_but_for_rounding_is_whole() -> None:
    assert slots("share", 0.07, counts(100), counts(100)).tolist() == [7]  # 7.000000000000001
    assert slots("share", 0.29, counts(100), counts(100)).tolist() == [29]  # 28.999999999999996


def test_those_longest_in_the_rung_are_promoted_and_the_lower_post_goes_first() -> None:
    candidates = np.array([[1, 1, 1, 1], [1, 0, 1, 1]], dtype=bool)
    since = np.array([[5.0, 2.0, 2.0, 9.0], [1.0, 0.0, 3.0, 2.0]])
    chosen = promoted(candidates, since, counts(2, 1))
    assert chosen.tolist() == [[False, True, True, False], [True, False, False, False]]


def test_a_tie_for_the_last_slot_goes_to_the_lower_post() -> None:
    chosen = promoted(np.ones((1, 3), dtype=bool), np.zeros((1, 3)), counts(1))
    assert chosen.tolist() == [[True, False, False]]


def test_nobody_is_promoted_without_a_slot_or_a_candidate() -> None:
    since = np.zeros((2, 2))
    chosen = promoted(np.array([[1, 1], [0, 0]], dtype=bool), since, counts(0, 3))
    assert not chosen.any()


def test_more_slots_than_candidates_promote_them_all() -> None:
    assert promoted(np.array([[1, 0, 1]], dtype=bool), np.zeros((1, 3)), counts(NO_LIMIT)).sum() == 2


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=8), st.integers(0, 9))
def test_one_slot_more_promotes_at_most_one_more_and_takes_nobodys_place(
    peers: list[tuple[bool, int]], free: int
) -> None:
    candidates, since = np.array([[one for one, _ in peers]]), np.array([[float(at) for _, at in peers]])
    fewer, more = (promoted(candidates, since, counts(slot)) for slot in (free, free + 1))
    assert (fewer <= more).all()
    assert int(more.sum()) == min(free + 1, int(candidates.sum()))
    assert (more <= candidates).all()


def test_twelve_months_in_the_rung_are_enough_on_the_day() -> None:
    assert ready(reals(11.99, 12.0, 11.9999999, 30.0), 12.0).tolist() == [False, True, True, True]
    assert ready(reals(0.0), 0.0).tolist() == [True]


def test_the_queue_is_24_months_times_the_share_that_finds_no_slot() -> None:
    assert queue(counts(0, 1, 3, 9, 0), counts(4, 4, 4, 4, 0), 24.0).tolist() == [24.0, 18.0, 6.0, 0.0, 0.0]


def test_where_promotion_is_by_chance_the_queue_is_its_mean_wait_of_ten_years_at_most() -> None:
    assert queue_by_chance(0.02) == 50.0
    assert queue_by_chance(1.0) == 1.0
    assert queue_by_chance(1 / 120) == 120.0
    assert queue_by_chance(0.001) == queue_by_chance(0.0) == 120.0


def test_a_raise_of_a_fifth_at_once_is_one_sd_of_prospects() -> None:
    assert prospects(reals(0.0), reals(math.log(1.2)), reals(0.0), reals(0.0), HOPES) == pytest.approx([1.0], abs=1e-15)


def test_the_reach_of_a_raise_has_a_ceiling_and_no_negative() -> None:
    reach = prospects(reals(0.0, 0.0), reals(math.log(3.0), -0.1), reals(0.0, 0.0), reals(0.0, 0.0), HOPES)
    assert reach.tolist() == [1.5, 0.0]


def test_waiting_shrinks_what_a_raise_promises_by_e_in_two_years() -> None:
    wait = prospects(reals(0.0, 6.0), reals(math.log(1.2), math.log(1.2)), reals(24.0, 12.0), reals(0.0, 18.0), HOPES)
    fade = 0.4 * 6 / 12 * (1 - math.exp(-1))  # 6 months in the rung
    assert wait == pytest.approx([math.exp(-1), math.exp(-1) - fade], abs=1e-15)


def test_without_a_next_rung_prospects_fade_within_a_year() -> None:
    months = reals(0.0, 6.0, 12.0, 60.0)
    assert prospects(months, np.full(4, NONE), reals(0, 0, 0, 0), reals(0, 0, 0, 0), HOPES).tolist() == [
        0.0,
        -0.2,
        -0.4,
        -0.4,
    ]


def test_someone_long_qualified_waits_for_the_queue_alone() -> None:
    alone = prospects(reals(40.0), reals(math.log(1.2)), reals(12.0), reals(12.0), HOPES)
    reach = math.exp(-0.5)
    assert alone == pytest.approx([reach - 0.4 * (1 - reach)], abs=1e-15)


def test_a_full_reach_does_not_fade() -> None:
    assert prospects(reals(24.0), reals(math.log(2.0)), reals(12.0), reals(0.0), HOPES).tolist() == [1.5]
