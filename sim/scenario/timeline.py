"""Unfold a scenario in time: who is simulated, and which tables hold from which month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from sim.scenario.describe import inputs
from sim.scenario.patch import TableDict, merge, put, split
from sim.scenario.schema import Change, EmployerKind, Organization, Scenario
from sim.units import month_number

ONLY_EMPLOYER = "employer"  # the name of the employer of a scenario without [[employer]]


Dates = Mapping[str, int]  # address of a growing amount → month since the start in whose dollars it is


@dataclass(frozen=True)
class EmployerPlan:
    """One kind of employer: how many, their places in the portfolio, and their tables through time."""

    name: str
    count: int
    first: int  # place of its first employer in the portfolio
    epochs: tuple[tuple[int, Organization], ...]  # (months since the start, the tables from then on)
    dates: tuple[Dates, ...]  # of every epoch; an amount that is not there is in dollars of the start


@dataclass(frozen=True)
class Setting:
    """One input set from a month on, for every kind (None) or for one."""

    month: int  # since the start
    employer: str | None
    path: tuple[str, ...]
    value: Any


def plans(scenario: Scenario) -> tuple[EmployerPlan, ...]:
    """Return the employers of a scenario in the order of the portfolio.

    A dated change of the top tables reaches every kind that does not state that input itself; a change under
    `employer.<name>.` reaches that kind alone. Changes at or after the end are left out, epochs that change
    nothing too.
    """
    kinds = scenario.employer or (EmployerKind(name=ONLY_EMPLOYER),)
    firsts = [sum(kind.count for kind in kinds[:place]) for place in range(len(kinds))]
    bases = list(base_tables(scenario))
    return tuple(_plan(scenario, kind, first, bases) for kind, first in zip(kinds, firsts, strict=True))


def _plan(scenario: Scenario, kind: EmployerKind, first: int, bases: Sequence[tuple[int, TableDict]]) -> EmployerPlan:
    epochs = list(_epochs(scenario, kind, bases))
    tables = tuple((month, one) for month, one, _ in epochs)
    return EmployerPlan(kind.name, kind.count, first, tables, tuple(dates for _, _, dates in epochs))


@cache
def growing() -> tuple[str, ...]:
    """Addresses of the amounts that the model lets grow from the month in which they were last set, `*` for names."""
    return tuple(one.path.replace("<name>", "*") for one in inputs() if "grows" in one.marks)


def dates_of(scenario: Scenario, kind: EmployerKind, month: int) -> Dates:
    """In whose month's dollars each growing amount of a kind is; those never set by a date are left out."""
    dates: dict[str, int] = {}
    for setting in settings(scenario):
        address = ".".join(setting.path)
        ours = setting.employer == kind.name or (setting.employer is None and not states(kind, setting.path))
        if ours and setting.month <= month and any(fnmatchcase(address, one) for one in growing()):
            dates[address] = setting.month
    return dates


def states(kind: EmployerKind, path: tuple[str, ...]) -> bool:
    """Whether a kind states an input itself, so that a change of the top tables does not reach it."""
    table: Any = kind.differs
    for key in path:
        if not isinstance(table, Mapping) or key not in table:
            return False
        table = table[key]
    return True


def organization_table(scenario: Organization) -> TableDict:
    """Return the tables of an organization as plain dictionaries."""
    return scenario.model_dump(include=set(Organization.model_fields))


def base_tables(scenario: Scenario) -> Iterator[tuple[int, TableDict]]:
    """Yield the top tables at the start and at each later date on which anything changes."""
    table = organization_table(scenario)
    dated = settings(scenario)
    for month in change_months(scenario):
        for setting in dated:
            if setting.month == month and setting.employer is None:
                table = put(table, setting.path, setting.value)
        yield month, table


def kind_table(scenario: Scenario, kind: EmployerKind, month: int) -> TableDict:
    """Return what a kind states itself once the changes up to a month have been made."""
    table = dict(kind.differs)
    for setting in settings(scenario):
        if setting.employer == kind.name and setting.month <= month:
            table = put(table, setting.path, setting.value)
    return table


def settings(scenario: Scenario) -> tuple[Setting, ...]:
    """Return every dated setting in order of date, those of one date in the order of the file.

    What is set before the start is in dollars of the start.
    """
    found = [
        _setting(split(address), value, max(months_since_start(scenario, change), 0))
        for change in scenario.change
        for address, value in change.set.items()
    ]
    return tuple(sorted(found, key=lambda setting: setting.month))


def change_months(scenario: Scenario) -> tuple[int, ...]:
    """Return the months since the start at which tables change before the end; 0 is always among them."""
    months = {setting.month for setting in settings(scenario)}
    return tuple(sorted({0} | {month for month in months if month < scenario.horizon.months}))


def months_since_start(scenario: Scenario, change: Change) -> int:
    """Return when a change comes, in months since the start."""
    return month_number(change.at) - month_number(scenario.horizon.start)


def _setting(path: tuple[str, ...], value: Any, month: int) -> Setting:
    if path[0] == "employer":
        return Setting(month, path[1], path[2:], value)
    return Setting(month, None, path, value)


def _epochs(
    scenario: Scenario, kind: EmployerKind, bases: Sequence[tuple[int, TableDict]]
) -> Iterator[tuple[int, Organization, Dates]]:
    last: Any = None
    for month, base in bases:
        tables = Organization.model_validate(merge(base, kind_table(scenario, kind, month)))
        now = tables, dates_of(scenario, kind, month)
        if now != last:
            yield month, *now
        last = now
