"""An input shows its values through time where it is edited, and says at once what a later date takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sim.ui.inputs.board import Board
from sim.ui.inputs.dated_rows import course_in_words, course_of, with_row, with_rows
from sim.ui.inputs.examples import KINDS
from sim.ui.inputs.examples import opened as example_opened
from sim.ui.inputs.often import dateable
from sim.ui.inputs.through_time import step_line
from sim.ui.question import BASE, Alternative, Question
from sim.ui.reading import read
from tests.app.pages import AppTest, asked, box, button, choice, opened, serving, text
from tests.app.worlds import small

RATE = "Individual rate (Medicaid) ($ per 15 minutes)"
ADDRESS = "funding.medicaid.rate_usd_per_unit"
RISE = [{"at": "2027-07", "set": {ADDRESS: 16.2}}]
ANOTHER = "Another value from a date on, Individual rate (Medicaid)"


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def risen(**more: Any) -> Question:
    """A base whose rate rises in July 2027, and an alternative with another rate from the start."""
    rate = {"funding": {"medicaid": {"rate_usd_per_unit": 18.0}}}
    return small(Alternative(rate), replications=20, horizon={"start": "2027-01"}, change=RISE, **more)


def rates(question: Question, place: int) -> list[tuple[int, float]]:
    """The rate that is run, by months since the start."""
    from sim.scenario.timeline import plans  # noqa: PLC0415  # what the model reads, not what the page says

    found = read(question).sound[place]
    told = [(month, one.funding["medicaid"].rate_usd_per_unit) for month, one in plans(found.scenario)[0].epochs]  # type: ignore[union-attr]
    return [one for at, one in enumerate(told) if at == 0 or told[at - 1][1] != one[1]]


def warnings(app: AppTest) -> str:
    return " ".join(one.value for one in app.warning).replace("\\", "")


# what the page says and does -------------------------------------------------------------------------------------


def test_a_typed_rate_that_a_later_date_takes_back_says_so_at_once() -> None:
    app = opened("compare", risen())
    assert rates(asked(app), 1) == [(0, 18.0), (6, 16.2)]
    assert "$18.00 per 15 minutes holds until June 2027 only: from July 2027 it is $16.20" in warnings(app)
    button(app, "Keep \\$18.00 per 15 minutes from July 2027 on").click().run()
    assert rates(asked(app), 1) == [(0, 18.0)]
    assert rates(asked(app), 0) == [(0, 13.5), (6, 16.2)]
    assert "holds until" not in warnings(app)


def test_a_step_on_the_way_up_is_told_without_a_warning() -> None:
    up = risen().alternatives[0].tables | {"change": [{"at": "2027-07", "set": {ADDRESS: 20.0}}]}
    app = opened("compare", small(Alternative(up), replications=20, horizon={"start": "2027-01"}, change=RISE))
    assert "Through time: $18.00, then $20.00 per 15 minutes from July 2027" in text(app)
    assert "holds until" not in warnings(app)


def test_a_rate_from_a_month_on_is_asked_beside_the_answer_in_two_steps() -> None:
    app = opened("compare", small(Alternative({}), replications=20, horizon={"start": "2027-01"}))
    choice(app, "Also change in alternative A").set_value(("funding", "medicaid", "rate_usd_per_unit")).run()
    choice(app, ANOTHER).set_value("2027-07").run()
    box(app, f"From July 2027: {RATE}").set_value(18.0).run()
    assert rates(asked(app), 1) == [(0, 13.5), (6, 18.0)]
    assert rates(asked(app), 0) == [(0, 13.5)]
    assert choice(app, "First month, Individual rate (Medicaid)").set_value("2027-10").run()
    assert rates(asked(app), 1) == [(0, 13.5), (9, 18.0)]
    button(app, "Remove").click().run()
    assert not read(asked(app)).changes(1)


def test_an_alternative_that_changes_by_date_has_its_inputs_at_hand() -> None:
    example = next(one for kind in KINDS for one in kind.examples if one.base == "pa_fee_for_service")
    app = opened("compare", example_opened(example))
    at_hand = [one for one in app.number_input if one.label == f"From July 2028: {RATE}"]
    assert [one.value for one in at_hand] == [16.2, 16.2]
    at_hand[0].set_value(18.0).run()
    assert rates(asked(app), 1) == [(0, 13.5), (12, 18.0)]
    assert rates(asked(app), 2) == [(0, 13.5), (12, 16.2)]
    assert "Base: $13.50 per 15 minutes" in text(app)


def test_the_base_is_told_through_time_where_an_alternative_is_edited() -> None:
    app = opened("build", risen(), step="funding", editing=1)
    assert "Base: $13.50, then $16.20 per 15 minutes from July 2027" in text(app)


def test_a_dated_change_of_the_base_can_be_taken_away_in_an_alternative_alone() -> None:
    app = opened("build", risen(), step="time", editing=1)
    button(app, "Remove").click().run()
    assert rates(asked(app), 1) == [(0, 18.0)]
    assert rates(asked(app), 0) == [(0, 13.5), (6, 16.2)]


def test_a_kind_of_employers_shows_what_a_shared_date_changes() -> None:
    kinds = [{"name": "city"}, {"name": "rural", "funding": {"medicaid": {"rate_usd_per_unit": 14.0}}}]
    question = risen(employer=kinds)
    city = opened("build", question, step="funding", kind="city")
    assert "Through time: $13.50, then $16.20 per 15 minutes from July 2027" in text(city)
    rural = opened("build", question, step="funding", kind="rural")
    assert "Through time" not in text(rural)


# the values themselves -------------------------------------------------------------------------------------------


def test_values_through_time_are_those_that_are_run() -> None:
    rows = [("2027-07", 2.0), ("2026-05", 1.0), ("2027-07", 3.0), ("2029-01", 4.0)]
    assert course_of(0.5, rows, "2027-01", 24) == (("2027-01", 1.0), ("2027-07", 3.0))
    assert course_in_words((("2027-01", 1.0), ("2027-07", 3.0)), "USD/hour") == (
        "$1.00, then $3.00 an hour from July 2027"
    )
    assert course_in_words((("2027-01", 0.05), ("2027-07", 0.1)), "share of wages") == "5 %, then 10 % from July 2027"


def test_rows_stay_in_order_of_their_months_and_one_month_has_one_value() -> None:
    first, later = ("2027-07", "a", 1.0), ("2028-07", "a", 2.0)
    assert with_row([later], None, first) == [first, later]
    assert with_row([first, later], first, ("2028-07", "a", 9.0)) == [("2028-07", "a", 9.0)]
    assert with_row([first, later], later, None) == [first]


def test_no_dated_change_is_said_where_the_base_has_one() -> None:
    less = with_rows(risen(), 1, [])
    assert less.said(1, ("change",)) == ([], True)
    assert less.said(0, ("change",)) == (RISE, True)
    assert "change" not in with_rows(risen(), 0, []).base


def test_the_step_line_goes_up_where_the_value_does() -> None:
    drawing = ET.fromstring(
        step_line((("2027-01", 1.0), ("2027-07", 3.0), ("2028-01", 2.0)), [1.0, 3.0, 2.0], dark=False)
    )
    down = [float(one.attrib["cy"]) for one in drawing.iter("{http://www.w3.org/2000/svg}circle")]
    assert down[1] < down[2] < down[0]


# every input -----------------------------------------------------------------------------------------------------


def test_the_federal_match_is_found_by_its_words_and_falls_from_a_date_on() -> None:
    app = opened("compare", small(Alternative({}), replications=20, horizon={"start": "2027-01"}))
    offered = choice(app, "Also change in alternative A").options
    for words in ("FMAP", "match", "COLA", "FTE", "caseload", "indirect", "no-show", "fringe", "H0038"):
        assert [one for one in offered if words.casefold() in one.casefold()], words
    assert len(set(offered)) == len(offered)
    choice(app, "Also change in alternative A").set_value(("funding", "medicaid", "federal_share")).run()
    choice(app, "Another value from a date on, Paid federally (Medicaid)").set_value("2027-10").run()
    box(app, "From October 2027: Paid federally (Medicaid) (% of payments)").set_value(50.0).run()
    (change,) = asked(app).alternatives[0].tables["change"]
    assert change == {"at": "2027-10", "set": {"funding.medicaid.federal_share": 0.5}}
    assert not read(asked(app)).errors(1)


def test_every_number_that_a_date_may_change_is_dateable_where_it_is_edited_and_under_time() -> None:
    question = small(Alternative({}), replications=20, horizon={"start": "2027-01"})
    app = opened("build", question, step="funding")
    dated = {one.label for one in app.selectbox if one.label.startswith("Another value from a date on, ")}
    assert "Another value from a date on, Paid federally (Medicaid)" in dated
    assert "Another value from a date on, Lost to no-shows" not in dated  # for experts
    app = opened("build", question, step="advanced", expert=True)
    dated = {one.label for one in app.selectbox if one.label.startswith("Another value from a date on, ")}
    assert "Another value from a date on, Cash at the start" not in dated  # only the opening reads it
    assert "Another value from a date on, Line of credit" in dated
    app = opened("build", question, step="time")
    offered = choice(app, "Change from a date on").options
    assert any("FMAP" in one for one in offered)
    assert not any("Cash at the start" in one for one in offered)


def test_every_dated_number_that_the_page_offers_is_one_that_a_scenario_takes() -> None:
    question = small(replications=20, horizon={"start": "2027-01"})
    board = Board(question, read(question), BASE)
    rows = [("2027-07", ".".join(path), board.value(path)) for path in dateable(board)]
    assert len(rows) > 100
    told = [one for one in read(with_rows(question, BASE, rows)).errors(BASE) if "cannot change by date" in one.rule]
    assert not told
