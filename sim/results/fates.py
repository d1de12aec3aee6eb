"""Tell what becomes of each grant within the projection: renewed at every end, lost at which end, or never decided."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world import log
from sim.results.blocks import Adder, Sums

KEPT: Final = "kept"  # renewed at every end that came within the projection
LOST_FIRST: Final = "lost_first"  # not renewed at the end of the first award
LOST_LATER: Final = "lost_later"  # renewed once or more, then not
ENDED_EARLY: Final = "ended_early"
CLOSED: Final = "closed"  # the employer closed before the award was lost
LOST: Final = (LOST_FIRST, LOST_LATER, ENDED_EARLY)
FATES: Final = (KEPT, *LOST, CLOSED)


def fate_sums(funding: Any, add: Adder, source: int, name: str) -> Sums:
    """Return how many employers met each of the FATES with one grant, `<fate>.<name>`, shape (replications,).

    Every employer counts once. A notice of an end that lies beyond the projection decides nothing yet.
    """
    ours, size = funding["source"] == source, add.place.size
    refused, ends, early = (
        _number(funding, ours & (funding["kind"] == kind), size)
        for kind in (log.NOTICE_ENDED, log.ENDED, log.TERMINATED)
    )
    renewed = _number(funding, ours & (funding["kind"] == log.NOTICE_RENEWED), size)
    closed = _number(funding, funding["kind"] == log.CLOSED, size) > 0
    lost = (refused > 0) & (ends == renewed + refused)  # the refused one has ended too, not only been told
    which: dict[str, NDArray[np.bool_]] = {
        LOST_FIRST: lost & (ends == 1),
        LOST_LATER: lost & (ends > 1),
        ENDED_EARLY: early > 0,
    }
    over = np.any(list(which.values()), axis=0)
    which |= {CLOSED: closed & ~over, KEPT: ~closed & ~over}
    return {f"{fate}.{name}": add.employers(which[fate].astype(np.float64)) for fate in FATES}


def _number(funding: Any, chosen: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
    """Return how many facts each employer has."""
    return np.bincount(funding["employer"][chosen].astype(np.int64), minlength=size)
