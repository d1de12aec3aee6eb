"""The board on which a scenario's inputs are drawn: the value of each, and the notes that go with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sim.scenario.describe import NUMBERS
from sim.scenario.problems import Problem, dotted
from sim.scenario.schema import Organization
from sim.scenario.timeline import plans
from sim.ui.addresses import OF_ALL, Path, kinds_in, of_kind, said_in
from sim.ui.inputs.dated_rows import Course, course_in_words, course_of, rows_of
from sim.ui.question import BASE, Question
from sim.ui.reading import Read
from sim.ui.texts import plain
from sim.words.inputs import input_at, value_in_words

ROWS: Final = ("funding", "ladder", "positions")  # tables of tables that are added and removed


@dataclass(frozen=True)
class Board:
    """The scenario whose inputs are drawn: the base or an alternative; in a portfolio, also for which employers."""

    question: Question
    found: Read
    place: int
    expert: bool = False
    prefix: str = "input"
    narrow: bool = False  # the slider stands under the number box
    kind: str = ""  # of employer; empty for what all of them share
    shown: set[str] = field(default_factory=set)  # addresses drawn so far

    def at(self, path: Path) -> Path:
        """Return where the scenario says an input of those who are drawn."""
        return of_kind(self.kind, path)

    def key(self, path: Path) -> str:
        """Return what the widgets of an input are called by."""
        return f"{self.prefix}.{self.place}.{dotted(self.at(path))}"

    def value(self, path: Path, place: int | None = None) -> Any:
        """Return what holds at an address: what the scenario says, or its default."""
        at = self.place if place is None else place
        said, there = self.question.holds(at, self.at(path))
        if there:
            return said
        given, loaded = input_at(path), self.found.scenarios[at]
        tables = loaded.scenario if loaded is not None and path[0] in OF_ALL else self.organization(at)
        filled = _walked(tables, path)
        return given.default if filled is None and given is not None else filled

    def course(self, path: Path, place: int | None = None) -> Course:
        """Return what holds at an address through time, the value of the first month first."""
        at = self.place if place is None else place
        tables, own = self.question.tables(at), self.at(path)
        addresses = {dotted(own)} if said_in(tables, own)[1] else {dotted(own), dotted(path)}
        rows = [(month, value) for month, address, value in rows_of(tables.get("change")) if address in addresses]
        start, months = (self.value(("horizon", name), BASE) for name in ("start", "months"))
        return course_of(self.value(path, at), rows, str(start), months if isinstance(months, int) else 0)

    def organization(self, place: int | None = None) -> Organization | None:
        """Return the tables of those who are drawn, defaults filled in; None while the scenario is not sound."""
        loaded = self.found.scenarios[self.place if place is None else place]
        if loaded is None or not self.kind:
            return None if loaded is None else loaded.scenario
        return next((plan.epochs[0][1] for plan in plans(loaded.scenario) if plan.name == self.kind), None)

    def problems(self, path: Path) -> list[Problem]:
        """Return what is wrong at an address, and warnings."""
        address = dotted(self.at(path))
        return [one for one in self.found.problems[self.place] if one.path == address]

    def idle(self, path: Path) -> str:
        """Return why an input has no effect now for any employer that is drawn; nothing when it has."""
        spot: tuple[str | int, ...] = path
        reasons = self.found.idle(self.place)
        known = [own.get(spot, "") for kind, own in reasons.items() if self.kind in ("", kind)]
        return known[0] if known and all(known) else ""


def elsewhere(board: Board, path: Path) -> Iterator[str]:
    """Yield what an input is in the base, and for whom of a portfolio it is something else."""
    given = input_at(path)
    unit = given.unit if given is not None and given.type in NUMBERS else ""
    if board.place != BASE and (before := board.course(path, BASE)) != board.course(path):
        yield f"Base: {plain(course_in_words(before, unit)) if _is_in_base(board, path) else 'has none'}"
    yield from _by_kind(board, path, unit)


def _by_kind(board: Board, path: Path, unit: str) -> Iterator[str]:
    """Yield what all kinds share where one says otherwise, or who says otherwise."""
    tables = board.question.tables(board.place)
    if not board.kind:
        own = {name: said_in(table, path) for name, table in kinds_in(tables).items()}
        told = {name.replace("_", " "): value_in_words(said, unit) for name, (said, there) in own.items() if there}
        if told:
            listed = ", ".join(f"{name} ({said})" for name, said in told.items())
            yield f"Not for those who say otherwise: {plain(listed)}"
    elif board.at(path) != path and said_in(tables, board.at(path))[1]:
        shared = replace(board, kind="").value(path)
        yield f"What all kinds share: {plain(value_in_words(shared, unit))}"


def _is_in_base(board: Board, path: Path) -> bool:
    """Whether the base has the funding source, the rung or the position that an input belongs to."""
    return path[0] not in ROWS or board.question.holds(BASE, board.at(path[:2]))[1]


def _walked(value: Any, path: Path) -> Any:
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else getattr(value, part, None)
    return list(value) if isinstance(value, tuple) else value
