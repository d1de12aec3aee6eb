"""Describe the tables of a run as a Frictionless data package: datapackage.json, which many programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.runs.exports.dictionary import ABOUT, column_of

FILE: Final = "datapackage.json"
KINDS: Final = {"int64": "integer", "int32": "integer", "double": "number", "bool": "boolean"}  # the rest are words
NOT_A_NUMBER: Final = frozenset({"word", "name", "key", "month"})


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
