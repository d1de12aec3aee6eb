"""Add up of each scenario what the measures do not hold, block after block of replications, while they are run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.results.blocks import Block, Floats, Rows, Sums, replications_of
from sim.runs.pieces import Piece
from sim.scenario.files import Loaded
from sim.scenario.rows import Ran, plans_of
from sim.scenario.timeline import EmployerPlan

OfBlock = Callable[[Block, Rows, tuple[EmployerPlan, EmployerPlan]], Sums]


@dataclass
class Collected:
    """Sums of each scenario, the base first; pass `keep` to `sim.runs.answer.ask`.

    `of_block` adds up one kind of employer: what happened, the replications, the kind's plan and that of the base.
    """

    everyone: Sequence[Loaded]
    of_block: OfBlock
    parts: list[Sequence[Sums]] = field(default_factory=list)

    def keep(self, piece: Piece) -> None:
        """Take over one block of replications; of futures each row is added up by the terms it was lived by."""
        if piece.lived is not None:
            own = piece.lived.in_order(lambda part, at: self._sums(part.results[at], part.rows[at], part.rows[0]))
            self.parts.append(own[: len(self.everyone)])
            return
        base = self.everyone[0].scenario
        told = zip(self.everyone, piece.results or (), strict=True)
        self.parts.append([self._sums(blocks, loaded.scenario, base) for loaded, blocks in told])

    def _sums(self, blocks: Sequence[Block], ran: Ran, base: Ran) -> Sums:
        own, opening = ({plan.name: plan for plan in plans_of(one)} for one in (ran, base))
        numbers, total = replications_of(blocks), Sums()
        for block in blocks:
            found = self.of_block(block, numbers, (own[block.kind], opening[block.kind]))
            for name, values in found.items():
                total[name] = total[name] + values if name in total else values
        return total

    def of(self, case: int, name: str) -> Floats:
        """Return one sum of a scenario over all replications."""
        return np.concatenate([part[case][name] for part in self.parts])
