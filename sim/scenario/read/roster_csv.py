"""Read a list of the peers in post from a spreadsheet's CSV; every fault with its row and column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any, Final

from sim.scenario.describe import limits_of
from sim.scenario.fields import MONTH_PATTERN, MONTHS_KNOWN
from sim.scenario.patch import TableDict
from sim.scenario.problems import Problem
from sim.scenario.read.spreadsheet import MOST_FAULTS, Sheet
from sim.scenario.shape import shape_of
from sim.scenario.tables.positions import RosterEntry

COLUMNS: Final = tuple(RosterEntry.model_fields)
NEEDED: Final = tuple(name for name, field in RosterEntry.model_fields.items() if field.is_required())
TEMPLATE: Final = (
    "hired,rung,in_rung_since,certified,position,fte,wage_usd_per_hour,group\n"
    "2024-03,entry,,yes,,,21.50,\n"
    "2021-09,lead,2023-01,yes,,0.5,,\n"
)
GROUPS: Final = ("black", "other_non_white", "white")
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
EPOCH: Final = dt.date(1899, 12, 30)  # day 0 of a spreadsheet
DAY_NUMBERS: Final = range(20_000, 60_000)  # 1954 to 2064
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY: Final = 2000
NEXT_CENTURY_BEFORE: Final = 30  # a spreadsheet takes 29 for 2029 and 30 for 1930
MONTH_RULE: Final = f"must be a month {MONTHS_KNOWN} written year-month, for example 2024-03"
AS_TEXT: Final = "a spreadsheet may have turned it into a date: format the column as text"
UNDER_NOTHING: Final = ("is under no heading", "take it out")
MADE: Final = (
    "; of a payroll's export, the page Your own history makes such a list, and so does peerstay fit FILE --people "
    "people.csv"
)
NAMES_FIX: Final = "take it out: no names and nothing else about people is needed"


def roster_of(content: bytes, label: str) -> list[TableDict]:
    """Return the entries of `posts.roster` that a CSV holds, a row a peer.

    Columns may come in any order; those left out have their defaults. Problems name row and column as a
    spreadsheet counts them: the headings are row 1. The work grows with the size of the file and no faster: at
    most 1,000,000 bytes, 64 columns and 20,000 rows (empty ones included) are looked at.

    Raises:
        ScenarioError: with every fault, up to 50.
    """
    sheet = Sheet(label, "a list of peers", "peers", "each peer in post", COLUMNS, NEEDED, NAMES_FIX, MADE)
    headings, people = sheet.rows(content)
    entries: list[TableDict] = []
    problems: list[Problem] = []
    for number, cells in people:
        entry, found = _entry(sheet, number, headings, cells)
        entries.append(entry)
        problems += found
        if len(problems) > MOST_FAULTS:
            break
    if problems:
        raise sheet.error(problems)
    return entries


def _entry(sheet: Sheet, number: int, headings: list[str], cells: list[str]) -> tuple[TableDict, list[Problem]]:
    """Return one peer as the schema has it, and what is wrong in the row."""
    entry: TableDict = {}
    problems = []
    for place, (name, cell) in enumerate(zip_longest(headings, cells, fillvalue="")):  # a row may end early
        if not name:
            if cell:
                problems.append(sheet.problem((number, place), "", cell, UNDER_NOTHING))
            continue
        value, fault = READ[name](cell)
        if fault is not None:
            problems.append(sheet.problem((number, place), name, cell, fault))
        elif value is not None:
            entry[name] = value
    return entry, problems


Reading = tuple[Any, tuple[str, str] | None]  # the value, and rule and fix where there is a fault


def _hired(cell: str) -> Reading:
    return (None, (f"is empty: {MONTH_RULE}", "")) if not cell else _month(cell)


def _since(cell: str) -> Reading:
    return _month(cell) if cell else (None, None)


def _month(cell: str) -> Reading:
    day = re.fullmatch(r"(\d{4}-\d{2})-\d{2}", cell)
    month = day[1] if day else cell
    if re.fullmatch(MONTH_PATTERN, month):
        return month, None
    meant = _meant(cell)
    return None, (MONTH_RULE, f"write {meant}; {AS_TEXT}" if meant else "")


def _meant(cell: str) -> str:
    """Return the month that a spreadsheet's way of writing a date stands for, where only one can be meant."""
    if cell.isdecimal() and len(cell) < len("100000") and int(cell) in DAY_NUMBERS:
        return f"{EPOCH + dt.timedelta(days=int(cell)):%Y-%m}"
    words = re.fullmatch(r"(?:\d{1,2}[- ])?([a-z]{3})[a-z]*\.?[- ,]+(\d{2}|\d{4})", cell.lower())
    if words is not None and words[1] in MONTHS:
        return f"{_year(words[2])}-{MONTHS.index(words[1]) + 1:02d}"
    if slashed := re.fullmatch(r"(\d{1,2})/(\d{4})", cell):
        found = f"{slashed[2]}-{int(slashed[1]):02d}"
    elif turned := re.fullmatch(r"(\d{4})[/.-](\d{1,2})", cell):
        found = f"{turned[1]}-{int(turned[2]):02d}"
    else:
        return ""
    return found if re.fullmatch(MONTH_PATTERN, found) else ""


def _year(digits: str) -> int:
    """A year of four digits, or of two as spreadsheets take them."""
    if len(digits) == len("2024"):
        return int(digits)
    return int(digits) + (CENTURY if int(digits) < NEXT_CENTURY_BEFORE else CENTURY - 100)


def _rung(cell: str) -> Reading:
    return cell.lower().replace(" ", "_") or None, None


def _certified(cell: str) -> Reading:
    word = cell.lower()
    if word in YES or word in NO:
        return word in YES, None
    rule = "is empty: must be yes or no" if not cell else "must be yes or no"
    return None, (rule, "")


def _name(cell: str) -> Reading:
    return cell.lower().replace(" ", "_") or None, None


def _fte(cell: str) -> Reading:
    return _number(cell, "fte", "0.5")


def _wage(cell: str) -> Reading:
    return _number(cell.removeprefix("$").strip(), "wage_usd_per_hour", "21.50")


def _number(cell: str, name: str, example: str) -> Reading:
    """Return a number within the schema's limits; empty means none of one's own."""
    if not cell:
        return None, None
    field = RosterEntry.model_fields[name]
    limits = limits_of(shape_of(field.annotation, field))
    fault = (f"must be a number {limits.words()}, or empty", f"for example {example}")
    if not re.fullmatch(r"\d{1,6}([.,]\d{1,6})?", cell):
        return None, fault
    value = float(cell.replace(",", "."))
    return (value, None) if (limits.ge or 0) <= value <= (limits.le or value) else (None, fault)


def _group(cell: str) -> Reading:
    word = re.sub("[ -]+", "_", cell.lower())
    if not word or word in GROUPS:
        return word or None, None
    return None, (f"must be {', '.join(GROUPS)}, or empty", "")


READ: Final[Mapping[str, Callable[[str], Reading]]] = {
    "hired": _hired,
    "rung": _rung,
    "in_rung_since": _since,
    "certified": _certified,
    "position": _name,
    "fte": _fte,
    "wage_usd_per_hour": _wage,
    "group": _group,
}
