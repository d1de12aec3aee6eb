"""Draw a path: a line for each scenario, from the first month to the last."""

from __future__ import annotations

from typing import Any

from sim.charts.lines import draw_lines, extent, line_sheet, name_lines
from sim.charts.look import axis, zero_line
from sim.charts.seen import Seen
from sim.charts.ticks import bounds, number_axis, year_axis
from sim.questions.compare.views.path import Drawn
from sim.questions.compare.views.path_words import told
from sim.words.sentences import month_name


def path_figure(seen: Seen, drawn: Drawn) -> Any:
    """Return the figure of a path."""
    path, bands = drawn.path, drawn.bands
    sheet = line_sheet(seen, _title(drawn))
    low, high = bounds(*([end] for end in extent(bands)), from_zero=path.from_zero)
    if path.unit == "share":
        high = min(high, 1.0)
    sheet.layout["xaxis"] = axis(seen.look, showgrid=False, **year_axis(seen.months, seen.ends))
    sheet.layout["yaxis"] = axis(seen.look, **number_axis(low, high, path.unit))
    if low < 0.0 < high:
        sheet.shapes.append(zero_line(seen.look))
    draw_lines(sheet, seen, [seen.ends[month] for month in drawn.at], bands, _pointed_at(seen, drawn))
    name_lines(sheet, seen, bands, (low, high))
    return sheet.figure()


def _title(drawn: Drawn) -> str:
    path = drawn.path
    unit = "" if path.unit in {"share", "USD"} else f", {path.unit}"
    return f"{path.title}{unit}" + (f",<br>{drawn.about}" if drawn.lumpy else "")


def _pointed_at(seen: Seen, drawn: Drawn) -> list[list[str]]:
    months = [month_name(seen.months[month]) for month in drawn.at]
    return [
        [
            f"{month}, {seen.name(place)}: {told(mean, drawn.path)}"
            for month, mean in zip(months, band.mean, strict=True)
        ]
        for place, band in enumerate(drawn.bands)
    ]
