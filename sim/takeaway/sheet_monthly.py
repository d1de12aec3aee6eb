"""Write the monthly series of an answer, and draw them as charts of the spreadsheet itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from sim.charts.printed import COLOURS, Paths
from sim.results.bands import middle
from sim.runs.answer import Answer
from sim.takeaway.monthly import SERIES, Series, month_ends
from sim.takeaway.named import called, keyed
from sim.takeaway.workbook import Book, Cell, Value, look_of

SHEET: Final = "Monthly"
BANDS_UP_TO: Final = 2  # scenarios; the bands of more would cover one another
DASHES: Final = ("solid", "dash", "dash_dot", "round_dot", "long_dash")
KINDS: Final = ("mean", "5 %", "95 %")
CHART: Final = {"width": 760, "height": 380}
ROWS_A_CHART, COLUMNS_A_CHART = 20, 12
STANDARD: Final = 8.43  # characters: a column's width where nothing is said

Places = Mapping[tuple[str, str, str], int]  # series, name of the case, kind → column


def monthly_sheet(book: Book, answer: Answer, paths: Paths, footer: str) -> Places:
    """Write a row for each month; return where each column stands."""
    columns: list[list[Cell | Value]] = [list(month_ends(answer))]
    heading, places = ["Month"], {}
    for series in SERIES:
        for name, short in called(answer).items():
            told = middle(paths.of(name, series.key))
            for kind, values in zip(KINDS, (told.mean, told.low, told.high), strict=True):
                places[series.key, name, kind] = len(columns)
                heading.append(f"{series.title}, {short}, {kind}")
                columns.append([Cell(float(value), look_of(series.unit)) for value in values])
    sheet = book.sheet(SHEET, (10, *(13,) * (len(columns) - 1)), footer)
    book.table(sheet, heading, zip(*columns, strict=True), 1)
    return places


def charts_sheet(book: Book, answer: Answer, places: Places, footer: str) -> None:
    """Draw a chart for each series, two beside one another."""
    sheet = book.sheet("Charts", (STANDARD,) * (2 * COLUMNS_A_CHART), footer)
    keys = keyed(answer)
    bands = "thin lines: 5 % of the runs lie below, 5 % above. " if len(answer.cases) <= BANDS_UP_TO else ""
    book.wide(sheet, 0, "Projection, month by month", "title", 2 * COLUMNS_A_CHART)
    told = f"Lines are means of the runs; {bands}The sheet {SHEET} holds all bands. {keys}."
    book.wide(sheet, 1, told, "text", 2 * COLUMNS_A_CHART)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, 2 + ROWS_A_CHART * math.ceil(len(SERIES) / 2), 2 * COLUMNS_A_CHART - 1)
    for number, series in enumerate(SERIES):
        chart = _chart(book, answer, series, places)
        row, column = 3 + ROWS_A_CHART * (number // 2), COLUMNS_A_CHART * (number % 2)
        sheet.insert_chart(row, column, chart, {"description": f"{series.title} by month. {series.about} {keys}."})


def _chart(book: Book, answer: Answer, series: Series, places: Places) -> Any:
    chart = book.book.add_chart({"type": "line"})
    months = answer.base.loaded.scenario.horizon.months
    kinds = KINDS if len(answer.cases) <= BANDS_UP_TO else KINDS[:1]
    hidden: list[int] = []
    for number, (name, short) in enumerate(called(answer).items()):
        for kind in kinds:
            column = places[series.key, name, kind]
            if kind != KINDS[0]:
                hidden.append(number * len(kinds) + kinds.index(kind))
            chart.add_series(
                {
                    "name": short if kind == KINDS[0] else f"{short}, {kind}",
                    "categories": [SHEET, 1, 0, months, 0],
                    "values": [SHEET, 1, column, months, column],
                    "line": _line(number, kind),
                }
            )
    _dress(chart, series, months)
    chart.set_legend({"position": "bottom", "delete_series": hidden})
    return chart


def _line(number: int, kind: str) -> dict[str, Any]:
    width = 2.25 if kind == KINDS[0] else 0.75
    return {"color": COLOURS[number % len(COLOURS)], "width": width, "dash_type": DASHES[number % len(DASHES)]}


def _dress(chart: Any, series: Series, months: int) -> None:
    quiet = {"line": {"color": "#E4E4E4"}}
    formats = {"share": "0%", "USD": "$#,##0", "peers": "0"}
    chart.set_title({"name": series.title, "name_font": {"size": 12}, "overlay": False})
    every = max(1, months // 6)
    chart.set_x_axis({"interval_unit": every, "interval_tick": every, "label_position": "low"})
    chart.set_y_axis({"num_format": formats.get(series.unit, "0.0"), "major_gridlines": {"visible": True, **quiet}})
    chart.set_size(CHART)
    chart.show_blanks_as("gap")
