"""Keep a run in a folder: facts, ledger and panel as parquet, scenarios, a manifest, and a data package of the tables.

Everything is written beside the folder and moved there at the end: an interrupted run or a full disk leaves nothing.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.results.summary import Values
from sim.runs.exports.dictionary import ABOUT, column_of
from sim.runs.exports.frames import TABLES, Coded, Columns, Partial, columns, constant
from sim.runs.identity import versions
from sim.runs.pieces import Piece
from sim.runs.toml import written
from sim.scenario.files import Loaded
from sim.units import month_number

MANIFEST = "manifest.json"
PACKAGE: Final = "datapackage.json"
PROGRAM = "peerstay"
MEASURES, SCENARIOS = "measures", "scenarios"
OURS = frozenset({MANIFEST, PACKAGE, SCENARIOS, *(f"{name}.parquet" for name in (*TABLES, MEASURES))})
COMPRESSION = "zstd"
FOLDER_MODE = 0o755
KINDS: Final = {"int64": "integer", "int32": "integer", "double": "number", "bool": "boolean"}  # the rest are words
NOT_A_NUMBER: Final = frozenset({"word", "name", "key", "month"})


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


# arrow tables ---------------------------------------------------------------------------------------------------


def arrow_table(table: str, own: Columns) -> pa.Table:
    """Return columns of one of the tables of the dictionary as an arrow table."""
    arrays = {name: _array(column) for name, column in own.items()}
    return pa.table(list(arrays.values()), schema=_schema(table, {name: array.type for name, array in arrays.items()}))


def measure_table(values: Mapping[str, Values]) -> pa.Table:
    """Return every measure of every scenario, one row a replication; undefined values are null."""
    parts = [
        arrow_table(
            "measures",
            {
                "scenario": constant(name, one.size),
                "replication": np.arange(one.size),
                "measure": constant(key, one.size),
                "value": one,
            },
        )
        for name, measures in values.items()
        for key, one in measures.items()
    ]
    return pa.concat_tables(parts)


def unified(parts: Sequence[pa.Table]) -> pa.Schema:
    """Return the columns that any of the tables has; kinds of employers differ in sources, rungs and households."""
    fields: dict[str, pa.Field] = {}
    for part in parts:
        fields |= {field.name: field for field in part.schema if field.name not in fields}
    return pa.schema(list(fields.values()), metadata=parts[0].schema.metadata)


def fitted(part: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with all columns of a schema, null where it has none."""
    columns = [part.column(f.name) if f.name in part.column_names else pa.nulls(part.num_rows, f.type) for f in schema]
    return pa.table(columns, schema=schema)


def _array(column: Any) -> pa.Array:
    if isinstance(column, Coded):
        indices = pa.array(np.maximum(column.codes, 0), mask=column.codes < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(list(column.names), pa.string()))
    if isinstance(column, Partial):
        return pa.array(column.values, mask=~column.known)
    return pa.array(column, from_pandas=True) if column.dtype == np.float64 else pa.array(column)


def _schema(table: str, types: Mapping[str, pa.DataType]) -> pa.Schema:
    """Return the columns with their units and what they hold, as parquet keeps them."""
    told = {name: column_of(table, name) for name in types}
    fields = [
        pa.field(name, kind, metadata={"unit": told[name].unit, "about": told[name].about})
        for name, kind in types.items()
    ]
    return pa.schema(fields, metadata={"about": ABOUT[table]})


# the data package -----------------------------------------------------------------------------------------------


def data_package(tables: Mapping[str, Mapping[str, str]], title: str, version: str) -> dict[str, Any]:
    """Return the description.

    Args:
        tables: by name, the arrow type of every column by its name.
        title: what was run.
        version: of the program.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "peerstay-run",
        "title": title,
        "description": f"Tables of a run of peerstay {version}; manifest.json names scenarios, seed and data.",
        "resources": [_resource(name, columns) for name, columns in tables.items()],
    }


def _resource(table: str, columns: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": table,
        "path": f"{table}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": ABOUT[table],
        "schema": {"fields": [_field(table, name, kind) for name, kind in columns.items()]},
    }


def _field(table: str, name: str, kind: str) -> dict[str, Any]:
    told = column_of(table, name)
    field = {"name": name, "type": KINDS.get(kind, "string"), "description": told.about}
    return field if told.unit in NOT_A_NUMBER else field | {"unit": told.unit}


def arrow_types(schemas: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, str]]:
    """Return the type of every column of arrow schemas, by table and name."""
    return {table: {field.name: str(field.type) for field in schema} for table, schema in schemas.items()}
