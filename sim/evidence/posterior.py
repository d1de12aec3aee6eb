"""The posterior: parameters of leaving drawn together from what all studies say, for an organization not yet seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError, read_toml

FILE = "posterior.parquet"
CARD = "posterior.toml"


@dataclass(frozen=True)
class Posterior:
    """Equally likely draws: an array for each input's dotted address, draw by draw; and how they were made."""

    columns: Mapping[str, NDArray[np.float64]]
    made: Mapping[str, str]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def draw(self, number: int) -> dict[str, float]:
        """Return one draw by input; numbers past the last begin again."""
        return {path: float(values[number % len(self)]) for path, values in self.columns.items()}


@cache
def load_posterior() -> Posterior:
    """Return data/posterior.parquet, read at the first call."""
    return read_posterior(DATA / FILE)


def read_posterior(path: Path) -> Posterior:
    """Return the draws of one file; raise EvidenceError for a file without draws or with a number that is none."""
    from pyarrow import ArrowInvalid, parquet  # noqa: PLC0415  # takes long to load

    try:
        table = parquet.read_table(path)
    except (ArrowInvalid, OSError) as error:
        raise EvidenceError(f"{shown(path)}: {error}") from None
    columns = {name: np.asarray(table[name].to_numpy(), dtype=float) for name in table.column_names}
    if not table.num_rows or not columns:
        raise EvidenceError(f"{shown(path)}: holds no draws; make posterior writes it again")
    for name, values in columns.items():
        if not np.isfinite(values).all():
            raise EvidenceError(f"{shown(path)}: {name}: draw {int(np.argmin(np.isfinite(values)))} is no number")
        values.flags.writeable = False
    told = table.schema.metadata or {}
    made = {key.decode(): value.decode() for key, value in told.items() if not key.startswith(b"ARROW")}
    return Posterior(MappingProxyType(columns), MappingProxyType(made))


@cache
def load_posterior_card() -> Mapping[str, Any]:
    """Return data/posterior.toml: how the draws were made, what they say, and how far they held studies left out."""
    return MappingProxyType(read_toml(DATA / CARD))
