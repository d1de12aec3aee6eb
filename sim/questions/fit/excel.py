"""Read the first sheet of an Excel workbook that holds anything, or a named one, as rows of cells in words."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sim.extras import need
from sim.scenario.problems import shown
from sim.scenario.read.layers import MOST_BYTES, TOO_LARGE
from sim.scenario.read.spreadsheet import MOST_COLUMNS, MOST_ROWS, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Row = tuple[int, list[str]]
STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # of .xlsx, .xlsb and .ods; of .xls


def is_workbook(content: bytes) -> bool:
    """Whether a file's content is that of a workbook, whatever its name."""
    return content.startswith(STARTS)


def need_reader() -> None:
    """Stop where what reads workbooks is not installed.

    Raises:
        MissingExtraError: with what to install.
    """
    need(["python_calamine"], "an Excel workbook")


def workbook_rows(sheet: Sheet, content: bytes, named: str | None = None) -> list[Row]:
    """Return the rows that hold anything, each with its number as Excel counts, cells as they would be typed.

    Raises:
        ScenarioError: when it cannot be read, is too large, or has no such sheet.
        MissingExtraError: when what reads workbooks is not installed.
    """
    need_reader()
    if len(content) > MOST_BYTES:
        raise sheet.alone(TOO_LARGE)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # an extra

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _first(sheet, book, named)
    except CalamineError as fault:
        raise sheet.alone(f"cannot be read as a workbook: {fault}", "save it again, without a password") from None


def _first(sheet: Sheet, book: CalamineWorkbook, named: str | None) -> list[Row]:
    if named is not None and named not in book.sheet_names:
        raise sheet.alone(f"has no sheet {shown(named)}", f"sheets are {', '.join(map(shown, book.sheet_names))}")
    for name in book.sheet_names if named is None else [named]:
        rows = list(_filled(sheet, book.get_sheet_by_name(name)))
        if rows:
            return rows
    return []


def _filled(sheet: Sheet, own: CalamineSheet) -> Iterator[Row]:
    _check(sheet, own)
    before = [""] * (own.start[1] if own.start else 0)  # columns that hold nothing
    for number, cells in enumerate(own.iter_rows(), 1):
        texts = before + [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _check(sheet: Sheet, own: CalamineSheet) -> None:
    rows, columns = (last + 1 for last in own.end or (-1, -1))
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        rule = f"its sheet {shown(own.name)} has {rows:,} rows and {columns:,} columns"
        raise sheet.alone(f"{rule}, more than {MOST_ROWS:,} or {MOST_COLUMNS}", "leave only what belongs to the list")


def _text(cell: Any) -> str:
    """Return a cell as it would be typed."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.date):  # a datetime is one, too
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return f"{cell:.12g}"
    return str(cell).strip()
