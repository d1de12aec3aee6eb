"""Read a state's employers from a spreadsheet's CSV, a row a kind of employer; every fault with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from sim.scenario.fields import LOWEST_WAGE
from sim.scenario.problems import Problem
from sim.scenario.read.spreadsheet import MOST_FAULTS, Sheet, Told

NEEDED: Final = ("county", "employer", "posts", "wage_usd_per_hour")
COLUMNS: Final = (
    *NEEDED, "employers", "rate_usd_per_unit", "group_rate_usd_per_unit", "award_usd_per_year", "rural_share",
    "living_wage_usd_per_hour", "source",
)  # fmt: skip
NEAR_WHOLE: Final = 0.05  # how far from a whole number of employers a share may lie
LONGEST: Final = 200
Reading = tuple[Any, Told | None]  # the value, None for an empty cell, and rule and fix where there is a fault


@dataclass(frozen=True)
class Line:
    """One row: employers of a county that are alike; what is None was left empty."""

    row: int
    county: str
    employer: str
    posts: int
    wage_usd_per_hour: float
    employers: int = 1
    rate_usd_per_unit: float | None = None
    group_rate_usd_per_unit: float | None = None
    award_usd_per_year: float | None = None
    rural_share: float = 0.0
    living_wage_usd_per_hour: float | None = None
    source: str = ""

    @property
    def rural(self) -> int:
        """Return how many of the employers are rural."""
        return round(self.rural_share * self.employers)


def portfolio_lines(content: bytes, label: str) -> list[Line]:
    """Return the rows of a table.

    Raises:
        ScenarioError: with every fault, up to 50.
    """
    sheet = Sheet(label, "a table of employers", "employers", "each kind of employer", COLUMNS, NEEDED, "take it out")
    headings, rows, problems = sheet.read(content)
    whole, lines = not problems, list[Line]()
    rows_of: dict[tuple[str, str], int] = {}
    for number, cells in rows:
        values, found = _values(sheet, number, headings, cells)
        problems += found
        if whole and not found:
            line = Line(number, **values)
            problems += _inconsistent(sheet, line, headings, rows_of)
            lines.append(line)
        if len(problems) > MOST_FAULTS:
            break
    if problems:
        raise sheet.error(problems)
    return lines


def _values(sheet: Sheet, number: int, headings: list[str], cells: list[str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what the cells of a row say, and what is wrong with them."""
    values: dict[str, Any] = {}
    problems = []
    for place, (name, cell) in enumerate(zip_longest(headings, cells, fillvalue="")):
        if not name:
            if cell:
                problems.append(sheet.problem((number, place), "", cell, ("is under no heading", "take it out")))
            continue
        if name not in READ:
            continue  # told of the heading
        value, fault = READ[name](cell)
        if fault is None and value is None and name in NEEDED:
            fault = ("is empty, and every row needs it", "")
        if fault is not None:
            problems.append(sheet.problem((number, place), name, cell, fault))
        elif value is not None:
            values[name] = value
    return values, problems


def _inconsistent(
    sheet: Sheet, line: Line, headings: list[str], rows_of: dict[tuple[str, str], int]
) -> Iterator[Problem]:
    """Yield what in a row does not fit the rest."""
    key = (line.county.casefold(), line.employer.casefold())
    if key in rows_of:
        rule = f"is in row {rows_of[key]} too, for {line.county}"
        yield _at(sheet, line, headings, "employer", (rule, "name it otherwise, or count both under employers"))
    rows_of.setdefault(key, line.row)
    number = line.rural_share * line.employers
    if abs(number - line.rural) > NEAR_WHOLE:
        shares = ", ".join(f"{rural / line.employers:.2g}" for rural in range(line.employers + 1))
        rule = f"of {line.employers} employers is {number:.3g}, and an employer is rural or not"
        fix = f"write one of {shares}" if line.employers <= len("several") else "write whole employers over all"
        yield _at(sheet, line, headings, "rural_share", (rule, fix))
    if line.group_rate_usd_per_unit is not None and line.rate_usd_per_unit is None:
        told = ("has no rate of a unit beside it", "fill rate_usd_per_unit too, or leave both empty")
        yield _at(sheet, line, headings, "group_rate_usd_per_unit", told)


def _at(sheet: Sheet, line: Line, headings: list[str], name: str, told: Told) -> Problem:
    return sheet.problem((line.row, headings.index(name)), name, str(getattr(line, name)), told)


def _text(cell: str) -> Reading:
    if len(cell) > LONGEST or not cell.isprintable():
        return None, (f"must be plain text of at most {LONGEST} letters", "")
    return cell or None, None


def _name(cell: str) -> Reading:
    value, fault = _text(cell)
    if fault is None and cell and not re.search("[A-Za-z]", cell):
        return None, ("must have a letter from A to Z", "")
    return value, fault


def _between(low: float, high: float, example: str, *, whole: bool = False) -> Callable[[str], Reading]:
    """Return what reads a number within limits."""
    kind = "a whole number" if whole else "a number"
    fault = (f"must be {kind} from {low:,g} to {high:,g}", f"for example {example}")

    def read(cell: str) -> Reading:
        if not cell:
            return None, None
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", cell.removeprefix("$").strip())
        if not re.fullmatch(r"\d{1,12}" if whole else r"\d{1,12}([.,]\d{1,6})?", text):
            return None, fault
        value = float(text.replace(",", "."))
        return ((int(value) if whole else value), None) if low <= value <= high else (None, fault)

    return read


def _share(cell: str) -> Reading:
    word = cell.lower()
    if word in ("yes", "no"):
        return float(word == "yes"), None
    value, fault = _between(0.0, 1.0, "0.5")(cell)
    return value, fault and ("must be a share from 0 to 1, yes or no", "for example 0.5")


READ: Final[Mapping[str, Callable[[str], Reading]]] = {
    "county": _name,
    "employer": _name,
    "posts": _between(1, 100_000, "12", whole=True),
    "wage_usd_per_hour": _between(LOWEST_WAGE, 500.0, "21.50"),
    "employers": _between(1, 100_000, "3", whole=True),
    "rate_usd_per_unit": _between(0.01, 1_000.0, "13.50"),
    "group_rate_usd_per_unit": _between(0.0, 1_000.0, "2.50"),
    "award_usd_per_year": _between(0.0, 1e9, "240000"),
    "rural_share": _share,
    "living_wage_usd_per_hour": _between(LOWEST_WAGE, 200.0, "22.10"),
    "source": _text,
}
