"""Draw positions, the groups of posts with terms of their own, as rows that are added and removed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.ui import state
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import draw
from sim.ui.inputs.rows import entries
from sim.ui.inputs.sections import fields_inside
from sim.ui.question import with_entry, without_entry

POSITIONS: Final = "positions"
NAMES: Final = ("part_time", "night", "lead", "outreach", "group")
ABOUT: Final = (
    "Posts are alike unless some have hours, a wage or an award of their own. The posts that no position names have "
    "the hours and the wage stated for all."
)


def positions(board: Board) -> None:
    """Draw the positions in their order, and what adds one."""
    st.subheader("Positions")
    st.caption(ABOUT)
    there = entries(board, POSITIONS)
    for name, position in there.items():
        title = f"{name.replace('_', ' ')}: {position.get('number', '?')} posts"
        with st.expander(title, expanded=True):
            for path, own in fields_inside((POSITIONS, name), "", position, expert=True):
                draw(board, path, own)
            at = board.at((POSITIONS, name))
            st.button(
                f"Remove this position: {name.replace('_', ' ')}", key=f"remove.{board.place}.{'.'.join(at)}",
                wrap=True, on_click=state.change, args=(without_entry, board.place, at),
            )  # fmt: skip
    if any(name not in there for name in NAMES):
        st.button("Add a position", key=f"add.position.{board.place}", on_click=_add, args=(board,))


def _add(board: Board) -> None:
    there, asked = entries(board, POSITIONS), state.question()
    if asked is not None:
        name = next(name for name in NAMES if name not in there)
        state.ask(with_entry(asked, board.place, board.at((POSITIONS, name)), {"number": 1}))
