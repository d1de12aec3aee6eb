"""On Ask backwards a visitor says what must hold and what may change, and reads what the command line would say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sim.questions.frontier.frontier import frontier
from sim.questions.frontier.mixes import Plan
from sim.questions.frontier.view import frontier_view
from sim.questions.solve.question import Question as Backward
from sim.questions.solve.solve import Solution, solve
from sim.questions.solve.words import solution_lines
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.ui.question import BASE, Alternative, Question
from sim.ui.reading import read
from sim.ui.studies.address import Backwards, Mixed, Range, Wish, text_of
from tests.app.pages import asked, box, button, choice, opened, serving, settled, text
from tests.app.worlds import small

WAGE = "pay.wage_usd_per_hour"
SOLUTIONS: dict[str, Solution] = {}
FEWER = Wish("exits_per_year", "most", "percent", -2.0)


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def enough(**more: Any) -> Question:
    """Return a question whose organization can pay more: an award carries it."""
    award = {"kind": "grant", "amount_usd_per_year": 2_000_000.0, "start": "2026-07", "term_months": 60}
    rules = {"braiding": ["award", "medicaid"]}
    return small(Alternative({}), funding={"award": award}, rules=rules, replications=20, **more)


def solved(question: Question, backward: Backward) -> tuple[str, ...]:
    return solution_lines(solution_of(question, backward))


def solution_of(question: Question, backward: Backward) -> Solution:
    """What the command line's solver finds; the same question is answered once for all tests."""
    told = repr((question, backward))
    if told not in SOLUTIONS:
        SOLUTIONS[told] = solve(read(question).sound[BASE], backward, settings_of(question))
    return SOLUTIONS[told]


def settings_of(question: Question) -> Settings:
    return Settings(question.replications, question.seed, unknowns=True)


def test_the_answer_is_that_of_the_command_line() -> None:
    question = enough()
    app = opened("backwards", question)
    box(app, "From: Wage of a new peer ($ an hour)").set_value(20.0).run()
    box(app, "To: Wage of a new peer ($ an hour)").set_value(24.0).run()
    settled(button(app, "Find out").click().run())
    told = text(app)
    for line in solved(question, Backward(WAGE, (20.0, 24.0), ("exits_per_year <= base * 0.9",))):
        assert line in told
    assert "peerstay solve base.toml" in app.code[-1].value.replace("\\\n    ", "")


def test_a_link_asks_it_again() -> None:
    wished = Backwards(0, (FEWER,), WAGE, 20.0, 24.0)
    question = enough()
    app = opened("backwards", question)
    app.query_params["solve"] = text_of(wished)
    settled(app.run())
    assert solved(question, Backward(WAGE, (20.0, 24.0), (FEWER.text,)))[0] in text(app)
    assert box(app, "From: Wage of a new peer ($ an hour)").value == 20.0
    assert box(app, "%").value == -2.0


def test_several_conditions_and_a_chance_are_asked_together() -> None:
    question = enough()
    app = opened("backwards", question)
    choice(app, "How surely").set_value(0.8).run()
    button(app, "Also …").click().run()
    choice(app, "Result 2").set_value("cash_end_usd").run()
    choice(app, "Input (type to search)").set_value("posts.number").run()
    box(app, "To: Budgeted peer posts (posts)").set_value(10).run()
    settled(button(app, "Find out").click().run())
    until = ("exits_per_year <= base * 0.9", "cash_end_usd >= base")
    assert solved(question, Backward("posts.number", (6.0, 10.0), until, 0.8))[0] in text(app)
    button(app, "Leave out").click().run()
    assert not [one for one in app.selectbox if one.label == "Result 2"]


def test_a_share_is_typed_in_per_cent() -> None:
    app = opened("backwards", enough())
    choice(app, "Result").set_value("vacancy_rate").run()
    choice(app, "compared with").set_value("number").run()
    box(app, "%").set_value(5.0).run()
    settled(button(app, "Find out").click().run())
    assert '"vacancy rate" is at most 5 %' in text(app) or '"vacancy rate" to at most 5 %' in text(app)


