"""What the buttons under a figure are given: where it stands, and what is written in its picture."""

from __future__ import annotations

import re

from sim import __version__
from sim.charts.view import Column, Table, View
from sim.ui.answers.figures import CONFIG, offered
from sim.ui.question import Alternative, Question
from sim.ui.reading import read


def view(key: str) -> View:
    return View(key, "Cash <now>", None, "", "", "Means over 40 runs.", Table((Column("Month"),), ()))


def test_a_picture_is_told_from_others_by_its_name_and_says_what_made_it() -> None:
    given = offered(view("cash_usd"))
    assert given["name"] == "peerstay_cash_usd"
    assert given["figure"] == "st-key-figure-cash_usd"
    assert given["title"] == "Cash <now>"
    assert (
        given["note"] == f"Means over 40 runs. Made with peerstay {__version__}, a model: projections, not forecasts."
    )


def test_a_key_with_other_signs_gives_a_name_that_every_machine_takes() -> None:
    given = offered(view('a/b "c"'))
    assert given["name"] == "peerstay_a_b__c_"
    assert given["figure"] == "st-key-figure-a-b--c-"


def test_only_the_exporter_of_plotly_is_left_in_its_bar() -> None:
    assert CONFIG["modeBarButtons"] == [["toImage"]]


def test_files_are_named_after_the_question_so_that_the_next_answer_does_not_overwrite_the_last() -> None:
    base = {"title": "Today", "place": {"state": "PA"}, "pay": {"wage_usd_per_hour": 24.0}}
    base["funding"] = {"award": {"kind": "grant", "amount_usd_per_year": 1e6, "start": "2027-01"}}
    raises = [Alternative({"pay": {"wage_usd_per_hour": wage}}) for wage in (25.0, 26.0)]
    stems = [read(Question(base, (one,))).file_stem for one in raises]
    assert stems[0] != stems[1]
    assert all(re.fullmatch(r"peerstay_[a-z0-9-]{1,40}_[0-9a-f]{4}", stem) for stem in stems)
    assert "25-00" in stems[0]
    hostile = read(Question(base | {"title": "../../x<script>"})).file_stem
    assert re.fullmatch(r"peerstay_x-script_[0-9a-f]{4}", hostile)
