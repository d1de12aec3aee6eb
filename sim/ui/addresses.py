"""Reach into the tables of a scenario by address; a kind of employer is known by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sim.scenario import patch
from sim.scenario.patch import TableDict, find, merge

EMPLOYER: Final = "employer"
NAME: Final = "name"
OF_ALL: Final = ("horizon", "experiment", "change", EMPLOYER)  # what no kind of employer has for itself
Path = tuple[str, ...]


def of_kind(kind: str, path: Path) -> Path:
    """Return where a kind of employer says an input itself; no kind is what all of them share."""
    return (EMPLOYER, kind, *path) if kind and path[0] not in OF_ALL else path


def inner(path: Path) -> Path:
    """Return an address inside the tables of an employer, whoever it is."""
    return path[2:] if path[0] == EMPLOYER and len(path) > 2 else path


def prefix(path: Path) -> Path:
    """Return what stands before the tables of an employer in an address."""
    return path[: len(path) - len(inner(path))]


def kinds_in(tables: Mapping[str, Any]) -> dict[str, TableDict]:
    """Return what the kinds of employers say themselves, by name."""
    told = tables.get(EMPLOYER)
    if isinstance(told, list):
        return {str(one[NAME]): one for one in told if isinstance(one, dict) and NAME in one}
    return {name: one for name, one in told.items() if isinstance(one, dict)} if isinstance(told, dict) else {}


def said_in(tables: Mapping[str, Any], path: Path) -> tuple[Any, bool]:
    """Return what tables say at an address themselves, and whether they say anything."""
    start: Any = tables if not prefix(path) else kinds_in(tables).get(path[1], {})
    value, depth = find(start, inner(path))
    return (value, True) if depth == len(inner(path)) else (None, False)


def holds_in(tables: Mapping[str, Any], path: Path) -> tuple[Any, bool]:
    """Return what holds at an address: what a kind says itself, or what all kinds share."""
    if prefix(path):
        shared = {key: value for key, value in tables.items() if key not in OF_ALL}
        tables = merge(shared, kinds_in(tables).get(path[1], {}))
    return said_in(tables, inner(path))


def put(tables: Mapping[str, Any], path: Path, value: Any) -> TableDict:
    """Return tables with the value at one address replaced."""
    return _changed(tables, path, lambda own, rest: patch.put(own, rest, value))


def dropped(tables: Mapping[str, Any], path: Path) -> TableDict:
    """Return tables without what stands at an address, and without tables that are empty then."""
    return _changed(tables, path, _without)


def _changed(tables: Mapping[str, Any], path: Path, change: Callable[[Any, Path], TableDict]) -> TableDict:
    told = tables.get(EMPLOYER)
    if not prefix(path) or not isinstance(told, list):
        return change(tables, path)
    kinds = [change(one, inner(path)) if isinstance(one, dict) and one.get(NAME) == path[1] else one for one in told]
    return {**tables, EMPLOYER: kinds}


def _without(table: Mapping[str, Any], path: Path) -> TableDict:
    key, rest = path[0], path[1:]
    if key not in table:
        return dict(table)
    kept = {name: value for name, value in table.items() if name != key}
    left = _without(table[key], rest) if rest and isinstance(table[key], Mapping) else {}
    return {name: left if name == key else value for name, value in table.items()} if left else kept
