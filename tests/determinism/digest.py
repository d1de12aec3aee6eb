"""One line on whether two runs are the same to the last bit, whole or one replication at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult
from sim.model.world.log import Table

Flags = NDArray[np.bool_]


def digest(*tables: Table) -> str:
    """Return the SHA-256 of tables: every column's name, type, shape and raw bytes.

    Times are read as floats and an empty column has no type: in a small block all times may be whole.
    """
    whole = hashlib.sha256()
    for table in tables:
        for name, column in table.items():
            bits = np.ascontiguousarray(column, dtype=np.float64 if name == "time" else None)
            whole.update(json.dumps([name, bits.dtype.str if bits.size else "", bits.shape]).encode())
            whole.update(bits.tobytes())
    return whole.hexdigest()


def digest_of(results: list[BlockResult]) -> str:
    """Return the digest of all that was written down about all kinds of employers."""
    told = [table for one in results for table in (one.facts, one.funding, one.lines, one.panel)]
    frames = [{"replications": one.replications, "owners": one.owners} for one in results]
    return digest(*told, *frames)


def part(
    result: BlockResult, employers: Flags, *, posts: int | None = None, before: float = np.inf
) -> tuple[Table, Table, Table, Table]:
    """Return facts, funding facts, ledger and panel of some employers, numbered anew, to the close of a month.

    Args:
        result: the run.
        employers: which of the block's employers.
        posts: how many posts of each, the first ones; all, if left out.
        before: facts before this time, ledger to this time, panel to the close before it; all, if left out.
    """
    new_number = np.cumsum(employers) - 1
    width = result.posts if posts is None else posts
    row = result.facts["row"].astype(np.int64)
    of, post = row // result.posts, row % result.posts
    facts = _chosen(result.facts, employers[of] & (post < width) & (result.facts["time"] < before))
    facts["row"] = new_number[facts["row"].astype(np.int64) // result.posts] * width + (
        facts["row"].astype(np.int64) % result.posts
    )
    last = None if before == np.inf else round(before) - 1
    panel = {name: column[:last, employers] for name, column in result.panel.items()}
    funding = _of_employers(result.funding, employers, new_number, lambda time: time < before)
    lines = _of_employers(result.lines, employers, new_number, lambda time: time <= before)
    return facts, funding, lines, panel


def _of_employers(
    table: Table, employers: Flags, new_number: NDArray[np.int64], timely: Callable[[NDArray[np.float64]], Flags]
) -> Table:
    of = table["employer"].astype(np.int64)
    chosen = _chosen(table, employers[of] & timely(table["time"]))
    chosen["employer"] = new_number[chosen["employer"].astype(np.int64)]
    return chosen


def _chosen(table: Table, rows: Flags) -> Table:
    return {name: column[rows] for name, column in table.items()}


def of_replication(results: list[BlockResult], replication: int) -> str:
    """Return the digest of one replication of a run."""
    return digest(*(table for one in results for table in part(one, one.replications == replication)))
