"""The effects table: how many standard deviations an outcome moves for one of a cause, and how we know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sim.evidence.paths import DATA
from sim.evidence.tables import Row, read_rows

COLUMNS = ("cause", "outcome", "effect", "low", "high", "grade", "basis", "source")
OUTCOMES = frozenset(
    {
        "burnout",
        "satisfaction",
        "role_clarity",
        "recovery",
        "boundary_difficulty",
        "prospects",
        "return_to_use",
        "exit_voluntary",
    }
)
GRADES = frozenset("ABCD")
NONE_REPORTED = "none reported"


@dataclass(frozen=True, slots=True)
class Effect:
    """One cause's effect on one outcome, in SD per SD; to an exit, in log hazard per SD."""

    cause: str
    outcome: str
    effect: float
    low: float
    high: float
    grade: str
    basis: str
    source: str

    @property
    def key(self) -> str:
        """Name the effect as scenarios do: cause.outcome."""
        return f"{self.cause}.{self.outcome}"


@cache
def load_effects() -> Mapping[str, Effect]:
    """Return the effects of data/effects.csv by key, in the order of the file."""
    return read_effects(DATA / "effects.csv")


def read_effects(path: Path) -> Mapping[str, Effect]:
    """Return the effects of one file by key; raise EvidenceError at the first fault."""
    return MappingProxyType(_by_key(read_rows(path, COLUMNS)))


def _by_key(rows: Iterable[Row]) -> dict[str, Effect]:
    effects: dict[str, Effect] = {}
    for row in rows:
        effect = _effect(row)
        if effect.key in effects:
            raise row.fault("cause", f"{effect.key} appears twice; one row for each cause and outcome")
        effects[effect.key] = effect
    return effects


def _effect(row: Row) -> Effect:
    low, effect, high = (row.number(column) for column in ("low", "effect", "high"))
    if not low <= effect <= high:
        raise row.fault("effect", f"must lie within low {low} and high {high}")
    return Effect(
        cause=row.text("cause"),
        outcome=row.choice("outcome", OUTCOMES),
        effect=effect,
        low=low,
        high=high,
        grade=row.choice("grade", GRADES),
        basis=row.text("basis"),
        source=row.text("source"),
    )
