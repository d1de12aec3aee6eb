"""A list of people is taken over in memory, shown in sums, and gets nowhere else."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.read.roster_csv import TEMPLATE
from sim.scenario.timeline import plans
from sim.ui.answers.takeaway import file_of
from sim.ui.inputs import importing as roster_page
from sim.ui.links import canonical, link_of, question_of
from sim.ui.page import LACKS_PEOPLE
from sim.ui.question import Alternative, Question, without_people
from sim.ui.reading import read
from sim.ui.server import shared as server
from sim.words.sentences import compared_sentence
from tests.app.pages import AppTest, asked, button, finished, go, opened, serving, text
from tests.app.worlds import small

HIRED = "2019-07"  # as no other month of these tests
LIST = "hired,rung,certified\n" + f"{HIRED},entry,yes\n" * 7 + "2025-02,entry,no\n" * 9
PEOPLE = [{"hired": HIRED}] * 7 + [{"hired": "2025-02", "certified": False}] * 9
POSTS = {"number": 20}


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def with_list(monkeypatch: pytest.MonkeyPatch, content: str, kind: str = "", **more: Any) -> AppTest:
    """Return the step Place with a file in its box and the list taken over."""
    app = opened("build", small(replications=20, posts=POSTS, **more), step="place", kind=kind)

    def given(*_: Any, **__: Any) -> Any:
        file = io.BytesIO(content.encode())
        file.name = "people.csv"
        return file

    with monkeypatch.context() as patched:
        patched.setattr(roster_page.st, "file_uploader", given)
        app.run()
        button(app, "Use this list").click().run()
    return app.run()


def test_a_list_is_taken_over_and_told_in_sums_only(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_list(monkeypatch, LIST)
    assert len(read(asked(app)).sound[0].scenario.posts.roster) == 16
    shown = text(app)
    assert "Peers on the list: **16**" in shown
    assert "Certificate: not certified or certified: **16**" in shown
    assert HIRED not in shown
    assert "reloading this page forgets the list and keeps the rest" in shown


def test_one_kind_of_employer_has_a_list_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_list(monkeypatch, LIST, kind="rural", employer=[{"name": "city"}, {"name": "rural"}])
    lists = {plan.name: len(plan.epochs[0][1].posts.roster) for plan in plans(read(asked(app)).sound[0].scenario)}
    assert lists == {"city": 0, "rural": 16}
    assert _linked(app) == without_people(asked(app))


def test_a_list_in_an_alternative_is_not_offered_and_one_from_a_file_is_told_to_change_nothing() -> None:
    app = opened("build", small(posts=POSTS), step="place", editing=1)
    assert not [one for one in app.button if one.label == "Use this list"]
    app = opened("build", small(Alternative({"posts": {"roster": PEOPLE}}), posts=POSTS), step="place", editing=1)
    assert "a list in an alternative changes nothing" in text(app)
    assert HIRED not in text(app)
    assert read(asked(app)).title(1) == "Roster a list of people, not written out"


def _linked(app: AppTest) -> Question:
    """Return the question in the address."""
    told = app.query_params["q"]
    return question_of(told if isinstance(told, str) else told[0])


def test_who_comes_by_a_link_of_a_question_with_a_list_is_told_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("compare", _linked(with_list(monkeypatch, LIST)))
    assert LACKS_PEOPLE in [one.value for one in app.warning]
    button(app, "Go on without the list").click().run()
    assert not asked(app).lacks_people
    assert LACKS_PEOPLE not in [one.value for one in app.warning]


def test_a_list_is_forgotten_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_list(monkeypatch, LIST)
    assert _linked(app).lacks_people
    button(app, "Forget this list").click().run()
    assert not asked(app).holds_people
    assert _linked(app) == asked(app)
    assert not _linked(app).lacks_people


def test_the_template_is_a_list_the_page_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_list(monkeypatch, TEMPLATE.replace("lead", "entry"))
    assert asked(app).holds_people
    assert read(asked(app)).key
    assert "fewer than 11 peers" in text(app)


def test_what_is_wrong_in_a_list_is_named_by_row_and_column_and_nothing_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened("build", small(posts=POSTS), step="place")
    monkeypatch.setattr(roster_page.st, "file_uploader", lambda *_, **__: _file("hired\n2024-03\nMar-24\n"))
    app.run()
    button(app, "Use this list").click().run()
    assert 'people.csv: Row 3, column A (hired): "Mar-24" must be a month' in text(app)
    assert not asked(app).holds_people


def _file(content: str) -> Any:
    file = io.BytesIO(content.encode())
    file.name = "people.csv"
    return file


def test_more_people_than_posts_and_unknown_rungs_are_named_by_number() -> None:
    app = opened(
        "build",
        small(posts={"number": 1, "roster": [{"hired": HIRED}, {"hired": HIRED, "rung": "boss"}]}),
        step="place",
    )
    told = [one.value.replace("\\", "") for one in app.error]
    assert any(
        "The list: 2 holds more peers than posts.number = 1; add posts or leave peers out." in one for one in told
    )
    assert any('Peer 2 of the list, rung: "boss" is not a rung of the ladder' in one for one in told)


def test_no_part_of_a_list_gets_into_link_answer_file_log_or_disk(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with caplog.at_level(logging.INFO):
        question = small(replications=20, posts={**POSTS, "roster": PEOPLE})
        assert HIRED not in canonical(question_of(str(link_of(question))))
        app = finished(opened("compare", question))
        told = [text(app), *(str(one.value) for one in app.table), *(one.value for one in app.code)]
        made = server.result(read(question), 1, 20)
        told += [compared_sentence(made.answer.alternatives[0], made.answer), read(question).title(1)]
        told += [file_of(ending, made).decode(errors="replace") for ending in (".html", ".csv")]
        go(app, "build")
        told += [text(app), caplog.text, str(app.query_params)]
    assert HIRED not in "".join(told)
    assert "July 2019" not in "".join(told)
    written = [file for file in tmp_path.rglob("*") if file.is_file() and "matplotlib" not in file.parts]
    assert written == []  # matplotlib keeps a list of fonts
