"""Hold what a visitor asks: a base, up to four alternatives, how many runs, with what luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.scenario.patch import TableDict, find, merge, put

BASE: Final = 0  # the place of the base; alternatives follow from 1
MOST_ALTERNATIVES: Final = 4
LETTERS: Final = "ABCD"
ROSTER: Final = "roster"
OFF: Final = "off"
TEXTS: Final = ("title", "question", "notes")  # what a file says about itself: no longer true once it is changed
Path = tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """Hold one alternative: tables laid over the base, or `own` tables that stand alone."""

    tables: TableDict
    own: bool = False


@dataclass(frozen=True)
class Question:
    """Hold everything that decides an answer; tables are as a file would hold them."""

    base: TableDict
    alternatives: tuple[Alternative, ...] = ()
    replications: int = 200
    seed: int = 1

    @property
    def places(self) -> range:
        """Return the places of base and alternatives."""
        return range(len(self.alternatives) + 1)

    @property
    def holds_people(self) -> bool:
        """Say whether any scenario lists people, who must not get into links or files."""
        return any(holds_people(self.tables(place)) for place in self.places)

    def layers(self, place: int) -> dict[str, TableDict]:
        """Return what is laid over one another, by the name that messages call it by."""
        name = called(place)
        if place == BASE:
            return {name: self.base}
        one = self.alternatives[place - 1]
        return {name: one.tables} if one.own else {called(BASE): self.base, name: one.tables}

    def tables(self, place: int) -> TableDict:
        """Return what a scenario says, its layers laid over one another."""
        said: TableDict = {}
        for layer in self.layers(place).values():
            said = merge(said, layer)
        return said

    def said(self, place: int, path: Path) -> tuple[Any, bool]:
        """Return what a scenario says at an address, and whether it says anything."""
        value, depth = find(self.tables(place), path)
        return (value, True) if depth == len(path) else (None, False)


def called(place: int) -> str:
    """Return the short name of a scenario by its place."""
    return "Base" if place == BASE else f"Alternative {LETTERS[place - 1]}"


def file_name(place: int) -> str:
    """Return the name of a scenario's file."""
    return "base.toml" if place == BASE else f"alternative_{LETTERS[place - 1]}.toml"


def holds_people(value: Any) -> bool:
    """Say whether a roster stands anywhere in a table."""
    if isinstance(value, Mapping):
        return any((key == ROSTER and bool(inner)) or holds_people(inner) for key, inner in value.items())
    return isinstance(value, list | tuple) and any(map(holds_people, value))


# changes -----------------------------------------------------------------------------------------------------------


def with_input(question: Question, place: int, path: Path, value: Any) -> Question:
    """Return the question with one input of a scenario set; in an alternative, what is as in the base is not said."""
    if place == BASE:
        return replace(question, base=put(_retitled(question.base, path), path, value))
    one = question.alternatives[place - 1]
    tables = _untitled(one.tables)
    as_in_base = not one.own and question.said(BASE, path) == (value, True)
    return _with(
        question, place, replace(one, tables=dropped(tables, path) if as_in_base else put(tables, path, value))
    )


def without_input(question: Question, place: int, path: Path) -> Question:
    """Return the question without what a scenario itself says at an address: the default holds, or the base."""
    if place == BASE:
        return replace(question, base=dropped(question.base, path))
    one = question.alternatives[place - 1]
    return _with(question, place, replace(one, tables=dropped(_untitled(one.tables), path)))


def with_entry(question: Question, place: int, path: Path, table: TableDict) -> Question:
    """Return the question with a named table added: a source of money or a rung."""
    grown = with_input(question, place, path, table)
    return _braided(grown, place, [*_order(question, place), path[-1]]) if path[0] == "funding" else grown


def without_entry(question: Question, place: int, path: Path) -> Question:
    """Return the question without a named table; an alternative says "off" where the base has it."""
    in_base = place != BASE and not question.alternatives[place - 1].own and question.said(BASE, path)[1]
    less = with_input(question, place, path, OFF) if in_base else without_input(question, place, path)
    order = [name for name in _order(question, place) if name != path[-1]]
    return _braided(less, place, order) if path[0] == "funding" else less


def with_alternative(question: Question, alternative: Alternative) -> Question:
    """Return the question with one alternative more."""
    return replace(question, alternatives=(*question.alternatives, alternative)[:MOST_ALTERNATIVES])


def without_alternative(question: Question, place: int) -> Question:
    """Return the question with one alternative less."""
    kept = tuple(one for number, one in enumerate(question.alternatives, 1) if number != place)
    return replace(question, alternatives=kept)


def with_runs(question: Question, runs: int) -> Question:
    """Return the question with another number of runs."""
    return replace(question, replications=runs)


def dropped(table: Mapping[str, Any], path: Path) -> TableDict:
    """Return a table without what stands at an address, and without tables that are empty then."""
    key, rest = path[0], path[1:]
    if key not in table:
        return dict(table)
    kept = {name: value for name, value in table.items() if name != key}
    inner = dropped(table[key], rest) if rest and isinstance(table[key], Mapping) else {}
    return {name: inner if name == key else value for name, value in table.items()} if inner else kept


def _with(question: Question, place: int, alternative: Alternative) -> Question:
    kept = list(question.alternatives)
    kept[place - 1] = alternative
    return replace(question, alternatives=tuple(kept))


def _order(question: Question, place: int) -> list[str]:
    """Return the order in which a scenario's sources are charged."""
    said, there = question.said(place, ("rules", "braiding"))
    sources = question.said(place, ("funding",))[0] or {}
    return list(said) if there else [name for name, source in sources.items() if source != OFF]


def _braided(question: Question, place: int, order: list[str]) -> Question:
    return with_input(question, place, ("rules", "braiding"), order)


def _untitled(tables: TableDict) -> TableDict:
    return {key: value for key, value in tables.items() if key not in TEXTS}


def _retitled(tables: TableDict, path: Path) -> TableDict:
    """Return the base without its notes, which tell of the numbers before they were changed."""
    return (
        tables
        if path[0] in TEXTS
        else {key: value for key, value in tables.items() if key not in ("notes", "question")}
    )
