"""Show what of a changed entry wage reaches the household: a table by household, where it falls, and how to read it."""

from __future__ import annotations

import streamlit as st

from sim.evidence.net_income import load_net_income
from sim.runs.answer import Answer
from sim.ui.answers.answer import table
from sim.ui.question import LETTERS
from sim.ui.texts import bullets, plain
from sim.words.earnings.household import (
    HEADING,
    MOST_FALLS,
    MOST_KINDS,
    Reached,
    change_in_words,
    falls_in_words,
    gross_in_words,
    how_to_read,
    raise_rows,
    reached,
)

FALLS = "With health cover counted, a household has less at the higher wage in between:"


def drawn(answer: Answer) -> None:
    """Draw what each alternative's changed entry wages leave in households."""
    known = False
    for letter, one in zip(LETTERS, answer.alternatives, strict=False):
        found = reached(one, answer)
        known = known or any(own.raises for own in found)
        for own in found[:MOST_KINDS]:
            _block(own, letter)
        if len(found) > MOST_KINDS:
            st.caption(f"and {len(found) - MOST_KINDS} more kinds of employers (on the command line: --json)")
    if known:
        st.caption(plain(how_to_read(load_net_income())))


def _block(own: Reached, letter: str) -> None:
    told = plain(f"{change_in_words(own)}, {gross_in_words(own)}. {own.why_not}".rstrip())
    st.markdown(f"**Alternative {letter}.** {told}")
    if not own.raises:
        return
    rows = [[plain(cell.strip()) for cell in row] for row in raise_rows(own.raises)]
    table(HEADING, rows, f"What of the changed wage reaches the household, alternative {letter}")
    if falls := falls_in_words(own.falls):
        more = [f"and {len(falls) - MOST_FALLS} more"] if len(falls) > MOST_FALLS else []
        st.markdown(f"{FALLS}\n\n{bullets([*falls[:MOST_FALLS], *more])}")
