"""Take over a list of the people in post: read in memory, kept with the page only, shown in sums."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from sim.runs.workers.apart import read_apart
from sim.scenario.problems import Problem, ScenarioError, dotted
from sim.scenario.read.roster_csv import COLUMNS, TEMPLATE, roster_of
from sim.ui import state
from sim.ui.inputs.board import Board
from sim.ui.inputs.importing import at_line, plain_name
from sim.ui.question import BASE, ROSTER, with_input, with_no_list_missing, without_input
from sim.ui.texts import bullets, plain
from sim.words.roster import roster_lines

WHERE: Final = ("posts", ROSTER)
ROUND: Final = "roster.round"  # another number empties the box of the file
MOST_SHOWN: Final = 10
ABOUT: Final = (
    "Left out, the months before the start make a plausible opening workforce. With a list of your people, the "
    "projection starts from them. The list is read in the memory of this server only: it is not written, not sent, and "
    "in no link; closing or reloading this page forgets the list and keeps the rest. No names are needed."
)
OF_BASE: Final = (
    "All scenarios start from the people of the base, so a list in an alternative changes nothing. Forget it here."
)
COLUMNS_TOLD: Final = {
    "hired": "month of hire, for example 2024-03 (needed)",
    "rung": "rung of the ladder, or entry",
    "in_rung_since": "month of the last promotion",
    "certified": "yes or no",
    "position": "name of the position whose post it is; empty for the posts that no position names",
    "fte": "the person's own full-time equivalent, for example 0.5; empty for the position's",
    "wage_usd_per_hour": "what the person is paid an hour at the start, all included; empty for the scale's",
    "group": "black, other_non_white or white, if the person has said so; empty to draw it by the shares of the place",
}


def roster(board: Board) -> None:
    """Draw what takes over a list of people, and sums of the list that is there."""
    listed, wrong = board.value(WHERE) or (), _wrong(board)
    if board.place != BASE and not board.question.said(board.place, board.at(WHERE))[1]:
        return
    with st.expander("List of the people in post", expanded=bool(listed or wrong)):
        st.caption(ABOUT)
        if listed:
            _sums(board)
            st.button("Forget this list", key=f"forget.{board.key(WHERE)}", on_click=_forget, args=(board,))
        for told in _told(wrong):
            st.error(plain(told))
        board.shown.update(one.path for one in wrong)
        if board.place == BASE:
            _upload(board)
        else:
            st.warning(OF_BASE)


def _wrong(board: Board) -> list[Problem]:
    """Return what is wrong with the list."""
    here = dotted(board.at(WHERE))
    return [one for one in board.found.problems[board.place] if one.path.startswith(here)]


def _sums(board: Board) -> None:
    tables, loaded = board.organization(), board.found.scenarios[board.place]
    if tables is not None and loaded is not None:
        lines = roster_lines(tables.posts.roster, loaded.scenario.horizon.start)
        st.markdown("\n".join(f"- {plain(label)}: **{plain(told)}**" for label, told in lines))


def _told(wrong: list[Problem]) -> list[str]:
    """Return what does not fit between the list and the rest: the peer by number, and the input."""
    told = []
    for one in wrong[:MOST_SHOWN]:
        spot = re.search(r"\[(\d+)\]\.(\w+)$", one.path)
        whose = "The list" if spot is None else f"Peer {int(spot[1]) + 1} of the list, {spot[2].replace('_', ' ')}"
        fix = f"; {one.fix}" if one.fix else ""
        told.append(f"{whose}: {one.value} {one.rule}{fix}.")
    left = len(wrong) - len(told)
    return [*told, f"And {left} more."] if left > 0 else told


def _upload(board: Board) -> None:
    st.markdown(bullets([f"{name}: {COLUMNS_TOLD[name]}" for name in COLUMNS]))
    st.download_button(
        "Download a template", TEMPLATE, "people.csv", "text/csv", on_click="ignore",
        key=f"template.{board.key(WHERE)}",
    )  # fmt: skip
    key = f"roster.{board.key(WHERE)}.{state.kept(ROUND, 0)}"
    file = st.file_uploader("List of people in post (CSV, at most 1 MB)", type="csv", key=key, max_upload_size=1)
    used = st.button("Use this list", key=f"use.{board.key(WHERE)}", disabled=file is None)
    if used and file is not None and _taken(board, file.getvalue(), file.name):
        st.rerun()


def _taken(board: Board, content: bytes, name: str) -> bool:
    """Take over a list, or say what is wrong with it; say whether it was taken over."""
    try:
        entries = read_apart(roster_of, content, plain_name(name))
    except ScenarioError as fault:
        for problem in fault.problems:
            st.error(at_line(problem))
        return False
    state.keep(ROUND, state.kept(ROUND, 0) + 1)
    state.change(with_input, board.place, board.at(WHERE), entries)
    return True


def _forget(board: Board) -> None:
    state.keep(ROUND, state.kept(ROUND, 0) + 1)
    state.change(without_input, board.place, board.at(WHERE))
    state.change(with_no_list_missing)
