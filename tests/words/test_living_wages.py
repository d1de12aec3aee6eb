"""An answer says which living wage it used, how it was found, and who says so."""

from __future__ import annotations

from typing import Any

from sim.runs.answer import Answer
from sim.words.earnings.wages import yardstick_lines
from tests.answers import answer, case, loaded

HOMES = {
    "alone": {"share": 0.7},
    "child": {"share": 0.2, "bedrooms": 2},
    "parent": {"share": 0.1, "living_wage_usd_per_hour": 40.0, "living_wage_source": "a calculator, 2026"},
}
OWN = {"living_wage_usd_per_hour": 25.0, "living_wage_source": "a county table, 2026"}


def told(**place: Any) -> str:
    base = case("here", loaded(place={"state": "PA", **place}))
    return " ".join(yardstick_lines(Answer(base, (), answer().settings)).split())


def test_a_housing_wage_shows_its_rent_its_method_and_its_source() -> None:
    line = told()
    assert "one adult: $24.18 an hour, a housing wage: full-time pay of which the PA one-bedroom rent of $1,212" in line
    assert "where the middle one of its people lives, takes 30 %, in dollars of the start; $1,060 to $1,520" in line
    assert "for the middle half of them, $21.15 to $30.32 an hour [hud_fmr_2026]" in line
    assert "look yours up (MIT or EPI calculator)" in line


def test_each_household_shows_its_method_and_its_source() -> None:
    line = told(households=HOMES)
    assert "alone (70.0 % of peers): $24.18 an hour, a housing wage" in line
    assert (
        "child (20.0 % of peers): $29.79 an hour, $24.18 of one adult, the housing wage, × 1.232, the PA rent" in line
    )
    assert "parent (10.0 % of peers): $40.00 an hour, typed in [a calculator, 2026]" in line


def test_an_own_figure_carries_its_own_source_and_no_advice() -> None:
    line = told(**OWN, households={"alone": {"share": 0.8}, "child": {"share": 0.2, "bedrooms": 2}})
    assert "alone (80.0 % of peers): $25.00 an hour, typed in [a county table, 2026]" in line
    assert "child (20.0 % of peers): $30.80 an hour, $25.00 of one adult × 1.232, the PA rent of two bedrooms" in line
    assert "[a county table, 2026; hud_fmr_2026]" in line
    assert "look yours up" not in line


def test_a_figure_without_a_source_says_so() -> None:
    assert "$25.00 an hour, typed in [no source was named]" in told(living_wage_usd_per_hour=25.0)
    ratio = told(households={"pair": {"share": 1.0, "living_wage_ratio": 0.7}})
    assert "$16.93 an hour, $24.18 of one adult, the housing wage, × 0.7 as typed in [no source was named; hud" in ratio


def test_kinds_with_other_yardsticks_are_named() -> None:
    kinds = [{"name": "city", "place": OWN}, {"name": "town"}]
    base = case("all", loaded(place={"state": "PA"}, employer=kinds))
    lines = yardstick_lines(Answer(base, (), answer().settings))
    assert "- city: one adult: $25.00" in lines
    assert "- town: one adult: $24.18" in lines
