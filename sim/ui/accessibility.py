"""Help for keyboard and screen reader: a link past the navigation, and tables that the keyboard can scroll."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v2 import component

FILE: Final = Path(__file__).parent / "parts" / "reach.js"
SKIP: Final = "Skip to the content"
STYLE: Final = """
<style>
#peerstay-skip { position: fixed; left: 0.5rem; top: -6rem; z-index: 9999999; padding: 0.75rem 1rem;
  border-radius: 0.5rem; color: #FFFFFF; background: #005A9C; }
#peerstay-skip:focus { top: 0.5rem; outline: 3px solid #FFFFFF; box-shadow: 0 0 0 5px #005A9C; }
[data-testid="stTable"] > div:focus-visible, h1:focus-visible { outline: 3px solid #3B8ACB; outline-offset: 2px; }
[data-testid="stTable"] td, [data-testid="stTable"] th { min-width: 5rem; }
[data-testid="stTable"] td *, [data-testid="stTable"] th * { overflow-wrap: anywhere; overflow: visible !important; }
[data-testid="stMain"]:focus-visible { outline: 3px solid #3B8ACB; outline-offset: -3px; }
.st-key-reach { height: 0; }
#peerstay-status { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > .peerstay-heard) { display: none; }
</style>
"""


def announce(told: str) -> None:
    """Have a screen reader say how far work is; it says what is new, and nothing of what it said before."""
    st.html(f'<span class="peerstay-heard" data-told="{escape(told)}"></span>')


def reach(page: str, mark: str = "", heading: str = "") -> None:
    """Add what Streamlit leaves out; none of it is seen until it is needed.

    Args:
        page: the page that is drawn.
        mark: what it is at; when that changes on the same page, the page is turned to where it goes on.
        heading: of what it goes on with; left out, where work has begun.
    """
    st.html(STYLE)
    _part()(
        key="reach", data={"skip": SKIP, "page": page, "mark": mark, "heading": heading}, on_scheme_change=_drawn_anew
    )


def _drawn_anew() -> None:
    """Nothing more: that the page runs again is what gives it the colors of the scheme it turned to."""


@cache
def _part() -> Any:
    return component("peerstay_reach", js=FILE.read_text(encoding="utf-8"))
