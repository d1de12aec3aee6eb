"""Unfold a scenario in time: who is simulated, and which tables hold from which month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.patch import TableDict, merge, put, split
from sim.scenario.schema import Change, EmployerKind, Organisation, Scenario
from sim.units import month_number

ONLY_EMPLOYER = "employer"  # the name of the employer of a scenario without [[employer]]


@dataclass(frozen=True)
class EmployerPlan:
    """One kind of employer: how many, their places in the portfolio, and their tables through time."""

    name: str
    count: int
    first: int  # place of its first employer in the portfolio
    epochs: tuple[tuple[int, Organisation], ...]  # (months since the start, the tables from then on)


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
    return tuple(
        EmployerPlan(kind.name, kind.count, first, tuple(_epochs(scenario, kind, bases)))
        for kind, first in zip(kinds, firsts, strict=True)
    )


def organisation_table(scenario: Organisation) -> TableDict:
    """Return the tables of an organisation as plain dictionaries."""
    return scenario.model_dump(include=set(Organisation.model_fields))


def base_tables(scenario: Scenario) -> Iterator[tuple[int, TableDict]]:
    """Yield the top tables at the start and at each later date on which anything changes."""
    table = organisation_table(scenario)
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
    """Return every dated setting in order of date, those of one date in the order of the file."""
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
) -> Iterator[tuple[int, Organisation]]:
    last: Any = None
    for month, base in bases:
        tables = Organisation.model_validate(merge(base, kind_table(scenario, kind, month)))
        if tables != last:
            yield month, tables
        last = tables
