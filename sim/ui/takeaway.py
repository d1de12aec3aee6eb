"""Offer what makes a result again: its files, the command, its stamp."""

from __future__ import annotations

import streamlit as st

from sim.experiment.toml import written
from sim.report.layout import command_lines
from sim.report.provenance import Stamp
from sim.ui.question import Question, called, file_name
from sim.ui.reading import Read
from sim.ui.results import Result


def reproduce(question: Question, found: Read, result: Result) -> None:
    """Give the command and the files that make the same digits again."""
    st.markdown("The same numbers come out on any machine with peerstay: save these files in one folder and run")
    st.code(command_lines(result.stamp.command), language=None, wrap_lines=True)
    files(question, found)
    st.caption(made_by(result.stamp))


def files(question: Question, found: Read) -> None:
    """Offer each scenario as one complete file."""
    if question.holds_people:
        st.warning("A file of yours lists people. Downloads hold the list too: treat them as personal data.")
    for place, column in zip(question.places, st.columns(len(question.places)), strict=True):
        loaded = found.scenarios[place]
        with column:
            if loaded is not None:
                st.download_button(
                    f"{called(place)} as TOML", written(loaded.raw), file_name(place), "application/toml",
                    key=f"toml.{place}", on_click="ignore", width="stretch",
                )  # fmt: skip


def made_by(stamp: Stamp) -> str:
    """Return by which version, from what and with which luck a result was made."""
    prints = ", ".join(f"{name} {fingerprint}" for name, fingerprint in stamp.fingerprints.items())
    return (
        f"peerstay {stamp.version}, seed {stamp.seed}, {stamp.replications:,} replications, made {stamp.made}. "
        f"Fingerprints: {prints}."
    )
