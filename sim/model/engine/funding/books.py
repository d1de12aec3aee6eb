"""Open the books of every funding source: in the warm-up, and at the start of a projection.

One file a kind of money says all it may bill, expect, charge and threaten; here alone a kind is told from another.
"""

from __future__ import annotations

from typing import Final

from sim.model.engine.block import Block
from sim.model.engine.funding.awards import AwardFund, PastAward
from sim.model.engine.funding.funds import Fund, UnitsFund, VisitsFund
from sim.model.engine.funding.schedule import PastSchedule, ScheduleFund

BEFORE_START: Final[dict[str, type[Fund]]] = {
    "fee_for_service": UnitsFund,
    "prospective": VisitsFund,
    "grant": PastAward,
    "scheduled": PastSchedule,
}
FROM_START: Final[dict[str, type[Fund]]] = BEFORE_START | {"grant": AwardFund, "scheduled": ScheduleFund}


def open_books(block: Block) -> None:
    """Give every source of a block its books."""
    kinds = FROM_START if block.projecting else BEFORE_START
    for name, source in block.terms.given.funding.items():
        block.funds[name] = kinds[source.kind](block, name)
