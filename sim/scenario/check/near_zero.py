"""Refuse numbers next to nothing: what is divided by them, or read as a span of time, has no meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.problems import Fault, Path

SMALLEST = 1e-6  # in the unit of any input: no share, wage, span or rate that somebody means is nearer to 0
RULE = f"is nearer to 0 than {SMALLEST:f}"
FIX = "write 0"


def tiny_faults(tables: Any, path: Path = ()) -> Iterator[Fault]:
    """Yield every number in tables and lists that is not 0 and nearer to it than any input can mean."""
    inside = tables.items() if isinstance(tables, Mapping) else enumerate(tables) if isinstance(tables, list) else ()
    for key, value in inside:
        spot = (*path, key if isinstance(key, int) else str(key))
        if isinstance(value, float) and 0 < abs(value) < SMALLEST:
            yield Fault(spot, value, RULE, FIX)
        else:
            yield from tiny_faults(value, spot)
