"""Turn results into columns with names instead of codes: for parquet (`arrow`), and for pandas in the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult
from sim.model.engine.together import Results
from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.model.world import log
from sim.units import month_text

GROUPS: Final = log.GROUPS
TABLES: Final = ("facts", "funding", "ledger", "panel")
BY_SOURCE: Final = ("billed", "denied", "charged", "awarded", "available")
IN_CENTS: Final = frozenset(
    {
        "cost",
        "payroll",
        "turnover_cost",
        "separation_cost",
        "hiring_cost",
        "cover_cost",
        "bonuses",
        "cash",
        "receivable",
        "liquidity",
        "due",
    }
)


@dataclass(frozen=True)
class Coded:
    """A column of codes and the names they stand for; a negative code is nothing."""

    codes: NDArray[np.int32]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Partial:
    """A column of whole numbers that are known in some rows only."""

    values: NDArray[np.int64]
    known: NDArray[np.bool_]


Columns = dict[str, NDArray[Any] | Coded | Partial]


def columns(results: Results, names: Sequence[str], start: int) -> dict[str, list[Columns]]:
    """Return the rows of every table, as columns for each scenario and kind of employer.

    Args:
        results: what `simulate` returned.
        names: of the scenarios.
        start: first month, as months since year 0.
    """
    found: dict[str, list[Columns]] = {table: [] for table in TABLES}
    for name, blocks in zip(names, results, strict=True):
        for block in blocks:
            rows = (_facts(block), _funding(block), _ledger(block), _panel(block, start))
            for table, own in zip(TABLES, rows, strict=True):
                size = len(own["replication"])  # type: ignore[arg-type]  # always a plain array
                found[table].append(
                    {"scenario": constant(name, size), "employer_kind": constant(block.kind, size), **own}
                )
    return found


def constant(text: str, size: int) -> Coded:
    """Return a column with the same text in every row."""
    return _named(np.zeros(size, dtype=np.int64), (text,))


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
    """Return facts about money: an amount, or of a decision the number of posts or people."""
    found = _dated_amounts(block, block.funding, "fact", log.FUNDING_KINDS)
    amounts, decided = block.funding["cents"].astype(np.int64), block.funding["kind"] >= log.BUDGET
    return found | {"cents": Partial(amounts, ~decided), "number": Partial(amounts, decided)}


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
    whose = _whose(block, np.tile(np.arange(employers), months))
    return {
        **whose,
        "month": month,
        "date": _named(month, texts),
        **{name: np.ascontiguousarray(column).ravel() for name, column in _panel_columns(block)},
    }


def _panel_columns(block: BlockResult) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the panel's columns, those in cents named so."""
    for name, column in block.panel.items():
        first, _, rest = name.partition(".")
        cents = name in IN_CENTS or (rest and first in BY_SOURCE)
        yield (f"{first}_cents.{rest}".rstrip(".") if cents else name), column


def _whose(block: BlockResult, employer: NDArray[np.int64]) -> Columns:
    return {"replication": block.replications[employer], "employer": block.owners[employer]}


def _named(codes: NDArray[Any], names: Sequence[str]) -> Coded:
    return Coded(np.asarray(codes, dtype=np.int32), tuple(names))
