"""What may be varied is found by its address; what may not is refused with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from sim.questions.solve.levers import grid_of, lever_of, valid_choices, varied
from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import ScenarioError
from tests.worlds import merged, quiet_tables

LADDER = {"lead": {"step": 1, "slots": {"kind": "share", "share": 0.2}}}


def base(**more: Any) -> Loaded:
    return load_table(merged(quiet_tables(), {"ladder": LADDER, **more}))


@pytest.mark.parametrize(
    ("path", "today", "whole"),
    [
        ("pay.wage_usd_per_hour", 20.0, False),
        ("posts.number", 50, True),
        ("ladder.lead.slots.share", 0.2, False),
        ("posts.fixed_usd_per_month", 0.0, False),
        ("place.black_share", 0.2, False),
        ("effects.workload.burnout", None, False),
        ("rules.credit_limit_usd", 0.0, False),
    ],
)
def test_an_input_is_found_with_what_it_is_today(path: str, today: float | None, *, whole: bool) -> None:
    lever = lever_of(base(), path)
    assert lever.whole == whole
    if today is not None:
        assert lever.today == today


def test_an_input_of_one_kind_of_employer_is_found_there() -> None:
    kinds = [{"name": "town", "posts": {"number": 7}}, {"name": "county", "count": 2}]
    portfolio = base(employer=kinds)
    assert lever_of(portfolio, "employer.town.posts.number").today == 7
    assert lever_of(portfolio, "employer.county.posts.number").today == 50
    changed = varied(portfolio, (("employer.town.posts.number", 9),))
    assert changed.scenario.employer[0].differs["posts"]["number"] == 9


def test_setting_an_input_to_what_it_is_changes_nothing() -> None:
    one = base()
    assert varied(one, (("pay.wage_usd_per_hour", 20.0),)).fingerprint == one.fingerprint
    assert varied(one, (("pay.wage_usd_per_hour", 20.01),)).fingerprint != one.fingerprint


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("pay.wage_usd_per_hr", "did you mean wage_usd_per_hour?"),
        ("ladder.leed.slots.share", "did you mean lead?"),
        ("ladder.lead.slots.number", "it belongs to kind = number"),
        ("rules.enforce", "only a number can be varied"),
        ("posts", "only a number can be varied"),
        ("horizon.months", "no alternative changes it"),
        ("experiment.seed", "is how the question is asked"),
        ("employer.town.posts.number", "kinds are none"),
        ("effects.workload.happiness", "is not a row of the effects table"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_the_reason(path: str, told: str) -> None:
    with pytest.raises(ScenarioError) as fault:
        lever_of(base(), path)
    assert told in str(fault.value)


def test_turnover_seen_in_the_past_is_no_lever() -> None:
    seen = base(turnover={"level": {"kind": "observed"}})
    with pytest.raises(ScenarioError, match="describes the past"):
        lever_of(seen, "turnover.level.separations_per_100_posts_year")


@pytest.mark.parametrize(
    ("path", "between", "step"),
    [
        ("pay.wage_usd_per_hour", (20.0, 30.0), "0.01"),
        ("posts.fixed_usd_per_month", (0.0, 2_000_000.0), "100"),
        ("ladder.lead.slots.share", (0.0, 1.0), "0.001"),
        ("posts.number", (10.0, 1000.0), "1"),
    ],
)
def test_steps_are_cents_whole_numbers_or_a_power_of_ten(path: str, between: tuple[float, float], step: str) -> None:
    assert f"{grid_of(lever_of(base(), path), between).step:f}" == step


def test_values_are_exact_and_the_last_is_the_end_of_the_range() -> None:
    grid = grid_of(lever_of(base(), "pay.wage_usd_per_hour"), (20.1, 20.45), 0.1)
    assert [grid.value(place) for place in range(grid.size)] == [20.1, 20.2, 20.3, 20.4, 20.45]
    assert grid.above(20.3) == 3
    assert grid.above(20.45) == grid.size
    assert grid.above(0.0) == 0


def test_a_whole_number_has_whole_ends_and_steps() -> None:
    lever = lever_of(base(), "posts.number")
    for between, step in (((1.5, 4.0), None), ((1.0, 4.0), 0.5), ((4.0, 1.0), None), ((1.0, float("inf")), None)):
        with pytest.raises(ScenarioError):
            grid_of(lever, between, step)
    assert type(grid_of(lever, (1.0, 4.0)).value(2)) is int


def test_the_same_fault_of_many_values_is_told_once() -> None:
    wages = [(("time_use.individual", share),) for share in (0.1, 0.7, 0.8, 0.9)]
    with pytest.raises(ScenarioError) as fault:
        valid_choices(base(), wages)
    assert len(str(fault.value).splitlines()) == 1
    assert "tried with time_use.individual = 0.7" in str(fault.value)
