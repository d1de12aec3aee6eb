"""People of a list are shown only as projected: nothing of what the list says of them is told."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sim.cli import main
from sim.questions.story.privacy import LISTED, about, discreet
from sim.questions.story.story import stories
from sim.questions.story.view import person_view
from sim.questions.story.words import NOT_REAL, career_shape, sentences
from sim.results.careers import Career
from sim.runs.toml import written
from sim.scenario.files import Loaded, load_table
from tests.app.worlds import TABLES
from tests.worlds import merged

HIRED = ("2019-03", "2023-11")
PEOPLE = [{"hired": HIRED[0], "rung": "lead"}, {"hired": HIRED[1], "certified": False}]
LADDER = {"lead": {"step": 1, "months_in_rung_below": 2.0}}
RICH = {"medicaid": {"rate_usd_per_unit": 60.0}}  # whoever leaves is followed by somebody
LISTING: dict[str, Any] = {"posts": {"number": 4, "roster": PEOPLE}, "ladder": LADDER, "funding": RICH}


@cache
def listing() -> Loaded:
    return load_table(merged(TABLES, LISTING))


@cache
def people() -> list[Career]:
    return discreet(stories(listing().scenario, 0, 1), listing().scenario)


def on_the_list() -> list[Career]:
    return [one for one in people() if one.events[0].what == "opening"]


def test_nothing_of_the_list_is_told() -> None:
    assert len(on_the_list()) == len(PEOPLE)
    for one in on_the_list():
        told = sentences(one, listing().scenario)
        shape = json.dumps(career_shape(one, listing().scenario))
        assert told[0] == "In post when the projection begins."
        assert not any(word in " ".join(told) for word in ("2019", "2023", "$", " after "))
        assert "NaN" not in shape
        assert math.isnan(one.months)


def test_what_is_drawn_and_downloaded_has_no_wage_of_theirs_either() -> None:
    view = person_view(listing().scenario, on_the_list()[0], 0)
    assert LISTED in view.note
    assert "NaN" not in view.csv_text()
    assert all(line.endswith(",") for line in view.csv_text().splitlines()[1:])


def test_whoever_is_hired_later_is_told_whole() -> None:
    later = [one for one in people() if one.events[0].what == "hired"]
    assert later
    assert all("$" in sentences(one, listing().scenario)[0] for one in later)


def test_without_a_list_nobody_is_real_and_nothing_is_hidden() -> None:
    plain = load_table(TABLES).scenario
    found = stories(plain, 0, 1)
    assert about(plain) == NOT_REAL
    assert discreet(found, plain) == found


def test_the_command_line_says_that_people_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "listing.toml"
    file.write_text(written(listing().raw), encoding="utf-8")
    told = CliRunner().invoke(main, ["story", str(file), "--post", "0"])
    assert told.exit_code == 0, told.output
    words = " ".join(told.stdout.split())
    assert LISTED in words
    assert "Nobody here is real" not in words
    assert "2019" not in words
