"""A market that nobody can meet in is said to have no effect, and no date turns it on."""

from __future__ import annotations

import pytest

from sim.scenario.files import load_table
from sim.scenario.problems import ScenarioError
from tests.worlds import merged

PLAIN: dict[str, object] = {"posts": {"number": 5}, "pay": {"wage_usd_per_hour": 20.0}}
MEET = {"market": {"employers_meet": True}}
TWO = {"employer": [{"name": "one"}, {"name": "other"}]}


def warned(*more: dict[str, object]) -> list[str]:
    tables = PLAIN
    for one in more:
        tables = merged(tables, one)
    return [problem.rule for problem in load_table(tables).warnings if "market" in problem.path]


def test_employers_that_can_meet_bring_no_warning() -> None:
    assert warned(MEET, TWO) == []


def test_one_employer_meets_nobody() -> None:
    assert warned(MEET) == ["has no effect: there is one employer; [[employer]] lists more"]
    assert "employers_meet = true:" in str(load_table(merged(PLAIN, MEET)).warnings[0])
    assert warned(MEET, {"employer": [{"name": "one", "count": 2}]}) == []


def test_where_no_quitter_takes_another_peer_job_nobody_looks_at_the_others() -> None:
    [rule] = warned(MEET, TWO, {"turnover": {"other_field_share": 0.9, "out_of_work_share": 0.1}})
    assert rule.startswith("has no effect: no quitter takes another peer job")


def test_a_reach_without_a_market_has_no_effect_and_an_area_is_words_all_the_same() -> None:
    assert warned(TWO, {"market": {"reach_share": 0.5}}) == ["has no effect: market.employers_meet is false"]
    tables = merged(PLAIN, {"place": {"area": "Philadelphia"}})
    assert [problem for problem in load_table(tables).warnings if "area" in problem.path] == []


def test_no_date_turns_a_market_on() -> None:
    dated = {"change": [{"at": "2028-01", "set": {"market.employers_meet": True}}]}
    with pytest.raises(ScenarioError, match="cannot change by date"):
        load_table(merged(merged(PLAIN, TWO), dated))
