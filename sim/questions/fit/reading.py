"""Read a history from the cells of a table: a row a person, or a row a year; every fault with its row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sim.questions.fit.cells import (
    DAY_FIRST,
    FIX,
    MONTH_FIRST,
    NEVER,
    RULE,
    Day,
    Either,
    Order,
    date_in,
    number_in,
    orders_shown,
)
from sim.questions.fit.columns import Columns, columns_of, normal
from sim.questions.fit.excel import is_workbook, workbook_rows
from sim.scenario.fields import LOWEST_WAGE
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.roster_csv import NO, YES
from sim.scenario.read.spreadsheet import MOST_FAULTS, Sheet

Row = tuple[int, list[str]]
STILL_THERE: Final = ("", "-", "–", "n/a", "na", "none", "null", "active", "present", "current", "still employed")
LAYOFF: Final = "layoff"
LAYOFFS: Final = (  # words of a reason that name one, or the end of the money
    "layoff", "layoffs", "lay off", "laid off", "reduction in force", "rif", "position eliminated",
    "position elimination", "elimination of position", "job eliminated", "job elimination", "downsizing", "downsized",
    "redundancy", "redundant", "grant ended", "end of grant", "funding ended", "end of funding", "loss of funding",
    "lack of funding",
)  # fmt: skip
DENIED: Final = ("not", "no", "non")  # words that turn a reason round
FORM: Final = "a list of people, or yearly counts"
Spot = tuple[Row, str, Either]  # a row, what its cell is taken for, and what it says
Reading = tuple[Any, tuple[str, str] | None]  # the value, and rule and fix where there is a fault


@dataclass(frozen=True)
class Person:
    """One row of a list: when somebody came and left, and what the row says besides; no name is kept."""

    hired: Day
    left: Day | None = None
    wage: float | None = None
    fte: float | None = None
    rung: str = ""
    certified: bool | None = None
    reason: str = ""  # of leaving: LAYOFF where it is one; any other is not kept


@dataclass(frozen=True)
class Count:
    """One row of yearly counts."""

    year: int
    in_post: float
    left_in_year: int
    left_in_first_year: int = -1


@dataclass(frozen=True)
class Asked:
    """What the user says of a file: headings by what they are, and which of day and month comes first."""

    named: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    sheet: str | None = None  # of a workbook; by default the first that holds anything


@dataclass(frozen=True)
class Read:
    """What a file holds."""

    columns: Columns
    order: Order | None  # of day and month, where any date has both as numbers
    people: tuple[Person, ...] = ()
    counts: tuple[Count, ...] = ()
    encoding: str = ""  # of the text; empty of a workbook


def sheet_of(label: str) -> Sheet:
    """Return what faults of a history are told with."""
    return Sheet(label, "a history", "rows of people or years", "each person or year", (FORM,), (), "")


def history_of(content: bytes, label: str, asked: Asked | None = None) -> Read:
    """Return the history that a file holds; the work grows with the size of the file and no faster.

    Raises:
        ScenarioError: with every fault, up to 50.
    """
    sheet, asked = sheet_of(label), asked or Asked()
    if is_workbook(content):
        return read_rows(sheet, workbook_rows(sheet, content, asked.sheet), asked)
    text, encoding = sheet.text(content)
    return replace(read_rows(sheet, list(sheet.filled_in(text)), asked), encoding=encoding)


def read_rows(sheet: Sheet, rows: Sequence[Row], asked: Asked) -> Read:
    """Return the history that rows of cells hold, titles and headings among them.

    Raises:
        ScenarioError: with every fault, up to 50.
    """
    if not rows:
        raise sheet.alone("is empty", f"it must hold {FORM}")
    columns = columns_of(sheet, rows, asked.named)
    if not isinstance(columns, Columns):
        raise ScenarioError(columns)
    body = [row for row in rows if row[0] > columns.row]
    if not body:
        raise sheet.alone("has headings but no rows", f"it must hold {FORM}")
    return _read(_Table(sheet, columns, body), asked.order)


def _read(table: _Table, said: Order | None) -> Read:
    """Return what the rows below the headings hold."""
    listed = table.columns.kind == "people"
    order = table.order(said) if listed else None
    made = [_of_row(table, row, order) for row in table.rows]
    if table.problems:
        raise table.sheet.error(table.problems)
    if listed:
        return Read(table.columns, order, people=tuple(Person(**one) for one in made))
    return Read(table.columns, order, counts=tuple(Count(**one) for one in made))


@dataclass
class _Table:
    """The rows below the headings, and what is found wrong in them."""

    sheet: Sheet
    columns: Columns
    rows: Sequence[Row]
    problems: list[Problem] = field(default_factory=list)

    def cell(self, row: Row, name: str) -> str:
        """Return what a row says of something; empty where it has no such column, or ends before it."""
        at = self.columns.places.get(name, len(row[1]))
        return row[1][at] if at < len(row[1]) else ""

    def refuse(self, row: Row, name: str, told: tuple[str, str]) -> None:
        """Note what is wrong in a cell."""
        if len(self.problems) <= MOST_FAULTS:
            at, heading = self.columns.places[name], self.columns.headings
            self.problems.append(self.sheet.problem((row[0], at), heading[at], self.cell(row, name), told))

    def order(self, said: Order | None) -> Order | None:
        """Return which of day and month comes first in this file, and refuse what leaves it open."""
        numbers = list(self._in_numbers())
        orders = orders_shown(either for _, _, either in numbers)
        if said is None and len(orders) > 1:
            self._refuse_both(numbers, sorted(orders))
            return None
        order = said or next(iter(orders), None)
        if order is None:
            self._refuse_open([one for one in numbers if one[2].open])
        return order

    def _refuse_both(self, numbers: Sequence[Spot], orders: Sequence[Order]) -> None:
        """Refuse dates that show one order where others show the other."""
        for order in orders:
            row, name, _ = next(one for one in numbers if one[2].order == order)
            self.refuse(row, name, (f"has the {order.replace('-', ' ')}, and other dates have not", "say --dates"))

    def _refuse_open(self, left: Sequence[Spot]) -> None:
        """Refuse the first date that can mean two days, and count the others."""
        if left:
            row, name, either = left[0]
            days = " or ".join(f"{one.year}-{one.month:02d}-{one.day:02d}" for one in _both(either))
            more = f" (so can {len(left) - 1:,} other dates)" if len(left) > 1 else ""
            self.refuse(row, name, (f"can mean {days}{more}", "say --dates month-first or --dates day-first"))

    def _in_numbers(self) -> Iterator[Spot]:
        for row in self.rows:
            for name in DATES:
                found = date_in(self.cell(row, name))
                if isinstance(found, Either):
                    yield row, name, found


def _both(either: Either) -> Iterator[Day]:
    for order in (MONTH_FIRST, DAY_FIRST):
        found = either.read(order)
        if found is not None:
            yield found


def _of_row(table: _Table, row: Row, order: Order | None) -> dict[str, Any]:
    """Return what a row says, by name; what is wrong in it is noted."""
    values: dict[str, Any] = {}
    for name in table.columns.places:
        cell = table.cell(row, name)
        value, told = DATES[name](cell, order) if name in DATES else READ[name](cell)
        if told is not None:
            table.refuse(row, name, told)
        elif value is not None:
            values[name] = value
    for name, told in _across(values):
        table.refuse(row, name, told)
    return values


def _across(values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    hired, left = values.get("hired"), values.get("left")
    if hired is not None and left is not None and (left.whole_months, left.day or 31) < (hired.whole_months, hired.day):
        yield "left", ("is before the date of hire", "one of the two is wrong, or they stand in each other's column")
    if values.get("left_in_first_year", -1) > values.get("left_in_year", 0):
        yield "left_in_first_year", ("is more than all who left in the year", "")


def _hired(cell: str, order: Order | None) -> Reading:
    if not cell:
        return None, ("is empty: every person needs a date of hire", "take out rows of totals and notes")
    day, told = _date(cell, order)
    return (None, (RULE, FIX)) if day is not None and day.year >= NEVER else (day, told)


def _left(cell: str, order: Order | None) -> Reading:
    if cell.lower() in STILL_THERE:
        return None, None
    day, told = _date(cell, order)
    return (None, None) if day is not None and day.year >= NEVER else (day, told)


def _date(cell: str, order: Order | None) -> tuple[Day | None, tuple[str, str] | None]:
    found = date_in(cell)
    if isinstance(found, Either):
        return _in_order(found, order)
    return found, None if found is not None else (RULE, FIX)


def _in_order(either: Either, order: Order | None) -> tuple[Day | None, tuple[str, str] | None]:
    """Return a date of numbers; nothing where its order is open, which is told once for the file."""
    first = order or either.order
    if first is None and either.open:
        return None, None
    day = either.read(first or MONTH_FIRST)
    said = f" with the {order.replace('-', ' ')}" if order else ""
    return day, None if day is not None else (RULE + said, FIX)


DATES: Final = {"hired": _hired, "left": _left}


def _between(low: float, high: float, example: str, *, whole: bool = False) -> Callable[[str], Reading]:
    kind = "a whole number" if whole else "a number"

    def read(cell: str) -> Reading:
        if not cell:
            return None, None
        value = number_in(cell, low, high)
        if value is None or (whole and not value.is_integer()):
            return None, (f"must be {kind} from {low:,g} to {high:,g}", f"for example {example}")
        return (int(value) if whole else value), None

    return read


def _needed(read: Callable[[str], Reading]) -> Callable[[str], Reading]:
    return lambda cell: read(cell) if cell else (None, ("is empty", "every year needs it"))


def _certified(cell: str) -> Reading:
    word = cell.lower()
    if word in YES or word in NO:
        return word in YES, None
    return None, None if not word else ("must be yes or no, or empty", "")


def _reason(cell: str) -> Reading:
    """Read a reason of leaving: only whether it names a layoff is kept."""
    words = f" {normal(cell)} "
    named = any(f" {one} " in words for one in LAYOFFS) and not any(f" {one} " in words for one in DENIED)
    return (LAYOFF if named else ""), None


READ: Final[Mapping[str, Callable[[str], Reading]]] = {
    "wage": _between(LOWEST_WAGE, 500.0, "21.50: dollars an hour"),
    "fte": _between(0.05, 1.0, "0.5"),
    "rung": lambda cell: (cell, None),
    "reason": _reason,
    "certified": _certified,
    "year": _needed(_between(1950, 2100, "2024", whole=True)),
    "in_post": _needed(_between(0.1, 100_000, "18.5")),
    "left_in_year": _needed(_between(0, 100_000, "6", whole=True)),
    "left_in_first_year": _needed(_between(0, 100_000, "3", whole=True)),
}
