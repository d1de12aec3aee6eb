"""Differences and shares: what is drawn hollow, what is said, and that the numbers are those of the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.charts.look import plain
from sim.charts.seen import Seen
from sim.model.rules.turnover import CAUSES
from sim.questions.compare.views.differences import differences_view
from sim.questions.compare.views.shares import CAUSE_WORDS, LEFT_BECAUSE, costs_view, leaving_view, living_wage_view
from sim.runs.answer import Answer
from sim.words.sentences import compared_sentence
from tests.answers import RUNS, WAVES, answer, raised
from tests.charts.views.seen import five, two, views

KEYS = ["separations_per_100_posts_year", "hours_delivered_per_year"]


def compared(**means: float) -> Seen:
    return Seen(answer(raised(**means)), (views(), views()))


def with_parts(told: Answer, key: str, **parts: float) -> Answer:
    """Add a measure's parts to the base."""
    values = told.base.values | {f"{key}.{part}": mean + 0.1 * WAVES for part, mean in parts.items()}
    return replace(told, base=replace(told.base, values=values))


def test_what_cannot_be_told_from_luck_is_hollow_and_says_so() -> None:
    seen = compared(separations_per_100_posts_year=8.0)
    layout = plain(differences_view(seen, KEYS).figure)
    marks = [trace for trace in layout["data"] if trace.get("mode") == "markers"]
    assert [mark["marker"]["color"] == seen.look.paper for mark in marks] == [False, True]
    texts = [note["text"] for note in layout["layout"]["annotations"]]
    assert "4.0<br>lower" in texts
    assert "no change" in texts


def test_the_sentence_is_that_of_the_command_line() -> None:
    seen = compared(separations_per_100_posts_year=8.0)
    assert differences_view(seen, KEYS).reading == compared_sentence(seen.answer.alternatives[0], seen.answer)


def test_each_measure_has_a_scale_of_its_own_that_holds_zero() -> None:
    layout = plain(
        differences_view(compared(separations_per_100_posts_year=8.0, hours_delivered_per_year=40_000.0), KEYS).figure
    )
    ranges = [layout["layout"][axis]["range"] for axis in ("xaxis", "xaxis2")]
    assert ranges[0] != ranges[1]
    assert all(low <= 0.0 <= high for low, high in ranges)


def test_the_data_hold_the_answers_numbers_in_full_precision() -> None:
    seen = compared(separations_per_100_posts_year=8.0)
    view = differences_view(seen, KEYS)
    assert view.data is not None
    one = seen.answer.alternatives[0].measures[KEYS[0]]
    told = (one.base.mean, one.alternative.mean, one.difference.mean, one.difference.low, one.difference.high)
    assert view.data.rows[0][3:8] == told
    assert view.table.rows[0][4] == "−4.0"


def test_without_an_alternative_there_is_nothing_to_draw() -> None:
    view = differences_view(Seen(answer(), (views(),)))
    assert view.figure is None
    assert "nothing to compare" in view.reading


def test_the_parts_of_a_dollar_add_up_and_are_told_largest_first() -> None:
    view = costs_view(two())
    means = [row[2] for row in view.table.rows if row[1] == "raise"]
    assert sum(float(mean or 0.0) for mean in means) == pytest.approx(1.0)
    assert view.reading == (
        "Projection: of each dollar spent in the base, 54.0 cents go to wages, 18.0 cents go to fringe, 16.0 cents go "
        "to overhead, 9.0 cents go to supervision, 2.0 cents go to recruiting and 1.0 cents go to other."
    )
    assert "Training" not in {row[0] for row in view.table.rows}


def test_a_share_of_dollars_is_that_of_all_runs_together() -> None:
    spent = np.ones((RUNS, 5), np.float32) * np.array([100, 200, 300, 400, 500], np.float32)[:, None]
    view = costs_view(two(**{"spent.wages": spent}))
    wages = next(row for row in view.table.rows if row[:2] == ("Wages", "raise"))
    others = 5 * 460_000.0 * RUNS
    assert wages[2] == pytest.approx(5 * 1_500.0 / (5 * 1_500.0 + others), rel=0.05)


def test_causes_are_told_most_frequent_first_and_only_those_that_occur() -> None:
    told = with_parts(answer(), "separations_per_100_posts_year", voluntary=8.0, layoff=4.0)
    view = leaving_view(Seen(told, (views(),)))
    assert ": 8.0 quit and 4.0 are laid off." in view.reading
    assert [row[0] for row in view.table.rows] == ["All who leave", "Quit", "Laid off"]
    assert set(CAUSE_WORDS) == set(LEFT_BECAUSE) == set(CAUSES)


def test_households_are_named_with_their_living_wage() -> None:
    view = living_wage_view(two())
    assert len(view.table.rows) == 2
    assert "an hour" in str(view.table.rows[0][0])
    assert "at a mean wage of $24.95 an hour" in view.reading


def test_scenarios_are_named_at_their_rows_and_the_figure_grows_with_them() -> None:
    few, many = (plain(costs_view(seen).figure)["layout"] for seen in (two(), five()))
    assert many["height"] > few["height"]
    assert sum("scenario with" in note["text"] for note in many["annotations"]) == 4 * 6
