"""Draw one person's story: burnout and satisfaction through the months, and the dated facts in sentences."""

from __future__ import annotations

import math
from typing import Any, Final

from sim.charts.labels import spread_out
from sim.charts.look import (
    BOTTOM,
    GLYPHS,
    LIGHT,
    LINE_HEIGHT,
    SMALL,
    Look,
    Sheet,
    axis,
    headline,
    new_sheet,
    plain_numbers,
)
from sim.charts.ticks import bounds, number_axis, year_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.story.privacy import LISTED
from sim.questions.story.story import BURNED_OUT
from sim.questions.story.words import NOT_REAL, dated, name_of, sentences
from sim.results.careers import Career
from sim.scenario.schema import Scenario
from sim.units import month_number, month_text
from sim.words.sentences import month_name

HEIGHT, TOP, RIGHT = 320, 44, 100
CLOSE: Final = 20.0  # parts of the figure's width: facts closer than one are named together
SCALE: Final = "Burnout and satisfaction are in standard deviations of the national workforce (SD)."
LINES: Final = (("burnout", "Burnout", 2, "dash"), ("satisfaction", "Satisfaction", 1, "solid"))


def person_view(scenario: Scenario, career: Career, replication: int, look: Look = LIGHT) -> View:
    """Return the story of one career of one replication of a scenario."""
    told = sentences(career, scenario)
    rows: list[tuple[Cell, ...]] = [(month_name(month), sentence) for month, sentence in dated(career, scenario)]
    return View(
        key="person",
        title=f"One person's story: {name_of(career, scenario)}, future {replication}",
        figure=_figure(scenario, career, look) if career.burnout else None,
        alt=f"Two lines, burnout and satisfaction, at the months' ends. {' '.join(told)}",
        reading=" ".join(told),
        note=f"{LISTED if math.isnan(career.hired) else NOT_REAL} {SCALE}",
        table=Table((Column("Month"), Column("What happened")), tuple(rows)),
        data=_data(scenario, career),
    )


def _figure(scenario: Scenario, career: Career, look: Look) -> Any:
    months = _months(scenario)
    sheet = new_sheet(look, HEIGHT, t=TOP, r=RIGHT, b=BOTTOM)
    sheet.note(**headline(look, "Burnout and satisfaction,<br>SD of the national workforce (0 is typical)"))
    values = [one for one in (*career.burnout, *career.satisfaction) if math.isfinite(one)]
    low, high = bounds([*values, -1.0], [*values, 1.0], from_zero=True)
    sheet.layout["xaxis"] = axis(look, showgrid=False, **year_axis(months, [f"{months[-1]}-28"]))
    sheet.layout["yaxis"] = axis(look, **number_axis(low, high, "SD"))
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": BURNED_OUT, "y1": BURNED_OUT, "layer": "below"}
    sheet.shapes.append(line | {"line": {"color": look.color(2), "width": 1, "dash": "dot"}})
    there = [f"{month}-28" for month in months[career.seen_from : career.seen_from + len(career.burnout)]]
    for name, label, place, dash in LINES:
        drawn = {"color": look.color(place), "width": 2.2, "dash": dash}
        sheet.add("scatter", x=there, y=plain_numbers(getattr(career, name)), mode="lines", line=drawn, name=label)
    _names(sheet, career, look, (low, high))
    _facts(sheet, scenario, career, look)
    return sheet.figure()


def _names(sheet: Sheet, career: Career, look: Look, between: tuple[float, float]) -> None:
    """Name both lines and the threshold at the right, moved where the names would overlap."""
    low, high = between
    told = [(BURNED_OUT, f'<span style="color:{look.color(2)}">···</span> burned out<br>above this')]
    for name, label, place, _ in LINES:
        known = [one for one in getattr(career, name) if math.isfinite(one)]
        told.append((known[-1], f'<span style="color:{look.color(place)}">{GLYPHS[place]}</span> {label}'))
    pixels = (high - low) / (HEIGHT - TOP - BOTTOM)
    apart = [(1 + text.count("<br>")) * LINE_HEIGHT * pixels for _, text in told]
    heights = spread_out([at for at, _ in told], apart, low, high)
    for (_, text), height in zip(told, heights, strict=True):
        at = {"x": 1.0, "xref": "paper", "xanchor": "left", "xshift": 6, "y": height, "yanchor": "middle"}
        sheet.note(text=text, align="left", font={"size": SMALL}, **at)


def _facts(sheet: Sheet, scenario: Scenario, career: Career, look: Look) -> None:
    """Mark when something happened by a line down the figure; what happens close together is named together."""
    horizon = scenario.horizon
    start, together = month_number(horizon.start), horizon.months / CLOSE
    last, words = -math.inf, ""
    for event in (one for one in career.events if one.time > 0):
        if event.time - last < together:
            words = f"{words}, {event.what}"
            sheet.notes[-1]["text"] = words
            continue
        last, words = event.time, event.what
        day = f"{month_text(start + math.floor(event.time))}-{1 + int(27 * (event.time % 1.0)):02d}"
        line = {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        sheet.shapes.append(line | {"line": {"color": look.faint, "width": 1}})
        side = "left" if event.time < horizon.months / 2 else "right"
        at = {"x": day, "y": 0.0, "yref": "paper", "yanchor": "bottom", "xanchor": side, "textangle": -90}
        sheet.note(text=words, font={"size": SMALL - 1, "color": look.faint}, **at)


def _months(scenario: Scenario) -> list[str]:
    horizon = scenario.horizon
    first = month_number(horizon.start)
    return [month_text(first + number) for number in range(horizon.months)]


def _data(scenario: Scenario, career: Career) -> Table:
    months = _months(scenario)
    numbers = (Column("Burnout", "SD"), Column("Satisfaction", "SD"), Column("Wage from then on", "USD/hour"))
    seen = zip(career.burnout, career.satisfaction, career.wage, strict=True)
    rows = tuple((month_name(months[career.seen_from + at]), *values) for at, values in enumerate(seen))
    return Table((Column("Month's end"), *numbers), rows)
