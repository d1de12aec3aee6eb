"""What the measures need of a result, and its tables added up by replication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import HazardByTenure
from sim.model.world.log import Table

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Sums = dict[str, Floats]  # name → one row a replication, in the order of their numbers
Told = Mapping[str, Floats]  # the same for whoever reads it only


class Block(Protocol):
    """What happened to all employers of one kind, in all replications; `sim.model.engine.run.BlockResult` is one."""

    @property
    def kind(self) -> str:
        """Name the kind of employer."""

    @property
    def replications(self) -> Rows:
        """Return the replication of each employer of the block."""

    @property
    def owners(self) -> Rows:
        """Return the place of each employer in the portfolio."""

    @property
    def posts(self) -> int:
        """Return the posts of each employer: a fact's `row` is employer · posts + post."""

    @property
    def rungs(self) -> tuple[str, ...]:
        """Return the names of the rungs, entry first."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the names of the sources, by the number the ledger knows them by."""

    @property
    def facts(self) -> Table:
        """Return the facts about peers."""

    @property
    def funding(self) -> Table:
        """Return the facts about awards and closures."""

    @property
    def lines(self) -> Table:
        """Return the ledger."""

    @property
    def leaving(self) -> HazardByTenure:
        """Return how readily people leave each employer, by tenure, as the base opens."""

    @property
    def panel(self) -> Table:
        """Return columns of shape (months, employers)."""


@dataclass(frozen=True)
class Adder:
    """Add up by replication, always in the same order, whatever else is in the block."""

    place: Rows  # of each employer's replication
    size: int  # replications

    def employers(self, values: NDArray[Any]) -> Floats:
        """Return the sum over the employers of each replication."""
        return self.of(self.place, values)

    def rows(self, values: Floats) -> Floats:
        """Return the sums over the employers of each replication of values with a row an employer."""
        if self.place.size == self.size:  # one employer a replication, in their order
            return values[np.argsort(self.place, kind="stable")]
        return np.stack([self.employers(column) for column in values.T], axis=1)

    def own(self, value: Any) -> Any:
        """Return a number by employer as it is in each replication, whose employers of a kind have it in common."""
        return value[np.unique(self.place, return_index=True)[1]] if isinstance(value, np.ndarray) else value

    def months(self, column: NDArray[Any]) -> Floats:
        """Return the sum over months and employers of a panel column."""
        return self.employers(np.cumsum(column, axis=0, dtype=np.float64)[-1])

    def of(self, place: Rows, values: NDArray[Any] | None = None) -> Floats:
        """Return the sum, or without values the number, of rows that belong to each replication."""
        return np.bincount(place, weights=values, minlength=self.size).astype(np.float64)


def replications_of(blocks: Sequence[Block]) -> Rows:
    """Return the replication numbers of a result, ascending."""
    return np.unique(blocks[0].replications)


def adder(block: Block, numbers: Rows) -> Adder:
    """Return what adds a block up by replication."""
    return Adder(np.searchsorted(numbers, block.replications), numbers.size)


def months_of(block: Block) -> int:
    """Return how many months were projected."""
    return int(block.panel["filled"].shape[0])
