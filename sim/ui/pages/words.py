"""Words: what every word means that the simulator shows."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from sim.ui import state
from sim.ui.answers import figures
from sim.ui.texts import glossary, in_markdown

SEARCH = "words.search"


def page() -> None:
    """Draw the page."""
    st.title("What do the words mean?")
    st.markdown("Under a word stands what it is called in files and on the command line, where it has a name there.")
    st.text_input(
        "Search: all these words", key=state.showing(SEARCH, state.kept(SEARCH, "")),
        on_change=state.keep_entered, args=(SEARCH, SEARCH),
    )  # fmt: skip
    found = [word for word in glossary() if word.has(str(state.kept(SEARCH, "")))]
    st.markdown(f"{len(found):,} of {len(glossary()):,}")
    if not found:
        st.info("Nothing here has all these words. Try fewer.")
    for section, words in groupby(found, lambda word: word.section):
        st.header(section)
        figures.table(("Word", "What it means"), [in_markdown(word) for word in words], f"{section}, as a table")


if __name__ == "__main__":
    page()
