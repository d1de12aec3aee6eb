"""An answer found backwards as a view: each outcome has its sentence, its marks, its line and all its numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from sim.charts.look import DARK, LIGHT, plain
from sim.questions.solve.question import Question
from sim.questions.solve.solve import Solution, solve
from sim.questions.solve.view import solution_view
from sim.questions.solve.words import solution_lines, solved_sentence
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_table
from tests.scenarios.library import file_of
from tests.worlds import merged, quiet_tables

RATE, LEVEL = "funding.medicaid.rate_usd_per_unit", "turnover.level.voluntary_per_year"
DEMAND = "services.demand_client_hours_per_month"
WINDOW = ("mean_wage_usd_per_hour >= 20", "break_even_billable_share_at_start <= 0.527")
LOOSE: dict[str, Any] = {"runs": 20, "scan": 4, "step": 0.05}
RESTLESS: dict[str, Any] = {
    "horizon": {"months": 3},
    "posts": {"number": 20},
    "recruitment": {"days_to_fill": 0.0},
    "turnover": {"level": {"voluntary_per_year": 1.0}},
}


def asked(base: Loaded, vary: str, between: tuple[float, float], *until: str, runs: int = 2, **more: Any) -> Solution:
    return solve(base, Question(vary, between, until, **more), Settings(runs, 1, 1))


def month() -> Loaded:
    return load(file_of("hand_worked_month"))


def restless() -> Loaded:
    """A team whose posts are always filled: 20 leave in a year, a half of them at half the level."""
    return load_table(merged(quiet_tables(), RESTLESS))


QUESTIONS: dict[str, Callable[[], Solution]] = {
    "found": lambda: asked(month(), RATE, (10.0, 30.0), "break_even_billable_share_at_start <= 45 %"),
    "already": lambda: asked(month(), RATE, (10.0, 30.0), "margin_usd_per_year < 0"),
    "unreachable": lambda: asked(month(), RATE, (10.0, 15.0), "margin_usd_per_year >= 0"),
    "no effect": lambda: asked(month(), "services.months_to_regain_demand", (2.0, 20.0), "margin_usd_per_year >= 0"),
    "left out": lambda: asked(restless(), DEMAND, (10.0, 1600.0), "hours_delivered_per_year <= base - 2000", scan=4),
    "two": lambda: asked(month(), "pay.wage_usd_per_hour", (10.0, 30.0), *WINDOW),
    "share": lambda: asked(restless(), LEVEL, (0.2, 1.0), "exits_per_year <= base * 0.5", **LOOSE),
    "less": lambda: asked(restless(), LEVEL, (0.2, 1.0), "exits_per_year <= base - 8", **LOOSE),
    "chance": lambda: asked(restless(), LEVEL, (0.05, 1.0), "exits_per_year <= 12", chance=0.9, **LOOSE | {"runs": 60}),
}
OUTCOMES = tuple(QUESTIONS)


@cache
def of(outcome: str) -> Solution:
    return QUESTIONS[outcome]()


def drawn(outcome: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    told = plain(solution_view(of(outcome)).figure)
    return [trace for trace in told["data"] if trace["mode"] == "markers"], told["layout"]


def named(outcome: str) -> list[str]:
    return [note["text"] for note in drawn(outcome)[1]["annotations"]]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_words_a_figure_and_all_its_numbers(outcome: str) -> None:
    solution = of(outcome)
    for look in (LIGHT, DARK):
        view = solution_view(solution, look)
        assert view.reading == solved_sentence(solution) == solution_lines(solution)[0]
        assert view.alt.startswith("Chart of ")
        assert "NaN" not in view.figure.to_json()
        assert all(len(row) == len(view.table.columns) for row in view.table.rows)
        assert len({column.title for column in view.table.columns}) == len(view.table.columns)
        assert view.data is not None
        assert len(view.data.rows) == len({one.value for one in (*solution.tried, solution.today)})


def test_the_answer_and_todays_value_are_named_and_drawn_apart_from_the_rest() -> None:
    (marks,), _ = drawn("found")
    at = dict(zip(marks["marker"]["symbol"], marks["x"], strict=True))
    assert (at["diamond"], at["square"]) == (18.95, 13.5)
    assert any("today<br>$13.50 per 15 minutes" in text for text in named("found"))
    assert any("answer: $18.95 per 15 minutes" in text for text in named("found"))


def test_the_line_lies_at_what_is_wished_and_its_wished_side_is_tinted() -> None:
    _, layout = drawn("found")
    line = next(shape for shape in layout["shapes"] if shape.get("line", {}).get("dash") == "dash")
    tint = next(shape for shape in layout["shapes"] if shape["type"] == "rect")
    assert line["y0"] == line["y1"] == tint["y0"] == 0.45
    assert tint["y1"] < 0.45
    assert "target: at<br>most 45 %" in named("found")


def test_against_the_base_the_paired_difference_is_drawn() -> None:
    """20 people who leave once a year: at a level of 0.6 they are 8 fewer, in runs that met the same luck."""
    (marks,), layout = drawn("less")
    today = marks["y"][marks["marker"]["symbol"].index("square")]
    assert today == 0.0
    line = next(shape for shape in layout["shapes"] if shape.get("line", {}).get("dash") == "dash")
    assert line["y0"] == -8.0
    assert any("difference from the base" in text for text in named("less"))


def test_a_share_of_the_base_is_judged_by_the_paired_margin() -> None:
    """Where an interval crosses the line is where the answer's sureness changes, as the search itself judged it."""
    solution = of("share")
    (marks,), layout = drawn("share")
    line = next(shape for shape in layout["shapes"] if shape.get("line", {}).get("dash") == "dash")["y0"]
    assert line == pytest.approx(0.5 * (solution.today.verdict.measured[0].mean or 0.0))
    sure = {one.value: one.sure for one in (*solution.tried, solution.today)}
    for x, color in zip(marks["x"], marks["marker"]["color"], strict=True):
        assert (color == LIGHT.paper) == (sure[x] == 0)


