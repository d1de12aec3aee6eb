"""Draw a view: its words, figure and table; the figure is offered as a picture by buttons that fetch nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v2 import component

from sim import __version__
from sim.charts.painting import slide
from sim.charts.view import View
from sim.ui import state
from sim.ui.reading import read
from sim.ui.texts import plain

PARTS: Final = Path(__file__).parents[1] / "parts"
CONFIG: Final = {  # the mode bar holds only plotly's exporter; the page hides it, the buttons below press it
    "displaylogo": False,
    "displayModeBar": True,
    "displayNotifier": False,
    "modeBarButtons": [["toImage"]],
    "responsive": True,
}
PROGRAM: Final = "peerstay"
UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]")


def draw(view: View) -> None:
    """Draw a view: what it says, the figure, its note, its table; where there is nothing to draw, why."""
    st.markdown(plain(view.reading))
    if not view.table.rows:
        return
    if view.figure is not None:
        figure(view)
    st.caption(plain(view.note))
    if view.figure is not None:
        offer(view)
    if view.chart is not None:
        slide_of(view)
    with st.expander(f"Table: {view.title}"):
        rows = [[plain(cell) for cell in row] for row in view.table.shown()]
        table(view.table.headings, rows, f"{view.title}, as a table")
        st.download_button(
            "Download these numbers as CSV", view.csv_text, f"{stem()}_{UNSAFE.sub('_', view.key)}.csv", "text/csv",
            key=f"csv.{view.key}", on_click="ignore",
        )  # fmt: skip


def table(heading: Sequence[str], rows: Sequence[Sequence[str]], alt: str) -> None:
    """Draw a table whose cells are Markdown."""
    columns = {plain(name): [row[at] for row in rows] for at, name in enumerate(_told_apart(heading))}
    st.table(columns, hide_index=True, alt=alt, border="horizontal")


def _told_apart(heading: Sequence[str]) -> list[str]:
    """Return names of columns of which no two are alike: those that come again name the column they belong to."""
    told, of = list[str](), ""
    for name in heading:
        again = heading.count(name) > 1
        of = of if again else name
        told.append(f"{name} ({of})" if again else name)
    return told


# the figure, and pictures of it ---------------------------------------------------------------------------------------


def figure(view: View) -> None:
    """Draw the figure of a view."""
    st.plotly_chart(view.figure, theme=None, config=dict(CONFIG), key=f"figure.{view.key}", alt=view.alt)


def offer(view: View) -> None:
    """Draw the buttons that save the figure of a view."""
    _buttons()(key=f"save.{view.key}", data=offered(view, stem()))


def slide_of(view: View) -> None:
    """Offer what a view draws as a picture for a slide, made when it is asked for."""
    if view.chart is not None:
        st.download_button(
            "Picture for a slide", partial(slide, view.chart, view.title, _noted(view), view.about),
            f"{stem()}_{UNSAFE.sub('_', view.key)}_slide.png", "image/png", key=f"slide.{view.key}", on_click="ignore",
        )  # fmt: skip


def _noted(view: View) -> str:
    return f"{view.note} Made with peerstay {__version__}, a model: projections, not forecasts.".strip()


def stem() -> str:
    """Return what files of the question at hand begin with."""
    question = state.question()
    return PROGRAM if question is None else read(question).file_stem


def offered(view: View, begins: str = PROGRAM) -> dict[str, str]:
    """Return what the buttons need: where the figure stands, and title, note and name of the picture."""
    return {
        "figure": f"st-key-{UNSAFE.sub('-', f'figure.{view.key}')}",
        "title": view.title,
        "note": f"{view.about} {_noted(view)}".strip(),
        "name": f"{begins}_{UNSAFE.sub('_', view.key)}",
    }


@cache
def _buttons() -> Any:
    html, css, js = ((PARTS / f"figure.{ending}").read_text(encoding="utf-8") for ending in ("html", "css", "js"))
    return component("peerstay_figure", html=html, css=css, js=js)
