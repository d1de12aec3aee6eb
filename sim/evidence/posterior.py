"""The posterior: parameters of leaving drawn together from what all studies say, for an organization not yet seen.

The published table is data/posterior.parquet. The program reads the same draws from data/posterior.npz, for which it
needs no reader of parquet; `make posterior` writes both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from sim.evidence.paths import DATA, shown
from sim.evidence.tables import EvidenceError, read_toml

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TABLE: Final = "posterior.parquet"
FILE: Final = "posterior.npz"
CARD: Final = "posterior.toml"
MADE: Final = "made"


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
    """Return data/posterior.npz, read at the first call."""
    return read_posterior(DATA / FILE)


def read_posterior(path: Path) -> Posterior:
    """Return the draws of one file; raise EvidenceError for a file without draws or with a number that is none."""
    import numpy as np  # noqa: PLC0415  # the other tables need no array library

    try:
        with np.load(path) as file:
            columns = {name: np.asarray(file[name], dtype=float) for name in file.files if name != MADE}
            made = json.loads(str(file[MADE])) if MADE in file.files else {}
    except (OSError, ValueError, BadZipFile) as error:
        raise EvidenceError(f"{shown(path)}: {error}") from None
    if not columns or not all(values.size for values in columns.values()):
        raise EvidenceError(f"{shown(path)}: holds no draws; make posterior writes it again")
    for name, values in columns.items():
        if not np.isfinite(values).all():
            raise EvidenceError(f"{shown(path)}: {name}: draw {int(np.argmin(np.isfinite(values)))} is no number")
        values.flags.writeable = False
    return Posterior(MappingProxyType(columns), MappingProxyType(made))


@cache
def load_posterior_card() -> Mapping[str, Any]:
    """Return data/posterior.toml: how the draws were made, what they say, and how far they held studies left out."""
    return MappingProxyType(read_toml(DATA / CARD))
