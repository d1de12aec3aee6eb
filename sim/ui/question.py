"""What a visitor asks: a base, up to four alternatives, the number of replications and the random seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from sim.scenario.patch import TableDict
from sim.scenario.read.clean_text import clean
from sim.scenario.read.draft import laid
from sim.ui.addresses import Path, dropped, holds_in, kinds_in, of_kind, prefix, put, said_in

BASE: Final = 0  # the place of the base; alternatives follow from 1
MOST_ALTERNATIVES: Final = 4
LONGEST_NAME: Final = 60  # characters of an alternative's name
LETTERS: Final = "ABCD"
ROSTER: Final = "roster"
OFF: Final = "off"
TITLE: Final = "title"
TEXTS: Final = (TITLE, "question", "notes")  # what a file says about itself: no longer true once it is changed
FUNDING: Final = "funding"
SEED: Final = ("experiment", "seed")


@dataclass(frozen=True)
class Alternative:
    """One alternative: tables laid over the base, or its `own` tables that do without it."""

    tables: TableDict
    own: bool = False
    named: bool = False  # its title is the visitor's, and stays whatever is changed


@dataclass(frozen=True)
class Question:
    """Everything that decides an answer; tables are as a file would hold them."""

    base: TableDict
    alternatives: tuple[Alternative, ...] = ()
    replications: int = 200
    seed: int = 1
    lacks_people: bool = False  # a list of people belonged to it that the link it came by does not hold

    @property
    def places(self) -> range:
        """Return the places of base and alternatives."""
        return range(len(self.alternatives) + 1)

    @property
    def holds_people(self) -> bool:
        """Whether any scenario lists people, who must not get into links or files."""
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
            said = laid(said, layer)
        return said

    def said(self, place: int, path: Path) -> tuple[Any, bool]:
        """Return what a scenario says at an address itself, and whether it says anything."""
        return said_in(self.tables(place), path)

    def holds(self, place: int, path: Path) -> tuple[Any, bool]:
        """Return what holds at an address, for a kind of employer also what all kinds share; and whether it is said."""
        return holds_in(self.tables(place), path)


def inside(place: int) -> str:
    """Return what a scenario is called inside a sentence: the base, or alternative A."""
    name = called(place)
    return "the base" if place == BASE else name[:1].lower() + name[1:]


def called(place: int) -> str:
    """Return the short name of a scenario by its place."""
    return "Base" if place == BASE else f"Alternative {LETTERS[place - 1]}"


def file_name(place: int) -> str:
    """Return the name of a scenario's file."""
    return "base.toml" if place == BASE else f"alternative_{LETTERS[place - 1]}.toml"


def holds_people(value: Any) -> bool:
    """Whether a roster stands anywhere in a table."""
    if isinstance(value, Mapping):
        return any((key == ROSTER and bool(inner)) or holds_people(inner) for key, inner in value.items())
    return isinstance(value, list | tuple) and any(map(holds_people, value))


def without_people(question: Question) -> Question:
    """Return the question without its lists of people, noted to lack them if there were any."""
    if not question.holds_people:
        return question
    others = tuple(replace(one, tables=_unlisted(one.tables)) for one in question.alternatives)
    return replace(question, base=_unlisted(question.base), alternatives=others, lacks_people=True)


def _unlisted(value: Any) -> Any:
    """Return a table without a roster anywhere in it."""
    if isinstance(value, Mapping):
        return {key: _unlisted(inner) for key, inner in value.items() if key != ROSTER}
    return [_unlisted(inner) for inner in value] if isinstance(value, list | tuple) else value


# changes -----------------------------------------------------------------------------------------------------------

Rest = ParamSpec("Rest")


def _where_there_is_one(
    edit: Callable[Concatenate[Question, int, Rest], Question],
) -> Callable[Concatenate[Question, int, Rest], Question]:
    """Leave a question as it is where a control of an alternative that is gone still says something."""

    @wraps(edit)
    def edited(question: Question, place: int, /, *given: Rest.args, **named: Rest.kwargs) -> Question:
        return edit(question, place, *given, **named) if place in question.places else question

    return edited


@_where_there_is_one
def with_input(question: Question, place: int, path: Path, value: Any) -> Question:
    """Return the question with one input of a scenario set.

    What holds anyway is not said: in an alternative what is as in the base, for a kind what all kinds share.
    """
    value = clean(value) if isinstance(value, str) else value
    less = without_input(question, place, path)
    if less.holds(place, path) == (value, True):
        return less
    if place == BASE:
        seed = value if path == SEED and isinstance(value, int) else question.seed
        return replace(question, base=put(_retitled(question.base, path), path, value), seed=seed)
    one = question.alternatives[place - 1]
    return _with(question, place, replace(one, tables=put(_untitled(one), path, value)))


