"""Follow what happens month by month: figure, sentence and table of each path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sim.charts.lines import draw_lines, extent, line_sheet, name_lines
from sim.charts.look import axis, zero_line
from sim.charts.seen import Seen
from sim.charts.ticks import bounds, number_axis, year_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.compare.views.path import PATHS, Drawn, Path, drawn_of
from sim.questions.compare.views.path_words import path_alt, path_note, path_reading, told
from sim.units import MONTHS_PER_YEAR
from sim.words.sentences import month_name
from sim.words.stand_in import told_words


def path_view(seen: Seen, key: str) -> View:
    """Return the view of one of `PATHS`."""
    path = _told(PATHS[key], seen)
    monthly = drawn_of(seen, path, lumpy=False)
    drawn = drawn_of(seen, path, lumpy=True) if path.lumpy else monthly
    return View(
        key=key,
        title=path.title,
        figure=_figure(seen, drawn),
        alt=path_alt(seen, drawn),
        reading=path_reading(seen, monthly),
        note=path_note(seen, drawn),
        table=_table(seen, drawn, _year_ends(len(seen.months))),
        data=_table(seen, monthly, range(len(seen.months))),
    )


def _told(path: Path, seen: Seen) -> Path:
    """Return a path in the words that hold for these scenarios."""
    everyone = [case.loaded for case in seen.cases]
    title, name, about = (told_words(words, everyone) for words in (path.title, path.name, path.about))
    return replace(path, title=title, name=name, about=about)


def _figure(seen: Seen, drawn: Drawn) -> Any:
    """Draw a line for each scenario, from the first month to the last."""
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


def _year_ends(months: int) -> list[int]:
    ends = list(range(MONTHS_PER_YEAR - 1, months, MONTHS_PER_YEAR))
    return ends if ends and ends[-1] == months - 1 else [*ends, months - 1]


def _table(seen: Seen, drawn: Drawn, at: Sequence[int]) -> Table:
    path, runs = drawn.path, drawn.path.around == "runs"
    low, high = ("1 in 20 runs below", "1 in 20 runs above") if runs else ("95 % interval from", "95 % interval to")
    when = "Quarter that ends with" if drawn.lumpy else "Month's end"
    numbers = [Column(title, path.unit) for title in ("Mean", low, high)]
    rows: list[tuple[Cell, ...]] = [
        (month_name(seen.months[month]), seen.name(place), *(float(side[step]) for side in (b.mean, b.low, b.high)))
        for step, month in enumerate(drawn.at)
        for place, b in enumerate(drawn.bands)
        if month in at
    ]
    return Table((Column(when), Column("Scenario"), *numbers), tuple(rows))