def test_two_conditions_have_a_panel_each_over_one_input() -> None:
    marks, layout = drawn("two")
    assert [one["yaxis"] for one in marks] == ["y", "y2"]
    lower, upper = layout["yaxis2"]["domain"], layout["yaxis"]["domain"]
    assert 0.0 <= lower[0] < lower[1] < upper[0] < upper[1] <= 1.0
    assert marks[0]["x"] == marks[1]["x"]


def test_a_chance_is_drawn_as_the_share_of_futures_in_which_all_holds() -> None:
    solution = of("chance")
    (marks,), layout = drawn("chance")
    assert solution.found is not None
    share = solution.found.at.verdict.chance
    assert share is not None
    assert marks["y"][marks["marker"]["symbol"].index("diamond")] == share.mean
    assert "target: at<br>least 90 %" in named("chance")
    assert layout["yaxis"]["range"][1] <= 1.02


def test_an_input_left_out_today_stands_apart_and_says_so() -> None:
    (marks,), layout = drawn("left out")
    assert min(marks["x"]) < 10.0
    assert layout["xaxis"]["ticktext"][0] == "left out"
    assert any("left out today" in text for text in named("left out"))


def test_where_nothing_will_do_the_nearest_is_named_and_no_answer() -> None:
    assert any("comes nearest<br>$15.00" in text for text in named("unreachable"))
    assert not any("answer" in text for text in named("unreachable"))


def test_the_numbers_are_those_of_the_search_in_full() -> None:
    solution = of("found")
    view = solution_view(solution)
    assert view.data is not None
    assert solution.found is not None
    row = next(row for row in view.data.rows if row[0] == solution.found.value)
    assert row[1] == solution.found.at.verdict.measured[0].mean
    assert row[4] == 0.45
    assert view.data.columns[0].heading == "Individual rate (Medicaid) (USD per 15 minutes)"
