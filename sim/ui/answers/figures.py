"""Draw a figure, and offer it as a picture: two real buttons that work by keyboard and touch, with nothing fetched."""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v2 import component

from sim import __version__
from sim.charts.on_slide import slide
from sim.charts.view import View

PARTS: Final = Path(__file__).parents[1] / "parts"
CONFIG: Final = {  # the mode bar holds only plotly's exporter; the page hides it, the buttons below press it
    "displaylogo": False,
    "displayModeBar": True,
    "displayNotifier": False,
    "modeBarButtons": [["toImage"]],
    "responsive": True,
}
UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]")


def figure(view: View) -> None:
    """Draw the figure of a view."""
    st.plotly_chart(view.figure, theme=None, config=dict(CONFIG), key=f"figure.{view.key}", alt=view.alt)


def offer(view: View) -> None:
    """Draw the buttons that save the figure of a view."""
    _buttons()(key=f"save.{view.key}", data=offered(view))


def slide_of(view: View) -> None:
    """Offer what a view draws as a picture for a slide, made when it is asked for."""
    if view.chart is not None:
        st.download_button(
            "Picture for a slide", partial(slide, view.chart, view.title, _noted(view)),
            f"peerstay_{UNSAFE.sub('_', view.key)}_slide.png", "image/png", key=f"slide.{view.key}", on_click="ignore",
        )  # fmt: skip


def _noted(view: View) -> str:
    return f"{view.note} Made with peerstay {__version__}, a model: projections, not forecasts.".strip()


def offered(view: View) -> dict[str, str]:
    """Return what the buttons need: where the figure stands, and title, note and name of the picture."""
    return {
        "figure": f"st-key-{UNSAFE.sub('-', f'figure.{view.key}')}",
        "title": view.title,
        "note": _noted(view),
        "name": f"peerstay_{UNSAFE.sub('_', view.key)}",
    }


@cache
def _buttons() -> Any:
    html, css, js = ((PARTS / f"figure.{ending}").read_text(encoding="utf-8") for ending in ("html", "css", "js"))
    return component("peerstay_figure", html=html, css=css, js=js)
