"""Draw the effects of one thing on another: found by search, each with its evidence, changed or switched off."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.evidence.effects import load_effects
from sim.scenario.patch import leaves
from sim.scenario.schema import Effects
from sim.ui import choices, state
from sim.ui.addresses import Path
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import draw
from sim.ui.question import with_input, without_input
from sim.words.inputs import name_in_words

EFFECTS: Final = "effects"
PINNED: Final = "effects.pinned"
ABOUT: Final = (
    "How far burnout, satisfaction, role clarity, recovery and leaving move when something else does: in standard "
    "deviations (SD) for one standard deviation of the cause; for leaving, as a change of the log hazard. Change one "
    "only if you know better than the evidence on its card."
)


def effects(board: Board) -> None:
    """Draw for experts the effects that are set or were looked for, and how fast the four states move."""
    if not board.expert:
        return
    st.subheader("Effects of one thing on another")
    st.caption(ABOUT)
    rows = _rows(board)
    offered = [path for path in _all() if path not in rows]
    key = f"add.{board.key((EFFECTS,))}"
    choices.selectbox(
        f"Find one of {len(_all())} effects", offered, index=None, format_func=name_in_words,
        key=state.showing(key, None), placeholder="Type a word: burnout, supervisor, leaving …",
        on_change=_pin, args=(key,),
    )  # fmt: skip
    for path in rows:
        with st.container(border=True):
            _row(board, path)
    st.subheader("How fast the four states move")
    for name in Effects().months_to_adjust:
        draw(board, (EFFECTS, "months_to_adjust", name))


def _all() -> list[Path]:
    return [(EFFECTS, effect.cause, effect.outcome) for effect in load_effects().values()]


def _rows(board: Board) -> list[Path]:
    """Return the effects that are drawn: those the scenario sets, then those that were looked for."""
    said = board.value((EFFECTS,))
    own = [(EFFECTS, *path) for path, _ in leaves(said)] if isinstance(said, dict) else []
    pinned: list[Path] = [tuple(path) for path in state.kept(PINNED, [])]
    return [path for path in dict.fromkeys([*own, *pinned]) if path in _all()]


def _pin(key: str) -> None:
    path = state.entered(key)
    if path is not None:
        state.keep(PINNED, [*state.kept(PINNED, []), tuple(path)])


def _row(board: Board, path: Path) -> None:
    draw(board, path)
    at, name = board.at(path), name_in_words(path).lower()
    off, back = st.columns(2)
    with off:
        st.button(f"Switch off: {name}", key=f"off.{board.key(path)}", width="stretch", wrap=True,
                  disabled=board.value(path) == 0, on_click=state.change,
                  args=(with_input, board.place, at, 0.0))  # fmt: skip
    with back:
        st.button(f"As in the evidence: {name}", key=f"back.{board.key(path)}", width="stretch", wrap=True,
                  on_click=_back, args=(board.place, at, path))  # fmt: skip


def _back(place: int, at: Path, path: Path) -> None:
    """Take back what the scenario says of an effect, and draw it no longer."""
    state.keep(PINNED, [one for one in state.kept(PINNED, []) if tuple(one) != path])
    state.change(without_input, place, at)
