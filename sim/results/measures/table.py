"""Keep every measure, each defined once; command line, page, exports and docs all read this table."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sim.results.measures.measure import FAMILIES, Measure
from sim.results.measures.money import MONEY, PAY
from sim.results.measures.moves import MOVES
from sim.results.measures.people import PEOPLE
from sim.results.measures.service import SERVICE

MEASURES: Final = MappingProxyType({measure.key: measure for measure in (*PEOPLE, *MOVES, *PAY, *MONEY, *SERVICE)})


def measure_of(key: str) -> Measure:
    """Return the measure that a key, or a key with a part (`key.part`), belongs to."""
    return MEASURES[key.partition(".")[0]]


def label_of(key: str) -> str:
    """Return the label of a key; a part is named behind it."""
    part = key.partition(".")[2]
    label = measure_of(key).label
    return f"{label}: {part.replace('_', ' ')}" if part else label


__all__ = ["FAMILIES", "MEASURES", "Measure", "label_of", "measure_of"]
