"""What a brief is made of: text in order, no layout."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Hold a table of text: heading, rows, and what it shows in a sentence."""

    heading: Row
    rows: tuple[Row, ...]
    about: str


@dataclass(frozen=True)
class Part:
    """Hold a titled list; `lead` comes before it."""

    title: str
    items: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True)
class Brief:
    """Hold all text of a brief in the order in which it is read."""

    title: str
    about: str  # kind of document, time, date
    question: str
    answers: tuple[str, ...]
    numbers: Table
    results: Table | None
    how_to_read: str
    undetected: str
    parts: tuple[Part, ...]
    command: str
    made_by: tuple[str, ...]
    footer: str
