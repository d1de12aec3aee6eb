"""Where a rent stands in for a living wage, nothing written or drawn calls it one: a table of painters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sim.charts.look import LIGHT
from sim.charts.seen import Seen
from sim.charts.view import View
from sim.questions.compare.loop_lines import loops_in_words
from sim.questions.compare.text import compare_text, run_text
from sim.questions.compare.views.differences import differences_view
from sim.questions.compare.views.paths import path_view
from sim.questions.compare.views.shares import living_wage_view
from sim.questions.frontier.frontier import frontier
from sim.questions.frontier.mixes import Plan
from sim.questions.frontier.text import frontier_text
from sim.questions.frontier.view import frontier_view
from sim.questions.rank.rank import Asked, rank
from sim.questions.rank.selection import Rule
from sim.questions.rank.text import sentence
from sim.questions.sensitivity.sensitivity import Plan as Screening
from sim.questions.sensitivity.sensitivity import sensitivity
from sim.questions.sensitivity.text import sensitivity_text
from sim.questions.sensitivity.view import screening_view
from sim.questions.solve.question import Question
from sim.questions.solve.solve import solve
from sim.questions.solve.text import near_rows
from sim.questions.solve.view import solution_view
from sim.questions.solve.words import solution_lines
from sim.questions.uncertainty.text import uncertainty_text
from sim.questions.uncertainty.uncertainty import uncertainty
from sim.questions.uncertainty.view import doubt_view
from sim.runs.answer import Answer
from sim.runs.loops import Loop
from sim.runs.precision import Enough, Precision, Width
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load_table
from sim.scenario.yardsticks import yardsticks
from sim.takeaway.basis import leaning, living_wages
from sim.takeaway.content import brief
from sim.takeaway.long_table import csv_table
from sim.ui.inputs.households import living_wage_in_words
from sim.words.earnings.wages import wages_text
from sim.words.precision import precision_lines
from sim.words.sentences import unseen_in_words
from tests.answers import alternative, case, loaded
from tests.charts.views.seen import views
from tests.takeaway.hand_made import stamped
from tests.worlds import merged, quiet_tables

SHARE = "share_below_living_wage"
STAND_IN: dict[str, Any] = {"state": "PA"}
TYPED = STAND_IN | {"living_wage_usd_per_hour": 30.0, "living_wage_source": "a calculator, 2026"}
ADVICE = ("A rent is not a living wage", "no living wage was typed")  # what is told of the real thing


def compared(place: dict[str, Any]) -> Answer:
    base = case(scenario=loaded(place=place), **{SHARE: 0.4})
    raise_ = case("raise", loaded(title="A raise", pay={"wage_usd_per_hour": 26.0}, place=place), **{SHARE: 0.2})
    return Answer(base, (alternative(base, raise_),), Settings(5, 1))


def seen(place: dict[str, Any]) -> Seen:
    return Seen(compared(place), (views(), views()), LIGHT)


def drawn(view: View) -> str:
    figure = "" if view.figure is None else view.figure.to_json()
    headings = " ".join(view.table.headings) if view.table.columns else ""
    return f"{view.title} {view.alt} {view.reading} {view.note} {headings} {figure}"


def quiet(place: dict[str, Any]) -> Loaded:
    return load_table(merged(quiet_tables(), {"horizon": {"months": 2}}) | {"place": place})


def solved(place: dict[str, Any]) -> str:
    found = solve(
        quiet(place), Question("pay.wage_usd_per_hour", (20.0, 40.0), (f"{SHARE} <= 0.1",)), Settings(2, 1, 1)
    )
    return f"{' '.join(solution_lines(found))} {near_rows(found)} {drawn(solution_view(found))}"


def mixed(place: dict[str, Any]) -> str:
    plan = Plan((("pay.wage_usd_per_hour", 20.0, 30.0),), (SHARE, "hours_delivered_per_year"))
    found = frontier(quiet(place), plan, Settings(2, 1, 1))
    return f"{frontier_text(found, stamped(found.answer))} {drawn(frontier_view(found))}"


def ranked(place: dict[str, Any]) -> str:
    everyone = [quiet(place), quiet(place)]
    return sentence(rank(everyone, Asked(SHARE, False, Rule(0.1, first=4, most=8)), Settings(0, 3, 1)))


def doubted(place: dict[str, Any]) -> str:
    everyone = [quiet(place), quiet(place)]
    found = uncertainty(everyone, SHARE, Settings(4, 1, 1), 4)
    return f"{uncertainty_text(found, everyone, '')} {drawn(doubt_view(found))}"


def screened(place: dict[str, Any]) -> str:
    everyone, plan = [quiet(place)], Screening("morris", 2, 0, 0)
    found = sensitivity(everyone, SHARE, Settings(4, 1, 1), plan, ["benefits.fringe_share"])
    return f"{sensitivity_text(found, everyone, '')} {drawn(screening_view(found))}"


def precise(place: dict[str, Any]) -> str:
    asked = Precision(SHARE, 0.1, of_mean=False)
    widths = tuple(Width(asked, at, 0.2, 0.1) for at in (0, 1))
    return precision_lines(replace(compared(place), enough=Enough((asked,), 100, 100, 100, False, widths)))


def looped(place: dict[str, Any]) -> str:
    (one,) = compared(place).alternatives
    same = one.measures[SHARE].difference
    return " ".join(loops_in_words(replace(one, loops={SHARE: Loop(same, same, same)}), [SHARE]))


def briefed(place: dict[str, Any]) -> str:
    told = compared(place)
    parts = [f"{one.title} {' '.join(one.items)}" for one in (leaning(told), living_wages(told))]
    return " ".join([*parts, *brief(told, stamped(told)).answers])


PAINTERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "run": lambda place: run_text(compared(place), stamped(compared(place))),
    "compare": lambda place: compare_text(compared(place), stamped(compared(place))),
    "wages used": lambda place: wages_text(compared(place)),
    "what cannot be told": lambda place: unseen_in_words([SHARE], compared(place)),
    "brief": briefed,
    "chart of shares": lambda place: drawn(living_wage_view(seen(place))),
    "chart of a path": lambda place: drawn(path_view(seen(place), "wage_to_living_wage")),
    "solve": solved,
    "frontier": mixed,
    "rank": ranked,
    "uncertainty": doubted,
    "sensitivity": screened,
    "precision": precise,
    "loops": looped,
    "chart of differences": lambda place: drawn(differences_view(seen(place), [SHARE])),
    "CSV": lambda place: csv_table(compared(place), stamped(compared(place))).decode(),
    "a household on the page": lambda place: living_wage_in_words(next(yardsticks(quiet(place).scenario))),
}


def told_by(painter: str, place: dict[str, Any]) -> str:
    text = " ".join(PAINTERS[painter](place).split())
    for advice in ADVICE:
        text = text.replace(advice, "")
    return text.lower()


@pytest.mark.parametrize("painter", PAINTERS)
def test_what_a_rent_stands_in_for_is_called_a_housing_wage(painter: str) -> None:
    told = told_by(painter, STAND_IN)
    assert "housing wage (stand-in)" in told
    assert "living wage" not in told


@pytest.mark.parametrize("painter", PAINTERS)
def test_a_living_wage_that_was_typed_is_called_one(painter: str) -> None:
    told = told_by(painter, TYPED)
    assert "living wage" in told
    assert "housing wage" not in told
