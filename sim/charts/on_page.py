"""Paint a drawing for the page, with plotly."""

from __future__ import annotations

import textwrap
from typing import Any, Final

from sim.charts.drawing import PATTERNS, Area, Block, Chart, Line, Panel, Part, Words, color_of
from sim.charts.look import LINE_HEIGHT, SMALL, Look, Sheet, axis, faded, new_sheet, plain_numbers

HEADING, UNDER, LAST = 24, 26, 22  # pixels
WIDTH: Final = 52  # characters of a heading's line
SIDES: Final = {"left": "left", "right": "right", "middle": "center"}


def figure_of(chart: Chart, look: Look) -> Any:
    """Return the figure of a drawing, as high as its panels."""
    tops = [_head(panel) for panel in chart.panels]
    unders = [UNDER if panel.x_ticks else 6 for panel in chart.panels]
    total = sum(top + panel.height + under for panel, top, under in zip(chart.panels, tops, unders, strict=True))
    sheet = new_sheet(look, total + LAST, t=4, r=chart.right, b=LAST - 4)
    down = 0
    for number, (panel, top, under) in enumerate(zip(chart.panels, tops, unders, strict=True), 1):
        upper, lower = 1.0 - (down + top) / total, 1.0 - (down + top + panel.height) / total
        _Field(sheet, look, panel, "" if number == 1 else str(number)).draw(1.0 - down / total, (lower, upper))
        down += top + panel.height + under
    return sheet.figure()


def _head(panel: Panel) -> int:
    lines = len(textwrap.wrap(panel.heading, WIDTH))
    return HEADING + LINE_HEIGHT * (lines - 1) if lines else 0


class _Field:
    """One panel on a sheet."""

    def __init__(self, sheet: Sheet, look: Look, panel: Panel, number: str) -> None:
        self.sheet, self.look, self.panel, self.number = sheet, look, panel, number

    def draw(self, top: float, domain: tuple[float, float]) -> None:
        """Draw axes, heading and parts."""
        panel = self.panel
        x = axis(
            self.look, range=list(panel.x), anchor=f"y{self.number}", showgrid=panel.x_grid, **_ticks(panel.x_ticks)
        )
        quiet = {"showgrid": bool(panel.y_ticks), "domain": [max(0.0, domain[0]), min(1.0, domain[1])]}
        y = axis(self.look, range=list(panel.y), anchor=f"x{self.number}", **quiet, **_ticks(panel.y_ticks))
        self.sheet.layout |= {f"xaxis{self.number}": x, f"yaxis{self.number}": y}
        if panel.heading:
            text = "<br>".join(textwrap.wrap(panel.heading, WIDTH))
            at = {"x": 0.0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "top"}
            self.sheet.note(text=f"<b>{text}</b>", align="left", **at)
        for part in panel.parts:
            self._part(part)

    def _part(self, part: Part) -> None:
        match part:
            case Block():
                self._block(part)
            case Line():
                self._line(part)
            case Area():
                self._area(part)
            case Words():
                self._words(part)

    def _trace(self, **trace: Any) -> None:
        self.sheet.add("scatter", xaxis=f"x{self.number}", yaxis=f"y{self.number}", **trace)

    def _block(self, one: Block) -> None:
        color, (left, right), (low, high) = color_of(one.role, self.look), one.x, one.y
        pattern = {"shape": PATTERNS.get(one.role, ""), "fgcolor": color, "bgcolor": faded(color, one.share), "size": 6}
        self._trace(
            x=[left, right, right, left, left], y=[low, low, high, high, low], mode="lines", fill="toself",
            fillcolor=faded(color, one.share), line={"color": color, "width": 1}, hoveron="fills", text=one.told,
            hoverinfo="text" if one.told else "skip", **({"fillpattern": pattern} if pattern["shape"] else {}),
        )  # fmt: skip

    def _line(self, one: Line) -> None:
        line = {"color": color_of(one.role, self.look), "width": one.width, "dash": "dot" if one.dashed else "solid"}
        self._trace(x=plain_numbers(one.x), y=plain_numbers(one.y), mode="lines", line=line, connectgaps=False,
                    hovertext=list(one.told), hoverinfo="text" if one.told else "skip")  # fmt: skip

    def _area(self, one: Area) -> None:
        self._trace(x=[*one.x, *reversed(one.x)], y=[*plain_numbers(one.high), *reversed(plain_numbers(one.low))],
                    fill="toself", fillcolor=faded(color_of(one.role, self.look)), line={"width": 0}, mode="lines",
                    hoverinfo="skip")  # fmt: skip

    def _words(self, one: Words) -> None:
        text = f"<b>{one.text}</b>" if one.bold else one.text
        self.sheet.note(
            text=text, x=one.x, xref="paper" if one.of_width else f"x{self.number}", xanchor=SIDES[one.side], y=one.y,
            yref=f"y{self.number}", yanchor="middle", align="left", xshift=6 if one.in_margin else 0,
            font={"size": SMALL, "color": self.look.faint if one.faint else self.look.ink},
        )  # fmt: skip


def _ticks(ticks: Any) -> dict[str, Any]:
    """Return the ticks of an axis; none hides its labels."""
    if not ticks:
        return {"showticklabels": False, "tickvals": []}
    return {"tickvals": [at for at, _ in ticks], "ticktext": [text for _, text in ticks]}
