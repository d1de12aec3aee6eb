"""Draw rows of bars with whiskers, each named above itself and told at its right: they read the same on a phone.

The same rows are painted for the page with plotly, or laid out as a drawing that goes into a file.

Rows that share a scale stand in one panel with one axis below it. Heights are pixels, so a bar is as thick in a figure
of two rows as in one of twenty.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from sim.charts.drawing import Area, Block, Chart, Line, Panel, Part, Words, role
from sim.charts.look import LINE_HEIGHT, SMALL, Look, Sheet, axis, faded, headline, new_sheet
from sim.charts.sentences import unit_behind
from sim.charts.ticks import bounds, number_axis

BAR, GAP, BETWEEN, UNDER, EDGE = 15, 4, 12, 30, 6  # pixels
RIGHT: Final = 112
NAME_WIDTH, NAME_LINES = 50, 2  # characters, lines of a name
TICKS: Final = 4
FILLS: Final = ("", "/", "x", ".")  # patterns, by color, for those who do not see colors
FILL, AROUND_FILL = 0.55, 0.16
INSIDE: Final = (3.0, 0.0)  # pixels from the axis to a name


@dataclass(frozen=True)
class Bar:
    """One bar: its ends, its whiskers, the text at its right, the number of its color."""

    start: float
    end: float
    text: str
    color: int = 1
    whiskers: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """The bars under one name, with a pale range around them and a mark across them."""

    name: str
    bars: tuple[Bar, ...]
    note: str = ""  # under the name, in faint letters
    around: tuple[float, float] | None = None
    mark: float | None = None

    @property
    def lines(self) -> list[str]:
        """Return its name in few lines."""
        return textwrap.wrap(self.name, NAME_WIDTH, max_lines=NAME_LINES, placeholder=" …")

    @property
    def notes(self) -> list[str]:
        """Return its note in lines."""
        return textwrap.wrap(self.note, NAME_WIDTH + 6)

    @property
    def head(self) -> int:
        """Return the pixels of name and note."""
        return LINE_HEIGHT * (len(self.lines) + len(self.notes)) + GAP

    @property
    def height(self) -> int:
        """Return the pixels of all of it."""
        return self.head + len(self.bars) * (BAR + GAP) + BETWEEN


@dataclass(frozen=True)
class Scale:
    """What an axis measures; `from_zero` makes it include zero."""

    unit: str
    title: str = ""
    from_zero: bool = True
    in_points: bool = False  # shares that are differences

    def ticks(self, low: float, high: float) -> dict[str, Any]:
        """Return range and ticks between two ends."""
        told = number_axis(low, high, self.unit, TICKS)
        if self.in_points:
            told["ticktext"] = [text.removesuffix(" %") for text in told["ticktext"]]
        return told


def bars_figure(rows: Sequence[tuple[Row, Scale]], look: Look, heading: str = "") -> Any:
    """Return the figure of rows, those that follow one another with the same scale in one panel."""
    panels = [(scale, [row for row, _ in own]) for scale, own in groupby(rows, key=lambda pair: pair[1])]
    heights = [sum(row.height for row in own) for _, own in panels]
    titled = [UNDER + LINE_HEIGHT * bool(scale.title) for scale, _ in panels]
    lines = textwrap.wrap(heading, NAME_WIDTH + 6)
    top = EDGE + (LINE_HEIGHT * len(lines) + GAP if lines else 0)
    total = sum(heights) + sum(titled[:-1])
    sheet = new_sheet(look, top + total + titled[-1], t=top, r=RIGHT, b=titled[-1], l=8)
    sheet.layout["barmode"] = "overlay"
    if lines:
        sheet.note(**headline(look, "<br>".join(lines), yshift=GAP))
    down = 0
    for number, ((scale, own), height, under) in enumerate(zip(panels, heights, titled, strict=True), 1):
        domain = 1.0 - (down + height) / total, 1.0 - down / total
        panel = _Panel(sheet, look, scale, number)
        panel.axes(own, (max(0.0, domain[0]), domain[1]), height)
        at = 0
        for row in own:
            panel.draw(row, at)
            at += row.height
        down += height + under
    return sheet.figure()


@dataclass(frozen=True)
class _Panel:
    sheet: Sheet
    look: Look
    scale: Scale
    number: int

    @property
    def own(self) -> str:
        return "" if self.number == 1 else str(self.number)

    def axes(self, rows: Sequence[Row], domain: tuple[float, float], height: int) -> None:
        """Lay out the axis below, and the one of pixels."""
        low, high = _range(rows, from_zero=self.scale.from_zero)
        zero = {"zeroline": low <= 0.0 <= high, "zerolinecolor": self.look.faint}
        x = axis(self.look, **self.scale.ticks(low, high), anchor=f"y{self.own}", **zero)
        if self.scale.title:
            x["title"] = {"text": self.scale.title, "font": {"size": SMALL, "color": self.look.faint}, "standoff": 4}
        y = {"domain": list(domain), "anchor": f"x{self.own}", "range": [height, 0], "visible": False}
        self.sheet.layout |= {f"xaxis{self.own}": x, f"yaxis{self.own}": y | {"fixedrange": True}}

    def draw(self, row: Row, at: int) -> None:
        """Draw a row from a height down."""
        faint = "".join(f'<br><span style="color:{self.look.faint}">{line}</span>' for line in row.notes)
        above = {"x": 0.0, "xanchor": "left", "yanchor": "top", "bgcolor": self.look.paper, "borderpad": 0}
        self._write("<br>".join(row.lines) + faint, at, above)
        first = at + row.head
        last = first + len(row.bars) * (BAR + GAP) - GAP
        if row.around is not None:
            self._shape("rect", row.around, (first - GAP // 2, last + GAP // 2), {"width": 0})
        for place, bar in enumerate(row.bars):
            self._bar(row, bar, first + place * (BAR + GAP) + BAR / 2)
        if row.mark is not None:
            line = {"color": self.look.ink, "width": 2}
            self._shape("line", (row.mark, row.mark), (first - GAP, last + GAP), line)

    def _bar(self, row: Row, bar: Bar, middle: float) -> None:
        color = self.look.color(bar.color)
        pattern = {"shape": FILLS[(bar.color - 1) % len(FILLS)], "fgcolor": color, "fillmode": "overlay", "size": 6}
        fill = {"color": faded(color, FILL), "line": {"color": color, "width": 1}, "pattern": pattern}
        self.sheet.add(
            "bar",
            orientation="h",
            base=[bar.start],
            x=[bar.end - bar.start],
            y=[middle],
            width=BAR,
            marker=fill,
            hovertext=f"{row.name}: {bar.text.replace('<br>', ' ')}",
            hoverinfo="text",
            xaxis=f"x{self.own}",
            yaxis=f"y{self.own}",
        )
        if bar.whiskers is not None:
            self._whiskers(bar.whiskers, middle)
        self._write(bar.text, middle, {"x": 1.0, "xanchor": "left", "xshift": 6, "yanchor": "middle"})

    def _whiskers(self, ends: tuple[float, float], middle: float) -> None:
        line = {"color": self.look.ink, "width": 1.6}
        self._shape("line", ends, (middle, middle), line)
        for end in ends:
            self._shape("line", (end, end), (middle - 3, middle + 3), line)

    def _shape(self, kind: str, x: tuple[float, float], y: tuple[float, float], line: dict[str, Any]) -> None:
        where = {"xref": f"x{self.own}", "x0": x[0], "x1": x[1], "yref": f"y{self.own}", "y0": y[0], "y1": y[1]}
        fill = {"fillcolor": faded(self.look.faint, AROUND_FILL), "layer": "below"} if kind == "rect" else {}
        self.sheet.shapes.append({"type": kind, "line": line} | where | fill)

    def _write(self, text: str, at: float, place: dict[str, Any]) -> None:
        shared = {"xref": "paper", "yref": f"y{self.own}", "y": at, "align": "left", "font": {"size": SMALL}}
        self.sheet.note(text=text, **shared, **place)


def bars_chart(rows: Sequence[tuple[Row, Scale]], heading: str = "") -> Chart:
    """Return the same rows as a drawing."""
    panels = [(scale, [row for row, _ in own]) for scale, own in groupby(rows, key=lambda pair: pair[1])]
    found = [_field(scale, own) for scale, own in panels]
    return Chart((replace(found[0], y_title=heading), *found[1:]) if found else (), RIGHT)


def _field(scale: Scale, rows: Sequence[Row]) -> Panel:
    low, high = _range(rows, from_zero=scale.from_zero)
    told, height, at = scale.ticks(low, high), sum(row.height for row in rows), 0
    parts: list[Part] = [Line((0.0, 0.0), (0.0, height), "faint", 1.0)] if low <= 0.0 <= high else []
    for row in rows:
        parts += _row(row, at)
        at += row.height
    ticks = tuple(zip(told["tickvals"], told["ticktext"], strict=True))
    return Panel(height, (low, high), (height, 0.0), tuple(parts), ticks, x_grid=True, x_title=scale.title)


def _row(row: Row, at: int) -> Iterator[Part]:
    """Yield the parts of a row from a height down."""
    first, name = at + row.head, LINE_HEIGHT * len(row.lines)
    last = first + len(row.bars) * (BAR + GAP) - GAP
    yield Words("<br>".join(row.lines), at + name / 2, shift=INSIDE)
    if row.notes:
        yield Words("<br>".join(row.notes), at + name + LINE_HEIGHT * len(row.notes) / 2, faint=True, shift=INSIDE)
    if row.around is not None:
        yield Area(row.around, (first - GAP / 2,) * 2, (last + GAP / 2,) * 2, "faint")
    for place, bar in enumerate(row.bars):
        top = first + place * (BAR + GAP)
        yield Block((bar.start, bar.end), (top, top + BAR), role(bar.color), share=FILL)
        yield Words(bar.text, top + BAR / 2, 1.0)
        for end in bar.whiskers or ():
            yield Line((end, end), (top + BAR / 2 - 3, top + BAR / 2 + 3), "ink", 1.2)
        if bar.whiskers is not None:
            yield Line(bar.whiskers, (top + BAR / 2,) * 2, "ink", 1.2)
    if row.mark is not None:
        yield Line((row.mark, row.mark), (first - GAP, last + GAP), "ink", 2.0)


def change_scale(unit: str, title: str) -> Scale:
    """Return the scale of a difference: of shares it is told in points."""
    points = unit == "share"
    behind = "points" if points else unit_behind(unit)
    return Scale(unit, ", ".join(one for one in (title, behind) if one), in_points=points)


def _range(rows: Sequence[Row], *, from_zero: bool) -> tuple[float, float]:
    ends = [end for row in rows for bar in row.bars for end in (bar.start, bar.end, *(bar.whiskers or ()))]
    ends += [end for row in rows for end in (*(row.around or ()), *(() if row.mark is None else (row.mark,)))]
    return bounds(ends, ends, from_zero=from_zero)