@_where_there_is_one
def without_input(question: Question, place: int, path: Path) -> Question:
    """Return the question without what a scenario itself says at an address: the default holds, or the base."""
    if place == BASE:
        return replace(question, base=dropped(_retitled(question.base, path), path))
    one = question.alternatives[place - 1]
    return _with(question, place, replace(one, tables=dropped(_untitled(one), path)))


@_where_there_is_one
def with_entry(question: Question, place: int, path: Path, table: TableDict) -> Question:
    """Return the question with a named table added: a source of money, a rung, a household."""
    grown = with_input(question, place, path, table)
    for spot in _charged(question, place, path):
        grown = _braided(grown, place, spot, [*_order(question, place, spot), path[-1]])
    return grown


@_where_there_is_one
def without_entry(question: Question, place: int, path: Path) -> Question:
    """Return the question without a named table; where it would still hold from elsewhere, "off" is said."""
    less = without_input(question, place, path)
    beneath, there = less.holds(place, path)
    less = with_input(question, place, path, OFF) if there and beneath != OFF else less
    for spot in _charged(question, place, path):
        order = [name for name in _order(question, place, spot) if name != path[-1]]
        less = _braided(less, place, spot, order)
    return less


def with_alternative(question: Question, alternative: Alternative) -> Question:
    """Return the question with one alternative more."""
    return replace(question, alternatives=(*question.alternatives, alternative)[:MOST_ALTERNATIVES])


def without_alternative(question: Question, place: int) -> Question:
    """Return the question with one alternative less."""
    kept = tuple(one for number, one in enumerate(question.alternatives, 1) if number != place)
    return replace(question, alternatives=kept)


def with_name(question: Question, place: int, name: str) -> Question:
    """Return the question with an alternative called as the visitor says; with nothing said, by what differs in it.

    As it is where there is no such alternative any more, or one that nobody had named is left without a name.
    """
    name = " ".join(clean(name).split())[:LONGEST_NAME]
    if place not in question.places[1:] or not (name or question.alternatives[place - 1].named):
        return question
    one = question.alternatives[place - 1]
    tables = {key: value for key, value in one.tables.items() if key not in TEXTS}
    said = {TITLE: name, **tables} if name else tables
    return _with(question, place, replace(one, tables=said, named=bool(name)))


def with_runs(question: Question, runs: int) -> Question:
    """Return the question with another number of runs."""
    return replace(question, replications=runs)


def with_no_list_missing(question: Question) -> Question:
    """Return the question as one to which no list of people belongs that is not there."""
    return replace(question, lacks_people=False)


def _with(question: Question, place: int, alternative: Alternative) -> Question:
    kept = list(question.alternatives)
    kept[place - 1] = alternative
    return replace(question, alternatives=tuple(kept))


def _charged(question: Question, place: int, path: Path) -> list[Path]:
    """Return where an order of sources is said that a source belongs in: its own, and those of kinds that share it."""
    if path[-2] != FUNDING:
        return []
    kinds = [] if prefix(path) else [of_kind(name, path) for name in kinds_in(question.tables(place))]
    return [path, *(spot for spot in kinds if question.said(place, _order_at(spot))[1])]


def _order_at(path: Path) -> Path:
    return (*prefix(path), "rules", "braiding")


def _order(question: Question, place: int, path: Path) -> list[str]:
    """Return the order in which the sources of an employer are charged."""
    said, there = question.holds(place, _order_at(path))
    return list(said) if there else _sources(question, place, path)


def _sources(question: Question, place: int, path: Path) -> list[str]:
    sources = question.holds(place, (*prefix(path), FUNDING))[0] or {}
    return [name for name, source in sources.items() if source != OFF]


def _braided(question: Question, place: int, path: Path, order: list[str]) -> Question:
    """Return the question with an order of sources, said only where it does not hold anyway."""
    less = without_input(question, place, _order_at(path))
    sources = _sources(less, place, path)
    holds = [name for name in _order(less, place, path) if name in sources]
    needless = holds == order and (less.holds(place, _order_at(path))[1] or len(order) <= 1)
    return less if needless else with_input(question, place, _order_at(path), order)


def _untitled(one: Alternative) -> TableDict:
    return {key: value for key, value in one.tables.items() if key not in TEXTS or (one.named and key == TITLE)}


def _retitled(tables: TableDict, path: Path) -> TableDict:
    """Return the base without its notes, which tell of the numbers before they were changed."""
    return (
        tables
        if path[0] in TEXTS
        else {key: value for key, value in tables.items() if key not in ("notes", "question")}
    )
