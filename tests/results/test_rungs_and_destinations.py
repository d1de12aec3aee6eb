"""Retention by rung and where leavers go, on results made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.results.summary import Values, estimate_of, measure_all
from sim.rules.turnover import DESTINATIONS, VOLUNTARY
from sim.world import log
from tests.results.made import Made
from tests.results.test_sums import scenario
from tests.worlds import quiet, run_one

KEY = "retention_on_rung_12_months"


def ladder(employers: int = 1) -> Made:
    """Return four peers: two raised at month 12, of whom one leaves at 18.5; one who leaves early; one who stays."""
    made = Made(employers=employers, rungs=("entry", "senior"))
    for employer in range(employers):
        first = employer * made.posts
        made.job((first, 0), hired=0.0, left=18.5)
        made.fact(log.PROMOTED, 12.0, (first, 0), 0.0, rung=1)
        made.job((first + 1, 0), hired=0.0)
        made.fact(log.PROMOTED, 12.0, (first + 1, 0), 0.0, rung=1)
        made.job((first + 2, 0), hired=1.0, left=3.5, cause="dismissal")
        made.job((first + 3, 0), hired=2.0)
    return made


def measured(made: Made) -> Values:
    return measure_all([made], scenario())


def test_each_rung_counts_exits_over_the_months_lived_on_it() -> None:
    values = measured(ladder())
    assert values[f"{KEY}.entry"][0] == pytest.approx(math.exp(-1 / 3.5))  # four in sight, one for half a month
    assert values[f"{KEY}.senior"][0] == pytest.approx(math.exp(-1 / 1.5))
    assert values[KEY][0] == pytest.approx(math.exp(-1 / 5.5 - 1 / 4.5))


def test_a_promotion_is_no_exit_from_the_rung_below() -> None:
    made = Made(rungs=("entry", "senior"))
    made.job((0, 0), hired=0.0)
    made.fact(log.PROMOTED, 6.0, (0, 0), 0.0, rung=1)
    made.job((1, 0), hired=0.0)
    assert measured(made)[f"{KEY}.entry"][0] == 1.0


def test_several_replications_together_have_the_value_of_all() -> None:
    values = measured(ladder(employers=3))
    for part, rate in (("entry", 1 / 3.5), ("senior", 1 / 1.5)):
        estimate = estimate_of(f"{KEY}.{part}", values[f"{KEY}.{part}"])
        assert estimate.mean == pytest.approx(math.exp(-rate))
        assert estimate.n == 3


def test_a_rung_nobody_came_to_has_no_value() -> None:
    made = Made(rungs=("entry", "senior"))
    made.job((0, 0), hired=0.0)
    assert np.isnan(measured(made)[f"{KEY}.senior"]).all()


def test_one_rung_alone_is_no_part() -> None:
    made = Made(rungs=("entry",))
    made.job((0, 0), hired=0.0)
    assert [key for key in measured(made) if key.startswith(f"{KEY}.")] == []


def test_without_a_ladder_it_is_retention_after_hire() -> None:
    made = Made(rungs=("entry",))
    for post, left in enumerate((2.5, 7.0, 11.5, None)):
        made.job((post, 0), hired=float(post), left=None if left is None else post + left)
    values = measured(made)
    assert values[KEY][0] == pytest.approx(values["retention_12_months"][0])


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
