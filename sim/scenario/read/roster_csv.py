"""Read a list of the peers in post from a spreadsheet's CSV; every fault with its row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from sim.scenario.describe import limits_of
from sim.scenario.fields import MONTH_PATTERN, MONTHS_KNOWN
from sim.scenario.patch import TableDict
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown
from sim.scenario.read.layers import MOST_BYTES, TOO_LARGE
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
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 64
MOST_FAULTS: Final = 50
SEPARATORS: Final = ",;\t"
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
EPOCH: Final = dt.date(1899, 12, 30)  # day 0 of a spreadsheet
DAY_NUMBERS: Final = range(20_000, 60_000)  # 1954 to 2064
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY: Final = 2000
NEXT_CENTURY_BEFORE: Final = 30  # a spreadsheet takes 29 for 2029 and 30 for 1930
MONTH_RULE: Final = f"must be a month {MONTHS_KNOWN} written year-month, for example 2024-03"
AS_TEXT: Final = "a spreadsheet may have turned it into a date: format the column as text"
UNDER_NOTHING: Final = ("is under no heading", "take it out")
NAMES_RULE: Final = f"is not a column of this list, which has {', '.join(COLUMNS)}"
NAMES_FIX: Final = "take it out: no names and nothing else about people is needed"


def roster_of(content: bytes, label: str) -> list[TableDict]:
    """Return the entries of `posts.roster` that a CSV holds, a row a peer.

    Columns may come in any order; those left out have their defaults. Problems name row and column as a
    spreadsheet counts them: the headings are row 1. The work grows with the size of the file and no faster: at
    most 1,000,000 bytes, 64 columns and 20,000 rows (empty ones included) are looked at.

    Raises:
        ScenarioError: with every fault, up to 50.
    """
    if len(content) > MOST_BYTES:
        raise _alone(label, TOO_LARGE)
    rows = list(_rows(content, label))
    if not rows:
        raise _alone(label, "is empty", f"its first row must have the headings: {', '.join(COLUMNS)}")
    (number, first), *people = rows
    headings = [cell.lower().replace(" ", "_") for cell in first]
    problems = list(_heading_problems(label, number, headings))
    if not people and not problems:
        problems = [Problem(label, None, "", None, "has headings but no peers", "one row for each peer in post")]
    entries: list[TableDict] = []
    if not problems:
        for number, cells in people:
            entry, found = _entry(label, number, headings, cells)
            entries.append(entry)
            problems += found
            if len(problems) > MOST_FAULTS:
                break
    if problems:
        raise ScenarioError(_first(label, problems))
    return entries


def _rows(content: bytes, label: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with its number and its cells without spaces around."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _alone(label, "is not UTF-8 text", "save it from the spreadsheet as “CSV UTF-8”") from None
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            if number > MOST_ROWS:
                raise _alone(label, f"has more than {MOST_ROWS:,} rows", "one row for each peer in post, no empty ones")
            if len(cells) > MOST_COLUMNS:
                rule = f"row {number} has {len(cells):,} columns, more than {MOST_COLUMNS}"
                raise _alone(label, rule, f"a list of peers has {', '.join(COLUMNS)}")
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield number, stripped
    except csv.Error as fault:
        raise _alone(label, f"cannot be read as CSV: {fault}", "save it from the spreadsheet again") from None


def _heading_problems(label: str, number: int, headings: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, name in enumerate(headings):
        if name and name not in COLUMNS:
            yield _problem(label, (number, place), "", name, (NAMES_RULE, did_you_mean(name, COLUMNS) or NAMES_FIX))
        elif name in seen:
            yield _problem(label, (number, place), "", name, ("appears twice", "keep one of the columns"))
        if name:
            seen.add(name)
    for name in NEEDED:
        if name not in headings:
            rule = f"row {number}: the column {name} is missing"
            yield Problem(label, None, "", None, rule, f"headings are {', '.join(COLUMNS)}")


def _entry(label: str, number: int, headings: list[str], cells: list[str]) -> tuple[TableDict, list[Problem]]:
    """Return one peer as the schema has it, and what is wrong in the row."""
    entry: TableDict = {}
    problems = []
    for place, (name, cell) in enumerate(zip_longest(headings, cells, fillvalue="")):  # a row may end early
        if not name:
            if cell:
                problems.append(_problem(label, (number, place), "", cell, UNDER_NOTHING))
            continue
        value, fault = READ[name](cell)
        if fault is not None:
            problems.append(_problem(label, (number, place), name, cell, fault))
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
        year = int(words[2])
        year += (CENTURY if year < NEXT_CENTURY_BEFORE else CENTURY - 100) if len(words[2]) < len("2024") else 0
        return f"{year}-{MONTHS.index(words[1]) + 1:02d}"
    slashed = re.fullmatch(r"(\d{1,2})/(\d{4})", cell)
    turned = re.fullmatch(r"(\d{4})[/.-](\d{1,2})", cell)
    year_month = (slashed[2], slashed[1]) if slashed else (turned[1], turned[2]) if turned else None
    found = f"{year_month[0]}-{int(year_month[1]):02d}" if year_month else ""
    return found if re.fullmatch(MONTH_PATTERN, found) else ""


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


def _problem(label: str, spot: tuple[int, int], heading: str, value: str, told: tuple[str, str]) -> Problem:
    """Return what is wrong in a cell: row, column, value, rule, fix."""
    number, place = spot
    column = f"column {_letter(place)}" + (f" ({heading})" if heading else "")
    return Problem(label, None, "", None, f"row {number}, {column}: {shown(value)} {told[0]}", told[1])


def _letter(place: int) -> str:
    """Return a column as spreadsheets call it: from A to Z, then AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _alone(label: str, rule: str, fix: str = "") -> ScenarioError:
    return ScenarioError([Problem(label, None, "", None, rule, fix)])


def _first(label: str, problems: list[Problem]) -> list[Problem]:
    more = [Problem(label, None, "", None, "and more")] if len(problems) > MOST_FAULTS else []
    return [*problems[:MOST_FAULTS], *more]
