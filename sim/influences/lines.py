"""Read declarations: one line each, its parts set apart by bars, an edge's conditions behind the word unless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BAR, UNLESS = "|", " unless "
WORDS = "nothing"  # entered by words for the reader


@dataclass(frozen=True)
class Edge:
    """Join something to a factor; closed while one of the conditions holds."""

    factor: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Factor:
    """A quantity of the model: its sections of docs/model.md, what it is, and what it is made from.

    `unless` are conditions under which nothing in the model asks for it, so that nothing that acts on it matters.
    """

    name: str
    sections: tuple[int, ...]
    about: str
    reads: tuple[Edge, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """An input: the factors it enters, conditions under which it cannot matter, whether it is words for the reader."""

    path: str  # `*` stands for a name that the user chooses
    kind: str  # of the table it belongs to, where the same path means different things in several kinds
    acts: tuple[Edge, ...]
    unless: tuple[str, ...]
    for_reader: bool = False


def parts_of(line: str, most: int) -> list[str]:
    """Return the parts of a line, empty ones for those left out."""
    parts = [part.strip() for part in line.split(BAR)]
    if len(parts) > most:
        raise ValueError(f"at most {most} parts: {line}")
    return parts + [""] * (most - len(parts))


def edges(text: str) -> tuple[Edge, ...]:
    """Return the edges that a text lists: `tenure unless pay.annual_step_share is 0, rung`."""
    return tuple(_edge(part) for part in text.split(",") if part.strip())


def _edge(text: str) -> Edge:
    factor, _, conditions = text.strip().partition(UNLESS)
    return Edge(factor, conditions_of(conditions))


def conditions_of(text: str) -> tuple[str, ...]:
    """Return the conditions that a text lists: `denial_share is 0; group is not billable`."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text that declare something."""
    return (line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


def factor_of(line: str) -> Factor:
    """Return the factor that a line declares: name | sections | what it is | what it is made from | unless."""
    name, sections, about, reads, unless = parts_of(line, 5)
    return Factor(name, tuple(map(int, sections.split())), about, edges(reads), conditions_of(unless))


def given_of(line: str) -> Given:
    """Return the input that a line declares: path[kind] | factors it enters | cannot matter if."""
    path, acts, unless = parts_of(line, 3)
    pattern, _, kind = path.removesuffix("]").partition("[") if path.endswith("]") else (path, "", "")
    entered = edges(acts)
    acting = tuple(edge for edge in entered if edge.factor != WORDS)
    return Given(pattern, kind, acting, conditions_of(unless), for_reader=acting != entered)
