"""Enough replications: the smallest number at which intervals are narrow and stay so, and what it does to coverage."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

import numpy as np
import pytest
from scipy.stats import t as student

from sim.results.blocks import Floats, Sums
from sim.results.summary import estimate, estimate_of
from sim.runs.precision import Enough, Precision, PrecisionError, ahead, enough, looks
from sim.runs.replicate import Memory, Settings, replicate
from sim.runs.rounds import enough_replications
from sim.scenario.schema import Scenario
from sim.streams import Luck
from tests.runs.test_replicate import SHORT, small
from tests.worlds import quiet

AMOUNT, CHANCE, RATE = "backlog_end", "chance_of_closure", "separations_per_100_posts_year"
UNEVEN = [1.0, 3.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]


def given(*scenarios: Sequence[float], name: str = AMOUNT) -> Callable[[int], list[Sums]]:
    def extend(upto: int) -> list[Sums]:
        ones = np.ones(upto)
        return [{name: np.array(own[:upto], dtype=float), "employers": ones} for own in scenarios]

    return extend


def found(
    *scenarios: Sequence[float], half: float, most: int = 12, key: str = AMOUNT, first: int = 8, **more: bool
) -> Enough:
    names = {CHANCE: "closures"}
    return enough(given(*scenarios, name=names.get(key, key)), [Precision(key, half, **more)], most, first)


# the rule


def test_every_number_is_judged_up_to_100_and_then_each_hundredth_more() -> None:
    judged = list(takewhile(lambda number: number <= 10_000, looks()))
    assert judged[:98] == list(range(3, 101))
    assert {after - before for before, after in pairwise(judged) if 300 <= before < 400} == {3}
    assert len(judged) < 700


@pytest.mark.parametrize(("half", "number"), [(2.49, 3), (1.30, 4), (0.70, 6), (0.54, 7)])
def test_the_smallest_number_that_stays_narrow_for_five_more_is_found(half: float, number: int) -> None:
    """By hand: the spread of 1, 3, 2, 2, … is √(2/(n − 1)), so half the interval is t·√(2/(n·(n − 1)))."""
    assert student.ppf(0.975, number - 1) * math.sqrt(2 / (number * (number - 1))) <= half
    enough_at = found(UNEVEN, half=half)
    assert (enough_at.replications, enough_at.looked_to, enough_at.reached) == (number, number + 5, True)
    assert enough_at.widths[0].half == pytest.approx(
        student.ppf(0.975, number - 1) * math.sqrt(2 / (number * (number - 1)))
    )


def test_a_surprise_within_the_five_starts_the_search_again() -> None:
    surprised = [*UNEVEN[:8], 9.0, *[2.0] * 60]
    narrow = [
        number
        for number in range(3, 61)
        if student.ppf(0.975, number - 1) * statistics.stdev(surprised[:number]) / math.sqrt(number) <= 0.7
    ]
    assert narrow[:3] == [6, 7, 8]
    assert narrow[3] > 14
    assert found(surprised, half=0.7, most=60).replications == narrow[3]


@pytest.mark.parametrize("first", [3, 8, 40, 400])
def test_how_much_is_run_at_a_time_changes_nothing(first: int) -> None:
    values = Luck(3, 0).shocks(0, 0, 20).ravel()
    assert found(values, half=0.2, most=600, first=first) == found(values, half=0.2, most=600, first=97)


def test_replications_are_asked_for_in_growing_rounds_that_end_near_the_need() -> None:
    asked, values = [], Luck(3, 0).shocks(0, 0, 40).ravel()

    def extend(upto: int) -> list[Sums]:
        asked.append(upto)
        return given(values)(upto)

    enough_at = enough(extend, [Precision(AMOUNT, 0.1)], 2000, 50)
    assert asked == sorted(asked)
    assert len(asked) <= 5
    assert enough_at.looked_to <= asked[-1] <= 1.5 * enough_at.looked_to
    assert ahead(50, enough_at.widths) <= 4.3 * 50


def test_every_interval_has_to_be_narrow_enough() -> None:
    noisy = Luck(3, 0).shocks(0, 0, 20).ravel()
    base = np.zeros(noisy.size)
    alone, both = (found(base, *others, half=0.3, most=900) for others in ([noisy], [noisy, 3 * noisy]))
    assert both.replications > 4 * alone.replications
    assert [width.scenario for width in both.widths] == [1, 2]


def test_at_the_most_it_says_what_is_still_too_wide() -> None:
    capped = found(UNEVEN, half=0.01, most=10)
    assert (capped.replications, capped.reached) == (10, False)
    printed = estimate_of(AMOUNT, np.array(UNEVEN[:10]))
    assert printed.mean is not None
    assert printed.high is not None
    assert capped.widths[0].half == printed.high - printed.mean
    assert not capped.widths[0].narrow
    unfinished = found(UNEVEN, half=0.54, most=11)  # narrow from 7 on, but 12 would have to be seen
    assert (unfinished.replications, unfinished.reached, unfinished.widths[0].narrow) == (11, False, True)


# what has not happened yet


def test_values_that_are_all_alike_are_no_precision_until_there_are_60() -> None:
    assert found([5.0] * 100, half=1.0, most=100).replications == 60
    assert found([5.0] * 59, half=1.0, most=59).widths[0].half is None
    assert np.std(np.full(3, 0.1)) > 0.0  # rounding alone
    assert found([0.1] * 3, half=1.0, most=3).widths[0].half is None


def test_a_chance_of_which_no_case_was_seen_is_not_known_at_once() -> None:
    assert found([0.0] * 99, half=0.1, most=99, key=CHANCE).replications == 35  # 1.96²/(35 + 1.96²)
    assert found([0.0] * 999, half=0.01, most=999, key=CHANCE).replications > 200
    assert found([0.0] * 99, [0.0] * 99, half=0.1, most=99, key=CHANCE).replications > 15


def test_replications_without_a_value_do_not_count() -> None:
    some = [math.nan, *UNEVEN[:2], math.nan, *UNEVEN[2:], *UNEVEN[2:]]
    assert found(some, half=0.7, most=14).replications == 8


# shares of the mean


def test_a_share_is_of_the_mean_or_of_the_bases_mean() -> None:
    ten = [10.0 * value for value in UNEVEN]
    assert found(ten, half=0.35, of_mean=True).widths[0].wished == pytest.approx(7.0)
    different = found(ten, [value + 5 * wave for value, wave in zip(ten, UNEVEN, strict=True)], half=0.5, of_mean=True)
    assert different.widths[0].wished == pytest.approx(10.0)


@pytest.mark.parametrize(("value", "told"), [(0.0, "the mean is 0"), (math.nan, "there is no value in any")])
def test_a_share_of_nothing_is_refused_with_what_to_write_instead(value: float, told: str) -> None:
    with pytest.raises(PrecisionError, match=f"backlog_end=5%: {told} .*60 runs.*give a half-width in client-hours"):
        found([value] * 100, half=0.05, most=100, of_mean=True)
    with pytest.raises(PrecisionError, match="10 runs"):
        found([value] * 10, half=0.05, most=10, of_mean=True)


# coverage


@pytest.mark.parametrize(("half", "trials"), [(0.5, 600), (0.2, 300)])
def test_intervals_at_the_number_found_cover_the_truth_as_often_as_they_say(half: float, trials: int) -> None:
    covered = 0
    for trial in range(trials):
        enough_at = found(Luck(11, trial).shocks(0, 0, 20).ravel(), half=half, most=900, first=150)
        interval = estimate(Luck(11, trial).shocks(0, 0, 20).ravel()[: enough_at.replications])
        assert enough_at.reached
        assert interval.low is not None
        assert interval.high is not None
        covered += interval.low <= 0.0 <= interval.high
    error = math.sqrt(0.95 * 0.05 / trials)
    assert abs(covered / trials - 0.95) < 2 * error


# on the model


def values_at(number: int) -> tuple[Floats, Floats]:
    base, other = replicate([small(), faster()], Settings(number, 1))
    return base[RATE], other[RATE]


def faster() -> Scenario:
    return quiet(**SHORT, posts={"number": 5}, turnover={"level": {"kind": "hazards", "voluntary_per_year": 1.0}})


def test_the_interval_judged_is_that_of_a_run_with_the_number_found() -> None:
    kept = Memory()
    asked = [Precision(RATE, 20.0)]
    scenarios = [small(), faster()]
    enough_at = enough_replications(scenarios, Settings(0, 1), asked, 400, kept)
    assert enough_at.reached
    base, other = values_at(enough_at.replications)
    interval = estimate(other - base)
    assert interval.high is not None
    assert interval.mean is not None
    assert enough_at.widths[0].half == pytest.approx(interval.high - interval.mean, rel=1e-12)
    before = estimate(np.subtract(*reversed(values_at(enough_at.replications - 1))))
    assert before.high is not None
    assert before.mean is not None
    assert before.high - before.mean > 20.0


def test_what_was_run_gives_the_answer_without_another_run() -> None:
    kept, scenarios = Memory(), [small(), faster()]
    enough_at = enough_replications(scenarios, Settings(0, 1), [Precision(RATE, 20.0)], 400, kept)
    pieces = len(kept.pieces())
    ours = replicate(scenarios, Settings(enough_at.replications, 1), kept=kept)
    theirs = replicate(scenarios, Settings(enough_at.replications, 1))
    assert len(kept.pieces()) == pieces
    assert all(np.array_equal(ours[1][key], theirs[1][key], equal_nan=True) for key in theirs[1])


def test_a_part_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(PrecisionError, match=r"exits_per_year\.nosuch: no such part of .*; parts are .*voluntary"):
        enough_replications([small()], Settings(0, 1), [Precision("exits_per_year.nosuch", 1.0)], 20)
