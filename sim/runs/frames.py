"""Turn results into columns with names instead of codes, ready to be written as parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult
from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.model.world import log
from sim.results.summary import Values
from sim.runs.blocks import Results
from sim.units import month_text

GROUPS = ("black", "other_non_white", "white")
TABLES = ("facts", "funding", "ledger", "panel")
BY_SOURCE = ("units", "billed", "denied", "charged")
Columns = dict[str, Any]  # name → numpy array or arrow array


def tables(results: Results, names: Sequence[str], start: int) -> dict[str, list[pa.Table]]:
    """Return the rows of every table, one arrow table for each scenario and kind of employer.

    Args:
        results: what `simulate` returned.
        names: of the scenarios.
        start: first month, as months since year 0.
    """
    found: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
    for name, blocks in zip(names, results, strict=True):
        for block in blocks:
            rows = (_facts(block), _funding(block), _ledger(block), _panel(block, start))
            for table, columns in zip(TABLES, rows, strict=True):
                size = len(columns["replication"])
                whole = {"scenario": _constant(name, size), "employer_kind": _constant(block.kind, size), **columns}
                found[table].append(pa.table(whole))
    return found


def measure_table(values: Mapping[str, Values]) -> pa.Table:
    """Return every measure of every scenario, one row a replication; undefined values are null."""
    parts = [
        pa.table(
            {
                "scenario": _constant(name, one.size),
                "replication": np.arange(one.size),
                "measure": _constant(key, one.size),
                "value": pa.array(one, from_pandas=True),
            }
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
    return pa.schema(list(fields.values()))


def fitted(part: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with all columns of a schema, null where it has none."""
    columns = [part.column(f.name) if f.name in part.column_names else pa.nulls(part.num_rows, f.type) for f in schema]
    return pa.table(columns, schema=schema)


def _facts(block: BlockResult) -> Columns:
    facts = block.facts
    row = facts["row"].astype(np.int64)
    left = facts["kind"] == log.LEFT
    return {
        **_whose(block, row // block.posts),
        "post": row % block.posts,
        "ordinal": facts["ordinal"].astype(np.int64),
        "time_months": facts["time"],
        "fact": _named(facts["kind"], log.KINDS),
        "cause": _named(np.where(left, facts["detail"], -1), CAUSES),
        "destination": _named(facts["destination"], DESTINATIONS),
        "rung": _named(facts["rung"], block.rungs),
        "wage_usd_per_hour": facts["wage"],
        "hired_months": facts["hired"],
        "group": _named(facts["group"], GROUPS),
    }


def _funding(block: BlockResult) -> Columns:
    return _dated_amounts(block, block.funding, "fact", log.FUNDING_KINDS)


def _ledger(block: BlockResult) -> Columns:
    return _dated_amounts(block, block.lines, "line", log.LINE_KINDS)


def _dated_amounts(block: BlockResult, table: log.Table, called: str, kinds: tuple[str, ...]) -> Columns:
    return {
        **_whose(block, table["employer"].astype(np.int64)),
        "time_months": table["time"].astype(np.float64),
        called: _named(table["kind"], kinds),
        "source": _named(table["source"], block.sources),
        "cents": table["cents"].astype(np.int64),
    }


def _panel(block: BlockResult, start: int) -> Columns:
    months, employers = block.panel["filled"].shape
    month = np.repeat(np.arange(months), employers)
    texts = [month_text(start + number) for number in range(months)]
    columns: Columns = _whose(block, np.tile(np.arange(employers), months))
    columns |= {"month": month, "date": _named(month, texts)}
    return columns | {name: np.ascontiguousarray(column).ravel() for name, column in _panel_columns(block)}


def _panel_columns(block: BlockResult) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the panel's columns, those in cents named so."""
    in_cents = {"cost", "payroll", "turnover_cost", "cash", "receivable"}
    for name, column in block.panel.items():
        first, _, rest = name.partition(".")
        cents = name in in_cents or (rest and first in BY_SOURCE and first != "units")
        yield (f"{first}_cents.{rest}".rstrip(".") if cents else name), column


def _whose(block: BlockResult, employer: NDArray[np.int64]) -> Columns:
    return {"replication": block.replications[employer], "employer": block.owners[employer]}


def _named(codes: NDArray[Any], names: Sequence[str]) -> pa.DictionaryArray:
    """Return codes as names; a negative code is null."""
    numbers = np.asarray(codes, dtype=np.int64)
    indices = pa.array(np.maximum(numbers, 0).astype(np.int32), mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string()))


def _constant(text: str, size: int) -> pa.DictionaryArray:
    return _named(np.zeros(size, dtype=np.int64), (text,))
