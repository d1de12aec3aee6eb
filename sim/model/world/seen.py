"""Remember what the last twelve closes showed an employer: what it budgets on (docs/model.md, section 12)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CLOSES_SEEN = 12
LEAST_FILL = 0.5  # a year with fewer posts filled says little of the next


@dataclass(frozen=True)
class MonthSeen:
    """Hold what one close showed, by employer."""

    full_hours: Floats  # paid hours less leave and absence, of peers in post less what they supervise
    productive: Floats  # hours
    certified: Floats  # productive hours of certified peers
    used: Floats  # productive hours, times the share of them that clients used
    held: Floats  # months of posts with a peer, leave included
    funded: Floats  # funded posts, before the close's decisions
    recruiting_usd: Floats
    bonus_usd: Floats


@dataclass
class Seen:
    """Hold what the last closes showed; every array (closes, employers), the last close first.

    A close that was not there counts as nothing, and a share whose denominator is nothing is 1.
    """

    full_hours: Floats
    productive: Floats
    certified: Floats
    used: Floats
    held: Floats
    funded: Floats
    recruiting_usd: Floats
    bonus_usd: Floats

    def note(self, month: MonthSeen) -> None:
        """Put a close in front and let the oldest go."""
        for column in fields(self):
            kept = getattr(self, column.name)[:-1]
            setattr(self, column.name, np.concatenate((getattr(month, column.name)[None], kept)))

    @property
    def productivity(self) -> Floats:
        """Return the hours a full-time worker's full output gave with clients, as a share of full output."""
        return _share(self.productive, self.full_hours)

    @property
    def certified_productivity(self) -> Floats:
        """Return the same of hours that certified peers gave."""
        return _share(self.certified, self.full_hours)

    @property
    def used_share(self) -> Floats:
        """Return the share of productive hours that clients used."""
        return _share(self.used, self.productive)

    @property
    def fill(self) -> Floats:
        """Return the share of funded posts that held a peer, within its bounds."""
        return np.clip(_share(self.held, self.funded), LEAST_FILL, 1.0)

    @property
    def recruiting_usd_a_year(self) -> Floats:
        """Return what replacing leavers cost in the twelve closes, USD."""
        return np.asarray(self.recruiting_usd.sum(axis=0))

    @property
    def bonus_usd_a_year(self) -> Floats:
        """Return the bonuses of the twelve closes, USD."""
        return np.asarray(self.bonus_usd.sum(axis=0))


def nothing_seen(employers: int) -> Seen:
    """Return the memory of employers that have closed no month."""
    return Seen(*(np.zeros((CLOSES_SEEN, employers)) for _ in fields(Seen)))


def _share(part: Floats, whole: Floats) -> Floats:
    total = whole.sum(axis=0)
    return np.where(total > 0, part.sum(axis=0) / np.where(total > 0, total, 1.0), 1.0)
