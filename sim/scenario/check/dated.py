"""Check dated settings: that a date may change the input, and that the tables of that date take the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.check.faults import schema_faults, unknown_key
from sim.scenario.patch import TableDict, find, merge, put, split
from sim.scenario.problems import Fault, Path, did_you_mean
from sim.scenario.read.draft import Draft
from sim.scenario.schema import Change, EmployerKind, Organization, Scenario
from sim.scenario.shape import CHANGE, TABLES, Shape, shape_at
from sim.scenario.timeline import months_since_start, organization_table

OPENING_ONLY = (  # what only the opening reads, or what a date cannot change
    ("place", "state"),
    ("posts", "roster"),
    ("pay", "adequacy_income"),
    ("turnover", "level"),
    ("market",),
    ("rules", "opening_cash_usd"),
    ("rules", "braiding"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated setting: where it stands, when it comes, whose input it sets."""

    entry: int
    address: str
    month: int
    employer: str | None
    path: tuple[str, ...]  # inside the tables of an employer
    value: Any
    where: Path


@dataclass
class _Tables:
    """The tables as the settings so far have left them."""

    top: TableDict
    differs: dict[str, TableDict]

    def of(self, employer: str | None) -> TableDict:
        return self.top if employer is None else merge(self.top, self.differs[employer])

    def take(self, one: Dated) -> None:
        if one.employer is None:
            self.top = put(self.top, one.path, one.value)
        else:
            self.differs[one.employer] = put(self.differs[one.employer], one.path, one.value)


def dated_settings(
    draft: Draft, scenario: Scenario, kinds: Sequence[EmployerKind]
) -> tuple[tuple[Dated, ...], list[Fault]]:
    """Return the sound settings in order of date, each tried on the tables of its date, and the faults."""
    tables = _Tables(organization_table(scenario), {kind.name: dict(kind.differs) for kind in kinds})
    kept: list[Dated] = []
    faults: list[Fault] = []
    for one in sorted(_dated(draft, scenario), key=lambda dated: dated.month):
        fault = _fault(one, tables)
        if fault is None:
            kept.append(one)
            tables.take(one)
        else:
            faults.append(fault)
    return tuple(kept), faults


def changes_of(draft: Draft, settings: Sequence[Dated]) -> tuple[Change, ...]:
    """Return the changes with these settings only."""
    entries = draft.data.get("change", ())
    places = sorted({one.entry for one in settings})
    held = {place: {one.address: one.value for one in settings if one.entry == place} for place in places}
    return tuple(Change(at=entries[place]["at"], set=held[place]) for place in places)


def _dated(draft: Draft, scenario: Scenario) -> Iterator[Dated]:
    entries = draft.data.get("change")
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        change, faults = schema_faults(Change, entry if isinstance(entry, Mapping) else {}, CHANGE)
        if change is None or faults:
            continue  # the faults are found where the whole scenario is read
        month = months_since_start(scenario, change)
        for address, value in change.set.items():
            path = split(address)
            named = path[0] == "employer" and len(path) > 1
            name, inside = (path[1], path[2:]) if named else (None, path)
            yield Dated(place, address, month, name, inside, value, draft.setting_path(place, address))


def _fault(one: Dated, tables: _Tables) -> Fault | None:
    if one.employer is not None and one.employer not in tables.differs:
        names = tuple(tables.differs)
        fix = did_you_mean(one.employer, names) or f"kinds are {', '.join(names[:8]) or 'none'}"
        return Fault(one.where, one.value, f"there is no [[employer]] named {one.employer}", fix)
    if not one.path or one.path[0] not in TABLES.keys(None):
        fix = did_you_mean(one.path[0], TABLES.keys(None)) if one.path else "name the input"
        return Fault(one.where, one.value, "is not an input that a date can change", fix)
    now = tables.of(one.employer)
    return _address_fault(one, now) or _fixed_fault(one, now) or _value_fault(one, now)


def _address_fault(one: Dated, tables: TableDict) -> Fault | None:
    """Return the fault of an address that leads nowhere: an unknown key, or a name that is not there."""
    for depth, key in enumerate(one.path):
        around = shape_at(one.path[:depth], tables, TABLES)
        table = find(tables, one.path[:depth])[0]
        if around is None or around.child(key, table) is None:
            return Fault(one.where, one.value, *unknown_key(key, around or TABLES, table))
        if _is_missing(key, around, table):
            names = ", ".join(table) or "none"
            rule = f"{'.'.join(one.path[: depth + 1])} is not there to be changed"
            return Fault(one.where, one.value, rule, did_you_mean(key, table) or f"there are: {names}")
    return None


def _is_missing(name: str, around: Shape, table: Any) -> bool:
    """Whether a named table (a source, a rung, a household) is not there."""
    return around.entries is not None and bool(around.entries.tables) and name not in table


def _fixed_fault(one: Dated, tables: TableDict) -> Fault | None:
    shape = shape_at(one.path, tables, TABLES)
    if shape is None or not shape.is_value:
        return Fault(one.where, one.value, "is a table or a list of tables", "set the inputs inside it, one by one")
    if not may_change_by_date(one.path):
        return Fault(one.where, one.value, "cannot change by date", "set it from the start, or in an alternative")
    return None


def may_change_by_date(path: Sequence[str]) -> bool:
    """Whether a date may change an input of an employer."""
    fixed = any(tuple(path[: len(one)]) == one for one in OPENING_ONLY) or path[-1] in ("kind", "step")
    return path[0] in TABLES.keys(None) and not fixed


def _value_fault(one: Dated, tables: TableDict) -> Fault | None:
    _, faults = schema_faults(Organization, put(tables, one.path, one.value), TABLES)
    return next((Fault(one.where, one.value, fault.rule, fault.fix) for fault in faults), None)
