"""What a brief is made of: text in order, no layout."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of text: heading, rows, and one sentence on what it shows."""

    heading: Row
    rows: tuple[Row, ...]
    about: str


@dataclass(frozen=True)
class Part:
    """A list with a title; `lead` comes before it, and a table behind it."""

    title: str
    items: tuple[str, ...]
    lead: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Brief:
    """All text of a brief, in reading order."""

    title: str
    about: str  # kind of document, time, date
    organization: str  # posts, place, entry wage, and who pays how much until when
    question: str
    answers: tuple[str, ...]
    numbers: Table
    payers: Table | None  # who pays how much a year; None where nobody pays, or it is among the numbers
    results: Table | None
    how_to_read: str
    undetected: str
    parts: tuple[Part, ...]
    command: str
    made_by: tuple[str, ...]
    footer: str
