"""Charge each cost to the first source that may pay it (docs/model.md, section 11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.model.world.log import COST_KINDS
from sim.units import Cents, Reals, cents

OVERHEAD: Final = COST_KINDS.index("overhead")


def take(remaining: Cents, kinds: Sequence[int], amount: Cents) -> Cents:
    """Charge an amount to cost kinds in order; `remaining`, shape (kinds, employers), is lowered in place.

    Returns:
        the cents charged, by employer.
    """
    left = amount.copy()
    for kind in kinds:
        part = np.minimum(left, remaining[kind])
        remaining[kind] -= part
        left -= part
    return amount - left


def award_charge(direct: Reals, overhead: Reals, room: Cents, cap: Reals, match: Reals) -> tuple[Cents, Cents]:
    """Return the direct and indirect cents an award pays this month.

    Args:
        direct: allowed direct cost not yet charged to another source.
        overhead: allowed overhead not yet charged.
        room: cents the award may still pay.
        cap: indirect cost as a share of direct charges.
        match: dollars others must pay for each dollar of the award.
    """
    allowed = np.floor(direct / (1.0 + match) + 1e-6).astype(np.int64)
    indirect_allowed = np.floor(overhead / (1.0 + match) + 1e-6).astype(np.int64)
    charge = np.minimum(allowed, np.floor(room / (1.0 + cap) + 1e-6).astype(np.int64))
    indirect = np.minimum(np.minimum(np.floor(cap * charge + 1e-6).astype(np.int64), indirect_allowed), room - charge)
    return np.minimum(allowed, room - indirect), indirect


def federal_part(amount: Cents, federal_share: Reals) -> Cents:
    """Return the federal part of a payment."""
    return cents(amount * federal_share / 100.0)
