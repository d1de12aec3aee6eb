"""Occurrences, exposure and retention, on jobs made by hand."""

import math

import numpy as np
import pytest

from sim.model.rules.turnover import CAUSES, LAYOFF, VOLUNTARY
from sim.model.world import log
from sim.results.tenure import STILL_THERE, exposure, jobs, kept, occurrences, on_rung, retention_curve
from tests.results.made import Made

ONLY = np.array([0])


def test_a_peer_hired_before_the_start_is_in_sight_from_the_start_on() -> None:
    made = Made()
    made.job((0, 0), hired=-3.5, left=2.0)
    spells = jobs(made, ONLY)
    assert (spells.seen_from[0], spells.until[0], spells.cause[0]) == (3.5, 5.5, VOLUNTARY)
    assert exposure(spells, 1, months=8)[0].tolist() == [0, 0, 0, 0.5, 1, 0.5, 0, 0]
    assert occurrences(spells, 1, months=8)[0].tolist() == [0, 0, 0, 0, 0, 1, 0, 0]


def test_a_peer_who_stays_is_in_sight_to_the_end_and_is_no_exit() -> None:
    made = Made(months=6)
    made.job((0, 0), hired=2.25)
    spells = jobs(made, ONLY)
    assert spells.cause[0] == STILL_THERE
    assert exposure(spells, 1, months=6)[0].tolist() == [1, 1, 1, 0.75, 0, 0]
    assert occurrences(spells, 1, months=6).sum() == 0


def test_the_occupants_of_one_post_are_told_apart() -> None:
    made = Made()
    made.job((3, 0), hired=-1.0, left=4.0)
    made.job((3, 1), hired=6.0, left=7.5, cause="layoff")
    spells = jobs(made, ONLY)
    assert spells.until.tolist() == [5.0, 1.5]
    assert [CAUSES[code] for code in spells.cause] == ["voluntary", "layoff"]


def test_exposure_adds_up_to_the_time_lived() -> None:
    made = Made(employers=3, months=24)
    spans = [(-10.0, 20.0), (0.5, 24.0), (3.25, 3.75), (-130.0, 1.0)]
    for post, (hired, left) in enumerate(spans):
        made.job((post * made.posts, post), hired, left) if post < 3 else made.job((1, 9), hired, left)
    spells = jobs(made, np.arange(3))
    lived = exposure(spells, 3, months=200).sum(axis=1)
    assert lived == pytest.approx([20.0 + 1.0, 23.5, 0.5])


def test_beyond_the_last_month_nothing_is_counted() -> None:
    made = Made(months=24)
    made.job((0, 0), hired=-50.0, left=20.0)
    spells = jobs(made, ONLY)
    assert exposure(spells, 1, months=60)[0].sum() == 10.0
    assert occurrences(spells, 1, months=60).sum() == 0


def test_retention_is_the_exponential_of_occurrences_over_exposure() -> None:
    curve = kept(np.array([[2.0, 1.0]]), np.array([[10.0, 5.0]]))[0]
    assert curve == pytest.approx([1.0, math.exp(-0.2), math.exp(-0.4)])


def test_retention_ends_where_nobody_is_in_sight() -> None:
    curve = kept(np.array([1.0, 0.0, 1.0]), np.array([2.0, 0.0, 2.0]))
    assert np.isnan(curve).tolist() == [False, False, True, True]


def test_causes_taken_one_by_one_multiply_to_the_whole() -> None:
    made = Made()
    for post, cause in enumerate(("voluntary", "layoff", "voluntary", "dismissal")):
        made.job((post, 0), hired=1.0, left=2.0 + post, cause=cause)
    made.job((9, 0), hired=1.0)
    whole = retention_curve([made], months=12)
    parts = [retention_curve([made], cause=code, months=12) for code in range(len(CAUSES))]
    assert np.prod(parts, axis=0) == pytest.approx(whole)
    assert retention_curve([made], cause=LAYOFF, months=12)[-1] > whole[-1]


def test_a_promotion_ends_sight_of_a_rung_and_begins_that_of_the_next() -> None:
    made = Made()
    made.job((0, 0), hired=-4.0, left=15.0)
    made.fact(log.PROMOTED, 5.0, (0, 0), -4.0, rung=1)
    made.fact(log.PROMOTED, 9.0, (0, 0), -4.0, rung=2)
    entry, senior, lead = (on_rung(made, ONLY, rung) for rung in made.rungs)
    assert (entry.seen_from[0], entry.until[0], entry.cause[0]) == (4.0, 9.0, STILL_THERE)
    assert (senior.seen_from[0], senior.until[0], senior.cause[0]) == (0.0, 4.0, STILL_THERE)
    assert (lead.seen_from[0], lead.until[0], lead.cause[0]) == (0.0, 6.0, VOLUNTARY)


def test_peers_already_above_entry_at_the_start_are_left_out_of_their_rung() -> None:
    made = Made()
    made.fact(log.OPENING, -30.0, (0, 0), -30.0, rung=1)
    assert on_rung(made, ONLY, "entry").place.size == 0
    assert on_rung(made, ONLY, "senior").place.size == 0


def test_a_rung_that_a_kind_of_employer_lacks_has_no_spells() -> None:
    made = Made(rungs=("entry",))
    made.job((0, 0), hired=0.0)
    assert on_rung(made, ONLY, "lead").place.size == 0
    curve = retention_curve([made, Made()], rung="lead", months=3)
    assert np.isnan(curve).tolist() == [False, True, True, True]
