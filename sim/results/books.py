"""Keep the books of a result by fiscal year and month, by replication: what a budget is made from; sums in USD.

Ledger, award money, cash, when payroll could not be met, closings, which decision took posts, and what payers come to
owe. Like all sums they have one row a replication and are added up over kinds of employers; a name says what it is, and
of which source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world import log
from sim.model.world.rows import per
from sim.results.blocks import Adder, Block, Floats, Rows, Sums, months_of
from sim.results.fates import fate_sums
from sim.results.fiscal import FiscalYears
from sim.results.kinds.sums import KIND
from sim.results.measures.measure import PAYERS
from sim.results.money import CENTS, Plans, terms
from sim.results.replacing import tables_by_month
from sim.scenario.tables.funding import Source, grants_of
from sim.scenario.timeline import EmployerPlan
from sim.units import Cents, cents

BOOK: Final = "book."  # before the names of these sums among the others
RECEIPTS: Final = tuple(range(log.FIRST_RECEIPT, len(log.LINE_KINDS)))
DECISIONS: Final = {"budget": log.BUDGET, "layoff": log.LAYOFF, "award_cut": log.AWARD_CUT}
DATED: Final = (log.LINE_KINDS.index("scheduled"), log.LINE_KINDS.index("audit"))


@dataclass(frozen=True)
class Places:
    """Add up by replication and step: fiscal years, or months."""

    add: Adder
    of_month: Rows
    steps: int

    def lines(self, table: Any, chosen: NDArray[np.bool_], amount: NDArray[Any] | None) -> Floats:
        """Return the sum of some rows of a log, shape (replications, steps); what falls on a close belongs before."""
        month = np.clip(np.ceil(table["time"][chosen]).astype(np.int64) - 1, 0, self.of_month.size - 1)
        place = self.add.place[table["employer"][chosen].astype(np.int64)] * self.steps + self.of_month[month]
        summed = np.bincount(place, weights=amount, minlength=self.add.size * self.steps)
        return summed.reshape(self.add.size, self.steps).astype(np.float64)

    def panel(self, column: NDArray[Any]) -> Floats:
        """Return the sum of a panel column, shape (replications, steps)."""
        months = np.stack([self.add.employers(month) for month in column], axis=1)
        return np.stack([months[:, self.of_month == step].sum(axis=1) for step in range(self.steps)], axis=1)

    def at_close(self, column: NDArray[Any]) -> Floats:
        """Return a panel column as each step's last month has it, shape (replications, steps)."""
        last = np.searchsorted(self.of_month, np.arange(self.steps), side="right") - 1
        return np.stack([self.add.employers(column[month]) for month in last], axis=1)


def book_sums(block: Block, add: Adder, both: Plans, years: FiscalYears) -> Sums:
    """Return the books of one kind of employer.

    By fiscal year, shape (replications, years): `received.<payer>`, `source.<name>`, `spent.<kind of cost>`, and of
    each award `awarded.<name>` (what became available; with the first year what is left of before), `drawn.<name>`,
    `lapsed.<name>` and `carried.<name>` (available at the year's end). By month, shape (replications,
    months): `cash`, how many employers `first_short` (cannot make payroll for the first time) and `closing`, and
    `took.<decision>` (posts that each kind of decision took). Once, shape (replications,): `peers_end`, and of each
    award how many employers met each fate, `<fate>.<name>` (`results/fates.py`).
    """
    by_year = Places(add, years.place, years.number)
    by_month = Places(add, np.arange(years.months), years.months)
    return _ledger(block, both, by_year) | _awards(block, both[0], by_year) | _months(block, by_month)


