"""Draw lines with bands around them, and name each line at its end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from sim.charts.labels import spread_out
from sim.charts.look import (
    BOTTOM,
    LINE_HEIGHT,
    SMALL,
    Look,
    Sheet,
    dash,
    faded,
    glyph,
    headline,
    new_sheet,
    plain_numbers,
    symbol,
)
from sim.results.bands import Band
from sim.results.blocks import Floats


class Names(Protocol):
    """The names of lines, by number, and the look they are drawn in; `Seen` names scenarios."""

    @property
    def look(self) -> Look:
        """Return the look of the page."""

    def name(self, place: int) -> str:
        """Return a line's name in sentences."""

    def label(self, place: int) -> str:
        """Return a line's name in few short lines."""


HEIGHT, TOP, RIGHT = 400, 44, 122
Places = Sequence[str] | Sequence[int] | Sequence[float]  # where points stand on an axis: days, months, dollars
MOST_BANDS: Final = 3  # scenarios whose bands can be told apart in one figure


def banded(bands: Sequence[Band]) -> Sequence[Band]:
    """Return the bands that are drawn: all, or of many scenarios that of the base."""
    return bands if len(bands) <= MOST_BANDS else bands[:1]


def line_sheet(named: Names, title: str) -> Sheet:
    """Return an empty figure with room for names at the right and a title above."""
    sheet = new_sheet(named.look, HEIGHT, t=TOP, r=RIGHT, b=BOTTOM)
    sheet.note(**headline(named.look, title))
    return sheet


def draw_lines(sheet: Sheet, named: Names, at: Places, bands: Sequence[Band], told: Sequence[Sequence[str]]) -> None:
    """Draw a line for each scenario, the base on top.

    Args:
        sheet: where.
        named: names and look.
        at: where each point stands on the axis.
        bands: of each scenario.
        told: what each point of each scenario says when it is pointed at.
    """
    for place, band in enumerate(banded(bands)):
        _shade(sheet, at, band, named.look.color(place), named.look)
    for place in reversed(range(len(bands))):
        _line(sheet, named, at, (place, bands[place].mean), told[place])


def _shade(sheet: Sheet, at: Places, band: Band, color: str, look: Look) -> None:
    inside = np.isfinite(band.low) & np.isfinite(band.high)
    there = [one for one, known in zip(at, inside, strict=True) if known]
    sheet.add(
        "scatter",
        x=[*there, *reversed(there)],
        y=plain_numbers([*band.high[inside], *band.low[inside][::-1]]),
        fill="toself",
        fillcolor=faded(color),
        line=look.rim(color),
        mode="lines",
        hoverinfo="skip",
    )


def _line(sheet: Sheet, named: Names, at: Places, which: tuple[int, Floats], told: Sequence[str]) -> None:
    place, mean = which
    color = named.look.color(place)
    sheet.add(
        "scatter",
        x=list(at),
        y=plain_numbers(mean),
        mode="lines",
        name=named.name(place),
        line={"color": color, "width": 2.2, "dash": dash(place)},
        hovertext=list(told),
        hoverinfo="text",
    )
    last = np.flatnonzero(np.isfinite(mean))[-1:]
    sheet.add(
        "scatter",
        x=[at[one] for one in last],
        y=plain_numbers(mean[last]),
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={"color": color, "size": 8, "symbol": symbol(place)},
    )


def name_lines(sheet: Sheet, named: Names, bands: Sequence[Band], between: tuple[float, float]) -> None:
    """Write each scenario's name to the right of its line, moved up or down where names would overlap."""
    low, high = between
    ends = [last_of(band.mean) for band in bands]
    places = [place for place, end in enumerate(ends) if math.isfinite(end)]
    labels = [named.label(place) for place in places]
    pixels = (high - low) / (HEIGHT - TOP - BOTTOM)
    apart = [(label.count("<br>") + 1) * LINE_HEIGHT * pixels for label in labels]
    heights = spread_out([ends[place] for place in places], apart, low, high)
    for place, label, height in zip(places, labels, heights, strict=True):
        sheet.note(
            x=1.0,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=height,
            yanchor="middle",
            align="left",
            text=f"{glyph(place, named.look)} {label}",
            font={"size": SMALL, "color": named.look.ink},
        )


def extent(bands: Sequence[Band]) -> tuple[float, float]:
    """Return the least and the most that is drawn; NaN when nothing is."""
    sides = [*(band.mean for band in bands), *(side for band in banded(bands) for side in (band.low, band.high))]
    known = [side[np.isfinite(side)] for side in sides if np.isfinite(side).any()]
    if not known:
        return math.nan, math.nan
    return float(min(side.min() for side in known)), float(max(side.max() for side in known))


def last_of(mean: Floats) -> float:
    """Return the last value that is known; NaN when none is."""
    known = mean[np.isfinite(mean)]
    return float(known[-1]) if known.size else math.nan
