"""Write an answer as an Excel workbook; the sheets are in `sheets`."""

from __future__ import annotations

import io
import math
import textwrap
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sim.results.measures.table import measure_of
from sim.scenario.read.clean_text import clean
from sim.takeaway.plain import starts_formula

LINE_POINTS, TITLE_POINTS = 15.5, 26
MOST_POINTS: Final = 400  # of a row; the format ends at 409
LIGHT, BOLD = 1.1, 0.95  # letters over the digits that a column's width is told in
A_PAGE: Final = 220  # characters side by side that can still be read on a printed page
LONGEST: Final = 32_000  # characters in a cell; the format ends at 32,767
BLUE: Final = "#005A9C"
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "text": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16, "font_color": BLUE, "text_wrap": False},
    "heading": {"bold": True, "font_size": 12, "font_color": BLUE, "text_wrap": False},
    "head": {"bold": True, "text_wrap": True, "bottom": 2, "bottom_color": BLUE, "bg_color": "#EEF3F8"},
    "beside": {"text_wrap": True, "indent": 1},  # words to the right of a number
    "strong": {"bold": True, "text_wrap": True, "bg_color": "#FFF4D6"},
    "plain": {"num_format": "General"},
    "whole": {"num_format": "#,##0"},
    "one": {"num_format": "#,##0.0;−#,##0.0"},
    "two": {"num_format": "0.00;−0.00"},
    "share": {"num_format": "0.0%;−0.0%"},
    "usd": {"num_format": "$#,##0;−$#,##0"},
    "hourly": {"num_format": "$#,##0.00;−$#,##0.00"},
    "chance": {"num_format": "0%"},
}
TWO_DECIMALS: Final = ("SD of the reference workforce", "points from 1 to 5", "ratio")
Value = str | float | int | None


@dataclass(frozen=True)
class Cell:
    """A value and its format; an empty `look` is chosen by the kind of value."""

    value: Value
    look: str = ""


@dataclass(frozen=True)
class Formula:
    """A formula of this program's own making, never a user's text, with its value now and how that looks."""

    text: str  # without the sign in front
    value: float | None = None
    look: str = "plain"


Cells = Sequence[Cell | Formula | Value]


def look_of(unit: str) -> str:
    """Return how numbers of a unit look."""
    if unit.startswith("USD"):
        return "hourly" if unit == "USD/hour" else "usd"
    if unit == "share":
        return "share"
    return "two" if unit in TWO_DECIMALS else "one"


def look_of_measure(key: str) -> str:
    """Return how numbers of a measure look."""
    return look_of(measure_of(key).unit)


class Book:
    """Write sheets of text and numbers; no cell is a link, nor a formula that this program did not make itself."""

    def __init__(self, made: str, properties: dict[str, str]) -> None:
        import xlsxwriter  # noqa: PLC0415

        never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        options = {"in_memory": True, **never}
        self._content = io.BytesIO()
        self._widths: dict[str, Sequence[float]] = {}
        self.book = xlsxwriter.Workbook(self._content, options)
        self.book.set_properties({**properties, "created": datetime.fromisoformat(made).replace(tzinfo=None)})
        base = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        self._looks = {name: self.book.add_format(base | look) for name, look in LOOKS.items()}
        self._guarded = {
            name: self.book.add_format(base | look | {"quote_prefix": True}) for name, look in LOOKS.items()
        }

    def sheet(self, name: str, widths: Sequence[float], footer: str, *, portrait: bool = False) -> Any:
        """Return a new sheet with widths of columns, set up for printing."""
        sheet = self.book.add_worksheet(name)
        self._widths[name] = widths
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_paper(1)  # US letter
        sheet.set_portrait() if portrait else sheet.set_landscape()
        sheet.fit_to_pages(max(1, math.ceil(sum(widths) / A_PAGE)), 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.7)
        sheet.set_footer(f"&L&8{footer.replace('&', '&&')[:180]}&R&8&A, &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def table(self, sheet: Any, heading: Sequence[str], rows: Iterable[Cells], frozen: int = 0) -> int:
        """Write a table from the first row on; return its number of rows.

        The heading and the first columns, as many as are `frozen`, stay in sight and come again on each printed page.
        """
        self.row(sheet, 0, [Cell(text, "head") for text in heading])
        last = 0
        for last, row in enumerate(rows, 1):
            self.row(sheet, last, row)
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        if frozen:
            sheet.repeat_columns(0, frozen - 1)
        sheet.autofilter(0, 0, max(1, last), len(heading) - 1)
        return last

    def row(self, sheet: Any, place: int, cells: Cells) -> None:
        """Write one row, as high as its longest cell needs: not every program finds that out by itself."""
        made = [cell if isinstance(cell, Cell | Formula) else Cell(cell) for cell in cells]
        for column, cell in enumerate(made):
            if isinstance(cell, Formula):
                value = "" if cell.value is None else cell.value
                sheet.write_formula(place, column, f"={cell.text}", self._looks[cell.look], value)
            else:
                self._write(sheet, place, column, cell)
        widths = self._widths[sheet.get_name()]
        lines = max((_lines(cell, width) for cell, width in zip(made, widths, strict=False)), default=1)
        if lines > 1:
            sheet.set_row(place, min(MOST_POINTS, LINE_POINTS * lines))

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        value = cell.value
        if isinstance(value, str):
            text = clean(value)[:LONGEST]
            looks = self._guarded if starts_formula(text) else self._looks
            sheet.write_string(row, column, text, looks[cell.look or "text"])
        elif value is not None and math.isfinite(value):
            sheet.write_number(row, column, value, self._looks[cell.look or "plain"])
        elif cell.look in ("head", "strong"):
            sheet.write_blank(row, column, None, self._looks[cell.look])

    def wide(self, sheet: Any, row: int, text: str, look: str, columns: int) -> None:
        """Write a line of text across columns, as high as it needs."""
        if look == "text":
            sheet.merge_range(row, 0, row, columns - 1, "", self._looks[look])
            across = sum(self._widths[sheet.get_name()][:columns])
            sheet.set_row(row, LINE_POINTS * _lines(Cell(text, look), across))
        elif look == "title":
            sheet.set_row(row, TITLE_POINTS)
        self._write(sheet, row, 0, Cell(text, look))

    def finished(self) -> bytes:
        """Return the workbook."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a chart or cell that was left out must not pass in silence
            self.book.close()
        return self._content.getvalue()


def _lines(cell: Cell | Formula, width: float) -> int:
    """Return how many lines a cell takes in a column so wide; bold letters are wider."""
    if not isinstance(cell.value, str) or not LOOKS[cell.look or "text"].get("text_wrap"):
        return 1
    room = max(1, int(width * (BOLD if LOOKS[cell.look or "text"].get("bold") else LIGHT)))
    return sum(max(1, len(textwrap.wrap(line, room))) for line in cell.value.splitlines() or [""])
