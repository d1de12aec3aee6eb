"""What a household has left of a full-time wage, by state; read when it is asked for.

The table is data/net_income.parquet, for whoever wants to look at it. A plain installation cannot read parquet, so the
program reads the same figures from data/net_income.npz; `studies/net_income/pack.py` writes both.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError

FILE: Final = "net_income.npz"
TABLE: Final = "net_income.parquet"
SOURCE: Final = "policyengine_us_2026"  # key of data/sources.toml
METADATA: Final = b"peerstay"  # key of what the parquet file says of itself
NAMED: Final = ("states", "households", "wages", "amounts")  # in the npz file, the axes of `usd` in their order
PARTS: Final = ("made", *NAMED, "usd")
HOURS_PER_YEAR: Final = 2080
NET, WITH_HEALTH = "net", "net_with_health"
GAINS: Final = MappingProxyType(  # what moves with a wage → the sign with which a household feels it
    {"taxes": -1.0, "credits": 1.0, "food": 1.0, "other": 1.0, "public_cover": 1.0, "marketplace_help": 1.0}
)
AMOUNTS: Final = (NET, WITH_HEALTH, *GAINS)
HOUSEHOLDS: Final = (
    "one_adult",
    "one_adult_one_child",
    "one_adult_two_children",
    "two_adults",
    "two_adults_two_children",
)


@dataclass(frozen=True, slots=True)
class Curve:
    """What one household in one state has a year at every wage of the grid, USD by column."""

    state: str
    household: str
    wages: tuple[float, ...]  # USD an hour, rising
    amounts: Mapping[str, tuple[float, ...]]

    def at(self, column: str, wage: float) -> float | None:
        """Return an amount at a wage, on the straight line between two steps; None outside the grid."""
        if not self.wages[0] <= wage <= self.wages[-1]:
            return None
        above = min(bisect_right(self.wages, wage), len(self.wages) - 1)
        low, high = self.wages[above - 1], self.wages[above]
        before, after = (self.amounts[column][place] for place in (above - 1, above))
        return before + (after - before) * (wage - low) / (high - low)


@dataclass(frozen=True, slots=True)
class NetIncome:
    """The table: by which program, version and calendar year it was made, and its curves."""

    program: str
    version: str
    year: int
    curves: Mapping[tuple[str, str], Curve]

    @property
    def states(self) -> tuple[str, ...]:
        """Return the states that are there."""
        return tuple(sorted({state for state, _ in self.curves}))

    def of(self, state: str) -> tuple[Curve, ...]:
        """Return a state's curves in the order of the households; none where the state is not there."""
        return tuple(self.curves[state, name] for name in HOUSEHOLDS if (state, name) in self.curves)

    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest wage of the grid, USD an hour."""
        first = next(iter(self.curves.values()))
        return first.wages[0], first.wages[-1]


@cache
def load_net_income() -> NetIncome:
    """Return data/net_income.npz."""
    return read_net_income(DATA / FILE)


def read_net_income(path: Path) -> NetIncome:
    """Return one file; raise EvidenceError where it is not there or not whole."""
    import numpy as np  # noqa: PLC0415  # the other tables need no array library

    if not path.exists():
        raise EvidenceError(f"{shown(path)}: no such file; the tables lie beside the code, in the repository")
    with np.load(path) as file:
        missing = set(PARTS) - set(file.files)
        if missing:
            raise EvidenceError(f"{shown(path)}: {', '.join(sorted(missing))} missing")
        made, names, usd = json.loads(str(file["made"])), {part: file[part].tolist() for part in NAMED}, file["usd"]
    if {"program", "version", "year"} - set(made):
        raise EvidenceError(f"{shown(path)}: does not say which program, version and year it is of")
    wages = tuple(names["wages"])
    _see_whole(path, names, usd.shape)
    curves = {
        (state, household): Curve(state, household, wages, MappingProxyType(_columns(names["amounts"], own)))
        for state, homes in zip(names["states"], usd.tolist(), strict=True)
        for household, own in zip(names["households"], homes, strict=True)
    }
    return NetIncome(made["program"], made["version"], made["year"], MappingProxyType(curves))


def _see_whole(path: Path, names: Mapping[str, Sequence[Any]], shape: tuple[int, ...]) -> None:
    """See that wages rise and that there is an amount for each of what is named; raise EvidenceError else."""
    wages = tuple(names["wages"])
    if len(wages) < 2 or any(after <= before for before, after in pairwise(wages)):
        raise EvidenceError(f"{shown(path)}: wages = {wages}: must rise, and there must be two of them")
    if shape != tuple(len(names[part]) for part in NAMED) or set(names["amounts"]) != set(AMOUNTS):
        raise EvidenceError(f"{shown(path)}: usd: must hold an amount for each of {', '.join(NAMED)}")


def _columns(names: list[str], rows: list[list[float]]) -> dict[str, tuple[float, ...]]:
    """Return amounts by column from rows by wage."""
    return {name: tuple(map(float, own)) for name, own in zip(names, zip(*rows, strict=True), strict=True)}
