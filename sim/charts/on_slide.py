"""Paint a drawing as a picture for a slide, 16 to 9, with matplotlib, which needs no browser."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING, Any, Final

from sim.charts.drawing import PATTERNS, Area, Block, Chart, Line, Panel, Part, Words, color_of
from sim.charts.look import LIGHT, faded
from sim.charts.on_page import UNDER
from sim.extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE: Final = (13.333, 7.5)  # inches: a slide of 16 to 9
DOTS: Final = 144  # an inch
LEFT, RIGHT, TOP, BOTTOM = 0.075, 0.86, 0.84, 0.12  # of the picture
HEADING: Final = 30  # pixels of a panel's height
LARGE, SMALL, SMALLEST = 24.0, 13.0, 8.0  # points
TITLE_WIDTH, NOTE_WIDTH = 60, 185  # characters
SMALLER: Final = 0.95  # letters of a title that two lines do not hold, step by step
ROOM: Final = 430  # pixels of panels that letters of SMALL points fit
HATCHES: Final = {"": "", "/": "//", ".": "..", "x": "xx"}


def slide(chart: Chart, title: str, note: str) -> bytes:
    """Return a drawing as PNG under a title that says its message, its note below.

    Raises:
        MissingExtraError: when what draws is not installed.
    """
    need(["matplotlib"], "a picture for a slide")
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    heights = [panel.height for panel in chart.panels]
    points = max(SMALLEST, min(SMALL, SMALL * ROOM / (sum(heights) + HEADING * len(heights))))
    with rc_context({"font.size": points, "text.parse_math": False}):
        figure = Figure(figsize=SIZE)
        lines, size = titled(title)
        figure.text(0.04, 0.965, "\n".join(lines), fontsize=size, fontweight="bold", va="top")
        figure.text(0.04, 0.025, textwrap.fill(note, NOTE_WIDTH), fontsize=9, color=LIGHT.faint, va="bottom")
        total = sum(heights) + sum(map(_around, chart.panels))
        down = TOP if len(lines) < 2 else TOP - 0.045  # a title of two lines
        scale = (down - BOTTOM) / total
        for panel in chart.panels:
            down -= scale * HEADING * bool(panel.heading)
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
    return HEADING * bool(panel.heading) + (UNDER if panel.x_ticks else 6)


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
