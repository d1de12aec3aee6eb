"""Build: describe the base and its alternatives, step by step, with what is wrong said at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from sim.results.on_paper.break_even import break_even
from sim.scenario.timeline import organization_table, plans
from sim.ui import choices, navigation, state
from sim.ui.addresses import Path
from sim.ui.answers import takeaway
from sim.ui.inputs import examples, importing, kinds
from sim.ui.inputs.beginning import moving
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import draw, drawn_elsewhere, problem_told
from sim.ui.inputs.households import households
from sim.ui.inputs.importing import roster
from sim.ui.inputs.levers import add, remove
from sim.ui.inputs.rows import effects, positions, rungs, sources
from sim.ui.inputs.sections import SECTIONS, Section, fields_of
from sim.ui.inputs.through_time import dated
from sim.ui.question import BASE, MOST_ALTERNATIVES, Question, called, with_input
from sim.ui.reading import Read, read
from sim.ui.texts import plain, problem_in_words
from sim.words.break_even import break_even_sentence
from sim.words.first_year import first_year_lines, not_covered
from sim.words.layout import capitalized, counted

EDITING, STEP, EXPERT, STEP_TITLE = "editing", "step", "expert", "step.title"
NEW = {"title": "My organization", "place": {"state": "US"}, "pay": {"wage_usd_per_hour": 20.0}}
FEEDBACK = ("experiment", "feedback")
FIXED_OF_KINDS = (
    "When it starts, how long it runs and its random seed apply to all kinds: choose “what all kinds share”."
)
FIXED = "When it starts, how long it runs and its random seed are those of the base: all scenarios share them."
ROWS: Final[Mapping[str, tuple[Callable[[Board], None], ...]]] = {  # what a step has beside single inputs
    "place": (moving, households, roster, kinds.several),
    "funding": (sources,),
    "pay": (positions,),
    "ladder": (rungs,),
    "time": (dated,),
    "advanced": (effects,),
}


def page() -> None:
    """Draw the page."""
    st.title("Describe it")
    question = state.question()
    if question is None:
        _nothing_yet()
        return
    found = read(question)
    place = _which(question)
    kind = kinds.chosen(question, place)
    board = Board(question, found, place, expert=bool(state.kept(EXPERT, False)), kind=kind)
    _stands(board)
    kinds.choice(board)
    section = _step()
    st.header(section.title)
    state.keep(STEP_TITLE, section.title)
    st.caption(section.about)
    _section(board, section)
    _next(section)
    _rest(board)
    _files(question, found)


def _nothing_yet() -> None:
    st.markdown("Nothing is open yet. Begin with an organization of your own, a scenario of the library, or a file.")
    if st.button("Begin with an organization of my own", type="primary"):
        state.ask(Question(NEW))
        st.rerun()
    names = examples.bases()
    name = st.selectbox("A scenario of the library", list(names), format_func=lambda name: names[name])
    if st.button("Open this scenario") and name is not None:
        state.ask(examples.question_of(name))
        st.rerun()
    st.subheader("Your own file")
    importing.opening()


def _which(question: Question) -> int:
    """Ask which scenario is edited, and return its place."""
    place = min(int(state.kept(EDITING, BASE)), len(question.alternatives))
    which, mode = st.columns([4, 1], vertical_alignment="bottom")
    with which:
        choices.radio(
            "You are editing", list(question.places), format_func=_called_in_full, horizontal=True,
            key=state.showing("build.editing", place), on_change=state.keep_entered, args=(EDITING, "build.editing"),
        )  # fmt: skip
    with mode:
        st.toggle(
            "Expert", key=state.showing("build.expert", state.kept(EXPERT, False)), on_change=state.keep_entered,
            args=(EXPERT, "build.expert"), help="Show every input, not only those that matter to most.",
        )  # fmt: skip
    if len(question.alternatives) < MOST_ALTERNATIVES:
        st.button("Add an alternative", on_click=add)
    return place


def _called_in_full(place: int) -> str:
    return "Base (no new decisions)" if place == BASE else called(place)


def _stands(board: Board) -> None:
    """Show which scenario is being edited, whether it is sound, and how much of its cost billing can cover."""
    found, place = board.found, board.place
    if place == BASE:
        st.text_input("Name", key=state.showing("build.title", found.title(BASE)), on_change=_take_title)
    else:
        st.markdown(f"**{called(place)}:** {plain(found.title(place))}")
        st.button(f"Remove {called(place).lower()}", key="build.remove", on_click=remove, args=(place,))
    wrong = [(at, one) for at in board.question.places for one in found.errors(at)]
    if wrong:
        st.error(f"{counted(len(wrong), 'input')} must be mended before this can run:")
        st.markdown("\n".join(f"- {called(at)}: {problem_told(board.question, at, one)}" for at, one in wrong))
    else:
        st.success("Nothing is wrong: this can run.")
    _break_even(board)


def _take_title() -> None:
    state.change(with_input, BASE, ("title",), str(state.entered("build.title")))


def _break_even(board: Board) -> None:
    loaded = board.found.scenarios[board.place]
    if loaded is None:
        return
    organization = plans(loaded.scenario)[0].epochs[0][1]
    start = break_even(organization)
    told = "No source pays by the unit here, so no share of hours has to be billed."
    if start is not None:
        told = break_even_sentence(start, organization)
    budget = first_year_lines(loaded.scenario)[0]
    st.info(f"**Before any run.** {plain(f'{capitalized(budget)}. {told}')}")
    if short := not_covered(loaded.scenario):
        st.warning(plain(short))


def _step() -> Section:
    """Ask which step is drawn, and return it."""
    by_key = {section.key: section for section in SECTIONS}
    choices.radio(
        "Step", list(by_key), format_func=lambda key: by_key[key].title, horizontal=True,
        key=state.showing("build.step", state.kept(STEP, SECTIONS[0].key)), on_change=state.keep_entered,
        args=(STEP, "build.step"),
    )  # fmt: skip
    return by_key[str(state.kept(STEP, SECTIONS[0].key))]


def _section(board: Board, section: Section) -> None:
    for path, kind in _fields(board, section):
        if path == ("time_use", "individual"):
            st.subheader("What peers' time goes to")
        draw(board, path, kind)
    for rows in ROWS.get(section.key, ()):
        rows(board)


def _fields(board: Board, section: Section) -> list[tuple[Path, str]]:
    """Return the inputs of a step; of time only what need not be shared by all scenarios and employers."""
    fields = list(fields_of(section, _tables(board), expert=board.expert))
    if section.key != "time" or (board.place == BASE and not board.kind):
        return fields
    st.caption(FIXED_OF_KINDS if board.kind else FIXED)
    return [(path, kind) for path, kind in fields if path == FEEDBACK and not board.kind]


def _tables(board: Board) -> dict[str, object]:
    """Return what a scenario says with its defaults, or as far as it can be read."""
    loaded, tables = board.found.scenarios[board.place], board.organization()
    if loaded is None or tables is None:
        return board.question.tables(board.place)
    frame = {name: getattr(loaded.scenario, name).model_dump() for name in ("horizon", "experiment")}
    return organization_table(tables) | frame


def _next(section: Section) -> None:
    at = SECTIONS.index(section)
    before, after = st.columns(2)
    with before:
        if at > 0:
            title = SECTIONS[at - 1].title
            st.button(f"Back to {title}", on_click=state.keep, args=(STEP, SECTIONS[at - 1].key), width="stretch")
    with after:
        if at + 1 < len(SECTIONS):
            title = SECTIONS[at + 1].title
            st.button(f"On to {title}", on_click=state.keep, args=(STEP, SECTIONS[at + 1].key), width="stretch")
    if st.button("See the answer", type="primary", width="stretch"):
        navigation.go("compare")


def _rest(board: Board) -> None:
    """Name the warnings whose controls are on other steps."""
    others = [one for one in board.found.problems[board.place] if one.severity == "warning"]
    others = drawn_elsewhere(board, others)
    if others:
        with st.expander(f"Also noted elsewhere in {called(board.place).lower()}: {len(others)}"):
            st.markdown("\n".join(f"- {problem_in_words(one)}" for one in others))


def _files(question: Question, found: Read) -> None:
    with st.expander("Open or download files"):
        importing.opening()
        st.markdown("Download what is described here, each scenario as one complete file:")
        takeaway.files(question, found)


if __name__ == "__main__":
    page()
