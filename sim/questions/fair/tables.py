"""Lay out whom a change reaches as rows of text: a table an aspect and alternative, a row a group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sim.questions.fair.fair import ASPECTS, Aspect, Cell, Fair
from sim.results.groups import EVERYBODY
from sim.results.spreads import Spread, ranged
from sim.results.summary import Estimate
from sim.words.differences import on_its_side
from sim.words.numbers import NONE
from sim.words.ranges import mean_told, span

NAMES: Final = {
    EVERYBODY: "Everybody", "black": "Black", "other_non_white": "Other non-White", "white": "White",
    "rural": "Rural", "urban": "Urban", "full_time": "Full-time", "part_time": "Part-time",
}  # fmt: skip
HIDDEN: Final = "–"
HEADING: Final = ("People", "Value")  # of one scenario alone
COMPARED: Final = ("People", "Base", "Then", "Difference", "Beside all")


@dataclass(frozen=True)
class Amount:
    """A number as it is told: its mean, its range, and in how many of 100 futures it is on the side of its mean."""

    mean: str
    ends: str = ""
    side: str = ""

    @property
    def in_one(self) -> str:
        """Return all of it in one cell."""
        ends = f" ({self.ends})" if self.ends not in ("", HIDDEN) else ""
        return f"{self.mean}{ends}" + (f", {self.side}" if self.side else "")


@dataclass(frozen=True)
class Row:
    """A group, how many people of it are in post in the base, and what is told of it."""

    name: str
    people: str
    amounts: tuple[Amount, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the row with a cell for each amount."""
        return (self.name, self.people, *(one.in_one for one in self.amounts))

    @property
    def told(self) -> bool:
        """Whether anything is told of the group."""
        return bool({one.mean for one in self.amounts} - {HIDDEN, NONE, ""})


@dataclass(frozen=True)
class Group:
    """One aspect of one scenario by group: of the base where `case` is 0, else with differences from it."""

    aspect: Aspect
    case: int
    rows: tuple[Row, ...]

    @property
    def unit(self) -> str:
        """Return what the numbers are in, as a title has it."""
        return {"USD/hour": "mean wage", "share": "share"}.get(self.aspect.unit, self.aspect.unit)

    @property
    def title(self) -> str:
        """Return what is told, and in what."""
        return f"{self.aspect.label}, {self.unit}"

    @property
    def heading(self) -> tuple[str, ...]:
        """Return the heading of rows with a cell for each amount."""
        return ("", *(COMPARED if self.case else HEADING))


def tables_told(fair: Fair) -> Iterator[Group]:
    """Yield a table an aspect for each alternative, or for the base where there is none, as far as anything is told."""
    for case in range(1, len(fair.answer.cases)) or (0,):
        for aspect in ASPECTS:
            rows = tuple(_row(fair, aspect, group, case) for group in fair.groups)
            if any(row.told for row in rows) and not _never(fair, aspect, case):
                yield Group(aspect, case, rows)


def _never(fair: Fair, aspect: Aspect, case: int) -> bool:
    """Whether something did not happen to anybody."""
    return all(fair.cell(aspect, EVERYBODY, one).value.mean in (None, 0.0) for one in {0, case})


def _row(fair: Fair, aspect: Aspect, group: str, case: int) -> Row:
    people = fair.told_people(group)
    return Row(NAMES[group], HIDDEN if people is None else f"{people:,.0f}", _amounts(fair, aspect, group, case))


def _amounts(fair: Fair, aspect: Aspect, group: str, case: int) -> tuple[Amount, ...]:
    own, unit = fair.cell(aspect, group, case), _measured(aspect)
    if own.hidden:
        return (Amount(HIDDEN, HIDDEN),) * (len(COMPARED if case else HEADING) - 1)
    few = fair.answer.over_futures and own.single is None
    if not case:
        value = ranged(own.value, None if own.single is None else own.single.value)
        return (Amount(mean_told(value, unit), HIDDEN if few else span(value, unit)),)
    base = fair.cell(aspect, group, 0)
    means = Amount(mean_told(base.value, unit)), Amount(mean_told(own.value, unit))
    return (*means, *_differences(own, group, unit, few=few))


def _measured(aspect: Aspect) -> str:
    return "per 100 filled posts a year" if aspect.unit.startswith("per 100") else aspect.unit


def _differences(own: Cell, group: str, unit: str, *, few: bool) -> tuple[Amount, Amount]:
    """Return how a group differs from the base, and how that lies beside everybody's difference."""
    single = own.single
    spreads = (None, None) if single is None else (single.difference, single.beside)
    first, second = (
        _difference(one, spread, unit, few=few)
        for one, spread in zip((own.difference, own.beside), spreads, strict=True)
    )
    return first, Amount("") if group == EVERYBODY else second


def _difference(one: Estimate, spread: Spread | None, unit: str, *, few: bool) -> Amount:
    told = ranged(one, spread)
    mean = mean_told(told, unit, signed=True, brief=True)
    return Amount(mean, HIDDEN if few else span(told, unit, signed=True, brief=True), _side(one, spread, unit))


def _side(one: Estimate, spread: Spread | None, unit: str) -> str:
    if spread is None or spread.low == spread.high:
        return ""
    return on_its_side(spread, one.mean, ("more", "fewer") if unit.startswith("per 100") else ("higher", "lower"))
