"""Books of a scheduled fund: dated amounts, as an opioid settlement or a contract pays (docs/model.md, section 11)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.funding.funds import RECEIPT, Fund, kinds_of
from sim.model.engine.tally import MonthOfWork
from sim.model.rules import braiding
from sim.model.world.rows import each
from sim.scenario.tables.funding import known_as
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.units import MONTHS_PER_YEAR, Cents, Reals, cents, cents_of, month_number, months_from_days

Floats = NDArray[np.float64]
CENTS: Final = 100.0
FIRST_DAY: Final = months_from_days(1.0)


def payments(fund: ScheduledFund, start: int) -> dict[int, int]:
    """Cents of a fund by month since the start, the dates before it among them; payments of one month are one."""
    total: dict[int, int] = {}
    for payment in fund.payments:
        at = month_number(payment.at) - start
        total[at] = total.get(at, 0) + cents_of(payment.usd)
    return total


def unspent_at_start(fund: ScheduledFund, start: int) -> Any:
    """Cents received before the start and not yet spent.

    As stated, else the part of the last payment that is for the months until the next; one without a successor is for
    twelve months.
    """
    if fund.unspent_usd is not None:
        return each(cents_of, fund.unspent_usd)
    dated = payments(fund, start)
    before, coming = [at for at in dated if at < 0], [at for at in dated if at >= 0]
    if not before:
        return 0
    last = max(before)
    ahead = min(coming) if coming else max(0, MONTHS_PER_YEAR + last)
    return cents_of(dated[last] / CENTS * ahead / (ahead - last))


def scheduled(block: Block, name: str, month: int) -> ScheduledFund:
    """A fund's terms in a month."""
    return known_as(ScheduledFund, block.terms_at(month).given.funding[name])


class ScheduleFund(Fund):
    """Pay dated amounts."""

    def __init__(self, block: Block, name: str) -> None:
        """Start with what was received before the start and is not spent."""
        super().__init__(block, name)
        self.balance = np.full_like(self.units, unspent_at_start(self.source, block.world.start))

    @property
    def source(self) -> ScheduledFund:
        """The fund's terms in force."""
        return scheduled(self.block, self.name, self.block.month)

    def payments(self) -> dict[int, int]:
        """Cents that the terms in force state, by month since the start."""
        return payments(self.source, self.block.world.start)

    def expected_usd(self, first: int, months: int) -> Floats:
        """Return the balance and what will come within some months from one on."""
        coming = sum(amount for at, amount in self.payments().items() if first <= at < first + months)
        return np.asarray((self.balance + coming) / CENTS)

    def due_cents(self, after: float, until: Reals) -> Any:
        """Cents dated at a time or later, until another."""
        return sum(amount * ((after <= at) & (at <= until)) for at, amount in self.payments().items())

    def charge(self, remaining: Cents) -> None:
        """Take over allowed cost up to the balance received."""
        self.charged_now = braiding.take(remaining, kinds_of(self.source.pays_for), self.balance)
        self.balance = self.balance - self.charged_now

    def bill(self, work: MonthOfWork) -> None:
        """Receive what is dated the month: on its first day, before anything is paid or charged."""
        del work
        employers, month = self.block.employers, self.block.month
        arrived = np.where(employers.closed, 0, self.payments().get(month, 0))
        self.balance = self.balance + arrived
        employers.cash_at_start = employers.cash_at_start + arrived
        self.block.post(month + FIRST_DAY, RECEIPT["scheduled"], self.name, arrived)


class PastSchedule(Fund):
    """Take over cost before the start: each month a twelfth of what is dated in the first year after it."""

    def charge(self, remaining: Cents) -> None:
        """Take over allowed cost up to a twelfth of a year's amounts; its money is part of the opening cash."""
        source = scheduled(self.block, self.name, self.block.month)
        dated = payments(source, self.block.world.start)
        year = sum(amount for at, amount in dated.items() if 0 <= at < MONTHS_PER_YEAR)
        month = np.full_like(self.units, int(cents(year / CENTS / MONTHS_PER_YEAR)))
        self.charged_now = braiding.take(remaining, kinds_of(source.pays_for), month)
