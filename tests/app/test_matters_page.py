"""On What matters most a visitor sees luck beside what is not known, and which inputs move a result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.questions.sensitivity.sensitivity import Plan, sensitivity
from sim.questions.sensitivity.view import screening_view
from sim.questions.uncertainty.uncertainty import uncertainty
from sim.questions.uncertainty.view import doubt_view
from sim.runs.replicate import Settings
from sim.ui.reading import read
from sim.ui.studies.address import Doubted, Moved, text_of
from tests.app.pages import button, choice, opened, serving, settled, text
from tests.app.worlds import small


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def test_luck_and_ignorance_are_those_of_the_command_line() -> None:
    question = small()
    app = opened("matters", question)
    app.query_params["doubt"] = text_of(Doubted("vacancy_rate", 20, 4))
    settled(app.run())
    told = uncertainty(read(question).sound, "vacancy_rate", Settings(4, question.seed), 20)
    assert doubt_view(told).reading in text(app)
    assert "--draws 20 --replications-per-draw 4" in app.code[-1].value.replace("\\\n    ", "")


def test_a_result_and_how_thoroughly_are_chosen() -> None:
    app = opened("matters", small())
    app.selectbox(key="doubt.draft.key").set_value("cash_end_usd").run()
    choice(app, "How thoroughly").set_value((480, 24)).run()
    app.button(key="doubt.ask").click().run()
    assert any(one.label == "Stop" for one in app.button)
    button(app, "Stop").click().run()
    assert any("What is found is kept" in one.value for one in app.info)
    assert any(one.label == "Go on" for one in app.button)


def test_the_inputs_that_move_it_are_those_of_the_command_line() -> None:
    question = small()
    app = opened("matters", question)
    app.query_params["moves"] = text_of(Moved("vacancy_rate", 1, ("recruitment",), 2, 4))
    settled(app.run())
    plan = Plan("morris", 2, 64, 4)
    told = sensitivity(read(question).sound, "vacancy_rate", Settings(4, question.seed), plan, ["recruitment"])
    assert screening_view(told).reading in text(app)
    assert "--input recruitment" in app.code[-1].value


def test_inputs_without_a_range_are_told_of() -> None:
    app = opened("matters", small())
    app.query_params["moves"] = text_of(Moved(wanted=("no_such_thing",)))
    app.run()
    assert any("None of these inputs has a range" in one.value for one in app.info)


@pytest.mark.parametrize(
    "hostile",
    [Doubted("no_such"), Doubted(draws=3), Doubted(draws=10**9), Doubted(runs=0), Moved(moves=0), Moved(runs=-1)],
    ids=("no result", "few draws", "many draws", "no runs", "no moves", "fewer runs"),
)
def test_a_link_that_asks_nonsense_gets_words_or_the_page_as_it_is(hostile: Doubted | Moved) -> None:
    app = opened("matters", small())
    app.query_params["doubt" if isinstance(hostile, Doubted) else "moves"] = text_of(hostile)
    settled(app.run())
    assert "Something went wrong" not in text(app)
    assert "fault of the program" not in text(app)
