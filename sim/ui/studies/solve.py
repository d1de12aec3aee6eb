"""Ask for the smallest change of one input that meets the constraints, and show the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from sim.questions.commands import solve_command
from sim.questions.solve.levers import Lever
from sim.questions.solve.question import Question as Backward
from sim.questions.solve.question import read as read_backward
from sim.questions.solve.solve import ABOUT, Solution
from sim.questions.solve.view import solution_view
from sim.questions.solve.words import solution_lines
from sim.runs.blocks import seconds
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError
from sim.ui import choices, state
from sim.ui.answers import answer as shown
from sim.ui.answers import figures
from sim.ui.answers.takeaway import files
from sim.ui.answers.views import look
from sim.ui.inputs.fields import Field
from sim.ui.question import Question, called, inside
from sim.ui.reading import Read
from sim.ui.studies.address import Backwards, asked_in, text_of
from sim.ui.studies.common import between, open_on_compare, room_for_more, starting_from
from sim.ui.studies.constraints import constraint_controls
from sim.ui.studies.inputs import field_at, searched, usual_ends, varied
from sim.ui.studies.progress import Studied, follow_study
from sim.ui.studies.rounds import Solving
from sim.ui.texts import bullets, plain
from sim.words.inputs import value_in_words
from sim.words.layout import capitalized, command_lines

DRAFT: Final = "solve.draft"
CHANCES: Final[Mapping[float, str]] = {
    0.0: "on average over the projected futures",
    0.8: "in 80 % of projected futures",
    0.9: "in 90 % of projected futures",
    0.95: "in 95 % of projected futures",
}
CHANGED: Final = "With this change"
NOT_A_WAY: Final = "The answer is a projection: which change would do in the model, not whether it is the best one."


def draw(question: Question, found: Read) -> None:
    """Draw the question, and its answer once it is asked."""
    st.markdown(
        "State the constraints and the input that may change. Every value is tried as an alternative, in the same "
        "projected futures, to find the smallest change that meets the constraints."
    )
    now = _draft(found)
    base = found.sound[now.place]
    _ask(now, found, base)
    wanted = asked_in(state.subject(state.SOLVE), Backwards)
    if wanted is not None and wanted.place < len(found.sound):
        _answer(question, found, wanted)


# asking ----------------------------------------------------------------------------------------------------------


def _draft(found: Read) -> Backwards:
    """Return what is being asked: as it was left, or as the address asks it."""
    draft: Backwards | None = state.kept(DRAFT, None)
    now = draft or asked_in(state.subject(state.SOLVE), Backwards) or Backwards()
    place = min(now.place, len(found.sound) - 1)
    offered = varied(found.sound[place])
    vary = now.vary if now.vary in offered else next(iter(offered))
    return replace(now, place=place, vary=vary)


def _change(now: Backwards, **more: Any) -> None:
    state.keep(DRAFT, replace(now, **more))


def _ask(now: Backwards, found: Read, base: Loaded) -> None:
    with st.container(border=True):
        st.header("What must hold")
        constraint_controls(now.wishes, base, lambda new: _change(now, wishes=new))
        _certainty(now)
        st.header("What may change")
        starting_from(now.place, found, "solve.place", lambda place: _change(now, place=place))
        _input(now, base)
        st.button("Find out", type="primary", on_click=_take_asked, args=(now, base))


def _certainty(now: Backwards) -> None:
    chance = now.chance or 0.0
    choices.selectbox(
        "How surely", list(CHANCES) if chance in CHANCES else [*CHANCES, chance],
        format_func=lambda one: CHANCES.get(one, f"in {100 * one:g} % of projected futures"),
        key=state.showing("solve.chance", chance), on_change=_take_chance, args=(now,),
    )  # fmt: skip


def _input(now: Backwards, base: Loaded) -> None:
    offered = varied(base)
    choices.selectbox(
        "Input (type to search)", list(offered), format_func=searched, key=state.showing("solve.vary", now.vary),
        on_change=_take_input, args=(now,),
    )  # fmt: skip
    lever, field = offered[now.vary], field_at(now.vary, base)
    if field is None:
        return
    today = value_in_words(lever.today, field.given.unit)
    st.caption(plain(f"Today: {today}. Values between these two are tried:"))
    between(_ends(now, lever, field), field, "solve", lambda ends: _change(now, low=ends[0], high=ends[1]))


def _ends(now: Backwards, lever: Lever, field: Field) -> tuple[float, float]:
    low, high = usual_ends(lever, field)
    return low if now.low is None else now.low, high if now.high is None else now.high


def _take_chance(now: Backwards) -> None:
    _change(now, chance=state.entered("solve.chance") or None)


def _take_input(now: Backwards) -> None:
    _change(now, vary=str(state.entered("solve.vary")), low=None, high=None)


def _take_asked(now: Backwards, base: Loaded) -> None:
    _change(now)
    state.look_at(state.SOLVE, text_of(_filled(now, base)))


def _filled(now: Backwards, base: Loaded) -> Backwards:
    """Return a question with the usual ends where none are said; an input that is none is told of later."""
    lever, field = varied(base).get(now.vary), field_at(now.vary, base)
    low, high = (0.0, 1.0) if lever is None or field is None else _ends(now, lever, field)
    return replace(now, low=low, high=high)


# answering -------------------------------------------------------------------------------------------------------


def _answer(question: Question, found: Read, asked: Backwards) -> None:
    base = found.sound[asked.place]
    ends = _filled(asked, base)
    between = ends.low or 0.0, ends.high or 0.0
    backward = Backward(asked.vary, between, tuple(wish.text for wish in asked.wishes), asked.chance)
    settings = Settings(question.replications, question.seed, unknowns=True)
    st.header("The answer")
    try:
        read_backward(base, backward)
    except ScenarioError as fault:
        wrong(fault.problems)
        return
    work = settings.as_long * seconds([base.scenario, base.scenario], question.replications) * ABOUT / 2
    key = f"{found.text} {asked!r} {question.replications}"
    study = Studied("solve", key, Solving(base, backward, settings), work)
    follow_study(study, lambda solution: _shown(question, found, asked, solution))


def wrong(problems: Sequence[Problem]) -> None:
    """Show what is wrong with a question: which input, its value, the rule and the fix."""
    for one in problems:
        told = " ".join(part for part in (one.path or one.value or "", one.rule) if part)
        fix = f" {capitalized(one.fix)}." if one.fix else ""
        st.error(plain(f"{told}.{fix}"))


def _shown(question: Question, found: Read, asked: Backwards, solution: Solution) -> None:
    figures.draw(solution_view(solution, look()))
    _, *besides = solution_lines(solution)
    st.markdown(bullets(besides))
    if solution.answer.alternatives:
        what = "What it brings and costs" if solution.found else "What the best of them brings and costs"
        st.header(f"{what}, against {inside(asked.place)}")
        shown.what_changed(solution.answer, [called(asked.place), CHANGED])
    _open(question, asked, solution)
    with st.expander("Reproduce this", icon=":material/replay:"):
        st.markdown("The same answer comes out on any machine with peerstay: save these files in one folder and run")
        base, backward = found.sound[asked.place], _backward(solution)
        st.code(command_lines(solve_command(base, backward, solution.settings)), language=None, wrap_lines=True)
        files(question, found)
    st.caption(NOT_A_WAY)


def _backward(solution: Solution) -> Backward:
    asked, grid = solution.asked, solution.asked.grid
    between = float(grid.low), float(grid.high)
    return Backward(
        asked.lever.path, between, tuple(wish.text for wish in asked.wishes), asked.chance, None, asked.scan
    )


def _open(question: Question, asked: Backwards, solution: Solution) -> None:
    """Offer the answer as an alternative on Compare."""
    if solution.found is None or not room_for_more(question):
        return
    if st.button("Open this as an alternative on Compare", type="primary"):
        open_on_compare(question, asked.place, ((solution.asked.lever.path, solution.found.value),))
