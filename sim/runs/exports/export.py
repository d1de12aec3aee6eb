"""Keep a run in a folder: facts, ledger and panel as parquet, scenarios, and a manifest.

Everything is written beside the folder and moved there at the end: an interrupted run or a full disk leaves nothing.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from sim.results.summary import Values
from sim.runs.exports.arrow import arrow_table, fitted, measure_table, unified
from sim.runs.exports.datapackage import FILE as PACKAGE
from sim.runs.exports.datapackage import arrow_types, data_package
from sim.runs.exports.frames import TABLES, columns
from sim.runs.identity import versions
from sim.runs.pieces import Piece
from sim.runs.toml import written
from sim.scenario.files import Loaded
from sim.units import month_number

MANIFEST = "manifest.json"
PROGRAM = "peerstay"
MEASURES, SCENARIOS = "measures", "scenarios"
OURS = frozenset({MANIFEST, PACKAGE, SCENARIOS, *(f"{name}.parquet" for name in (*TABLES, MEASURES))})
COMPRESSION = "zstd"
FOLDER_MODE = 0o755


class Export:
    """Write one run; use it as a context manager, and `finish` before leaving it."""

    def __init__(self, folder: str | Path, names: Sequence[str], everyone: Sequence[Loaded]) -> None:
        """Name the folder and the scenarios.

        Raises:
            FileExistsError: when the folder holds anything but an earlier run.
        """
        self.folder = Path(folder)
        self.scenarios = dict(zip(names, everyone, strict=True))
        self._writers: dict[str, pq.ParquetWriter] = {}
        refuse_to_overwrite(self.folder)

    def __enter__(self) -> Self:
        """Make a folder beside the one that is asked for."""
        parent = self.folder.absolute().parent
        parent.mkdir(parents=True, exist_ok=True)
        self._partial = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}-", suffix=".partial", dir=parent))
        self._partial.chmod(FOLDER_MODE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing half-written behind."""
        self._close()
        shutil.rmtree(self._partial, ignore_errors=True)

    def keep(self, piece: Piece) -> None:
        """Write what came of one block of replications."""
        start = month_number(next(iter(self.scenarios.values())).scenario.horizon.start)
        for name, rows in columns(piece.results or [], tuple(self.scenarios), start).items():
            parts = [arrow_table(name, own) for own in rows]
            if name not in self._writers:
                path = self._partial / f"{name}.parquet"
                self._writers[name] = pq.ParquetWriter(path, unified(parts), compression=COMPRESSION)
            writer = self._writers[name]
            for part in parts:
                writer.write_table(fitted(part, writer.schema))

    def finish(self, values: Sequence[Values], manifest: Mapping[str, Any]) -> None:
        """Write measures, scenarios and manifest, and move everything to the folder."""
        schemas = {name: writer.schema for name, writer in self._writers.items()}
        self._close()
        measures = measure_table(dict(zip(self.scenarios, values, strict=True)))
        pq.write_table(measures, self._partial / f"{MEASURES}.parquet", compression=COMPRESSION)
        _write_scenarios(self._partial / SCENARIOS, self.scenarios)
        made = versions()
        _write(self._partial / MANIFEST, {"program": PROGRAM, **made, **manifest, "arrow": pa.__version__})
        title = next(iter(self.scenarios.values())).scenario.title
        types = arrow_types({**schemas, MEASURES: measures.schema})
        _write(self._partial / PACKAGE, data_package(types, title, made["version"]))
        self._move()

    def _close(self) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()

    def _move(self) -> None:
        """Put the new folder in the place of the old one, which stays until the new one is there."""
        refuse_to_overwrite(self.folder)
        old = self._partial.with_suffix(".old")
        if self.folder.exists():
            self.folder.rename(old)
        try:
            self._partial.rename(self.folder)
        except BaseException:
            if old.exists():
                old.rename(self.folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def refuse_to_overwrite(folder: Path) -> None:
    """Raise FileExistsError unless a folder is new, empty, or holds an earlier run."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise FileExistsError(f"--out {folder}: is not a folder")
    found = {entry.name for entry in folder.iterdir()}
    if found and not (found <= OURS and _is_ours(folder)):
        raise FileExistsError(f"--out {folder}: holds something else than an earlier run; name a new folder")


def _is_ours(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("program") == PROGRAM


def _write(file: Path, said: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_scenarios(folder: Path, scenarios: Mapping[str, Loaded]) -> None:
    """Write each scenario as a file that runs by itself, and with every default filled in."""
    folder.mkdir()
    for name, loaded in scenarios.items():
        (folder / f"{name}.toml").write_text(written(loaded.raw), encoding="utf-8")
        resolved = json.dumps(loaded.scenario.model_dump(mode="json"), indent=2, ensure_ascii=False)
        (folder / f"{name}.resolved.json").write_text(resolved + "\n", encoding="utf-8")
