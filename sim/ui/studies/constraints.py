"""Controls for constraints: measures at most or at least a number, or what they are in the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from sim.results.measures.table import MEASURES, measure_of
from sim.scenario.files import Loaded
from sim.ui import choices, state
from sim.ui.studies.address import MOST_WISHES, PER_CENT, Against, Side, Wish
from sim.words.stand_in import told_label

SIDES: Final[dict[Side, str]] = {"most": "at most", "least": "at least"}
AGAINSTS: Final[dict[Against, str]] = {
    "percent": "the base, changed by",
    "base": "what it is in the base",
    "number": "a number of mine",
}
NEXT: Final = ("hours_delivered_per_year", "cash_end_usd", "chance_of_negative_cash")
WIDTHS: Final = (5, 3, 5, 3, 2)
Changed = Callable[[tuple[Wish, ...]], None]


def constraint_controls(now: Sequence[Wish], base: Loaded, changed: Changed) -> None:
    """Draw the conditions on a scenario as rows; `changed` takes over the new ones."""
    for place, wish in enumerate(now):
        _row((tuple(now), base), place, wish, changed)
    if len(now) < MOST_WISHES:
        st.button("Also …", key="wish.add", on_click=_add, args=(tuple(now), changed), help="A further condition.")


def keys() -> list[str]:
    """Return the measures, those of headlines first."""
    return sorted(MEASURES, key=lambda key: not MEASURES[key].headline)


def _row(asked: tuple[tuple[Wish, ...], Loaded], place: int, wish: Wish, changed: Changed) -> None:
    now, base = asked

    def choose(name: str, label: str, offered: Sequence[Any], words: Callable[[Any], str]) -> None:
        key = f"wish.{place}.{name}"
        choices.selectbox(
            label, offered, format_func=words, key=state.showing(key, getattr(wish, name)),
            on_change=_take, args=(now, place, name, key, changed),
        )  # fmt: skip

    measure, side, against, number, gone = st.columns(WIDTHS, vertical_alignment="bottom")
    with measure:
        choose("key", "Result" if place == 0 else f"Result {place + 1}", keys(), lambda one: told_label(one, [base]))
    with side:
        choose("side", "must be", list(SIDES), lambda one: SIDES[one])
    with against:
        choose("against", "compared with", list(AGAINSTS), lambda one: AGAINSTS[one])
    with number:
        if wish.against != "base":
            _number(now, place, wish, changed)
    with gone:
        if len(now) > 1:
            left = tuple(one for at, one in enumerate(now) if at != place)
            st.button("Leave out", key=f"wish.{place}.gone", on_click=changed, args=(left,))


def _number(now: tuple[Wish, ...], place: int, wish: Wish, changed: Changed) -> None:
    key, scale = f"wish.{place}.number", _scale(wish)
    st.number_input(
        _unit(wish), value=None, step=1.0, format="%.10g", key=state.showing(key, float(wish.number * scale)),
        on_change=_take, args=(now, place, "number", key, changed),
    )  # fmt: skip


def _unit(wish: Wish) -> str:
    unit = "%" if wish.against == "percent" else measure_of(wish.key).unit
    return {"share": "%"}.get(unit, unit)


def _scale(wish: Wish) -> float:
    return PER_CENT if wish.against == "number" and measure_of(wish.key).unit == "share" else 1.0


def _take(now: tuple[Wish, ...], place: int, name: str, key: str, changed: Changed) -> None:
    entered, wish = state.entered(key), now[place]
    if entered is None:
        return
    if name == "number":
        entered = float(entered) / _scale(wish)
    made = replace(wish, **{name: entered})
    changed((*now[:place], made, *now[place + 1 :]))


def _add(now: tuple[Wish, ...], changed: Changed) -> None:
    taken = {wish.key for wish in now}
    key = next(key for key in (*NEXT, *MEASURES) if key not in taken)
    changed((*now, Wish(key, "most" if measure_of(key).direction == "lower" else "least", "base")))
