"""Keep what came of single points of a study, or of a round of a search, so that it need not be run again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

from sim.runs.identity import versions
from sim.runs.safe_files import BlockError, read_arrays, write_arrays
from sim.scenario.fingerprint import digest

POINTS: Final = "points"
BASELINES: Final = "baselines"

Arrays = dict[str, NDArray[Any]]


class Shelf:
    """Keep arrays by key in a folder; without a folder nothing is kept."""

    def __init__(self, store: Path | None, name: str = POINTS) -> None:
        self._folder = None if store is None else store / name

    def key(self, meaning: Mapping[str, Any]) -> str:
        """Return the key of a result: what it came from, and the model, data and numpy that made it."""
        return digest({**meaning, **versions()}) if self._folder else ""

    def get(self, key: str) -> Arrays | None:
        """Return what is kept; None when nothing is, or what is there is damaged and has to be made again."""
        if self._folder is None:
            return None
        try:
            return read_arrays(self._file(key), key)
        except (BlockError, OSError):
            return None

    def put(self, key: str, arrays: Arrays) -> None:
        """Keep arrays; a disk that will not have them costs the keeping, not the study."""
        if self._folder is None:
            return
        try:
            self._file(key).parent.mkdir(parents=True, exist_ok=True)
            write_arrays(self._file(key), key, arrays, packed=True)
        except OSError:
            self._folder = None

    def _file(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / f"{key}.npz"
