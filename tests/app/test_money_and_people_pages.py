"""Money and People: the same run as on Compare, each chart with its sentence and its table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.charts.seen import Seen
from sim.questions.compare.views.pages import money_page, people_page
from sim.ui.question import Alternative, Question
from sim.ui.reading import read
from sim.ui.server import shared as server
from tests.app.pages import (
    AppTest,
    as_commanded,
    button,
    choice,
    finished,
    go,
    opened,
    serving,
    settled,
    tables,
    text,
)  # fmt: skip
from tests.app.worlds import HIGHER, small

PAID = {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.5}, "award": {
    "kind": "grant", "amount_usd_per_year": 400_000.0, "start": "2027-01"}}  # fmt: skip
LADDER = {"lead": {"step": 1, "slots": {"kind": "share", "share": 0.3}}}
RUNS = 20
BRAIDED = {"braiding": ["award", "medicaid"]}
SMALL = small(replications=RUNS, funding=PAID, rules=BRAIDED)
RUNGS = small(HIGHER, Alternative({"ladder": LADDER}), replications=RUNS, funding=PAID, rules=BRAIDED)


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def after_compare(page: str, question: Question) -> AppTest:
    """Return a page once Compare has finished the run."""
    return go(finished(opened("compare", question)), page)


def seen(question: Question) -> Seen:
    made = server.result(read(question), question.seed, question.replications)
    return Seen(made.answer, made.views)


def test_money_shows_each_view_of_the_same_run_with_sentence_figure_and_table() -> None:
    app = after_compare("money", SMALL)
    views = money_page(seen(SMALL))
    assert [one.value for one in app.header] == [view.title for view in views]
    assert all(view.reading in text(app) for view in views)
    assert len(app.get("plotly_chart")) == sum(view.figure is not None for view in views) == len(views)
    assert [one.label for one in app.expander] == [f"Table: {view.title}" for view in views]
    assert len(app.table) == len(views)
    assert not app.exception


def test_every_figure_has_words_for_those_who_do_not_see_it() -> None:
    app = after_compare("people", SMALL)
    told = [one.proto.alt for one in app.get("plotly_chart")]
    assert told
    assert all(len(one) > 30 for one in told)


def test_people_leaves_rungs_out_where_there_is_one_and_shows_those_of_the_scenario_chosen() -> None:
    app = after_compare("people", RUNGS)
    views = {view.key: view for view in people_page(seen(RUNGS), 2)}
    assert views["retention_by_rung"].reading not in text(app)
    choice(app, "Of which scenario").set_value(2).run()
    titles = [one.value for kind in (app.header, app.subheader) for one in kind]
    assert sorted(titles) == sorted(
        [*(view.title for view in views.values()), "The way through the ladder", "Whom does it reach?"]
    )
    assert views["retention_by_rung"].reading in text(app)
    assert views["flow"].reading in text(app)


@pytest.mark.parametrize("page", ["money", "people"])
def test_without_a_run_the_page_says_so_and_leads_to_compare(page: str) -> None:
    app = opened(page)
    assert "There is no run yet" in text(app)
    button(app, "Go to Compare").click().run()
    assert app.title[0].value == "What changes?"


@pytest.mark.parametrize("page", ["money", "people"])
def test_what_is_wrong_stands_in_the_place_of_the_figures(page: str) -> None:
    app = opened(page, small(Alternative({"pay": {"wage_usd_per_hour": -3.0}})))
    assert "There is no run until this is mended: Alternative A." in text(app)
    assert not app.get("plotly_chart")


def test_where_there_is_nothing_to_draw_the_page_says_why_and_shows_no_empty_table() -> None:
    app = after_compare("money", small(replications=RUNS))
    assert "No scenario has an award that could end or be renewed." in text(app)
    assert "Table: Award calendar" not in [one.label for one in app.expander]


def test_a_raise_in_a_state_is_followed_into_the_household_on_compare_and_money() -> None:
    asked = small(Alternative({"pay": {"wage_usd_per_hour": 24.0}}), replications=RUNS, place={"state": "OH"})
    app = finished(opened("compare", asked))
    assert "What reaches the household" in [one.value for one in app.header]
    assert "Entry wage from $20.00 to $24.00 an hour (Ohio" in text(app)
    told = next(one.value for one in app.table if "Of it kept" in one.value.columns)
    assert len(told) == 5
    title = "What reaches the household, by wage"
    assert title in [one.value for one in go(app, "money").header]


def test_where_no_entry_wage_changes_nothing_is_said_of_households() -> None:
    app = finished(
        opened("compare", small(Alternative({"posts": {"number": 9}}), replications=RUNS, place={"state": "OH"}))
    )
    assert "What reaches the household" not in [one.value for one in app.header]


DIVIDED = small(
    HIGHER, replications=RUNS, posts={"number": 70}, positions={"part_time": {"number": 20, "fte": 0.5}},
    place={"black_share": 0.3, "non_white_share": 0.6},
)  # fmt: skip


def test_whom_a_change_reaches_is_told_by_group_as_on_the_command_line_to_the_digit(tmp_path: Path) -> None:
    app = opened("people", DIVIDED)
    assert "Marks of unequal conditions" not in text(app)  # nothing is run before it is asked for
    app = settled(button(app, "Tell it by group").click().run())
    command = app.code[-1].value
    assert command.split()[:2] == ["peerstay", "fair"]
    told = as_commanded(command, DIVIDED, tmp_path)
    found = [one for one in tables(app) if one[0][:2] == ["Group", "People"]]
    assert found
    assert found[0][0] == ["Group", "People", "Base", "Then", "Difference", "Beside all"]
    assert [row[0] for row in found[0][1:]] == [
        "Everybody", "Black", "Other non-White", "White", "Full-time", "Part-time",
    ]  # fmt: skip
    for row in (row for rows in found for row in rows[1:]):
        ends = [part for cell in row for part in cell.rstrip(")").replace("), ", " (").split(" (")]
        assert all(part in told for part in ends), row
    assert "stands where fewer than 11 people are behind a number" in text(app)
    assert "The model does not know discrimination" in text(app)


def test_where_nothing_can_be_told_by_group_the_page_says_what_to_enter() -> None:
    few = opened("people", SMALL)
    assert "Nothing is told of fewer than 11 people, and there are 8 posts: state more posts" in text(few)
    alike = opened("people", small(posts={"number": 30}, place={"black_share": 0.0, "non_white_share": 0.0}))
    assert "Everybody is in one group: state shares of peers who are Black or not White" in text(alike)
    assert "Tell it by group" not in [one.label for one in (*few.button, *alike.button)]
