"""Read the tables of data/ and seeds/, and say exactly where one is at fault."""

import csv
import difflib
import math
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.evidence.paths import shown


class EvidenceError(ValueError):
    """A table breaks a rule; the message names file, line, column, value and rule."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, which can name itself when a cell is at fault."""

    path: Path
    line: int
    cells: dict[str, str]

    def fault(self, column: str, rule: str) -> EvidenceError:
        """Make the error that says which cell breaks which rule."""
        return EvidenceError(f"{shown(self.path)}:{self.line}: {column} = {self.cells.get(column)!r}: {rule}")

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.cells[column].strip()
        if not value:
            raise self.fault(column, "must not be empty")
        return value

    def number(self, column: str) -> float:
        """Return a cell that must be a finite number."""
        try:
            value = float(self.cells[column])
        except ValueError:
            raise self.fault(column, "must be a number") from None
        if not math.isfinite(value):
            raise self.fault(column, "must be finite")
        return value

    def optional_number(self, column: str) -> float | None:
        """Return a number, or None where the cell is empty."""
        return self.number(column) if self.cells[column].strip() else None

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Return a cell that must be one of the allowed words."""
        value = self.text(column)
        if value not in allowed:
            known = ", ".join(sorted(allowed))
            raise self.fault(column, f"must be one of {known}{did_you_mean(value, allowed)}")
        return value


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return '; did you mean …?' for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file whose header must be exactly the given columns."""
    with _opened(path) as file:
        reader = csv.DictReader(file, strict=True)
        header = list(reader.fieldnames or [])
        if header != list(columns):
            raise EvidenceError(f"{shown(path)}:1: header = {header}: must be {list(columns)}")
        for cells in reader:
            yield _row(path, reader.line_num, cells)


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file as a dictionary."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _missing(path) from None
    except tomllib.TOMLDecodeError as fault:
        raise EvidenceError(f"{shown(path)}: {fault}") from None


def _opened(path: Path) -> Any:
    try:
        return path.open(encoding="utf-8", newline="")
    except FileNotFoundError:
        raise _missing(path) from None


def _missing(path: Path) -> EvidenceError:
    return EvidenceError(f"{shown(path)}: no such file; the tables lie beside the code, in the repository")


def _row(path: Path, line: int, cells: dict[Any, Any]) -> Row:
    if None in cells or None in cells.values():
        raise EvidenceError(f"{shown(path)}:{line}: the row has more or fewer cells than the header")
    return Row(path, line, {str(key): str(value) for key, value in cells.items()})
