"""What an employer can meet its payroll from: cash, money that is about to come, unused credit (docs/model.md, 12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.model.engine.block import Block
from sim.model.world.rows import anywhere, each
from sim.units import Cents, cents_of, months_from_days


@dataclass(frozen=True)
class AtHand:
    """What employers can count on at a close, in cents."""

    cash: Cents
    due: Cents  # receivables and scheduled amounts that arrive within `rules.receivable_days`
    credit: Any  # limit: one, or one an employer

    @property
    def without_credit(self) -> Cents:
        """Cash and what is due: what a budget may plan with."""
        return self.cash + self.due

    @property
    def liquidity(self) -> Cents:
        """Cash, what is due and the credit limit; below 0 payroll cannot be made."""
        return np.asarray(self.cash + self.due + self.credit)


def at_hand(block: Block) -> AtHand:
    """What employers can count on as the block's month begins, under its rules."""
    rules, now = block.terms.given.rules, float(block.month)
    until = now + months_from_days(rules.receivable_days)
    due = np.zeros_like(block.employers.cash)
    for receipt in block.pending:
        soon = (now < receipt.times) & (receipt.times <= until)
        if anywhere(soon):
            due += receipt.cents * soon
    for fund in block.funds.values():
        due += fund.due_cents(now, until)
    return AtHand(block.employers.cash.copy(), due, each(cents_of, rules.credit_limit_usd))
