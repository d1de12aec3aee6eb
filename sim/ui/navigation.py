"""List the pages, flat: a screen reader loses its way in sections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st

FOLDER: Final = Path(__file__).parent / "pages"
PAGES: Final = {  # file → (title, path in the address)
    "start": ("Start", ""),
    "build": ("Build", "build"),
    "compare": ("Compare", "compare"),
    "money": ("Money", "money"),
    "people": ("People", "people"),
    "story": ("One person's story", "story"),
    "backwards": ("Ask backwards", "backwards"),
    "matters": ("What matters most", "matters"),
    "payers": ("Rates and fiscal notes", "payers"),
    "history": ("Your own history", "history"),
    "evidence": ("Evidence", "evidence"),
    "words": ("Words", "words"),
}


def pages() -> Sequence[Any]:
    """Return the pages for Streamlit, the first one the default."""
    return [
        st.Page(file_of(name), title=title, url_path=path, default=not path) for name, (title, path) in PAGES.items()
    ]


def file_of(name: str) -> Path:
    """Return the file of a page."""
    return FOLDER / f"{name}.py"


def go(name: str, **parameters: str) -> None:
    """Go to a page, with nothing in its address but these parameters."""
    st.switch_page(file_of(name), query_params=parameters)


def link(name: str, label: str, **parameters: str) -> None:
    """Write a link to a page, with nothing in its address but these parameters."""
    st.page_link(file_of(name), label=label, query_params=parameters)
