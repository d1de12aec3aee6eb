"""Where return to use alone brings more separations than were stated, every answer says so with both numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.questions.compare.shapes import compare_shape, run_shape
from sim.questions.compare.text import compare_text, run_text
from sim.runs.answer import Answer
from sim.runs.blocks import solved_for
from sim.scenario.files import load
from sim.scenario.read.library import scenario_files
from sim.takeaway.content import answers
from sim.words.stated_turnover import turnover_lead, unreached
from tests.answers import answer, case, loaded
from tests.takeaway.hand_made import stamped

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def stating(separations: float, to_use: float = 0.1) -> Any:
    level = {"kind": "observed", "separations_per_100_posts_year": separations}
    return loaded(turnover={"level": level, "return_to_use_per_year": to_use})


LOW = stating(5.0)


def test_a_level_below_return_to_use_is_named_with_what_is_shown_instead() -> None:
    (one,) = unreached(LOW.scenario)
    (solved,) = solved_for(LOW.scenario).values()
    assert (solved.voluntary, solved.dismissal, solved.other) == (0.0, 0.0, 0.0)
    assert one.stated == 5.0
    assert one.shown > 5.5  # some 6, within what the pilot can tell
    told = turnover_lead(LOW.scenario)
    assert told.startswith(
        f"You stated 5 separations per 100 posts a year; return to use alone gives {one.shown:.1f}: the base shows "
    )


@pytest.mark.parametrize(("separations", "to_use"), [(30.0, 0.045), (8.0, 0.045), (5.0, 0.0), (20.0, 0.1)])
def test_a_level_that_can_be_reached_raises_no_alarm(separations: float, to_use: float) -> None:
    assert turnover_lead(stating(separations, to_use).scenario) == ""


def test_stated_hazards_are_taken_as_they_are() -> None:
    turnover = {
        "level": {"kind": "hazards", "voluntary_per_year": 0.0, "dismissal_per_year": 0.0, "other_per_year": 0.0},
        "return_to_use_per_year": 1.0,
    }
    assert unreached(loaded(turnover=turnover).scenario) == ()


def test_run_compare_their_json_and_the_brief_say_it() -> None:
    told = Answer(case("low", LOW), (), answer().settings)
    line = turnover_lead(LOW.scenario)
    for text in (run_text(told, stamped(told)), compare_text(told, stamped(told)), " ".join(answers(told))):
        assert line in " ".join(text.split())
    for shape in (run_shape(told), compare_shape(told)):
        assert shape["turnover_not_reached"][0]["stated_per_100_posts_year"] == 5.0  # type: ignore[index, call-overload]
    assert "turnover_not_reached" not in run_shape(answer())


def test_check_says_it_before_any_run(tmp_path: Path) -> None:
    path = tmp_path / "low.toml"
    level = '[turnover.level]\nkind = "observed"\nseparations_per_100_posts_year = 5\n'
    path.write_text(f"[pay]\nwage_usd_per_hour = 20.0\n[turnover]\nreturn_to_use_per_year = 0.1\n{level}")
    assert "You stated 5 separations per 100 posts a year" in CliRunner().invoke(main, ["check", str(path)]).output
    told = CliRunner().invoke(main, ["check", str(path), "--json"]).stdout
    assert json.loads(told)["scenarios"][0]["turnover_not_reached"][0]["stated_per_100_posts_year"] == 5.0


@pytest.mark.parametrize("path", scenario_files(SCENARIOS), ids=lambda path: path.stem)
def test_the_library_raises_no_false_alarm(path: Path) -> None:
    assert unreached(load(path).scenario) == ()
