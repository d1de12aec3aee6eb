"""Paint a drawing: as a figure of the page with plotly, as a picture for a slide, 16 to 9, with matplotlib."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING, Any, Final

from sim.charts.drawing import Area, Block, Chart, Line, Panel, Part, Words, color_of
from sim.charts.look import LIGHT, LINE_HEIGHT, PATTERNS, SMALL, Look, Sheet, axis, faded, new_sheet, plain_numbers
from sim.extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADING, UNDER, LAST = 24, 26, 22  # pixels
WIDTH: Final = 52  # characters of a heading's line
SIDES: Final = {"left": "left", "right": "right", "middle": "center"}
SIZE: Final = (13.333, 7.5)  # inches: a slide of 16 to 9
DOTS: Final = 144  # an inch
LEFT, RIGHT, TOP, BOTTOM = 0.075, 0.86, 0.84, 0.12  # of the picture
HEADING_ON_SLIDE: Final = 30  # pixels of a panel's height
LARGE, USUAL, SMALLEST = 24.0, 13.0, 8.0  # points
TITLE_WIDTH, NOTE_WIDTH = 60, 185  # characters
SMALLER: Final = 0.95  # letters of a title that two lines do not hold, step by step
ROOM: Final = 430  # pixels of panels that letters of USUAL points fit
HATCHES: Final = {"": "", "/": "//", ".": "..", "x": "xx"}


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


# as a picture for a slide -------------------------------------------------------------------------------------------


def slide(chart: Chart, title: str, note: str) -> bytes:
    """Return a drawing as PNG under a title that says its message, its note below.

    Raises:
        MissingExtraError: when what draws is not installed.
    """
    need(["matplotlib"], "a picture for a slide")
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    heights = [panel.height for panel in chart.panels]
    points = max(SMALLEST, min(USUAL, USUAL * ROOM / (sum(heights) + HEADING_ON_SLIDE * len(heights))))
    with rc_context({"font.size": points, "text.parse_math": False}):
        figure = Figure(figsize=SIZE)
        lines, size = titled(title)
        figure.text(0.04, 0.965, "\n".join(lines), fontsize=size, fontweight="bold", va="top")
        figure.text(0.04, 0.025, textwrap.fill(note, NOTE_WIDTH), fontsize=9, color=LIGHT.faint, va="bottom")
        total = sum(heights) + sum(map(_around, chart.panels))
        down = TOP if len(lines) < 2 else TOP - 0.045  # a title of two lines
        scale = (down - BOTTOM) / total
        for panel in chart.panels:
            down -= scale * HEADING_ON_SLIDE * bool(panel.heading)
            field = figure.add_axes((LEFT, down - scale * panel.height, RIGHT - LEFT, scale * panel.height))
            _panel(field, panel, points)
            down -= scale * (panel.height + (UNDER if panel.x_ticks else 6))
        content = io.BytesIO()
        figure.savefig(content, format="png", dpi=DOTS)
    return content.getvalue()


def titled(title: str) -> tuple[list[str], float]:
    """Return a title in at most two lines, and how large its letters are for that; nothing of it is left out."""
    size = float(LARGE)
    while len(lines := textwrap.wrap(title, int(TITLE_WIDTH * LARGE / size))) > 2:
        size *= SMALLER
    return lines, size


def _around(panel: Panel) -> int:
    """Return the pixels above and below a panel."""
    return HEADING_ON_SLIDE * bool(panel.heading) + (UNDER if panel.x_ticks else 6)


def _panel(field: Axes, panel: Panel, points: float) -> None:
    field.set_xlim(*panel.x)
    field.set_ylim(*panel.y)
    field.set_xticks([at for at, _ in panel.x_ticks], [text.replace("<br>", "\n") for _, text in panel.x_ticks])
    field.set_yticks([at for at, _ in panel.y_ticks], [text for _, text in panel.y_ticks])
    field.tick_params(length=0, labelsize=points)
    field.spines[:].set_visible(False)
    field.set_axisbelow(True)
    if panel.x_grid:
        field.grid(axis="x", color=LIGHT.grid)
    if panel.y_ticks:
        field.grid(axis="y", color=LIGHT.grid)
    if panel.heading:
        field.set_title(panel.heading, loc="left", fontsize=points + 2, fontweight="bold")
    for part in panel.parts:
        _part(field, part, points)


def _part(field: Axes, part: Part, points: float) -> None:
    match part:
        case Block():
            color, (left, right), (low, high) = color_of(part.role, LIGHT), part.x, part.y
            field.fill(
                [left, right, right, left], [low, low, high, high], facecolor=_rgba(color, part.share),
                edgecolor=color, hatch=HATCHES[PATTERNS.get(part.role, "")], linewidth=1,
            )  # fmt: skip
        case Line():
            style = ":" if part.dashed else "-"
            field.plot(part.x, part.y, color=color_of(part.role, LIGHT), linewidth=part.width, linestyle=style)
        case Area():
            shade = _rgba(color_of(part.role, LIGHT), 0.14)
            field.fill_between(part.x, part.low, part.high, color=shade, linewidth=0)
        case Words():
            _words(field, part, points)


def _words(field: Axes, one: Words, points: float) -> None:
    away = 6 if one.in_margin else 0
    where: Any = field.get_yaxis_transform() if one.of_width else field.transData
    field.annotate(
        one.text.replace("<br>", "\n"), (one.x, one.y), xycoords=where, xytext=(away, 0), textcoords="offset points",
        ha="center" if one.side == "middle" else one.side, va="center", fontsize=points, annotation_clip=False,
        color=LIGHT.faint if one.faint else LIGHT.ink, fontweight="bold" if one.bold else "normal",
    )  # fmt: skip


def _rgba(color: str, share: float) -> tuple[float, ...]:
    """Return a color as matplotlib takes it."""
    red, green, blue, alpha = faded(color, share).removeprefix("rgba(").removesuffix(")").split(",")
    return int(red) / 255, int(green) / 255, int(blue) / 255, float(alpha)