def test_the_answer_opens_as_an_alternative_and_says_what_it_is() -> None:
    question = enough()
    app = opened("backwards", question)
    settled(button(app, "Find out").click().run())
    asked_for = Backward(WAGE, (15.0, 30.0), ("exits_per_year <= base * 0.9",))
    found = solution_of(question, asked_for)
    assert found.found is not None
    button(app, "Open this as an alternative on Compare").click().run()
    assert asked(app).alternatives[-1].tables == {"pay": {"wage_usd_per_hour": found.found.value}}


def test_an_answer_may_start_from_an_alternative() -> None:
    question = replace(enough(), alternatives=(Alternative({"posts": {"number": 10}}),))
    app = opened("backwards", question)
    choice(app, "Starting from").set_value(1).run()
    settled(button(app, "Find out").click().run())
    start = read(question).sound[1]
    asked_for = Backward(WAGE, (15.0, 30.0), ("exits_per_year <= base * 0.9",))
    lines = solution_lines(solve(start, asked_for, settings_of(question)))
    assert lines[0] in text(app)


def test_a_question_that_makes_no_sense_says_what_is_wrong_with_it() -> None:
    app = opened("backwards", enough())
    box(app, "From: Wage of a new peer ($ an hour)").set_value(30.0).run()
    box(app, "To: Wage of a new peer ($ an hour)").set_value(20.0).run()
    button(app, "Find out").click().run()
    assert any("the lower one first" in one.value for one in app.error)
    assert not app.exception


@pytest.mark.parametrize(
    "hostile",
    [Backwards(vary="horizon.months", low=1, high=2), Backwards(vary="no.such", low=1, high=2), Backwards(place=7),
     Backwards(wishes=(Wish("no_such"),)), Backwards(wishes=(), low=1, high=2), Backwards(chance=7.0),
     Backwards(low=float("1e308"), high=float("-1e308")), Backwards(place=-3)],
    ids=("frame", "no input", "no place", "no result", "no wish", "no chance", "ends", "below"),
)  # fmt: skip
def test_a_link_that_asks_nonsense_gets_words_or_the_page_as_it_is(hostile: Backwards) -> None:
    app = opened("backwards", enough())
    app.query_params["solve"] = text_of(hostile)
    settled(app.run())
    assert "Something went wrong" not in text(app)


def test_the_best_mixes_are_those_of_the_command_line() -> None:
    question = enough()
    app = opened("backwards", question)
    app.query_params["mix"] = text_of(
        Mixed(vary=(Range(WAGE, 18.0, 22.0), Range("benefits.fringe_share", 0.3, 0.4)), points=4)
    )
    settled(app.run())
    plan = Plan(((WAGE, 18.0, 22.0), ("benefits.fringe_share", 0.3, 0.4)), points=4)
    base = read(question).sound[BASE]
    whole = frontier(
        replace(load_table(base.raw, ["rules.enforce=false"]), path=base.path), plan, settings_of(question)
    )
    assert frontier_view(whole).reading in text(app)
    assert "--set rules.enforce=false" in app.code[-1].value
    if whole.best != (0,):
        button(app, "Open it on Compare").click().run()
        assert len(asked(app).alternatives) == 2


def test_what_is_mixed_is_chosen_with_its_ranges() -> None:
    app = opened("backwards", enough())
    choice(app, "Which question").set_value("mix").run()
    choice(app, "Inputs, 4 at most (type to search)").set_value([WAGE]).run()
    box(app, "To: Wage of a new peer ($ an hour)").set_value(21.0).run()
    choice(app, "How many mixes").set_value(8).run()
    settled(app.button(key="mix.ask").click().run())
    assert "The answer" in [one.value for one in app.header]


def test_every_input_that_is_mixed_stands_among_the_chosen_and_can_come_back() -> None:
    app = opened("backwards", enough())
    choice(app, "Which question").set_value("mix").run()
    chosen = list(choice(app, "Inputs, 4 at most (type to search)").value)
    supervisors = "practices.other_supervisors_fte"
    assert chosen == [WAGE, supervisors]
    choice(app, "Inputs, 4 at most (type to search)").set_value([WAGE]).run()
    app = choice(app, "Inputs, 4 at most (type to search)").set_value([WAGE, supervisors]).run()
    assert not app.exception
    assert [one.label for one in app.number_input if "upervisors" in one.label]


def test_headings_come_in_order() -> None:
    app = opened("backwards", enough())
    assert [one.value for one in app.header][:2] == ["What must hold", "What may change"]
    assert not app.subheader  # which would leave out a level
