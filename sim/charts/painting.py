"""Paint a drawing: as a figure of the page with plotly, as a picture for a slide or a file with matplotlib."""

from __future__ import annotations

import io
import textwrap
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.charts.drawing import Area, Block, Chart, Line, Marks, Panel, Part, Words, color_of
from sim.charts.look import LIGHT, LINE_HEIGHT, PATTERNS, SMALL, Look, Sheet, axis, faded, new_sheet, plain_numbers
from sim.charts.printed import check_figure, undated
from sim.charts.view import View
from sim.extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADING, UNDER, LAST = 24, 26, 22  # pixels
WIDTH, TITLE = 52, 44  # characters of a line of a heading, of an axis' title
SIDES: Final = {"left": "left", "right": "right", "middle": "center"}
MARKS: Final[dict[str, dict[str, Any]]] = {
    "circle": {"symbol": "circle", "size": 9}, "square": {"symbol": "square", "size": 12},
    "cross": {"symbol": "x-thin", "size": 8, "opacity": 0.7},
}  # fmt: skip
PRINTED_MARKS: Final = {"circle": "o", "square": "s", "cross": "x"}
WHISKERS: Final = 0.8  # of full color
SIZE: Final = (13.333, 7.5)  # inches: a slide of 16 to 9
DOTS: Final = 144  # an inch
LEFT, RIGHT, TOP, BOTTOM = 0.075, 0.86, 0.84, 0.12  # of the picture
HEADING_ON_SLIDE: Final = 30  # pixels of a panel's height
LARGE, USUAL, SMALLEST = 24.0, 13.0, 8.0  # points
TITLE_WIDTH, NOTE_WIDTH, ABOUT_WIDTH = 60, 185, 125  # characters
ABOUT = 13.0  # points
UNDER_TITLE, TITLE_LINE, ABOUT_LINE = 0.905, 0.045, 0.034  # of the picture
SMALLER: Final = 0.95  # letters of a title that two lines do not hold, step by step
ROOM: Final = 430  # pixels of panels that letters of USUAL points fit
PIXELS, INCH, EDGE = 864, 96, 14  # of a file's picture: its width, an inch, what is left free around it
LETTERS, LETTER, POINT = 9.5, 8, 0.75  # points, pixels of a letter, points of a pixel
FILE_HEADING, FILE_WIDTH, FILE_NOTE = 95, 118, 136  # characters of a line
HATCHES: Final = {"": "", "/": "//", ".": "..", "x": "xx"}


def figure_of(chart: Chart, look: Look) -> Any:
    """Return the figure of a drawing, as high as its panels."""
    tops = [_head(panel) for panel in chart.panels]
    unders = [_under(panel) for panel in chart.panels]
    total = sum(top + panel.height + under for panel, top, under in zip(chart.panels, tops, unders, strict=True))
    sheet = new_sheet(look, total + LAST, t=4, r=chart.right, b=LAST - 4)
    down = 0
    for number, (panel, top, under) in enumerate(zip(chart.panels, tops, unders, strict=True), 1):
        upper, lower = 1.0 - (down + top) / total, 1.0 - (down + top + panel.height) / total
        _Field(sheet, look, panel, "" if number == 1 else str(number)).draw(1.0 - down / total, (lower, upper))
        down += top + panel.height + under
    return sheet.figure()


def _under(panel: Panel) -> int:
    """Return the pixels that ticks and title of a panel take below it."""
    lines = len(textwrap.wrap(panel.x_title, TITLE))
    return (UNDER if panel.x_ticks else 6) + LINE_HEIGHT * lines


