"""What matters most: random variation or assumptions, and which inputs move a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from sim.questions.commands import doubt_command, sensitivity_words, uncertainty_words
from sim.questions.sensitivity.sensitivity import Plan, Sensitivity, chosen_inputs
from sim.questions.sensitivity.view import screening_view
from sim.questions.uncertainty.study import seconds_of
from sim.questions.uncertainty.uncertainty import Uncertainty
from sim.questions.uncertainty.view import doubt_view
from sim.questions.uncertainty.view_unknowns import groups_view, unknowns_view, worth_view
from sim.questions.uncertainty.words import notes as doubt_notes
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.problems import ScenarioError
from sim.ui import choices, state
from sim.ui.answers import figures
from sim.ui.answers.views import asked, look
from sim.ui.question import BASE, Question, called
from sim.ui.reading import Read
from sim.ui.studies.address import Doubted, Moved, asked_in, text_of
from sim.ui.studies.constraints import keys
from sim.ui.studies.few_runs import again
from sim.ui.studies.progress import Studied, follow_study
from sim.ui.studies.rounds import Doubting, Moving
from sim.ui.studies.solve import wrong
from sim.ui.texts import bullets
from sim.words.stand_in import told_label

DOUBT_DRAFT, MOVES_DRAFT = "doubt.draft", "moves.draft"
THOROUGH: Final[Mapping[tuple[int, int], str]] = {
    (100, 14): "quick: 100 draws of the assumptions, 14 runs of each",
    (200, 14): "200 draws, 14 runs of each",
    (480, 24): "thorough: 480 draws, 24 runs of each",
    (960, 40): "very thorough: 960 draws, 40 runs of each",
}
MOVES: Final[Mapping[int, str]] = {2: "2 moves of each input, quick", 4: "4 moves of each input", 8: "8 moves of each"}
GROUPS: Final[Mapping[tuple[str, ...], str]] = {
    ("rules",): "how the employer reacts to money",
    ("recruitment", "turnover"): "leaving and hiring",
    ("effects",): "effects on burnout, satisfaction and leaving",
    ("time_use", "services"): "clients and use of time",
    ("funding",): "payers and claims",
    ("pay", "benefits", "place"): "pay, prices and costs",
    ("practices",): "support at work",
    (): "all uncertain assumptions (takes longest)",
}
SAMPLES, TOP = 64, 4  # of Sobol', which the page does not ask for
CRN: Final = "Every scenario uses the same draws and the same random numbers, so differences are due to the decision."


def page() -> None:
    """Draw the page."""
    found = asked("What matters most?")
    if found is None:
        return
    for subject in (state.DOUBT, state.MOVES):
        state.arrive_at(subject)
    doubt(*found)
    moves(*found)
    for subject in (state.DOUBT, state.MOVES):
        state.write(subject)


def _take(draft: str, now: Any, name: str, key: str) -> None:
    state.keep(draft, replace(now, **{name: state.entered(key)}))


def _result(draft: str, now: Doubted | Moved, found: Read) -> None:
    """Ask which result is looked at."""
    key = f"{draft}.key"
    choices.selectbox(
        "Result", keys(), format_func=lambda one: told_label(one, found.sound), key=state.showing(key, now.key),
        on_change=_take, args=(draft, now, "key", key),
    )  # fmt: skip


def _asked(draft: str, subject: str, now: Doubted | Moved) -> None:
    state.keep(draft, now)
    state.look_at(subject, text_of(now))


# uncertainty -----------------------------------------------------------------------------------------------------


def doubt(question: Question, found: Read) -> None:
    """Draw the question of uncertainty, and its answer once it is asked."""
    st.header("Random variation or uncertain assumptions?")
    st.markdown(
        "A small organization has good and bad years by chance, and many effects are known only as a range. This draws "
        "the uncertain assumptions many times, and shows how much of the spread comes from each source and what is "
        "worth finding out."
    )
    asked = asked_in(state.subject(state.DOUBT), Doubted)
    now: Doubted = state.kept(DOUBT_DRAFT, None) or asked or Doubted()
    with st.container(border=True):
        _result(DOUBT_DRAFT, now, found)
        _thorough(now)
        st.button("Find out", type="primary", key="doubt.ask", on_click=_asked, args=(DOUBT_DRAFT, state.DOUBT, now))
    if asked is not None:
        settings = Settings(asked.runs, question.seed)
        work = seconds_of([one.scenario for one in found.sound], asked.draws + 1, asked.runs)
        study = Doubting(found.sound, asked.key, asked.draws, settings)
        _followed(
            "doubt", f"{found.text} {asked!r}", study, work, lambda told: _doubt_shown(question, found, settings, told)
        )


def _thorough(now: Doubted) -> None:
    here = (now.draws, now.runs)
    offered = list(THOROUGH) if here in THOROUGH else [*THOROUGH, here]
    choices.selectbox(
        "How thoroughly", offered, format_func=lambda one: THOROUGH.get(one, f"{one[0]} draws, {one[1]} runs of each"),
        key=state.showing("doubt.thorough", here), on_change=_take_thorough, args=(now,),
    )  # fmt: skip


def _take_thorough(now: Doubted) -> None:
    draws, runs = state.entered("doubt.thorough")
    state.keep(DOUBT_DRAFT, replace(now, draws=int(draws), runs=int(runs)))


def _doubt_shown(question: Question, found: Read, settings: Settings, told: Uncertainty) -> None:
    for view in (doubt_view(told, look()), groups_view(told, look()), unknowns_view(told, look())):
        st.subheader(view.title)
        figures.draw(view)
    if told.choice is not None:
        worth = worth_view(told, look())
        st.subheader(worth.title)
        figures.draw(worth)
    with st.expander("How to read this"):
        st.markdown(bullets([CRN, *doubt_notes(told)]))
    words = uncertainty_words(told.key, told.draws, settings)
    again(question, found, doubt_command("uncertainty", found.sound, words, settings), "doubt")


# inputs that move it ---------------------------------------------------------------------------------------------


def moves(question: Question, found: Read) -> None:
    """Draw the question which inputs move a result most, and its answer once it is asked."""
    st.header("Which inputs move it most?")
    st.markdown("Moves each input over the range of its evidence, while all the others are somewhere in theirs.")
    asked = asked_in(state.subject(state.MOVES), Moved)
    now: Moved = state.kept(MOVES_DRAFT, None) or asked or Moved(wanted=next(iter(GROUPS)))
    now = replace(now, place=min(now.place, len(found.sound) - 1))
    with st.container(border=True):
        _result(MOVES_DRAFT, now, found)
        _choices(now, found)
        st.button("Find out", type="primary", key="moves.ask", on_click=_asked, args=(MOVES_DRAFT, state.MOVES, now))
    if asked is not None and asked.place < len(found.sound):
        _moves_followed(question, found, asked)


def _choices(now: Moved, found: Read) -> None:
    if len(found.sound) > 1:
        choices.selectbox(
            "Of which", range(len(found.sound)), format_func=lambda at: _of(at, found),
            key=state.showing("moves.place", now.place), on_change=_take,
            args=(MOVES_DRAFT, now, "place", "moves.place"),
        )  # fmt: skip
    choices.selectbox(
        "Which inputs", list(GROUPS) if now.wanted in GROUPS else [*GROUPS, now.wanted],
        format_func=lambda one: GROUPS.get(one, ", ".join(one)), key=state.showing("moves.wanted", now.wanted),
        on_change=_take, args=(MOVES_DRAFT, now, "wanted", "moves.wanted"),
    )  # fmt: skip
    choices.selectbox(
        "How thoroughly", list(MOVES) if now.moves in MOVES else [*MOVES, now.moves],
        format_func=lambda one: MOVES.get(one, f"{one} moves of each"), key=state.showing("moves.moves", now.moves),
        on_change=_take, args=(MOVES_DRAFT, now, "moves", "moves.moves"),
    )  # fmt: skip


def _of(place: int, found: Read) -> str:
    told = f"{called(place)}: {found.title(place)}"
    return told if place == BASE else f"the difference that {told} makes"


def _moves_followed(question: Question, found: Read, asked: Moved) -> None:
    everyone: tuple[Loaded, ...] = (
        found.sound[:1] if asked.place == BASE else (found.sound[0], found.sound[asked.place])
    )
    plan, settings = Plan("morris", asked.moves, SAMPLES, TOP), Settings(asked.runs, question.seed)
    there = [word for word in asked.wanted if _has_range(everyone, word)]
    if asked.wanted and not there:
        st.info("None of these inputs has a range in this scenario. Choose others.")
        return
    inputs, _ = chosen_inputs(everyone, there, ())
    work = seconds_of([one.scenario for one in everyone], asked.moves * (len(inputs) + 1), asked.runs)
    study = Moving(everyone, asked.key, tuple(there), plan, settings)

    def draw(told: Sensitivity) -> None:
        figures.draw(screening_view(told, look()))
        own = replace(plan, trajectories=told.trajectories)
        words = sensitivity_words(told.key, own, there, settings)
        again(question, found, doubt_command("sensitivity", everyone, words, settings), "moves")

    _followed("moves", f"{found.text} {asked!r}", study, work, draw)


def _has_range(everyone: tuple[Loaded, ...], word: str) -> bool:
    try:
        return bool(chosen_inputs(everyone, [word], ())[0])
    except ScenarioError:
        return False


# both ------------------------------------------------------------------------------------------------------------


def _followed(place: str, key: str, study: Doubting | Moving, work: float, draw: Callable[[Any], None]) -> None:
    try:
        follow_study(Studied(place, key, study, work), draw)
    except ScenarioError as fault:
        wrong(fault.problems)


if __name__ == "__main__":
    page()
