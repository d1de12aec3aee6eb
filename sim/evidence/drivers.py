"""How far each input moved each result in the reference base, as `make sensitivity` measured it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError, read_toml

MADE = "made"
FIELDS = ("size", "low", "high", "mean", "luck")


@dataclass(frozen=True, slots=True)
class Driver:
    """How far one input moves one result over its range.

    rank is the input's place among all inputs, 1 the farthest; luck is the size that random variation would show. mean
    has the sign of the result when the input goes up.
    """

    measure: str
    path: str
    size: float
    low: float
    high: float
    mean: float
    luck: float
    rank: int

    @property
    def told_apart(self) -> bool:
        """Whether the size is more than random variation gives."""
        return self.low > self.luck


@dataclass(frozen=True, slots=True)
class Drivers:
    """Every input of every measure, the largest first, and how it was made."""

    made: Mapping[str, Any]
    by_measure: Mapping[str, tuple[Driver, ...]]


@cache
def load_drivers() -> Drivers:
    """Return data/sensitivity.toml."""
    return read_drivers(DATA / "sensitivity.toml")


def read_drivers(path: Path) -> Drivers:
    """Return one file; raise EvidenceError at the first fault."""
    tables = read_toml(path)
    if MADE not in tables:
        raise EvidenceError(f"{shown(path)}: {MADE} is missing: how, when and by which version it was made")
    rows = {key: _ranked(path, key, table) for key, table in tables.items() if key != MADE}
    return Drivers(MappingProxyType(tables[MADE]), MappingProxyType(rows))


def _ranked(path: Path, measure: str, table: Mapping[str, Mapping[str, float]]) -> tuple[Driver, ...]:
    for name, row in table.items():
        if set(row) != set(FIELDS) or not 0.0 <= row["low"] <= row["high"]:
            raise EvidenceError(f"{shown(path)}: {measure}.{name}: must hold {', '.join(FIELDS)}, low to high")
    order = sorted(table, key=lambda name: -table[name]["size"])
    return tuple(Driver(measure, name, rank=rank, **table[name]) for rank, name in enumerate(order, start=1))
