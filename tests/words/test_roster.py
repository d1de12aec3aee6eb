"""Sums of a list of people tell of no group of fewer than 11."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.tables.positions import RosterEntry
from sim.words.roster import FEWEST, TOO_FEW, roster_lines, together

START = "2027-01"


def people(**counts: int) -> list[RosterEntry]:
    return [
        RosterEntry(hired=f"20{n % 27:02d}-0{1 + n % 9}", rung=rung, certified=bool(n % 3))
        for rung, count in counts.items()
        for n in range(count)
    ]


def test_large_groups_are_counted() -> None:
    lines = dict(roster_lines(people(entry=40, lead=20), START))
    assert lines["Peers on the list"] == "60"
    assert (lines["On rung: entry"], lines["On rung: lead"]) == ("40", "20")


def test_small_groups_are_told_together_so_that_none_can_be_worked_out() -> None:
    lines = dict(roster_lines(people(entry=40, lead=6, senior=7), START))
    assert lines["On rung: senior or lead"] == "13"
    lines = dict(roster_lines(people(entry=40, lead=6), START))
    assert lines["On rung: entry or lead"] == "46"


def test_of_ten_people_nothing_is_told() -> None:
    assert roster_lines(people(entry=10), START) == [("Peers on the list", TOO_FEW)]


def test_time_in_the_job_counts_up_to_the_start() -> None:
    hired = [RosterEntry(hired=month) for month in ["2026-02"] * 11 + ["2026-01"] * 12 + ["2022-01"] * 13]
    lines = dict(roster_lines(hired, START))
    assert lines["In the job for: under a year"] == "11"
    assert lines["In the job for: 1 to 2 years"] == "12"
    assert lines["In the job for: 5 years and more"] == "13"


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.integers(1, 40), min_size=1, max_size=8))
def test_nobody_is_lost_and_no_cell_is_small(counts: dict[str, int]) -> None:
    cells = [count for _, count in together(Counter(counts))]
    assert sum(cells) == sum(counts.values())
    assert len(cells) == 1 or min(cells) >= FEWEST


@given(st.dictionaries(st.sampled_from(["entry", "lead", "senior", "top"]), st.integers(0, 30), min_size=1))
def test_no_number_that_is_shown_is_under_eleven(counts: dict[str, int]) -> None:
    for _, told in roster_lines(people(**counts), START):
        assert told == TOO_FEW or int(re.sub(",", "", told)) >= FEWEST
