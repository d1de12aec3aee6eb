"""One look for all figures: readable on a phone, in light and dark, in colors and shapes anyone can tell apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import plotly.graph_objects as go

from sim.charts.printed import COLORS

DASHES: Final = ("solid", "dash", "dashdot", "dot", "longdashdot")
SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x")
GLYPHS: Final = ("●", "■", "◆", "▲", "✕")  # the same, in text
PAYERS: Final = {"federal": "#7A6FD0", "state": "#A87F00", "county": "#2F8F92", "other": "#7D828A"}
PATTERNS: Final = {"federal": "", "state": "/", "county": ".", "other": "x"}  # for who does not see colors
FONT: Final = "Source Sans, system-ui, -apple-system, Segoe UI, Roboto, sans-serif"  # first the page's own
TEXT, SMALL = 14, 13  # pixels
BAND: Final = 0.14  # of full color
LEFT, BOTTOM, TOP = 8, 40, 12  # pixels around the plot; the left margin grows with its labels
LINE_HEIGHT: Final = 17


@dataclass(frozen=True)
class Look:
    """The colors of a page."""

    name: str
    ink: str
    faint: str
    grid: str
    paper: str
    base: str  # color of the base: black on white, white on black
    others: tuple[str, ...] = COLORS[1:]  # of the alternatives
    edge: float = 0.0  # of full color, around a band: on black, bands that lie over one another need it

    def color(self, place: int) -> str:
        """Return the color of a scenario; the base is number 0."""
        return self.base if place == 0 else self.others[(place - 1) % len(self.others)]

    def rim(self, color: str) -> dict[str, Any]:
        """Return the line around a band of a color."""
        return {"width": 1, "color": faded(color, self.edge)} if self.edge else {"width": 0}


LIGHT: Final = Look("light", "#1A1A1A", "#595959", "#E3E3E3", "#FFFFFF", COLORS[0])
BRIGHT: Final = ("#56B4E9", "#FF9A4A", "#33C99B", "#F2A7CF")  # the same hues as COLORS, that stand out on black
DARK: Final = Look("dark", "#F2F2F2", "#B8B8B8", "#3A3F4A", "#0E1117", "#FFFFFF", BRIGHT, 0.55)


def dash(place: int) -> str:
    """Return the line style of a scenario."""
    return DASHES[place % len(DASHES)]


def symbol(place: int) -> str:
    """Return the marker of a scenario."""
    return SYMBOLS[place % len(SYMBOLS)]


def glyph(place: int, look: Look) -> str:
    """Return the marker of a scenario as colored text."""
    return f'<span style="color:{look.color(place)}">{GLYPHS[place % len(GLYPHS)]}</span>'


def faded(color: str, share: float = BAND) -> str:
    """Return a color that lets shine through what lies beneath."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


@dataclass
class Sheet:
    """Collect what is drawn, and make the figure of it at once: one by one takes plotly ten times as long."""

    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    notes: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: str, **trace: Any) -> None:
        """Add a trace."""
        self.traces.append({"type": kind, **trace})

    def note(self, **note: Any) -> None:
        """Add words without an arrow."""
        self.notes.append({"showarrow": False, **note})

    def figure(self) -> Any:
        """Return the figure."""
        return go.Figure(data=self.traces, layout=self.layout | {"annotations": self.notes, "shapes": self.shapes})


def new_sheet(look: Look, height: int, **margin: int) -> Sheet:
    """Return an empty figure in a look: no legend, no zooming by accident, room where it is asked for."""
    layout = {
        "template": "none",
        "height": height,
        "margin": {"l": LEFT, "r": 12, "t": TOP, "b": BOTTOM} | margin,
        "showlegend": False,
        "paper_bgcolor": look.paper,
        "plot_bgcolor": look.paper,
        "font": {"family": FONT, "size": TEXT, "color": look.ink},
        "hoverlabel": {"font": {"family": FONT, "size": TEXT, "color": look.ink}, "bgcolor": look.paper},
        "dragmode": False,
        "autosize": True,
    }
    return Sheet([], layout)


def axis(look: Look, **more: Any) -> dict[str, Any]:
    """Return an axis with a quiet grid, whose labels make room for themselves."""
    quiet = {
        "gridcolor": look.grid,
        "linecolor": look.faint,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": SMALL, "color": look.ink},
        "ticks": "",
    }
    return quiet | more


def zero_line(look: Look) -> dict[str, Any]:
    """Return a line at zero across a figure."""
    across = {"type": "line", "xref": "paper", "x0": 0.0, "x1": 1.0, "y0": 0.0, "y1": 0.0, "layer": "below"}
    return across | {"line": {"color": look.faint, "width": 1}}


def headline(look: Look, text: str, **place: Any) -> dict[str, Any]:
    """Return an annotation that stands above an axis in the place of a title turned on its side."""
    at = {"x": 0.0, "y": 1.0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": SMALL, "color": look.faint}
    return at | {"text": text, "font": font, "align": "left"} | place


def plain_numbers(values: Iterable[float]) -> list[float | None]:
    """Return numbers as a figure keeps them, None where there is none."""
    return [float(one) if math.isfinite(one) else None for one in values]


def plain(figure: Any) -> Mapping[str, Any]:
    """Return a figure as plain values, for tests and exports."""
    told: Mapping[str, Any] = figure.to_plotly_json()
    return told
