"""What the buttons under a figure are given: where it stands, and what is written in its picture."""

from __future__ import annotations

from sim import __version__
from sim.charts.view import Column, Table, View
from sim.ui.answers.figures import CONFIG, offered


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
