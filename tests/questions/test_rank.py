"""Ranking: the best is found by running only what may still be the best."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.questions.rank.rank import Asked, RankError, Ranking, observations, rank
from sim.questions.rank.selection import Rule
from sim.results.measures.table import measure_of
from sim.results.summary import estimate, estimate_of
from sim.runs import blocks, rounds
from sim.runs.blocks import Task, run_block
from sim.runs.precision import ALIKE
from sim.runs.replicate import Settings, replicate
from sim.runs.rounds import Lap, run_lap
from sim.scenario.files import Loaded, load_table
from tests.worlds import merged, quiet_tables

RATE, HEADS = "separations_per_100_posts_year", "headcount"
SMALL = {"horizon": {"months": 6, "warm_up_months": 2}, "posts": {"number": 5}}


def world(leaving: float, **more: Any) -> Loaded:
    """Return a world in which so many leave each year for each peer."""
    turnover = {"level": {"kind": "hazards", "voluntary_per_year": leaving}}
    return load_table(merged(merged(quiet_tables(), SMALL), {"turnover": turnover, "title": f"{leaving}"} | more))


def ranked(*everyone: Loaded, key: str = RATE, delta: float = 10.0, first: int = 20, **more: Any) -> Ranking:
    higher = measure_of(key).direction == "higher" or key == HEADS
    with_base, most, jobs = more.pop("with_base", True), more.pop("most", 600), more.pop("jobs", 1)
    asked = Asked(key, higher, Rule(delta, first=first, most=most))
    return rank(everyone, asked, Settings(0, 3, jobs), with_base=with_base)


def whole(task: Task) -> Lap:
    return Lap(task.scenarios[0], task.scenarios, task.numbers, task.seed, task.solved)


@pytest.fixture
def laps(monkeypatch: pytest.MonkeyPatch) -> list[Lap]:
    ran: list[Lap] = []
    monkeypatch.setattr(rounds, "run_lap", lambda lap: ran.append(lap) or run_lap(lap))
    monkeypatch.setattr(rounds, "run_block", lambda task: rounds.run_lap(whole(task)))
    return ran


def test_the_calmest_is_chosen_and_the_wildest_is_out_first() -> None:
    ranking = ranked(world(1.5), world(0.8), world(0.2), world(3.0))
    assert ranking.decided
    assert [one.loaded.scenario.title for one in ranking.candidates] == ["0.2", "0.8", "1.5", "3.0"]
    assert ranking.candidates[0].out_after is None
    assert all(one.difference.low > 0 for one in ranking.candidates[1:])  # type: ignore[operator]
    numbers = [one.out_after for one in ranking.out]
    assert numbers == sorted(numbers)  # type: ignore[type-var]
    assert len(ranking.out) == 3


def test_for_a_measure_of_which_more_is_better_the_same_world_wins() -> None:
    assert ranked(world(1.5), world(0.2), key=HEADS, delta=0.3).left[0].loaded.scenario.title == "0.2"


def test_who_is_out_is_run_no_more_and_the_base_neither(laps: list[Lap]) -> None:
    ranking = ranked(world(2.0), world(0.5), world(0.45), delta=2.0)
    wanted = [[one.title for one in lap.wanted] for lap in laps]
    assert wanted[0] == ["2.0", "0.5", "0.45"]
    assert sorted(wanted[-1]) == ["0.45", "0.5"]
    assert all(lap.base.title == "2.0" for lap in laps)
    assert ranking.runs == sum(len(lap.wanted) * len(lap.numbers) for lap in laps)
    assert ranking.runs_if_all == 3 * ranking.replications
    numbers = [number for lap in laps for number in lap.numbers]
    assert numbers == list(range(len(numbers)))


def test_without_the_base_it_is_not_run_and_not_ranked(laps: list[Lap]) -> None:
    ranking = ranked(world(0.1), world(0.5), world(2.0), with_base=False)
    assert [one.loaded.scenario.title for one in ranking.candidates] == ["0.5", "2.0"]
    assert {one.title for lap in laps for one in lap.wanted} == {"0.5", "2.0"}


def test_figures_are_those_of_a_comparison_with_as_many_runs() -> None:
    everyone = [world(1.5), world(0.2)]
    ranking = ranked(*everyone)
    loser = ranking.candidates[-1]
    assert loser.out_after is not None
    base, other = replicate([one.scenario for one in everyone], Settings(loser.out_after, 3))
    assert loser.estimate == estimate_of(RATE, base[RATE])
    assert loser.difference == estimate(base[RATE] - other[RATE])


@pytest.mark.parametrize("posts", [1, 40, 10_000])
def test_blocks_and_processes_change_nothing(posts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    everyone = [world(1.5), world(0.8), world(0.2)]
    plain = ranked(*everyone)
    monkeypatch.setattr(blocks, "POSTS_AT_ONCE", posts)
    other = ranked(*everyone, jobs=2 if posts == 40 else 1)
    told = [
        [(one.name, one.estimate, one.difference, one.out_after) for one in ranking.candidates]
        for ranking in (plain, other)
    ]
    assert told[0] == told[1]


def test_observations_of_a_ratio_add_up_to_the_ratio_of_all_and_stay_as_more_come() -> None:
    left, lived = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0]), np.array([2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0])
    sums = {"left": left, "filled_years": lived}
    measure = measure_of(RATE)
    seen = [observations(measure, RATE, {name: one[:n] for name, one in sums.items()}, 4) for n in range(4, 8)]
    for number, observed in enumerate(seen, 4):
        ratio = 100 * left[:number].sum() / lived[:number].sum()
        assert observed.mean() == pytest.approx(ratio)
        assert np.array_equal(observed, seen[-1][:number])
    pseudo = [
        100 * (4 * left[:4].sum() / lived[:4].sum() - 3 * np.delete(left[:4], i).sum() / np.delete(lived[:4], i).sum())
        for i in range(4)
    ]
    assert seen[0].std() == pytest.approx(np.std(pseudo))


def test_at_the_cap_nothing_is_chosen() -> None:
    ranking = ranked(world(0.50), world(0.51), world(6.0), delta=2.0, most=60)
    assert not ranking.decided
    assert {one.loaded.scenario.title for one in ranking.left} == {"0.5", "0.51"}
    assert ranking.replications == max(one.runs for one in ranking.candidates) == 60


def test_two_that_mean_the_same_are_level() -> None:
    ranking = ranked(world(2.0), world(0.2), world(0.2))
    assert ranking.decided
    assert [one.difference.mean for one in ranking.left] == [0.0, 0.0]


def test_what_cannot_be_told_from_the_runs_is_refused_with_a_way_out() -> None:
    still, other = world(0.5), world(0.5, pay={"wage_usd_per_hour": 21.0})
    with pytest.raises(RankError, match=rf"in each of the first 20 runs of scenario and scenario-2.*--first {ALIKE}"):
        ranked(still, other)
    assert len(ranked(still, other, first=ALIKE).left) == 2
    with pytest.raises(
        RankError, match=r"months_waited_for_promotion has no value in .* of the first 20 runs of scenario"
    ):
        ranked(still, other, key="months_waited_for_promotion")
    with pytest.raises(RankError, match=r"has no such part; parts are .*voluntary"):
        ranked(still, other, key="exits_per_year.boredom")


def test_nothing_is_ranked_when_a_change_reached_what_lies_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    leaky = ((), ("exits differ before the change",))
    monkeypatch.setattr(rounds, "run_block", lambda task: replace(run_block(task), leaks=leaky))
    with pytest.raises(RankError, match="worthless: scenario-2: exits differ before the change"):
        ranked(world(1.0), world(0.5))


@pytest.mark.parametrize("truth", [0.30])
def test_the_model_ranks_right_as_often_as_promised(truth: float) -> None:
    """Hazards are stated, so the true order is known: each trial has another seed."""
    everyone, right, trials = [world(0.9), world(truth), world(1.2)], 0, 40
    for seed in itertools.islice(itertools.count(100), trials):
        asked = Asked(RATE, higher=False, rule=Rule(30.0, first=10, most=600))
        right += rank(everyone, asked, Settings(0, seed, 1)).left[0].loaded.scenario.title == f"{truth}"
    assert right / trials >= 0.95 - 2 * (0.95 * 0.05 / trials) ** 0.5
