"""Make arrow tables of columns, with what each column holds written into the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sim.results.summary import Values
from sim.runs.exports.dictionary import ABOUT, column_of
from sim.runs.exports.frames import Coded, Columns, Partial, constant


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