def _ledger(block: Block, both: Plans, years: Places) -> Sums:
    lines = block.lines
    nothing = np.zeros((years.add.size, years.steps))
    sums: Sums = {f"received.{payer}": nothing for payer in PAYERS}
    for name, amount in received(block, both, years):
        sums[name] = sums.get(name, nothing) + amount
    for code, name in enumerate(log.COST_KINDS):
        chosen = lines["kind"] == code
        sums[f"spent.{name}"] = nothing - years.lines(lines, chosen, lines["cents"][chosen]) / CENTS
    return sums


def received(block: Block, both: Plans, years: Places, kinds: Sequence[int] = RECEIPTS) -> Iterator[tuple[str, Floats]]:
    """Yield what came in by ledger lines of some kinds: each source's federal part, the rest, and the whole, USD."""
    lines = block.lines
    came_in = np.isin(lines["kind"], kinds)
    for number, name in enumerate(block.sources):
        for source, when in terms(name, both, lines["time"]):
            chosen = came_in & (lines["source"] == number) & when
            amount = lines["cents"][chosen].astype(np.int64)
            share = per(source.federal_share, lines["employer"][chosen].astype(np.int64))
            federal = cents(amount * share / CENTS)
            yield "received.federal", years.lines(lines, chosen, federal) / CENTS
            yield f"received.{source.payer}", years.lines(lines, chosen, amount - federal) / CENTS
            yield f"source.{name}", years.lines(lines, chosen, amount) / CENTS


def _awards(block: Block, plan: EmployerPlan, years: Places) -> Sums:
    """Return what each grant's awards paid for and what lapsed, and what became of them."""
    funding, add, sums = block.funding, years.add, Sums()
    for name in grants_of(plan.epochs[0][1].funding):
        ours = funding["source"] == block.sources.index(name)
        lapsed = ours & (funding["kind"] == log.LAPSED)
        sums[f"awarded.{name}"] = years.panel(block.panel[f"awarded.{name}"]) / CENTS
        sums[f"drawn.{name}"] = years.panel(block.panel[f"charged.{name}"]) / CENTS
        sums[f"lapsed.{name}"] = years.lines(funding, lapsed, funding["cents"][lapsed]) / CENTS
        sums[f"carried.{name}"] = years.at_close(block.panel[f"available.{name}"]) / CENTS
        sums |= fate_sums(funding, add, block.sources.index(name), name)
    return sums


def _months(block: Block, months: Places) -> Sums:
    panel, funding = block.panel, block.funding
    short = np.maximum.accumulate(panel["liquidity"] < 0, axis=0)
    sums: Sums = {
        "cash": months.panel(panel["cash"]) / CENTS,
        "first_short": months.panel(np.diff(short, axis=0, prepend=False)),
        "closing": months.lines(funding, funding["kind"] == log.CLOSED, None),
        "peers_end": months.add.employers(panel["filled"][months_of(block) - 1]),
    }
    for name, code in DECISIONS.items():
        sign = -1 if code == log.BUDGET else 1  # a budget writes the change in posts
        chosen = (funding["kind"] == code) & (sign * funding["cents"] > 0)
        sums[f"took.{name}"] = months.lines(funding, chosen, sign * funding["cents"][chosen])
    return sums


def books_of(everyone: Sequence[Sums]) -> tuple[Sums, ...]:
    """Return the books among the sums of each scenario, by their own names."""
    return tuple(
        {name.removeprefix(BOOK): values for name, values in own.items() if name.startswith(BOOK)} for own in everyone
    )


def without_books(sums: Sums) -> Sums:
    """Return the sums that measures are made from."""
    return {name: values for name, values in sums.items() if not name.startswith((BOOK, KIND))}


# what payers come to owe, in the month in which it is earned ----------------------------------------------------


def accrued_sums(block: Block, both: Plans, years: Places) -> Sums:
    """Return `accrued.<payer>`, shape (replications, years): what each payer comes to owe in each fiscal year.

    Claims count in the month of the service: as billed, less what is denied, plus what is recovered later. An award
    counts in the month of the cost it pays. Dated payments and what an audit takes back count when they are paid.
    """
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
