"""Offer every figure that came from a place once the place is another one: old and new side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import streamlit as st

from sim.evidence.places import load_places
from sim.ui import state
from sim.ui.addresses import Path
from sim.ui.inputs.beginning import MEDICAID, state_tables
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import MOVED_FROM, PLACE
from sim.ui.question import BASE, Question, with_input, without_input
from sim.ui.texts import plain
from sim.words.inputs import input_at, name_in_words, value_in_words

ANY_DAY: Final = date(2000, 1, 1)  # figures of a place do not depend on it
SOURCE: Final = (
    "HUD fair market rent FY2026, one bedroom, where the middle one of the state's people lives, as a housing wage "
    "(hud_fmr_2026)"
)
OF_MEDICAID: Final = {  # kind of a source → what of it a state's Medicaid decides
    "fee_for_service": ("rate_usd_per_unit", "group_rate_usd_per_unit", "federal_share"),
    "prospective": ("federal_share",),
}
HEADING: Final = ("Figure", "Now", "Of the new place", "Where it comes from")


@dataclass(frozen=True)
class Figure:
    """One figure that a scenario says and that a place decides: now, and in the new place (None: left out)."""

    path: Path
    now: Any
    new: Any
    from_old: bool  # it is the old place's, not one that somebody typed


def moving(board: Board) -> None:
    """Draw the figures that came from the place an organization moved from, and what takes over the new place's."""
    moved = _moved(board)
    found = list(figures(board.question, *moved)) if moved else []
    if not found:
        return
    was, now = (load_places()[place].name for place in moved)
    with st.container(border=True):
        st.subheader(f"Moved from {was} to {now}")
        st.markdown(f"These figures depend on the place. Take {now}'s with one click, or keep what stands.")
        columns = {heading: [_cells(one, was)[at] for one in found] for at, heading in enumerate(HEADING)}
        st.table(columns, hide_index=True, alt=f"Figures of {was} and {now} side by side", border="horizontal")
        own = [one for one in found if one.from_old]
        _button(f"Take all of {now}'s figures", found, primary=True)
        if own and len(own) < len(found):
            _button(f"Take those that were {was}'s, keep what I typed", own)
        _button("Keep all as they are", [])


def _moved(board: Board) -> tuple[str, str] | tuple[()]:
    """From which place to which an organization has moved; nothing where it has not, or alternatives are drawn."""
    old, (new, there) = state.kept(MOVED_FROM, None), board.question.said(BASE, PLACE)
    places = load_places()
    if board.place != BASE or board.kind or not there or old == new:
        return ()
    return (str(old), str(new)) if old in places and new in places else ()


def _cells(one: Figure, was: str) -> tuple[str, ...]:
    given = input_at(one.path)
    unit = given.unit if given is not None and isinstance(one.now, int | float) else ""
    told = [plain(value_in_words(value, unit)) for value in (one.now, one.new)]
    return plain(name_in_words(one.path)), *told, f"from {was}" if one.from_old else "typed or of a source of its own"


def _button(label: str, taken: list[Figure], *, primary: bool = False) -> None:
    st.button(label, type="primary" if primary else "secondary", on_click=_take, args=(taken,), wrap=True)


def _take(taken: list[Figure]) -> None:
    for one in taken:
        if one.new is None:
            state.change(without_input, BASE, one.path)
        else:
            state.change(with_input, BASE, one.path, one.new)
    state.keep(MOVED_FROM, None)


def figures(question: Question, old: str, new: str) -> Iterator[Figure]:
    """Yield the figures of the base that the new place has otherwise."""
    before, after = _of(question, old), _of(question, new)
    title, (was, becomes) = str(question.base.get("title", "")), (load_places()[code].name for code in (old, new))
    if was in title:
        yield Figure(("title",), title, title.replace(was, becomes), from_old=True)
    for path, value in after.items():
        now, there = question.said(BASE, path)
        if there and now != value:
            yield Figure(path, now, value, path[-1] == "area" or now == before.get(path))


def _of(question: Question, code: str) -> dict[Path, Any]:
    """Return what a place decides, by address: of sources that bill by the unit, of each its rate."""
    where, tables = load_places()[code], state_tables(code, MEDICAID, ANY_DAY)
    found: dict[Path, Any] = {
        ("place", "area"): None,
        ("place", "outside_wage_usd_per_hour"): round(where.neighboring_wage_usd_per_hour, 2),
        ("place", "living_wage_usd_per_hour"): round(where.housing_wage_usd_per_hour, 2),
        ("place", "living_wage_source"): SOURCE,
        ("pay", "wage_usd_per_hour"): tables["pay"]["wage_usd_per_hour"],
    }
    for name, source in (question.said(BASE, ("funding",))[0] or {}).items():
        kind = source.get("kind") if isinstance(source, dict) else ""
        for key in OF_MEDICAID.get(str(kind), ()):
            if key in tables["funding"][MEDICAID]:
                found["funding", name, key] = tables["funding"][MEDICAID][key]
    return found
