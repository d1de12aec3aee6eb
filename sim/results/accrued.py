"""Add up what payers come to owe, in the month in which it is earned; sums in USD.

Claims count in the month of the service: as billed, less what is denied, plus what is recovered later. An award counts
in the month of the cost it pays. Dated payments and what an audit takes back count when they are paid.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.model.world import log
from sim.results.blocks import Block, Floats, Sums, months_of
from sim.results.books import Places, received
from sim.results.measures.measure import PAYERS
from sim.results.money import CENTS, Plans
from sim.results.replacing import tables_by_month
from sim.scenario.tables.funding import Source
from sim.units import Cents, cents

DATED: Final = (log.LINE_KINDS.index("scheduled"), log.LINE_KINDS.index("audit"))


def accrued_sums(block: Block, both: Plans, years: Places) -> Sums:
    """Return `accrued.<payer>`, shape (replications, years): what each payer comes to owe in each fiscal year."""
    sums: Sums = {payer: np.zeros((years.add.size, years.steps)) for payer in PAYERS}
    for name, usd in received(block, both, years, DATED):
        kind, _, payer = name.partition(".")
        if kind == "received":
            sums[payer] = sums[payer] + usd
    for month, table in enumerate(tables_by_month(both[0], months_of(block))):
        for name, source in table.funding.items():
            earned = _earned(block, name, source, month)
            federal = cents(earned * source.federal_share / CENTS)
            for payer, amount in (("federal", federal), (source.payer, earned - federal)):
                sums[payer][:, years.of_month[month]] += _by_replication(years, amount)
    return {f"accrued.{payer}": usd for payer, usd in sums.items()}


def _by_replication(years: Places, amount: Cents) -> Floats:
    return years.add.employers(amount) / CENTS


def _earned(block: Block, name: str, source: Source, month: int) -> Cents:
    """Return cents that each employer earned from a source in a month, shape (employers,)."""
    columns = (block.panel[f"{what}.{name}"][month] for what in ("billed", "denied", "charged"))
    billed, denied, charged = (np.asarray(one, dtype=np.int64) for one in columns)
    return source.owed(billed, denied, charged)
