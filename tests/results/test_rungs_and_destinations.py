"""Retention by rung and where leavers go, on results made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.rules.turnover import DESTINATIONS, VOLUNTARY
from sim.model.world import log
from sim.results.summary import Values, estimate_of, measure_all
from tests.results.made import Made
from tests.worlds import quiet, run_one

KEY = "retention_after_promotion_12_months"


def ladder(employers: int = 1, months: int = 36) -> Made:
    """Return four peers raised at month 12, two of them again at 18; one leaves either rung; a fifth never rises."""
    made = Made(employers=employers, months=months)
    for employer in range(employers):
        first = employer * made.posts
        ends = (16.5, None, 22.5, None)
        for post, left in enumerate(ends, start=first):
            made.job((post, 0), hired=0.0, left=left)
            made.fact(log.PROMOTED, 12.0, (post, 0), 0.0, rung=1)
        for post in (first + 2, first + 3):
            made.fact(log.PROMOTED, 18.0, (post, 0), 0.0, rung=2)
        made.job((first + 4, 0), hired=1.0, left=3.5, cause="dismissal")
    return made


def measured(made: Made) -> Values:
    return measure_all([made], quiet(horizon={"months": made.months}))


def test_each_rung_counts_exits_over_the_months_lived_on_it_since_the_promotion() -> None:
    """In month 4 four seniors are there, one for half of it, and two leads, one for half of it; entry is left out."""
    values = measured(ladder())
    assert values[f"{KEY}.senior"][0] == pytest.approx(math.exp(-1 / 3.5))
    assert values[f"{KEY}.lead"][0] == pytest.approx(math.exp(-1 / 1.5))
    assert values[KEY][0] == pytest.approx(math.exp(-2 / 5.0))


def test_a_further_promotion_is_no_exit() -> None:
    made = Made()
    made.job((0, 0), hired=0.0)
    made.fact(log.PROMOTED, 4.0, (0, 0), 0.0, rung=1)
    made.fact(log.PROMOTED, 9.0, (0, 0), 0.0, rung=2)
    made.job((1, 0), hired=0.0)
    made.fact(log.PROMOTED, 4.0, (1, 0), 0.0, rung=1)
    assert measured(made)[f"{KEY}.senior"][0] == 1.0
    assert measured(made)[KEY][0] == 1.0


def test_several_replications_together_have_the_value_of_all() -> None:
    values = measured(ladder(employers=3))
    estimate = estimate_of(f"{KEY}.senior", values[f"{KEY}.senior"])
    assert (estimate.mean, estimate.n) == (pytest.approx(math.exp(-1 / 3.5)), 3)


def test_what_nobody_lived_to_see_has_no_value() -> None:
    assert np.isnan(measured(ladder(months=24))[f"{KEY}.lead"]).all()  # in sight for six months only


def test_where_nobody_is_promoted_there_is_no_value() -> None:
    made = Made()
    made.job((0, 0), hired=0.0)
    assert np.isnan(measured(made)[KEY]).all()


def test_one_rung_above_entry_alone_is_no_part() -> None:
    made = Made(rungs=("entry", "senior"))
    made.job((0, 0), hired=0.0)
    assert [key for key in measured(made) if key.startswith(f"{KEY}.")] == []


def test_leavers_are_told_by_where_quitters_go() -> None:
    made = Made()
    goals = ("other_field", "other_field", "other_peer_job", "out_of_work")
    for post, goal in enumerate(goals):
        made.fact(log.OPENING, 0.0, (post, 0), 0.0)
        made.fact(log.LEFT, 5.0, (post, 0), 0.0, cause="voluntary", destination=goal)
    made.job((4, 0), hired=0.0, left=6.0, cause="layoff")
    values = measured(made)
    told = {name: values[f"leavers_who_quit_share.{name}"][0] for name in dict.fromkeys(goals)}
    assert told == pytest.approx({"other_field": 0.4, "other_peer_job": 0.2, "out_of_work": 0.2})
    assert values["leavers_who_quit_share"][0] == pytest.approx(0.8)


def test_in_a_simulated_employer_destinations_follow_the_inputs_and_add_up() -> None:
    """A share of n quits has a standard error of sqrt(p·(1 − p)/n)."""
    turnover = {"level": {"kind": "hazards", "voluntary_per_year": 0.9, "dismissal_per_year": 0.1}}
    told = quiet(posts={"number": 200}, turnover=turnover, horizon={"months": 36, "warm_up_months": 0})
    block = run_one(told, replications=4, seed=5)
    values = measure_all([block], told)
    means = {
        name: estimate_of("leavers_who_quit_share", values[f"leavers_who_quit_share{name}"]).mean or 0.0
        for name in ("", *(f".{destination}" for destination in DESTINATIONS))
    }
    assert sum(means.values()) == pytest.approx(2 * means[""])
    quits = int(((block.facts["kind"] == log.LEFT) & (block.facts["detail"] == VOLUNTARY)).sum())
    for destination, share in zip(DESTINATIONS, (0.36, 0.14, 0.5), strict=True):
        name = f".{destination}"
        assert abs(means[name] / means[""] - share) < 4 * math.sqrt(share * (1 - share) / quits), name
