"""Nobody appears from nowhere or is in two places: people are conserved in every scenario that can be built."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from sim.model.rules.turnover import CAUSES
from sim.scenario.tables.ladder import NumberOfSlots, OnePerPeers, Rung, ShareOfPosts
from tests.property.reading import (
    PANEL_ROUNDING,
    Career,
    Run,
    World,
    by_post,
    careers,
    counted,
    in_every_world,
    overlap,
)

HIRED = r"H[cp]*(lc*(r[cp]*)?)?x?"
THERE_AT_THE_START = r"O(c*r[cp]*|[cp]*(lc*(r[cp]*)?)?)x?"  # some were on leave when it began
A_LIFE = re.compile(f"{HIRED}|{THERE_AT_THE_START}")
DECIDED = {CAUSES.index("layoff"), CAUSES.index("closure")}


@in_every_world(12)
def test_everyone_is_hired_once_leaves_once_and_takes_leave_once(world: World) -> None:
    for run in world:
        for career in careers(run.result):
            assert A_LIFE.fullmatch(career.story), career
            assert career.story.count("c") <= 1
            assert career.times == sorted(career.times)
            assert career.began <= career.times[0]
            assert career.times[-1] <= run.months


@in_every_world(12)
def test_every_hire_follows_an_exit_from_the_same_post_or_its_opening(world: World) -> None:
    for run in world:
        for occupants in by_post(careers(run.result)).values():
            first = occupants[0]
            assert first.ordinal == 0 or run.scenario.horizon.warm_up_months > 0
            for before, after in pairwise(occupants):
                assert after.ordinal == before.ordinal + 1
                assert after.story.startswith("H")
                assert before.ended <= after.times[0]


@in_every_world(12)
def test_the_panel_counts_the_peers_that_the_facts_say_are_there(world: World) -> None:
    for run in world:
        people, panel = careers(run.result), run.panel
        for month in range(run.months):
            filled = counted(run, people, month)
            np.testing.assert_array_equal(panel["filled"][month], filled)
            np.testing.assert_array_equal(panel["peers"][month], filled - panel["on_leave"][month])
            assert (filled <= run.result.posts).all()


@in_every_world(12)
def test_peers_on_all_rungs_and_in_all_households_are_all_peers(world: World) -> None:
    for run in world:
        panel = run.panel
        for part in ("rung.", "household."):
            total = sum(column for name, column in panel.items() if name.startswith(part))
            np.testing.assert_array_equal(total, panel["peers"])
        for smaller in ("certified", "burned_out", "below_living_wage", "white"):
            assert (panel[smaller] <= panel["peers"]).all()
        assert (panel["on_leave"] <= panel["filled"]).all()


@in_every_world(12)
def test_the_panel_counts_hires_and_exits_of_the_month(world: World) -> None:
    for run in world:
        hires, exits = np.zeros((2, run.months, run.employers), dtype=np.int64)
        for career in careers(run.result):
            employer = career.row // run.result.posts
            if career.story.startswith("H"):
                hires[int(career.times[0]), employer] += 1
            if career.story.endswith("x"):
                at_close = career.cause in DECIDED  # at the end of the month that closes
                exits[int(career.ended) - at_close, employer] += 1
        np.testing.assert_array_equal(run.panel["hires"], hires)
        np.testing.assert_array_equal(run.panel["exits"], exits)


@in_every_world(12)
def test_time_in_post_is_the_time_the_facts_cover_and_at_most_one_month_a_post(world: World) -> None:
    for run in world:
        held = np.zeros((run.months, run.employers * run.result.posts))
        for career in careers(run.result):
            for month in range(run.months):
                held[month, career.row] += overlap(career.times[0], career.ended, month)
        assert (held <= 1.0 + PANEL_ROUNDING).all()
        by_employer = held.reshape(run.months, run.employers, run.result.posts).sum(axis=2)
        in_panel = run.panel["in_post"] + run.panel["leave_time"]
        np.testing.assert_allclose(in_panel, by_employer, rtol=0, atol=PANEL_ROUNDING)


@in_every_world(12)
def test_time_on_leave_is_the_time_between_leaving_for_it_and_coming_back(world: World) -> None:
    for run in world:
        if run.scenario.horizon.warm_up_months and not run.terms(0).posts.roster:
            continue  # someone may be on leave at the start, and the facts do not say who
        away = np.zeros((run.months, run.employers))
        absent = np.zeros((run.months, run.employers), dtype=np.int64)
        for career in careers(run.result):
            for start, end in career.away:
                for month in range(run.months):
                    away[month, career.row // run.result.posts] += overlap(start, end, month)
                    absent[month, career.row // run.result.posts] += start < month + 1 < end
        np.testing.assert_allclose(run.panel["leave_time"], away, rtol=0, atol=PANEL_ROUNDING)
        np.testing.assert_array_equal(run.panel["on_leave"], absent)


@in_every_world(12)
def test_nobody_is_hired_where_no_post_is_funded_or_hiring_is_frozen_or_the_doors_are_closed(world: World) -> None:
    for run in world:
        panel = run.panel
        for month in range(1, run.months):
            before = month - 1
            ceiling = np.maximum(panel["funded"][before], panel["filled"][before])
            assert (panel["filled"][month] <= ceiling).all()
            shut = panel["frozen"][before] | panel["closed"][before]
            assert not panel["hires"][month][shut].any()
            assert (panel["closed"][month] >= panel["closed"][before]).all()
        assert not panel["filled"][panel["closed"]].any()


@in_every_world(12)
def test_a_promotion_goes_one_rung_up_and_leaves_no_more_on_the_rung_than_are_funded(world: World) -> None:
    for run in world:
        people = careers(run.result)
        for month, rung, employer in _promotions(run, people):
            ladder = sorted(run.terms(month + 1).ladder.values(), key=lambda one: one.step)
            filled, funded = int(run.panel["filled"][month, employer]), int(run.panel["funded"][month, employer])
            on_rung = int(counted(run, people, month, rung=rung)[employer])
            assert on_rung <= _slots(ladder[rung - 1], funded, filled)


def _promotions(run: Run, people: list[Career]) -> set[tuple[int, int, int]]:
    """Return (month, rung, employer) of every promotion; each goes one rung up, at a close."""
    found = set()
    for career in people:
        for place, letter in enumerate(career.story):
            if letter == "p":
                assert career.rungs[place] == career.rungs[place - 1] + 1
                assert career.times[place] == int(career.times[place])
                found.add((int(career.times[place]) - 1, career.rungs[place], career.row // run.result.posts))
    return found


def _slots(rung: Rung, funded: int, filled: int) -> float:
    match rung.slots:
        case NumberOfSlots(number=number):
            return number
        case ShareOfPosts(share=share):
            return int(share * funded + 1e-6)
        case OnePerPeers(peers=peers):
            return int(filled / peers + 1e-6)
        case _:
            return float("inf")
