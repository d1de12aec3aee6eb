"""What every funding source's books can do, whatever its kind (docs/model.md, section 11)."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.tally import MonthOfWork
from sim.model.world import log
from sim.scenario.tables.funding import Source
from sim.units import Cents, Reals

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RECEIPT = {name: place for place, name in enumerate(log.LINE_KINDS)}
EVERY_KIND = tuple(range(len(log.COST_KINDS)))
YEAR = 12


class Fund(ABC):
    """Hold one source's money for a block of employers; its kinds say how it pays."""

    def __init__(self, block: Block, name: str) -> None:
        """Open the source's books."""
        self.block, self.name = block, name
        size = block.employers.cash.size
        self.billed, self.denied = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        self.units = np.zeros(size, dtype=np.int64)
        self.earned = np.zeros(size, dtype=np.int64)
        self.rework_cost = np.zeros(size, dtype=np.int64)
        self.received = np.zeros((YEAR, size), dtype=np.int64)  # in each of the last 12 closes
        self.charged_now = np.zeros(size, dtype=np.int64)

    def receive(self, amount: Cents) -> None:
        """Note a payment that arrived in the month."""
        self.received[0] += amount

    def end_month(self) -> None:
        """Make room for the payments of the next month."""
        self.received[1:] = self.received[:-1].copy()
        self.received[0] = 0

    def bill(self, work: MonthOfWork) -> None:
        """Bill nothing: only some sources pay for work."""
        del work

    @abstractmethod
    def charge(self, remaining: Cents) -> None:
        """Take over what cost the source may pay, lowering `remaining` (kinds, employers)."""

    def close(self) -> None:  # noqa: B027 (most sources have nothing to do)
        """End the source's month, after charging."""

    def begin_due(self, now: float) -> None:  # noqa: B027 (most sources have nothing to do)
        """Begin what begins by now."""

    def close_down(self, closing: Flags) -> None:  # noqa: B027 (most sources have nothing to do)
        """Let go of employers that close: work already done is paid for, and nothing else."""

    def cut_posts(self) -> Flags:
        """Where posts are cut because the source stopped paying for them: only awards do that."""
        return np.zeros(self.units.size, dtype=bool)

    def due_cents(self, after: float, until: Reals) -> Cents | int:
        """Cents sure to arrive from a time on and until another that are not receivables yet."""
        del after, until
        return 0

    def expected_usd(self, first: int, months: int) -> Floats | float:
        """USD expected of the source, whatever work is done, in some months from one on."""
        del first, months
        return 0.0

    def posts_at_risk(self, now: float, source: Source) -> Floats | float:
        """Posts that may end with an award, each weighed by the chance and its nearness, under a month's terms."""
        del now, source
        return 0.0

    def expect(self, after_months: Reals, kind: str, amount: Cents) -> None:
        """Schedule a payment some months after the month's close."""
        self.block.expect(self.block.month + 1 + after_months, RECEIPT[kind], self.name, amount)


def kinds_of(names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of cost kinds, in the order costs are charged."""
    return tuple(place for place, name in enumerate(log.COST_KINDS) if name in names)