def _head(panel: Panel) -> int:
    lines = len(textwrap.wrap(panel.heading, WIDTH) or textwrap.wrap(panel.y_title, TITLE))
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
        if panel.x_title:
            text = "<br>".join(textwrap.wrap(panel.x_title, TITLE))
            x["title"] = {"text": text, "font": {"size": SMALL, "color": self.look.faint}, "standoff": 4}
            x["showline"] = True
        quiet = {"showgrid": bool(panel.y_ticks), "domain": [max(0.0, domain[0]), min(1.0, domain[1])]}
        y = axis(self.look, range=list(panel.y), anchor=f"x{self.number}", **quiet, **_ticks(panel.y_ticks))
        self.sheet.layout |= {f"xaxis{self.number}": x, f"yaxis{self.number}": y}
        self._head(top)
        for part in panel.parts:
            self._part(part)

    def _head(self, top: float) -> None:
        at = {"x": 0.0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "top"}
        if self.panel.heading:
            text = "<br>".join(textwrap.wrap(self.panel.heading, WIDTH))
            self.sheet.note(text=f"<b>{text}</b>", align="left", **at)
        elif self.panel.y_title:
            font = {"size": SMALL, "color": self.look.faint}
            self.sheet.note(text="<br>".join(textwrap.wrap(self.panel.y_title, TITLE)), align="left", font=font, **at)

    def _part(self, part: Part) -> None:
        match part:
            case Block():
                self._block(part)
            case Line():
                self._line(part)
            case Area():
                self._area(part)
            case Marks():
                self._marks(part)
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
                    fill="toself", fillcolor=faded(color_of(one.role, self.look)), line=self._rim(one), mode="lines",
                    hoverinfo="skip")  # fmt: skip

    def _rim(self, one: Area) -> dict[str, Any]:
        return self.look.rim(color_of(one.role, self.look))

    def _marks(self, one: Marks) -> None:
        color = color_of(one.role, self.look)
        mark = {"color": color, "line": {"color": color, "width": 1.2 if one.shape == "cross" else 0}}
        arms = {
            f"error_{side}": {"type": "data", "array": [arm] * len(one.x), "visible": arm > 0.0}
            | {"color": faded(color, WHISKERS), "thickness": 1.0, "width": 3}
            for side, arm in zip("xy", one.arms, strict=True)
        }
        self._trace(x=plain_numbers(one.x), y=plain_numbers(one.y), mode="markers", marker=mark | MARKS[one.shape],
                    hovertext=list(one.told), hoverinfo="text" if one.told else "skip", **arms)  # fmt: skip

    def _words(self, one: Words) -> None:
        text = f"<b>{one.text}</b>" if one.bold else one.text
        self.sheet.note(
            text=text, x=one.x, xref="paper" if one.of_width else f"x{self.number}", xanchor=SIDES[one.side], y=one.y,
            yref=f"y{self.number}", yanchor="middle", align="left", xshift=one.shift[0] + (6 if one.in_margin else 0),
            yshift=one.shift[1], font={"size": SMALL, "color": self.look.faint if one.faint else self.look.ink},
            **({"bgcolor": self.look.paper, "borderpad": 1} if one.over_lines else {}),
        )  # fmt: skip


def _ticks(ticks: Any) -> dict[str, Any]:
    """Return the ticks of an axis; none hides its labels."""
    if not ticks:
        return {"showticklabels": False, "tickvals": []}
    return {"tickvals": [at for at, _ in ticks], "ticktext": [text for _, text in ticks]}


# as a picture -------------------------------------------------------------------------------------------


def slide(chart: Chart, title: str, note: str, about: str = "") -> bytes:
    """Return a drawing as PNG under a title that says its message, its note below.

    Args:
        chart: the drawing.
        title: its message.
        note: how it is read, below.
        about: which scenarios of which organization are drawn, under the title.

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
        beneath = textwrap.wrap(about, ABOUT_WIDTH)
        under = UNDER_TITLE - TITLE_LINE * (len(lines) - 1)
        figure.text(0.04, under, "\n".join(beneath), fontsize=ABOUT, color=LIGHT.faint, va="top", linespacing=1.25)
        down = TOP - TITLE_LINE * (len(lines) - 1) - ABOUT_LINE * len(beneath)
        scale = (down - BOTTOM) / total
        for panel in chart.panels:
            down -= scale * HEADING_ON_SLIDE * bool(panel.heading or panel.y_title)
            field = figure.add_axes((LEFT, down - scale * panel.height, RIGHT - LEFT, scale * panel.height))
            _panel(field, panel, points)
            down -= scale * (panel.height + _under(panel))
        content = io.BytesIO()
        figure.savefig(content, format="png", dpi=DOTS)
    return content.getvalue()


def write_view(view: View, file: Path) -> None:
    """Draw a view into a file, as high as it is: title, what it says, drawing, note; its ending says which format.

    Where there is nothing to draw, what it says tells why.
    """
    check_figure(file)
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    chart = view.printed or Chart(())
    reading, note = textwrap.wrap(view.reading, FILE_WIDTH), textwrap.wrap(view.note, FILE_NOTE)
    tops = [_wrapped(panel) for panel in chart.panels]
    down = LINE_HEIGHT * (2 + len(reading)) + EDGE
    heights = [top + panel.height + _under(panel) for panel, top in zip(chart.panels, tops, strict=True)]
    total = down + sum(heights) + LINE_HEIGHT * len(note) + EDGE
    repeatable: Any = {"svg.hashsalt": "peerstay", "svg.fonttype": "none"}  # the same view gives the same file
    with rc_context({"font.size": LETTERS, "text.parse_math": False} | repeatable):
        figure = Figure(figsize=(PIXELS / INCH, total / INCH))
        at = partial(figure.text, EDGE / PIXELS, linespacing=1.3)
        at(1.0 - 8 / total, view.title, fontsize=LETTERS + 3, fontweight="bold", va="top")
        at(1.0 - (8 + 1.6 * LINE_HEIGHT) / total, "\n".join(reading), va="top")
        at(8 / total, "\n".join(note), fontsize=LETTERS - 1, color=LIGHT.faint, va="bottom")
        for panel, top, height in zip(chart.panels, tops, heights, strict=True):
            left = EDGE + max((LETTER * len(text) for _, text in panel.y_ticks), default=0)
            lower, wide = total - down - top - panel.height, PIXELS - left - max(chart.right, EDGE)
            field = figure.add_axes((left / PIXELS, lower / total, wide / PIXELS, panel.height / total))
            _panel(field, panel, LETTERS)
            down += height
        unfinished = file.with_name(f".{file.stem}.unfinished{file.suffix}")
        figure.savefig(unfinished, dpi=DOTS, metadata=undated(file))
    unfinished.replace(file)


def _wrapped(panel: Panel) -> int:
    """Return the pixels of a panel's heading, in as many lines as it needs."""
    lines = len(textwrap.wrap(panel.heading, FILE_HEADING) or textwrap.wrap(panel.y_title, FILE_WIDTH))
    return HEADING + LINE_HEIGHT * (lines - 1) if lines else 0


