"""Read a small table that a spreadsheet saved as CSV: rows with their numbers, headings checked, faults by cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown
from sim.scenario.read.encoding import decoded
from sim.scenario.read.layers import MOST_BYTES, TOO_LARGE

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 64
MOST_FAULTS: Final = 50
SEPARATORS: Final = ",;\t"
SEPARATOR_NAMED: Final = re.compile("sep=([,;|\t])")
NO_ENCODING: Final = "is no text in UTF-8, UTF-16 or Windows-1252"
SAVED_AS: Final = "save it from the spreadsheet as “CSV UTF-8”"
LINES_LOOKED_AT: Final = 20  # to see what stands between cells
Told = tuple[str, str]  # rule and fix
Numbered = list[tuple[int, list[str]]]  # rows with their numbers as a spreadsheet counts


@dataclass(frozen=True)
class Sheet:
    """What a table is called, what it lists, and the headings it may and must have.

    `things` and `each` are what its rows are, in words; `unknown` is the fix for a heading that is not known, `made`
    how such a table is made of another, where there is a way.
    """

    label: str
    called: str
    things: str
    each: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    unknown: str
    made: str = ""

    def rows(self, content: bytes) -> tuple[list[str], Numbered]:
        """Return headings and rows as `read` does.

        Raises:
            ScenarioError: when it cannot be read, or its headings are wrong.
        """
        headings, rows, problems = self.read(content)
        if problems:
            raise self.error(problems)
        return headings, rows

    def read(self, content: bytes) -> tuple[list[str], Numbered, list[Problem]]:
        """Return the headings, the rows that hold anything, each with its number, and what is wrong with headings.

        Raises:
            ScenarioError: when it cannot be read.
        """
        if len(content) > MOST_BYTES:
            raise self.alone(TOO_LARGE)
        found = list(self.filled(content))
        if not found:
            raise self.alone("is empty", f"its first row must have the headings: {', '.join(self.columns)}")
        (number, first), *rows = found
        headings = [cell.lower().replace(" ", "_") for cell in first]
        problems = list(self._heading_problems(number, headings))
        if not rows and not problems:
            problems = [
                Problem(self.label, None, "", None, f"has headings but no {self.things}", f"one row for {self.each}")
            ]
        return headings, rows, problems

    def problem(self, spot: tuple[int, int], heading: str, value: str, told: Told) -> Problem:
        """Return what is wrong in a cell: row, column, value, rule, fix."""
        number, place = spot
        column = f"column {letter(place)}" + (f" ({heading})" if heading else "")
        return Problem(self.label, None, "", None, f"row {number}, {column}: {shown(value)} {told[0]}", told[1])

    def alone(self, rule: str, fix: str = "") -> ScenarioError:
        """Return an error about the table as a whole."""
        return ScenarioError([Problem(self.label, None, "", None, rule, fix)])

    def error(self, problems: list[Problem]) -> ScenarioError:
        """Return an error with the first problems."""
        more = [Problem(self.label, None, "", None, "and more")] if len(problems) > MOST_FAULTS else []
        return ScenarioError([*problems[:MOST_FAULTS], *more])

    def filled(self, content: bytes) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that hold anything of a table in UTF-8, UTF-16 or Windows-1252, as `filled_in` does.

        Raises:
            ScenarioError: when it cannot be read.
        """
        yield from self.filled_in(self.text(content)[0])

    def text(self, content: bytes) -> tuple[str, str]:
        """Return the text of a table and the encoding it is in.

        Raises:
            ScenarioError: when it is no text.
        """
        found = decoded(content)
        if found is None:
            raise self.alone(NO_ENCODING, SAVED_AS)
        return found

    def filled_in(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that hold anything, each with its number and its cells without spaces around.

        A first row `sep=;`, as spreadsheets write and read it, names what stands between cells.

        Raises:
            ScenarioError: when it cannot be read, at most at the 20,000th row or the 64th column of one.
        """
        first, _, rest = text.partition("\n")
        named = SEPARATOR_NAMED.fullmatch(first.strip("\r"))
        separator, start, text = (named[1], 2, rest) if named else (_separator(text), 1, text)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            for number, cells in enumerate(rows, start):
                if number > MOST_ROWS:
                    raise self.alone(f"has more than {MOST_ROWS:,} rows", f"one row for {self.each}, no empty ones")
                if len(cells) > MOST_COLUMNS:
                    rule = f"row {number} has {len(cells):,} columns, more than {MOST_COLUMNS}"
                    raise self.alone(rule, f"{self.called} has {', '.join(self.columns)}")
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield number, stripped
        except csv.Error as fault:
            raise self.alone(f"cannot be read as CSV: {fault}", "save it from the spreadsheet again") from None

    def _heading_problems(self, number: int, headings: list[str]) -> Iterator[Problem]:
        seen: set[str] = set()
        rule = f"is not a column of this list, which has {', '.join(self.columns)}"
        for place, name in enumerate(headings):
            if name and name not in self.columns:
                yield self.problem((number, place), "", name, (rule, did_you_mean(name, self.columns) or self.unknown))
            elif name in seen:
                yield self.problem((number, place), "", name, ("appears twice", "keep one of the columns"))
            if name:
                seen.add(name)
        for name in self.needed:
            if name not in headings:
                missing = f"row {number}: the column {name} is missing"
                yield Problem(self.label, None, "", None, missing, f"headings are {', '.join(self.columns)}{self.made}")


def _separator(text: str) -> str:
    """Return what stands between cells: what most of the first lines have, titles and decimal commas or not."""
    head = text.split("\n", LINES_LOOKED_AT)[:LINES_LOOKED_AT]
    return max(SEPARATORS, key=lambda one: (sum(one in line for line in head), sum(line.count(one) for line in head)))


def letter(place: int) -> str:
    """Return a column as spreadsheets call it: from A to Z, then AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
