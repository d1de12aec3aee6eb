"""Part the ledger by year of the projection: what came in from whom, and what it was spent on; sums in USD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.results.blocks import Adder, Block, Floats, Rows, Sums, months_of
from sim.results.measure import PAYERS
from sim.results.money import CENTS, Plans, terms
from sim.units import MONTHS_PER_YEAR, cents
from sim.world import log


@dataclass(frozen=True)
class _Years:
    """Add ledger lines up by replication and year."""

    block: Block
    add: Adder

    @property
    def number(self) -> int:
        return -(-months_of(self.block) // MONTHS_PER_YEAR)

    def of(self, chosen: NDArray[np.bool_], amount: NDArray[np.int64]) -> Floats:
        """Return the sum of some lines' cents, shape (replications, years); what falls on a close belongs before it."""
        lines, years = self.block.lines, self.number
        month = np.ceil(lines["time"][chosen]).astype(np.int64) - 1
        year = np.clip(month // MONTHS_PER_YEAR, 0, years - 1)
        place: Rows = self.add.place[lines["employer"][chosen].astype(np.int64)]
        summed = np.bincount(place * years + year, weights=amount, minlength=self.add.size * years)
        return summed.reshape(self.add.size, years) / CENTS


def yearly_sums(block: Block, add: Adder, both: Plans) -> Sums:
    """Return receipts by payer and by source, and cost by kind, each of shape (replications, years).

    A year is twelve months from the start; the last may be shorter. Names are `received.<payer>`, `source.<name>` and
    `spent.<kind of cost>`.
    """
    years = _Years(block, add)
    nothing = np.zeros((add.size, years.number))
    sums: Sums = {f"received.{payer}": nothing for payer in PAYERS}
    for name, amount in _received(years, both):
        sums[name] = sums.get(name, nothing) + amount
    kind, amounts = block.lines["kind"], block.lines["cents"]
    for code, name in enumerate(log.COST_KINDS):
        chosen = kind == code
        sums[f"spent.{name}"] = nothing - years.of(chosen, amounts[chosen])
    return sums


def _received(years: _Years, both: Plans) -> Iterator[tuple[str, Floats]]:
    lines = years.block.lines
    came_in = lines["kind"] >= log.FIRST_RECEIPT
    for number, name in enumerate(years.block.sources):
        for source, when in terms(name, both, lines["time"]):
            chosen = came_in & (lines["source"] == number) & when
            amount = lines["cents"][chosen].astype(np.int64)
            federal = cents(amount * source.federal_share / CENTS)
            yield "received.federal", years.of(chosen, federal)
            yield f"received.{source.payer}", years.of(chosen, amount - federal)
            yield f"source.{name}", years.of(chosen, amount)
