"""Find the columns of a history by their headings: guessed, shown, and chosen by the user where they leave a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sim.scenario.problems import Problem, did_you_mean, printable, shown
from sim.scenario.read.spreadsheet import Sheet, letter
from sim.words.layout import clipped

LONGEST: Final = 60  # letters of a heading that is told
ROWS_LOOKED_AT: Final = 25  # for the row of headings
PEOPLE: Final = ("hired", "left", "reason", "wage", "fte", "rung", "certified")
COUNTS: Final = ("year", "in_post", "left_in_year", "left_in_first_year")
NEEDED: Final = MappingProxyType({"people": ("hired",), "counts": ("year", "in_post", "left_in_year")})
MEANT: Final = MappingProxyType(
    {
        "hired": "date of hire",
        "left": "date of leaving",
        "reason": "reason of leaving",
        "wage": "wage an hour",
        "fte": "full-time equivalent",
        "rung": "job title or rung",
        "certified": "certified",
        "year": "calendar year",
        "in_post": "people in post on average",
        "left_in_year": "people who left in the year",
        "left_in_first_year": "of them, in their first year",
    }
)
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "hired": (
            "hired", "hire date", "date of hire", "date hired", "hired on", "hire", "start date", "date started",
            "started", "employment start date", "employment date", "date of employment", "entry date",
            "start of employment", "original hire date", "most recent hire date", "first day", "first day worked",
            "first day of work", "hire day", "begin date", "date joined", "joined", "join date", "joining date",
            "onboard date", "start",
        ),
        "left": (
            "left", "term date", "termination date", "date of termination", "date terminated", "terminated",
            "leaving date", "date of leaving", "date left", "left on", "end date", "separation date",
            "date of separation", "exit date", "last day worked", "last day", "employment end date",
            "last day of work", "last date worked", "last working day", "last worked", "date ended", "ended",
            "end of employment", "term dt", "term", "separated on", "departure date", "resignation date",
            "quit date", "date of exit", "end",
        ),
        "reason": (
            "reason", "reason of leaving", "reason for leaving", "leaving reason", "term reason", "termination reason",
            "reason for termination", "separation reason", "reason for separation", "exit reason",
        ),
        "wage": (
            "wage usd per hour", "wage", "hourly rate", "hourly wage", "hourly pay", "pay rate", "rate of pay",
            "base rate", "pay", "rate", "hourly",
        ),
        "fte": ("fte", "full time equivalent", "fulltime equivalent"),
        "rung": ("rung", "job title", "title", "position title", "job", "role", "position"),
        "certified": ("certified", "certification", "certificate"),
        "year": ("year", "calendar year"),
        "in_post": (
            "in post", "people in post", "average in post", "average headcount", "headcount", "average staff", "staff",
            "average employees", "employees", "filled posts", "filled",
        ),
        "left_in_year": (
            "left", "left in year", "people who left", "leavers", "separations", "terminations", "exits", "leavings",
        ),
        "left_in_first_year": ("left in first year", "left within a year", "leavers under a year", "left under a year"),
    }
)  # fmt: skip
ALONE: Final = ("fte", "certified")  # what one word is sure to mean, whatever stands beside it
NAME_IT: Final = "name it with --column {name}=HEADING"


@dataclass(frozen=True)
class Columns:
    """Where the headings stand (a row's number) and which column is what (its place from 0)."""

    kind: str  # people or counts
    row: int
    places: Mapping[str, int]
    headings: Sequence[str]

    @property
    def left_out(self) -> int:
        """How many columns with a heading are not read."""
        return sum(bool(one) for one in self.headings) - len(self.places)

    def told(self) -> list[tuple[str, str]]:
        """Return what each column that is read is taken for, and its heading."""
        return [(MEANT[name], self.called(at)) for name, at in self.places.items()]

    def called(self, at: int) -> str:
        """Return a column as it may be printed: its heading, without what a terminal would obey, and its letter."""
        return f"{clipped(printable(self.headings[at]), LONGEST)} (column {letter(at)})"


def normal(heading: str) -> str:
    """Return a heading in small letters and single spaces, without marks."""
    return " ".join(re.findall(r"[^\W_]+", heading.lower()))


def columns_of(
    sheet: Sheet, rows: Sequence[tuple[int, list[str]]], named: Mapping[str, str]
) -> Columns | list[Problem]:
    """Return the columns of a table, or what leaves a doubt about them.

    Args:
        sheet: what faults are told with.
        rows: the first rows that hold anything, with their numbers.
        named: headings that the user names, by what they are.
    """
    unknown = [_unknown(sheet, name) for name in named if name not in MEANT]
    if unknown:
        return unknown
    wanted = {name: normal(heading) for name, heading in named.items()}
    for number, cells in rows[:ROWS_LOOKED_AT]:
        headings = [normal(cell) for cell in cells]
        kind = _kind(headings, wanted)
        if kind:
            return _found(sheet, Columns(kind, number, {}, cells), wanted)
    return [_none(sheet, rows, named)]


def _kind(headings: Sequence[str], wanted: Mapping[str, str]) -> str:
    """Return what a row of headings lists; empty if it is none."""
    for kind, needed in NEEDED.items():
        if all(_candidates(name, headings, wanted) for name in needed):
            return kind
    return ""


def _candidates(name: str, headings: Sequence[str], wanted: Mapping[str, str]) -> list[int]:
    """Return the places of the headings that fit best: as named; as known; holding a known one as words."""
    if name in wanted:
        return _exact(wanted[name], headings)
    exact = next(filter(None, (_exact(known, headings) for known in HEADINGS[name])), [])
    return exact or [at for at, one in enumerate(headings) if _holds(one, name)]


def _exact(heading: str, headings: Sequence[str]) -> list[int]:
    return [at for at, one in enumerate(headings) if one == heading]


def _holds(heading: str, name: str) -> bool:
    """Whether a heading has a known one among its words, which alone is sure to mean that."""
    sure = [known for known in HEADINGS[name] if " " in known or name in ALONE]
    return any(f" {known} " in f" {heading} " for known in sure)


def _found(sheet: Sheet, columns: Columns, wanted: Mapping[str, str]) -> Columns | list[Problem]:
    headings = [normal(cell) for cell in columns.headings]
    places, problems = dict[str, int](), list[Problem]()
    for name in PEOPLE if columns.kind == "people" else COUNTS:
        found = _candidates(name, headings, wanted)
        if len(found) > 1:
            told = ", ".join(map(columns.called, found))
            rule = f"row {columns.row}: {told} could each be the {MEANT[name]}"
            problems.append(Problem(sheet.label, None, "", None, rule, NAME_IT.format(name=name)))
        elif found:
            places[name] = found[0]
        elif name in wanted:
            fix = did_you_mean(wanted[name], headings) or f"headings are {', '.join(filter(None, columns.headings))}"
            rule = f"row {columns.row} has no heading {shown(wanted[name])}"
            problems.append(Problem(sheet.label, None, "", None, rule, fix))
    problems += _twice(sheet, columns, places)
    return problems or Columns(columns.kind, columns.row, places, columns.headings)


def _twice(sheet: Sheet, columns: Columns, places: Mapping[str, int]) -> Iterator[Problem]:
    taken: dict[int, str] = {}
    for name, at in places.items():
        if at in taken:
            rule = f"row {columns.row}: {columns.headings[at]} is taken for {MEANT[taken[at]]} and {MEANT[name]}"
            yield Problem(sheet.label, None, "", None, rule, NAME_IT.format(name=name))
        taken[at] = name


def _unknown(sheet: Sheet, name: str) -> Problem:
    fix = did_you_mean(name, list(MEANT)) or f"names are {', '.join(MEANT)}"
    return Problem(sheet.label, None, "", None, f"--column {name}: nothing of a history is called so", fix)


def _none(sheet: Sheet, rows: Sequence[tuple[int, list[str]]], named: Mapping[str, str]) -> Problem:
    rule = (
        f"none of the first {ROWS_LOOKED_AT} rows has headings of a history: a list of people needs a date of hire, "
        "yearly counts a year, people in post on average and who left"
    )
    seen = ", ".join(cell for cell in rows[0][1] if cell) if rows else ""
    told = "the names of --column fit no row" if named else "name the columns, as in --column hired=HEADING"
    return Problem(sheet.label, None, "", None, rule, f"{told}; the first row has {shown(seen)}")