def titled(title: str) -> tuple[list[str], float]:
    """Return a title in at most two lines, and how large its letters are for that; nothing of it is left out."""
    size = float(LARGE)
    while len(lines := textwrap.wrap(title, int(TITLE_WIDTH * LARGE / size))) > 2:
        size *= SMALLER
    return lines, size


def _around(panel: Panel) -> int:
    """Return the pixels above and below a panel."""
    return HEADING_ON_SLIDE * bool(panel.heading or panel.y_title) + _under(panel)


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
    _titles(field, panel, points)
    for part in panel.parts:
        _part(field, part, points)


def _titles(field: Axes, panel: Panel, points: float) -> None:
    """Write what stands above a panel, and what its axis below measures."""
    if panel.heading:
        heading = textwrap.fill(panel.heading, FILE_HEADING)
        field.set_title(heading, loc="left", fontsize=points + 2, fontweight="bold")
    elif panel.y_title:
        above = textwrap.fill(panel.y_title, FILE_WIDTH)
        field.set_title(above, loc="left", fontsize=points, color=LIGHT.faint)
    if panel.x_title:
        field.set_xlabel(panel.x_title, fontsize=points, color=LIGHT.faint, labelpad=2)
        field.spines["bottom"].set(visible=True, color=LIGHT.faint)


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
        case Marks():
            color, arms = color_of(part.role, LIGHT), [arm or None for arm in part.arms]
            field.errorbar(
                part.x, part.y, xerr=arms[0], yerr=arms[1], fmt=PRINTED_MARKS[part.shape], color=color, capsize=2,
                markersize=5.5, ecolor=(color, WHISKERS), elinewidth=1.0, zorder=3,
            )  # fmt: skip
        case Words():
            _words(field, part, points)


def _words(field: Axes, one: Words, points: float) -> None:
    right, up = one.shift
    away = (6 if one.in_margin else 0) + POINT * right, POINT * up
    where: Any = field.get_yaxis_transform() if one.of_width else field.transData
    field.annotate(
        one.text.replace("<br>", "\n"), (one.x, one.y), xycoords=where, xytext=away, textcoords="offset points",
        ha="center" if one.side == "middle" else one.side, va="center", fontsize=points, annotation_clip=False,
        color=LIGHT.faint if one.faint else LIGHT.ink, fontweight="bold" if one.bold else "normal", zorder=4,
        bbox={"facecolor": LIGHT.paper, "edgecolor": "none", "pad": 1.0} if one.over_lines else None,
    )  # fmt: skip


def _rgba(color: str, share: float) -> tuple[float, ...]:
    """Return a color as matplotlib takes it."""
    red, green, blue, alpha = faded(color, share).removeprefix("rgba(").removesuffix(")").split(",")
    return int(red) / 255, int(green) / 255, int(blue) / 255, float(alpha)
