"""Lay a layer's ranges on those beneath: an input that it states anew is known, unless it gives a range again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sim.scenario.patch import TableDict, find, leaves, split

RANGES: Final = "ranges"


def ranges_laid(beneath: TableDict, layer: TableDict) -> TableDict:
    """Return a layer with the ranges that hold once it lies on the tables beneath, by whole address.

    A layer without ranges, on tables without any, comes back as it is.
    """
    before, own = beneath.get(RANGES), layer.get(RANGES)
    if not isinstance(own, Mapping | None):
        return layer  # the check says that they must be a table
    stated = [path for path in _table(before) if _states(layer, path)]
    given = {".".join(path): ends for path, ends in leaves(_table(own))}
    return {**layer, RANGES: {**dict.fromkeys(stated), **given}} if stated or given else layer


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _states(layer: Mapping[str, Any], address: str) -> bool:
    """Whether a layer says an input itself, or takes away a table around it."""
    path = split(address)
    value, depth = find(layer, path)
    return depth > 0 and (depth == len(path) or not isinstance(value, Mapping))
