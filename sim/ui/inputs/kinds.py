"""Describe several kinds of employers: what all share, what a kind says itself, how many there are of each.

A question then has more kinds, fewer, or another name of one; alternatives and dates follow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from sim.scenario.describe import inputs
from sim.scenario.patch import TableDict
from sim.ui import choices, state
from sim.ui.addresses import EMPLOYER, NAME, kinds_in
from sim.ui.inputs import evidence
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import BOX, CARD, SLIDER
from sim.ui.inputs.dated_rows import Row, changes_of, rows_of
from sim.ui.inputs.households import name_of, refusal
from sim.ui.question import BASE, Question
from sim.ui.texts import plain, problem_in_words


def names(question: Question, place: int) -> list[str]:
    """Return the names of the kinds of employers in a scenario."""
    return list(kinds_in(question.tables(place)))


def kinds_of(question: Question) -> list[TableDict]:
    """Return the kinds of employers of the base."""
    told = question.base.get(EMPLOYER)
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def with_kinds(question: Question, kinds: list[TableDict]) -> Question:
    """Return the question with these kinds of employers in the base; with none it is one organization again."""
    base = {key: value for key, value in question.base.items() if key != EMPLOYER}
    return replace(question, base=base | {EMPLOYER: kinds} if kinds else base)


def without_kind(question: Question, at: int) -> Question:
    """Return the question without a kind, whatever base and alternatives say of it."""
    kinds = kinds_of(question)
    name = str(kinds[at].get(NAME))
    return _everywhere(with_kinds(question, kinds[:at] + kinds[at + 1 :]), name, None)


def renamed(question: Question, at: int, new: str) -> Question:
    """Return the question with another name for a kind, wherever base and alternatives speak of it."""
    kinds = kinds_of(question)
    old = str(kinds[at].get(NAME))
    kinds[at] = {NAME: new} | {key: value for key, value in kinds[at].items() if key != NAME}
    return _everywhere(with_kinds(question, kinds), old, new)


def _everywhere(question: Question, old: str, new: str | None) -> Question:
    """Return the question with another name for a kind in dated changes and alternatives, or without the kind."""
    alternatives = tuple(
        one if one.own else replace(one, tables=_spoken(one.tables, old, new)) for one in question.alternatives
    )
    return replace(question, base=_spoken(question.base, old, new), alternatives=alternatives)


def _spoken(tables: TableDict, old: str, new: str | None) -> TableDict:
    """Return one layer's tables with another name for a kind."""
    spoken = dict(tables)
    told = spoken.get(EMPLOYER)
    if isinstance(told, dict):
        spoken[EMPLOYER] = _renamed(told, old, new)
        if not spoken[EMPLOYER]:
            del spoken[EMPLOYER]
    if "change" in spoken:
        rows = [row for one in rows_of(spoken["change"]) if (row := _row(one, old, new)) is not None]
        spoken["change"] = changes_of(rows)
    return spoken


def _renamed(kinds: TableDict, old: str, new: str | None) -> TableDict:
    """Return what is said of kinds with another name for one, or without it."""
    names = {name: new if name == old else name for name in kinds}
    return {name: kinds[before] for before, name in names.items() if name}


def _row(row: Row, old: str, new: str | None) -> Row | None:
    month, address, value = row
    if not address.startswith(f"{EMPLOYER}.{old}."):
        return row
    return None if new is None else (month, address.replace(f".{old}.", f".{new}.", 1), value)


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
