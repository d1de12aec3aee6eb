"""Bonuses for coming and for staying: who waits for one, and who is paid at a close (docs/model.md, section 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block, Posts
from sim.model.engine.holders import sizes
from sim.model.engine.tally import Tally
from sim.model.rules import turnover
from sim.model.world.rows import anywhere, per

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


def fall_due(block: Block, tally: Tally) -> None:
    """Count the bonuses that holders of posts are paid at the month's close."""
    terms, now = block.terms.given.pay, block.month + 1
    rows = np.flatnonzero(block.roster.filled)
    hired = block.roster.hired[rows]
    of = block.of[rows]
    if anywhere(terms.sign_on_bonus_usd):
        months = terms.sign_on_bonus_months
        at = np.ceil(hired) + months if months else np.floor(hired) + 1
        tally.count("sign_ons", of[(hired >= per(block.sign_on_since, of)) & (at == now)])
    if anywhere(terms.stay_bonus_usd):
        stayed = now - _counted_from(block, rows)
        paid, rest = np.divmod(stayed, terms.stay_bonus_months)
        due = (stayed >= 1) & (rest == 0) & (paid <= terms.stay_bonus_payments)
        tally.count("stays", of[due])


def factor(block: Block, rows: Posts, wage: Floats) -> Floats | None:
    """What a stay bonus ahead does to each holder's hazard of quitting; None where there is no bonus."""
    terms = block.terms.given.pay
    if not anywhere(terms.stay_bonus_usd):
        return None
    ahead = block.month - _counted_from(block, rows) < terms.stay_bonus_months * terms.stay_bonus_payments
    of = block.of[rows]
    earned = wage * per(block.terms.hours, of) * sizes(block, rows, block.terms) * terms.stay_bonus_months
    given = block.terms.given.turnover
    elasticity, most = per(given.stay_bonus_elasticity, of), per(given.stay_bonus_most_share, of)
    share = per(terms.stay_bonus_usd, of) / earned
    return np.where(ahead, turnover.stay_bonus_factor(elasticity, share, most), 1.0)


def _counted_from(block: Block, rows: Posts) -> Floats:
    return np.asarray(np.maximum(np.ceil(block.roster.hired[rows]), per(block.stay_since, block.of[rows])))
