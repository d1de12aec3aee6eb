"""Draw the households among the workforce as rows: their share, and how the living wage of each is found."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

import streamlit as st

from sim.scenario.patch import TableDict
from sim.scenario.tables.frame import DEFAULT_HOUSEHOLDS
from sim.scenario.yardsticks import Yardstick, yardsticks
from sim.ui import state
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import draw
from sim.ui.inputs.rows import entries
from sim.ui.inputs.sections import fields_inside
from sim.ui.question import with_entry, without_entry
from sim.ui.texts import plain, problem_in_words

WHERE: Final = ("place", "households")
READY: Final = {  # offered names → how many bedrooms such a household needs
    "one adult": 1,
    "one adult, one child": 2,
    "one adult, two children": 2,
    "two adults, one wage": 1,
    "two adults, one wage, children": 2,
    "two adults, two wages": 1,
    "shared housing": 0,
}
ABOUT: Final = (
    "A living wage depends on who lives from the wage. Households decide how many peers are counted as earning one; "
    "their shares add to 100 %. The living wage of each is its own figure, or its ratio to one adult, or what the "
    "bedrooms it needs cost. Rents say nothing of what children cost: type the figure of a calculator if you have it."
)
NONE: Final = "Now every peer is counted as one adult who lives alone."
LONGEST: Final = 40
ASSUMED: Final = {name: one.model_dump(exclude_defaults=True) for name, one in DEFAULT_HOUSEHOLDS.items()}


def households(board: Board) -> None:
    """Draw the households of a scenario, and what adds one."""
    st.subheader("Households of the peers")
    st.caption(plain(ABOUT))
    there = entries(board, *WHERE) if board.question.holds(board.place, board.at(WHERE))[1] else {}
    if not there:
        st.caption(NONE)
    found = _living_wages(board)
    for name, said in there.items():
        with st.expander(f"Household: {name.replace('_', ' ')}", expanded=True):
            _household(board, name, said, last=len(there) == 1)
            if name in found:
                st.caption(plain(living_wage_in_words(found[name])))
    for problem in board.problems(WHERE):
        board.shown.add(problem.path)
        (st.error if problem.severity == "error" else st.warning)(problem_in_words(problem))
    _new(board, there or ASSUMED)


def _household(board: Board, name: str, said: Mapping[str, Any], *, last: bool) -> None:
    for path, kind in fields_inside((*WHERE, name), "", said, expert=True):
        draw(board, path, kind)
    if not last:
        st.button(
            f"Remove this household: {name.replace('_', ' ')}", key=f"remove.{board.key((*WHERE, name))}", wrap=True,
            on_click=state.change, args=(without_entry, board.place, board.at((*WHERE, name))),
        )  # fmt: skip


def _living_wages(board: Board) -> dict[str, Yardstick]:
    """Return the living wage of every household at the start, as far as the scenario is sound."""
    tables = board.organization()
    return {} if tables is None else {one.household: one for one in yardsticks(tables)}


def living_wage_in_words(one: Yardstick) -> str:
    """Return a household's living wage with the way it was found."""
    how = {
        "own figure": "its own figure",
        "own ratio": "its own ratio to one adult",
        "rent": "the rent of its bedrooms",
    }
    rented = not one.own_one_adult and one.method != "own figure"
    return (
        f"{'Housing wage (stand-in)' if rented else 'Living wage'} of this household at the start: "
        f"${one.usd_per_hour:,.2f} an hour, by {how[one.method]}."
    )


def _new(board: Board, there: Mapping[str, TableDict]) -> None:
    key = f"add.{board.key(WHERE)}"
    offered = [name for name in READY if name_of(name) not in there]
    st.selectbox(
        "Add a household", offered, index=None, key=state.showing(key, None), accept_new_options=True,
        placeholder="Choose one, or type a name …", on_change=_add, args=(board, there, key),
    )  # fmt: skip
    refused = state.kept(f"{key}.refused", "")
    if refused:
        st.error(plain(refused))


def name_of(words: str) -> str:
    """Return words as the name of a household or a kind of employer; nothing where no letter is left."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).lstrip("_0123456789")[:LONGEST].rstrip("_")


def refusal(words: str, there: Collection[str]) -> str:
    """Return why something cannot be called so; nothing when it can."""
    if not name_of(words):
        return f"“{words}”: a name needs letters from a to z; numbers may follow."
    return f"“{words}”: this name is taken already; choose another." if name_of(words) in there else ""


def _add(board: Board, there: Mapping[str, TableDict], key: str) -> None:
    """Add a household; it gets the share that is left over, so that what stands there is not changed unasked."""
    words, asked = state.entered(key), state.question()
    if words is None or asked is None:
        return
    wrong, name = refusal(str(words), there), name_of(str(words))
    state.keep(f"{key}.refused", wrong)
    if wrong:
        return
    if not asked.holds(board.place, board.at(WHERE))[1]:  # who names one household names all of them
        for own, table in there.items():
            asked = with_entry(asked, board.place, board.at((*WHERE, own)), table)
    left = round(max(0.0, 1.0 - sum(_share(one) for one in there.values())), 6)
    bedrooms = READY.get(str(words), 1)
    state.ask(with_entry(asked, board.place, board.at((*WHERE, name)), {"share": left, "bedrooms": bedrooms}))


def _share(household: Mapping[str, Any]) -> float:
    share = household.get("share", 0.0)
    return float(share) if isinstance(share, int | float) else 0.0
