"""What a chart is made of, said once: panels with blocks, lines, marks, words, for the page, a slide and a file alike.

Numbers along the axes are plain; a role names each color (`ink`, `scenario 1`, `federal`) and the look finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sim.charts.look import PAYERS, Look

Side = Literal["left", "right", "middle"]
Shape = Literal["circle", "square", "cross"]
Ticks = Sequence[tuple[float, str]]


def role(place: int) -> str:
    """Return the role of a scenario by its place."""
    return f"scenario {place}"


def color_of(name: str, look: Look) -> str:
    """Return the color of a role: payers have a family of their own, which no scenario has."""
    own = {"ink": look.ink, "faint": look.faint, "grid": look.grid} | PAYERS
    return own[name] if name in own else look.color(int(name.rpartition(" ")[2]))


@dataclass(frozen=True)
class Block:
    """A filled rectangle, and what it says when it is pointed at."""

    x: tuple[float, float]
    y: tuple[float, float]
    role: str
    told: str = ""
    share: float = 0.6  # of full color


@dataclass(frozen=True)
class Line:
    """A line through points; `dashed` lines are quiet ones."""

    x: Sequence[float]
    y: Sequence[float]
    role: str
    width: float = 2.0
    dashed: bool = False
    told: Sequence[str] = ()  # what each point says when it is pointed at


@dataclass(frozen=True)
class Area:
    """What lies between two ends, pale."""

    x: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    role: str


@dataclass(frozen=True)
class Marks:
    """Marks of one shape and color, a `cross` for what stands back; arms reach half as far as a range is wide."""

    x: Sequence[float]
    y: Sequence[float]
    role: str
    shape: Shape
    told: Sequence[str] = ()  # what each says when it is pointed at
    arms: tuple[float, float] = (0.0, 0.0)  # along x and y, the same for all; 0 draws none


@dataclass(frozen=True)
class Words:
    """Words at a place; x may be a share of the panel's width, for what stands in the margin."""

    text: str
    y: float
    x: float = 0.0
    side: Side = "left"  # where the words lie of x
    of_width: bool = True  # x is a share of the width, not a number of the axis
    bold: bool = False
    faint: bool = False
    shift: tuple[float, float] = (0.0, 0.0)  # pixels to the right and up

    @property
    def in_margin(self) -> bool:
        """Whether they stand at the right of the panel."""
        return self.of_width and self.x == 1.0 and self.side == "left"

    @property
    def over_lines(self) -> bool:
        """Whether they stand at the left of the field, where lines would run through them: they hide those."""
        return self.of_width and self.x == 0.0 and self.text != ""


Part = Block | Line | Area | Marks | Words


@dataclass(frozen=True)
class Panel:
    """One field of a chart: its height in pixels, its axes and what is drawn in it, from the back to the front."""

    height: int
    x: tuple[float, float]
    y: tuple[float, float]  # from the lower end to the upper
    parts: tuple[Part, ...]
    x_ticks: Ticks = ()
    y_ticks: Ticks = ()
    x_grid: bool = False
    heading: str = ""  # above the field
    x_title: str = ""  # below the ticks: what the axis measures
    y_title: str = ""  # the same of the other, above the field where no heading stands


@dataclass(frozen=True)
class Chart:
    """Panels, the first on top, and the room that words at their right need, in pixels."""

    panels: tuple[Panel, ...]
    right: int = 12
