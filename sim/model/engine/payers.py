"""What a block asks of the books of each funding source, and a payment that it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.tally import MonthOfWork
from sim.scenario.tables.funding import Source
from sim.units import Cents, Reals

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Books(Protocol):
    """Say what a block asks of each funding source's books; `funds.Fund` and its kinds fill it."""

    units: Counts
    billed: Cents
    denied: Cents
    rework_cost: Cents
    charged_now: Cents
    received: Cents  # (12, employers): payments in the last 12 closes

    def end_month(self) -> None:
        """Make room for the payments of the next month."""

    def receive(self, amount: Cents) -> None:
        """Note a payment that arrived in the month."""

    def bill(self, work: MonthOfWork) -> None:
        """Bill the month's work, if the source pays for work."""

    def charge(self, remaining: Cents) -> None:
        """Take over what cost the source may pay, lowering `remaining` (kinds, employers)."""

    def close(self) -> None:
        """End the source's month, after charging."""

    def begin_due(self, now: float) -> None:
        """Begin what begins by now."""

    def close_down(self, closing: Flags) -> None:
        """Let go of employers that close: work already done is paid for, and nothing else."""

    def cut_posts(self) -> Flags:
        """Where posts are cut because the source stopped paying for them."""

    def due_cents(self, after: float, until: Reals) -> Cents | int:
        """Cents sure to arrive after a time and until another that are not receivables yet."""

    def expected_usd(self, first: int, months: int) -> Floats | float:
        """USD expected of the source, whatever work is done, in some months from one on."""

    def posts_at_risk(self, now: float, source: Source) -> Floats | float:
        """Posts that may end with an award, each weighed by the chance and its nearness, under a month's terms."""


@dataclass(eq=False)
class Receipt:
    """Hold one expected payment to every employer of a block: at one time, or at times of their own by a close."""

    due: float  # when it is taken up
    kind: int
    source: str
    cents: NDArray[np.int64]
    when: Floats | None = None  # it arrives with each employer, where they differ

    @property
    def times(self) -> Floats | float:
        """When it arrives."""
        return self.due if self.when is None else self.when
