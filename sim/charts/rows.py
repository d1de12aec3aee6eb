"""Draw groups of rows, one row a scenario: bars from zero or dots, with their intervals, each row named and told.

Names stand at the left of the rows and numbers at the right, so that nothing has to be looked up in a legend.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.charts.look import SMALL, Sheet, axis, faded, new_sheet, symbol
from sim.charts.seen import Seen
from sim.charts.ticks import bounds, number_axis
from sim.results.summary import Estimate

ROW, LONE_ROW, HEADING, NOTE, UNDER, BETWEEN = 34, 20, 26, 17, 24, 10  # pixels of height
LEFT, RIGHT = 112, 96
TICKS: Final = 3


@dataclass(frozen=True)
class Row:
    """One row: the number of its scenario, its estimate with interval, and the text at its right."""

    place: int
    estimate: Estimate
    text: str
    hollow: bool = False  # cannot be told from luck


@dataclass(frozen=True)
class Group:
    """Rows under one heading, in one unit."""

    heading: str
    unit: str
    rows: tuple[Row, ...]
    note: str = ""  # under the heading

    @property
    def head(self) -> int:
        """Return the pixels that heading and note take."""
        return HEADING + (NOTE if self.note else 0)


@dataclass(frozen=True)
class Style:
    """How groups of rows are drawn."""

    bars: bool = True
    own_scale: bool = False
    in_points: bool = False


def rows_figure(seen: Seen, groups: Sequence[Group], style: Style = Style()) -> Any:
    """Return the figure of groups of rows, from the top down."""
    single = len(seen.cases) == 1
    heights = [_height(group, style, LONE_ROW if single else ROW) for group in groups]
    below = 0 if style.own_scale else UNDER
    sheet = new_sheet(seen.look, sum(heights) + below + 12, l=8 if single else LEFT, r=RIGHT, t=6, b=below + 6)
    whole = _range([row for group in groups for row in group.rows])
    top, total = 1.0, float(sum(heights))
    for number, (group, height) in enumerate(zip(groups, heights, strict=True), 1):
        own = _range(group.rows) if style.own_scale else whole
        bottom = max(0.0, top - height / total)
        under = UNDER / total if style.own_scale else 0.0
        place = _Place(number, top, (bottom + under, top - group.head / total), own)
        _axes(sheet, seen, group, place, style, last=number == len(groups))
        _rows(sheet, seen, group, place, style, named=not single)
        top = bottom
    return sheet.figure()


@dataclass(frozen=True)
class _Place:
    number: int
    top: float  # of the heading, as a share of the figure
    domain: tuple[float, float]
    range: tuple[float, float]

    @property
    def x(self) -> str:
        return f"x{self.number if self.number > 1 else ''}"

    @property
    def y(self) -> str:
        return f"y{self.number if self.number > 1 else ''}"


def _height(group: Group, style: Style, row: int) -> int:
    return group.head + row * len(group.rows) + BETWEEN + (UNDER if style.own_scale else 0)


def _range(rows: Sequence[Row]) -> tuple[float, float]:
    ends = [end for row in rows for end in (row.estimate.mean, row.estimate.low, row.estimate.high) if end is not None]
    return bounds([0.0, *ends], [0.0, *ends], from_zero=True)


def _axes(sheet: Sheet, seen: Seen, group: Group, place: _Place, style: Style, *, last: bool) -> None:
    labeled = style.own_scale or last
    scale = number_axis(*place.range, group.unit, TICKS)
    if style.in_points and group.unit == "share":
        scale["ticktext"] = [text.replace(" %", "") for text in scale["ticktext"]]
    x = axis(
        seen.look,
        **scale,
        anchor=place.y,
        showticklabels=labeled,
        zeroline=True,
        zerolinecolor=seen.look.faint,
        showline=labeled,
    )
    y = {"domain": list(place.domain), "anchor": place.x, "range": [len(group.rows) - 0.5, -0.5], "visible": False}
    suffix = "" if place.number == 1 else str(place.number)
    sheet.layout |= {f"xaxis{suffix}": x, f"yaxis{suffix}": y | {"fixedrange": True}}
    sheet.note(
        x=0.0, xref="paper", y=place.top, yref="paper", xanchor="left", yanchor="top", align="left",
        text=_head(seen, group), font={"color": seen.look.ink}, xshift=0 if len(seen.cases) == 1 else 8 - LEFT,
    )  # fmt: skip


def _head(seen: Seen, group: Group) -> str:
    faint = f'<br><span style="font-size:{SMALL}px;color:{seen.look.faint}">{group.note}</span>' if group.note else ""
    return f"<b>{group.heading}</b>{faint}"


def _rows(sheet: Sheet, seen: Seen, group: Group, place: _Place, style: Style, *, named: bool) -> None:
    for at, row in enumerate(group.rows):
        if row.estimate.mean is not None:
            _mark(sheet, seen, place, (at, row), style)
        shared = {"yref": place.y, "y": at, "yanchor": "middle", "font": {"size": SMALL}}
        sheet.note(text=row.text, x=1.0, xref="paper", xanchor="left", xshift=6, align="left", **shared)
        if named:
            label = "<br>".join(seen.label(row.place).split("<br>")[:2])
            sheet.note(text=label, x=0.0, xref="paper", xanchor="right", xshift=-6, align="right", **shared)


def _mark(sheet: Sheet, seen: Seen, place: _Place, which: tuple[int, Row], style: Style) -> None:
    at, row = which
    color, one = seen.look.color(row.place), row.estimate
    shared = {
        "y": [at],
        "xaxis": place.x,
        "yaxis": place.y,
        "hovertext": f"{seen.name(row.place)}: {row.text.replace('<br>', ' ')}",
        "hoverinfo": "text",
        "error_x": _whiskers(one, seen.look.ink if style.bars else color),
    }
    if style.bars:
        fill = {"color": faded(color, 0.55), "line": {"color": color, "width": 1}}
        sheet.add("bar", x=[one.mean], orientation="h", width=0.56, marker=fill, **shared)
        return
    inside = seen.look.paper if row.hollow else color
    mark = {"color": inside, "size": 10, "symbol": symbol(row.place), "line": {"color": color, "width": 2}}
    sheet.add("scatter", x=[one.mean], mode="markers", marker=mark, cliponaxis=False, **shared)


def _whiskers(one: Estimate, color: str) -> dict[str, Any]:
    """Return the interval as whiskers; nothing where there is none."""
    if one.mean is None or one.low is None or one.high is None or math.isclose(one.low, one.high):
        return {"visible": False}
    ends = {"array": [one.high - one.mean], "arrayminus": [one.mean - one.low]}
    return ends | {"type": "data", "symmetric": False, "color": color, "thickness": 1.6, "width": 4}
