"""Evidence cards: for each input of a scenario, the value we take, its range, and how we know."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sim.evidence.effects import GRADES
from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError, did_you_mean, read_toml

KINDS = frozenset({"estimate", "own figure", "setting"})
NEEDED = frozenset({"title", "kind", "unit", "grade", "sources", "place", "population"})


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one input.

    kind: an estimate from evidence, the user's own figure, or a setting of the calculation.
    value, low and high are numbers, or None where a number says nothing (a date, a name, a list).
    year is the year of the figure; note says "assumption" where it is one.
    """

    key: str
    title: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    grade: str
    sources: tuple[str, ...]
    year: int | None
    place: str
    population: str
    note: str
    group: str  # of assumptions in a study of uncertainty, where it is not that of the card's table


@cache
def load_cards() -> Mapping[str, Card]:
    """Return the cards of data/evidence.toml by evidence key."""
    return read_cards(DATA / "evidence.toml")


def read_cards(path: Path) -> Mapping[str, Card]:
    """Return the cards of one file by evidence key; raise EvidenceError at the first fault."""
    return MappingProxyType({key: _card(path, key, table) for key, table in read_toml(path).items()})


def _card(path: Path, key: str, table: dict[str, Any]) -> Card:
    where = f"{shown(path)}: {key}"
    _check_fields(where, table)
    value, low, high = (_number(where, name, table.get(name)) for name in ("value", "low", "high"))
    ends = [end for end in (low, value, high) if end is not None]
    if ends != sorted(ends):
        raise EvidenceError(f"{where}.value = {value}: must lie within low {low} and high {high}")
    return Card(
        key=key,
        title=table["title"],
        kind=table["kind"],
        value=value,
        low=low,
        high=high,
        unit=table["unit"],
        grade=table["grade"],
        sources=tuple(table["sources"]),
        year=table.get("year"),
        place=table["place"],
        population=table["population"],
        note=table.get("note", ""),
        group=table.get("group", ""),
    )


def _check_fields(where: str, table: dict[str, Any]) -> None:
    known = {field.name for field in fields(Card)} - {"key"}
    for missing in sorted(NEEDED - set(table)):
        raise EvidenceError(f"{where}.{missing} is missing")
    for unknown in sorted(set(table) - known):
        raise EvidenceError(f"{where}.{unknown} is not a field of a card{did_you_mean(unknown, known)}")
    for field, allowed in (("kind", KINDS), ("grade", GRADES)):
        if table[field] not in allowed:
            raise EvidenceError(f"{where}.{field} = {table[field]!r}: must be one of {', '.join(sorted(allowed))}")
    if not table["sources"]:
        raise EvidenceError(f"{where}.sources is empty: where nothing is known, cite 'assumption'")


def _number(where: str, name: str, value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EvidenceError(f"{where}.{name} = {value!r}: must be a number, or left out")
    return float(value)
