"""Boxes to choose from; a choice among options that are not offered any more is left out.

A visitor may click while what is offered changes. Streamlit then hands over the text that was clicked instead of an
option, which nothing here could take.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

import streamlit as st

from sim.ui import state

Take = Callable[..., None]


def selectbox(label: str, options: Sequence[Any], *, key: str, on_change: Take, **look: Any) -> None:
    """Offer a list to choose one from; `on_change` is called with `args` for a choice that is still offered."""
    st.selectbox(label, options, key=key, on_change=partial(_taken, key, options, on_change), **look)


def radio(label: str, options: Sequence[Any], *, key: str, on_change: Take, **look: Any) -> None:
    """Offer a few to choose one from, all in sight; as `selectbox` otherwise."""
    st.radio(label, options, key=key, on_change=partial(_taken, key, options, on_change), **look)


def multiselect(label: str, options: Sequence[Any], *, key: str, on_change: Take, **look: Any) -> None:
    """Offer a list to choose several from; as `selectbox` otherwise, all of them must still be offered."""
    st.multiselect(label, options, key=key, on_change=partial(_taken, key, options, on_change), **look)


def _taken(key: str, options: Collection[Any], take: Take, *given: Any) -> None:
    entered = state.entered(key)
    if all(one is None or one in options for one in (entered if isinstance(entered, list) else [entered])):
        take(*given)
