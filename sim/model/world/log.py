"""Write down what happens: facts about peers, facts about funding, ledger lines, and a monthly panel.

The engine and the results meet only here. Facts are kept as chunks of arrays while a block runs and joined at its end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Table = dict[str, NDArray[Any]]

KINDS: Final = ("opening", "hired", "certified", "promoted", "leave", "returned", "left")
OPENING, HIRED, CERTIFIED, PROMOTED, LEAVE, RETURNED, LEFT = range(7)
FUNDING_KINDS: Final = (
    "awarded",
    "notice_renewed",
    "notice_ended",
    "ended",
    "terminated",
    "lapsed",
    "closed",
    "budget",
    "layoff",
    "award_cut",
    "bridged",
)
AWARDED, NOTICE_RENEWED, NOTICE_ENDED, ENDED, TERMINATED, LAPSED, CLOSED = range(7)
BUDGET, LAYOFF, AWARD_CUT, BRIDGED = range(7, 11)  # decisions: a number of posts or people stands in place of cents
GROUPS: Final = ("black", "other_non_white", "white")  # by the number a fact has under `group`
COST_KINDS: Final = ("wages", "fringe", "supervision", "training", "recruiting", "direct", "overhead", "other")
LINE_KINDS: Final = (
    *COST_KINDS,
    "claims",
    "recovered",
    "prospective",
    "reimbursement",
    "scheduled",
    "audit",
)
FIRST_RECEIPT: Final = len(COST_KINDS)
NO_SOURCE: Final = -1
NO_DETAIL: Final = -1

FACT_COLUMNS: Final = (
    "time",
    "kind",
    "row",
    "ordinal",
    "detail",
    "destination",
    "rung",
    "wage",
    "hired",
    "group",
)
FUNDING_COLUMNS: Final = ("time", "kind", "source", "employer", "cents")
LINE_COLUMNS: Final = ("time", "kind", "source", "employer", "cents")


@dataclass
class Chunks:
    """Collect rows of one table as chunks of equal-length columns; a scalar stands for a whole column."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, size: int, *values: Any) -> None:
        """Append a chunk of `size` rows, values in the order of the columns."""
        if size:
            self.rows.append((size, *values))

    def table(self) -> Table:
        """Return all rows joined, one array a column."""
        if not self.rows:
            return {name: np.zeros(0) for name in self.columns}
        sizes = np.array([row[0] for row in self.rows])
        return {name: self._joined(place + 1, sizes) for place, name in enumerate(self.columns)}

    def _joined(self, place: int, sizes: NDArray[np.int64]) -> NDArray[Any]:
        parts = [np.asarray(row[place]) for row in self.rows]
        if all(part.ndim == 0 for part in parts):
            return np.repeat(np.array(parts), sizes)
        whole = [part if part.ndim else np.repeat(part, size) for part, size in zip(parts, sizes, strict=True)]
        return np.concatenate(whole)


@dataclass
class Log:
    """Collect what happens to a block of employers."""

    facts: Chunks = field(default_factory=lambda: Chunks(FACT_COLUMNS))
    funding: Chunks = field(default_factory=lambda: Chunks(FUNDING_COLUMNS))
    lines: Chunks = field(default_factory=lambda: Chunks(LINE_COLUMNS))
    panel: list[Table] = field(default_factory=list)

    def panel_table(self) -> Table:
        """Return the panel, each column (months, employers)."""
        return {name: np.stack([month[name] for month in self.panel]) for name in self.panel[0]} if self.panel else {}
