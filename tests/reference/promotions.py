"""Promotions at a close (docs/model.md, section 13)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.scenario.tables.ladder import ChanceOfPromotion, NumberOfSlots, OnePerPeers, Rung, ShareOfPosts
from sim.units import whole_number

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer


def promote(employer: Employer) -> None:
    """From the top rung down, promote the longest in rung into the free slots."""
    close, terms = employer.month + 1, employer.terms
    for index in range(len(terms.ladder) - 1, -1, -1):
        name, rung = terms.ladder[index]
        below = terms.rungs[index]
        waiting = candidates(employer, below, rung, close)
        if isinstance(rung.slots, ChanceOfPromotion):
            by_chance(employer, name, rung.slots.per_month, waiting)
            continue
        free = free_slots(employer, name, rung)
        employer.slots_seen[name] = free, len(waiting)
        employer.months_queued.pop(name, None)  # an opening's, where slots were by chance before
        promoted = len(waiting) if free == math.inf else min(int(free), len(waiting))
        for peer in waiting[:promoted]:
            peer.promote(name, close)


def by_chance(employer: Employer, name: str, chance: float, waiting: list[Peer]) -> None:
    """Promote each of those who qualify by chance."""
    employer.months_queued[name] = min(120.0, 1.0 / chance) if chance > 0 else 120.0
    for peer in waiting:
        if employer.luck.promotion(peer.post.index, employer.month) <= chance:
            peer.promote(name, employer.month + 1)


def free_slots(employer: Employer, name: str, rung: Rung) -> float:
    holders = sum(peer.rung == name for peer in employer.peers())
    return max(0.0, slots(employer, rung) - holders)


def slots(employer: Employer, rung: Rung) -> float:
    match rung.slots:
        case NumberOfSlots(number=number):
            return number
        case ShareOfPosts(share=share):
            return whole_number(share * employer.funded)
        case OnePerPeers(peers=peers):
            return whole_number(employer.filled / peers)
    return math.inf


def candidates(employer: Employer, below: str, rung: Rung, close: float) -> list[Peer]:
    """Those who qualify, longest in rung first, ties by the lower post."""
    qualified = [
        peer
        for peer in employer.peers()
        if peer.rung == below
        and not peer.on_leave
        and close - peer.rung_since >= rung.months_in_rung_below
        and (peer.certified_at <= close or not rung.certificate_required)
    ]
    return sorted(qualified, key=lambda peer: (peer.rung_since, peer.post.index))
