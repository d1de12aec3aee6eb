"""Lay one table over another, and reach into tables by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

TableDict = dict[str, Any]


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> TableDict:
    """Return `base` with `over` laid on it: tables merge, lists and values replace, None takes a key away.

    A table that states another `kind` than the one beneath replaces it whole.
    """
    merged = dict(base)
    for key, value in over.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _laid(merged.get(key), value)
    return merged


def _laid(beneath: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if not isinstance(beneath, Mapping) or value.get("kind", beneath.get("kind")) != beneath.get("kind"):
        return merge({}, value)
    return merge(beneath, value)


def nested(path: Sequence[str], value: Any) -> TableDict:
    """Return the table that holds one value at an address."""
    table = value
    for key in reversed(path):
        table = {key: table}
    return dict(table)


def put(table: Mapping[str, Any], path: Sequence[str], value: Any) -> TableDict:
    """Return a table with the value at one address replaced, None included."""
    key, rest = path[0], path[1:]
    beneath = table.get(key)
    inner = put(beneath if isinstance(beneath, Mapping) else {}, rest, value) if rest else value
    return {**table, key: inner}


def leaves(table: Mapping[str, Any], prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield address and value of everything that is not a table; an empty table is itself a leaf."""
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            yield from leaves(value, (*prefix, str(key)))
        else:
            yield (*prefix, str(key)), value


def split(address: str) -> tuple[str, ...]:
    """Return the parts of a dotted address."""
    return tuple(part.strip() for part in address.split("."))


def find(table: Any, path: Sequence[str | int]) -> tuple[Any, int]:
    """Return what stands at an address and how many of its parts exist."""
    for count, part in enumerate(path):
        inside = part in table if isinstance(table, Mapping) else _in_list(table, part)
        if not inside:
            return table, count
        table = table[part]
    return table, len(path)


def _in_list(table: Any, part: str | int) -> bool:
    return isinstance(table, list | tuple) and isinstance(part, int) and 0 <= part < len(table)
