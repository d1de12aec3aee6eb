"""Describe several kinds of employers: what all share, what a kind says itself, how many there are of each."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.scenario.describe import inputs
from sim.ui import choices, state
from sim.ui.addresses import EMPLOYER, NAME, kinds_in
from sim.ui.inputs import evidence
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import BOX, CARD, SLIDER, problem_in_words
from sim.ui.inputs.households import name_of, refusal
from sim.ui.inputs.portfolio import kinds_of, names, renamed, with_kinds, without_kind
from sim.ui.question import BASE, Question
from sim.ui.texts import plain

KIND: Final = "kind"
SHARED: Final = ""
FIRST_TWO: Final = ("first_kind", "second_kind")
COUNT: Final = next(one for one in inputs() if one.path == f"{EMPLOYER}.<name>.count")
ABOUT: Final = (
    "A county or a state may hold many employers that differ: in size, place, pay or funding. Describe what all of "
    "them share, then what each kind has otherwise, and how many there are of each. For one organization nothing of "
    "this is needed."
)
HOW: Final = "What {kind} does not set itself is shared by all kinds; emptying a box restores the shared value."
AS_IN_BASE: Final = (
    "Which kinds there are, and how many employers of each, is as in the base: employers are compared one by one, "
    "with the same random numbers."
)


def chosen(question: Question, place: int) -> str:
    """Return the kind of employers that is edited; empty for what all of them share."""
    kind = str(state.kept(KIND, SHARED))
    return kind if kind in names(question, place) else SHARED


def choice(board: Board) -> None:
    """Ask for whom inputs are edited, where there are several kinds; draw name and number of the one that is chosen."""
    there = names(board.question, board.place)
    if not there:
        return
    choices.selectbox(
        "For which employers", [SHARED, *there], format_func=lambda kind: words_of(kind) or "what all kinds share",
        key=state.showing("build.kind", board.kind), on_change=state.keep_entered, args=(KIND, "build.kind"),
    )  # fmt: skip
    if board.place != BASE:
        st.caption(AS_IN_BASE)
    elif board.kind:
        _own(board)
    if board.kind:
        st.caption(plain(HOW.format(kind=words_of(board.kind))))


def words_of(kind: str) -> str:
    """Return what a kind is called."""
    return kind.replace("_", " ")


def _own(board: Board) -> None:
    """Draw name and number of a kind, and what removes it."""
    kind = board.kind
    at = names(board.question, BASE).index(kind)
    board.shown.update(f"{EMPLOYER}.{kind}.{name}" for name in (NAME, "count"))
    st.text_input(
        "Name of this kind", key=state.showing("kind.name", words_of(kind)), on_change=_rename, args=(at, kind)
    )
    refused = state.kept("kind.refused", "")
    if refused:
        st.error(plain(refused))
    box, _, card = st.columns([BOX, SLIDER, CARD], vertical_alignment="bottom", gap="small")
    with box:
        st.number_input(
            "Employers of this kind", min_value=1, max_value=int(COUNT.limits.le or 1), step=1,
            key=state.showing("kind.count", _count(board)), on_change=_take_count, args=(at,),
        )  # fmt: skip
    with card:
        evidence.popover(COUNT.evidence, COUNT.about, "kind.count")
    for problem in board.problems(("count",)):
        st.error(problem_in_words(problem))
    st.button(f"Remove this kind: {words_of(kind)}", wrap=True, on_click=_remove, args=(at,))


def _count(board: Board) -> int:
    count = kinds_in(board.question.base)[board.kind].get("count", 1)
    return count if isinstance(count, int) and count > 0 else 1


def several(board: Board) -> None:
    """Draw what makes several kinds of employers of one, or adds one more."""
    if board.place != BASE:
        return
    there = names(board.question, BASE)
    with st.expander("Several kinds of employers", expanded=False):
        st.caption(ABOUT)
        if there:
            st.markdown(f"There are {len(there)}: {plain(', '.join(map(words_of, there)))}.")
        st.button("Add a kind of employer" if there else "Describe several kinds", key="kind.add", on_click=_add)


# what is changed -------------------------------------------------------------------------------------------------


def _add() -> None:
    asked = state.question()
    if asked is not None:
        there = names(asked, BASE)
        free = (name for name in (*FIRST_TWO, *(f"kind_{n}" for n in range(3, 2_000))) if name not in there)
        new = [next(free)] if there else list(FIRST_TWO)
        state.ask(with_kinds(asked, [*kinds_of(asked), *({NAME: name} for name in new)]))
        state.keep(KIND, new[-1])


def _remove(at: int) -> None:
    asked = state.question()
    if asked is not None:
        state.ask(without_kind(asked, at))
        state.keep(KIND, SHARED)


def _rename(at: int, old: str) -> None:
    asked, entered = state.question(), str(state.entered("kind.name"))
    new, others = name_of(entered), [] if asked is None else [name for name in names(asked, BASE) if name != old]
    wrong = refusal(entered, others)
    state.keep("kind.refused", wrong)
    if asked is not None and not wrong:
        state.ask(renamed(asked, at, new))
        state.keep(KIND, new)


def _take_count(at: int) -> None:
    asked, count = state.question(), state.entered("kind.count")
    if asked is not None and count is not None:
        state.ask(
            with_kinds(asked, [one | {"count": count} if n == at else one for n, one in enumerate(kinds_of(asked))])
        )
