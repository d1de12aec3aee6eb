"""Lay the values tried of an input along an axis: today, the answer and its range, each named above it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sim.charts.look import LINE_HEIGHT, SMALL, Look, Sheet, faded
from sim.charts.ticks import bounds, tick_values
from sim.questions.solve.levers import Lever, Number
from sim.questions.solve.solve import Found, Solution, Tried
from sim.questions.solve.words import answer_range, farthest
from sim.words.inputs import name_in_words, value_in_words

BETWEEN: Final = 5  # pixels between what is named
WIDE, BESIDE = 44, 26  # characters of a line over or under the figure, and at a mark
LEFT_OUT: Final = 0.08  # of the range, left of it: where an input without a value today stands
ANSWER, TRIED = 2, 1  # colors
RIGHT_FROM: Final = 0.62  # of the axis: from there on words stand at the left of their line
TINT: Final = 0.12
TICKS: Final = 4


@dataclass(frozen=True)
class Drawn:
    """The values that are drawn, by place on the axis, today's among them once."""

    solution: Solution
    values: tuple[Tried, ...]
    places: tuple[float, ...]

    @property
    def answer(self) -> Tried:
        """Return the value that is the answer, or where there is none, the one that comes nearest."""
        return self.solution.best if self.solution.found is None else self.solution.found.at

    def named(self, at: int) -> bool:
        """Whether a value is named at the top."""
        return self.values[at] in (self.solution.today, self.answer)

    def color(self, one: Tried, look: Look) -> str:
        """Return the color of a value's mark."""
        if one is self.solution.today:
            return look.color(0)
        return look.color(ANSWER if one is self.answer else TRIED)

    def symbol(self, one: Tried) -> str:
        """Return the shape of a value's mark."""
        if one is self.solution.today:
            return "square"
        return "diamond" if one is self.answer else "circle"


@dataclass(frozen=True)
class Mark:
    """A label at the top: its place, its words, and how its line down the figure is drawn."""

    at: float
    text: str
    color: str
    dash: str

    @property
    def height(self) -> int:
        """Return the pixels that its words take."""
        return LINE_HEIGHT * (1 + self.text.count("<br>")) + BETWEEN


def drawn_of(solution: Solution) -> Drawn:
    """Return the values of a solution as they are drawn."""
    others = [one for one in solution.tried if one.value != solution.today.value]
    values = sorted((solution.today, *others), key=lambda one: _place(solution, one.value))
    return Drawn(solution, tuple(values), tuple(_place(solution, one.value) for one in values))


def _place(solution: Solution, value: Number | None) -> float:
    if value is not None:
        return float(value)
    low, high = _ends(solution)
    return low - LEFT_OUT * (high - low)


def _ends(solution: Solution) -> tuple[float, float]:
    grid = solution.asked.grid
    return float(grid.value(0)), float(grid.value(grid.size - 1))


def extent_of(drawn: Drawn) -> tuple[float, float]:
    """Return the ends of the input's axis."""
    ends = [*drawn.places, *_ends(drawn.solution)]
    return bounds(ends, ends, from_zero=False)


def marks_of(solution: Solution, look: Look) -> Iterator[Mark]:
    """Yield what is named at the top: today, the answer and its range, the other direction, or the nearest."""
    lever, found, best = solution.asked.lever, solution.found, solution.best
    today = "left out today" if lever.today is None else f"today<br>{value_in_words(lever.today, lever.unit)}"
    yield Mark(_place(solution, lever.today), f"■ {today}", look.color(0), "dot")
    if found is not None:
        answer = f"<b>◆ answer: {value_in_words(found.value, lever.unit)}</b>"
        luck = textwrap.wrap(answer_range(solution, found), BESIDE)
        yield Mark(float(found.value), "<br>".join([answer, *luck]), look.ink, "solid")
    elif solution.outcome == "unreachable" and best is not solution.today:
        nearest = f"◆ comes nearest<br>{value_in_words(best.value, lever.unit)}"
        yield Mark(_place(solution, best.value), nearest, look.ink, "solid")
    if solution.other is not None:
        other = f"holds here too<br>{value_in_words(solution.other.value, lever.unit)}"
        yield Mark(float(solution.other.value), other, look.faint, "dash")


def name_mark(sheet: Sheet, mark: Mark, extent: tuple[float, float], above: int) -> None:
    """Write a mark's words above the panels, and draw its line down to them and through them."""
    low, high = extent
    right = (mark.at - low) / (high - low) > RIGHT_FROM
    at = {"x": mark.at, "y": 1.0, "yref": "paper", "yanchor": "top", "yshift": above}
    side, shift = ("right", -4) if right else ("left", 4)
    sheet.note(text=mark.text, font={"size": SMALL}, align=side, xanchor=side, xshift=shift, **at)
    down = {"type": "line", "xref": "x", "x0": mark.at, "x1": mark.at, "yref": "paper", "y0": 0.0, "y1": 1.0}
    sheet.shapes.append(down | {"layer": "below", "line": {"color": mark.color, "width": 1, "dash": mark.dash}})


def shade_range(sheet: Sheet, look: Look, solution: Solution) -> None:
    """Shade the values that luck cannot tell from the answer."""
    found = solution.found
    if found is None:
        return
    ends = _nearest(solution, found), float(farthest(solution, found) if found.high is None else found.high)
    shade = {"type": "rect", "xref": "x", "x0": min(ends), "x1": max(ends), "yref": "paper", "y0": 0.0, "y1": 1.0}
    filled = {"layer": "below", "line": {"width": 0}, "fillcolor": faded(look.color(ANSWER), TINT)}
    sheet.shapes.append(shade | filled)


def _nearest(solution: Solution, found: Found) -> float:
    if found.at_the_end:
        return float(found.value)
    return _place(solution, solution.asked.lever.today if found.low is None else found.low)


def scale_of(solution: Solution, low: float, high: float) -> dict[str, Any]:
    """Return range and ticks of the input's axis, its numbers as people write the input."""
    lever = solution.asked.lever
    at = tick_values(*_ends(solution), TICKS) if lever.today is None else tick_values(low, high, TICKS)
    texts = [_tick_words(lever, one) for one in at]
    if lever.today is None:
        at, texts = [_place(solution, None), *at], ["left out", *texts]
    return {"range": [low, high], "tickvals": at, "ticktext": texts}


def _tick_words(lever: Lever, value: float) -> str:
    """Return a value of an input for an axis, what stands behind its unit left to the axis' title."""
    kind = lever.unit.split(" ")[0].split("/")[0]
    return value_in_words(round(value, 9), {"USD": "USD", "share": "share", "chance": "share"}.get(kind, ""))


def title_of(solution: Solution, look: Look) -> dict[str, Any]:
    """Return the title of the input's axis, with its unit."""
    lever = solution.asked.lever
    name = name_in_words(lever.path.split("."))
    unit = lever.unit.replace("USD/hour", "dollars an hour").replace("USD", "dollars")
    named = name if not unit or name.endswith(unit) else f"{name}, {unit}"
    text = "<br>".join(textwrap.wrap(named, WIDE))
    return {"text": text, "font": {"size": SMALL, "color": look.faint}, "standoff": LINE_HEIGHT // 2}
