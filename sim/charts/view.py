"""A view: a figure, its description for those who do not see it, a sentence, and the numbers behind it."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from typing import Any, Final

from sim.charts.drawing import Chart
from sim.words.numbers import value

Cell = str | float | None
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


@dataclass(frozen=True)
class Column:
    """Name a column: its title in words, and the unit of its numbers; text has none."""

    title: str
    unit: str = ""

    @property
    def heading(self) -> str:
        """Return the title with its unit."""
        return f"{self.title} ({_unit_name(self.unit)})" if self.unit else self.title


@dataclass(frozen=True)
class Table:
    """The numbers of a figure in full precision, None where a number is undefined."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Return what stands above the columns."""
        return tuple(column.title for column in self.columns)

    def shown(self) -> list[tuple[str, ...]]:
        """Return the rows as people read them, in the digits of the command line."""
        return [tuple(map(_shown, row, self.columns)) for row in self.rows]

    def csv_rows(self) -> list[list[Cell]]:
        """Return heading and rows for a spreadsheet: full precision, shares as such, no text that it would run."""
        told = [[_safe(_finite(cell)) for cell in row] for row in self.rows]
        return [[_safe(column.heading) for column in self.columns], *told]

    def csv_text(self) -> str:
        """Return the table as the text of a CSV file."""
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(self.csv_rows())
        return written.getvalue()


@dataclass(frozen=True)
class View:
    """One figure with its texts and its numbers.

    `alt` tells what the figure shows and how it is drawn; `reading` is one sentence with what it says; `note` names the
    intervals. `figure` is a `plotly.graph_objects.Figure`, or None where there is nothing to draw; `reading` says why.
    """

    key: str
    title: str
    figure: Any
    alt: str
    reading: str
    note: str
    table: Table
    data: Table | None = None  # all that is drawn, where the table shows less
    chart: Chart | None = None  # what is drawn, where it can be painted as a slide too
    about: str = ""  # which scenarios of which organization these are, for a picture that stands alone
    printed: Chart | None = None  # what is drawn, where it can be painted into a file, as high as it is

    def csv_text(self) -> str:
        """Return all that is drawn as the text of a CSV file."""
        return (self.data or self.table).csv_text()


def _shown(cell: Cell, column: Column) -> str:
    cell = _finite(cell)
    if isinstance(cell, str):
        return cell
    return value(cell, column.unit)


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _unit_name(unit: str) -> str:
    return "share of 1" if unit == "share" else unit
