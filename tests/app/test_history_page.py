"""A history is read in memory, shown as it is read, and told in sums; its digits are the command line's."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from click.testing import CliRunner

from sim.cli import main
from sim.ui.inputs.examples import question_of
from sim.ui.inputs.importing import tables_of
from sim.ui.pages.history import complete_text
from sim.ui.question import Question, with_input
from tests.app.pages import AppTest, asked, button, go, opened, serving, text

HISTORY = Path(__file__).parents[2] / "scenarios/made_up_history.csv"
RIGHT = "That is right: show what it says"


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def with_file(
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    name: str = "payroll.csv",
    since: str = "",
    question: Question | None = None,
) -> AppTest:
    """Return the page with a file in its box, read."""

    def given(*_: Any, **__: Any) -> Any:
        file = io.BytesIO(content)
        file.name = name
        return file

    monkeypatch.setattr(st, "file_uploader", given)
    app = opened("history", question)
    if since:
        app.text_input(key="history.since").set_value(since).run()
    button(app, "Read this file").click().run()
    assert not app.exception
    return app


def test_a_history_is_shown_as_it_is_read_and_then_told_in_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_file(monkeypatch, HISTORY.read_bytes(), since="2021-01")
    assert "date of leaving: Term Date" in text(app)
    assert "How many leave" not in text(app)
    button(app, RIGHT).click().run()
    assert not app.exception
    told = text(app)
    command = CliRunner().invoke(main, ["fit", str(HISTORY), "--since", "2021-01", "--json"], prog_name="peerstay")
    shape = json.loads(command.stdout)
    level = shape["fitted"]["separations_per_100_posts_year"]
    assert "50 people, 94.5 years of filled posts, 31 left" in told
    tables = " ".join(str(one.value.to_numpy().tolist()) for one in app.table)
    assert f"{level['low']:.1f} to {level['high']:.1f}" in tables
    assert "in 5 of 5 years" in told
    assert "2010" not in told  # nobody's date of hire
    assert "Term Date" in text(go(go(app, "words"), "history"))  # a visit keeps it, in memory


def test_what_the_page_takes_by_itself_is_said_without_options_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    told = text(with_file(monkeypatch, HISTORY.read_bytes()))
    assert "the year of the first; say another above" in told
    assert "--" not in told


def test_what_is_wrong_with_a_file_is_named_by_row_and_column(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_file(monkeypatch, b"hired,left\nsoon,\n1/2/2020,2020-05\n")
    shown = " ".join(one.value for one in app.error)
    assert "Row 2, column A" in shown
    assert "Row 3, column A" in shown
    assert "Which of day and month comes first" in text(app)
    assert all(one.label != RIGHT for one in app.button)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"First hire date,Second hire date\n2020-01,2020-02\n", "hired=HEADING under “Columns by their headings”"),
        (b"Came,Went\n2020-01,2020-02\n", "hired=HEADING under “Columns by their headings”"),
        (b"hired,gone\n2020-01,2020-02\n", "under “Everybody who left is in the file from”"),
        (b"hired,left\n1/2/2020,3/4/2021\n", "under “Dates such as 11/03/2023 are written”"),
    ],
)
def test_what_is_wrong_names_the_pages_controls_and_no_option(
    monkeypatch: pytest.MonkeyPatch, content: bytes, told: str
) -> None:
    app = with_file(monkeypatch, content)
    shown = " ".join(one.value for one in [*app.error, *app.info])
    assert told.casefold() in shown.casefold()
    assert "--" not in shown


def test_fewer_than_eleven_people_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_file(monkeypatch, b"hired,left\n2020-01,2024-03\n2021-01,\n2022-05,\n")
    button(app, RIGHT).click().run()
    assert not app.exception
    assert "Seen: fewer than 11 people: not shown" in text(app)
    assert "Studies alone" in str([list(one.value.columns) for one in app.table])
    assert "Fitted" not in str([list(one.value.columns) for one in app.table]) + text(app)
    assert "No scenario is written that states what is fitted to fewer than 11 people" in text(app)
    assert "own_history.toml" not in str([one.proto for one in app.get("download_button")])
    assert "equally likely" not in text(app)


def test_what_was_fitted_goes_into_the_base_is_told_and_can_be_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    base = question_of("md_recovery_community")
    app = with_file(monkeypatch, HISTORY.read_bytes(), since="2021-01", question=base)
    button(app, RIGHT).click().run()
    assert "In your base, " in text(app)
    button(app, "Use this in my base").click().run()
    assert not app.exception
    now = asked(app).base
    level = now["turnover"]["level"]
    assert level["kind"] == "observed"
    assert len(now["ranges"]) >= 3
    assert now["funding"] == base.base["funding"]
    assert f"{level['separations_per_100_posts_year']:g}" in text(app).partition("What it changed")[2]
    app.session_state["question"] = with_input(asked(app), 0, ("posts", "number"), 77)
    app.run()
    button(app, "Put back what my base said before").click().run()
    assert not {"turnover", "ranges"} & set(asked(app).base)
    assert asked(app).base["posts"]["number"] == 77  # what was changed since stays


def test_without_a_base_the_page_says_where_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_file(monkeypatch, HISTORY.read_bytes(), since="2021-01")
    button(app, RIGHT).click().run()
    assert "Nothing is open yet that this could go into" in text(app)
    assert all(one.label != "Use this in my base" for one in app.button)


def test_the_scenario_that_states_what_was_fitted_is_opened_by_page_and_command_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    base = question_of("md_recovery_community")
    app = with_file(monkeypatch, HISTORY.read_bytes(), since="2021-01", question=base)
    button(app, RIGHT).click().run()
    found = complete_text(base, app.session_state["kept.history.found"])
    assert found is not None
    assert "extends" not in tables_of(found.encode(), "own_history.toml")
    assert found.startswith("# Fitted to the history of 2021 to 2025")
    (tmp_path / "own_history.toml").write_text(found, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "own_history.toml")], prog_name="peerstay")
    assert done.exit_code == 0, done.output
