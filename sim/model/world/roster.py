"""Hold every post of a block of employers and the peer in it: one array a fact, one element a post."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world.causes import OUTCOMES, STATES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

NEVER = np.inf


@dataclass
class Roster:
    """Hold posts and occupants; arrays run over posts, employer by employer. Times are months from the start."""

    employers: int
    posts: int  # of each employer
    filled: Flags  # on leave included
    on_leave: Flags
    had_leave: Flags
    ordinal: NDArray[np.int64]  # of the present or last occupant; -1 before the first
    hired: Floats
    rung: NDArray[np.int8]
    rung_since: Floats
    certified_at: Floats
    hire_at: Floats  # of the next occupant; NEVER while filled
    leave_end: Floats
    budget: Floats  # exposure left before the exit
    cause_uniform: Floats
    group: NDArray[np.int8]  # 0 Black, 1 other non-White, 2 White
    household: NDArray[np.int8]
    own_fte: Floats  # of people who came with one; NaN for the position's
    own_pay: Floats  # their own pay over that of the scale; NaN for the scale's
    boundary: Floats  # the trait
    frailty: Floats  # log hazard
    states: Floats  # (4, posts)
    trait_push: Floats  # (outcomes, posts): what traits add to each outcome

    @property
    def in_post(self) -> Flags:
        """Return which posts have a peer at work."""
        return self.filled & ~self.on_leave

    @property
    def has_own_terms(self) -> bool:
        """Whether anybody has a wage or hours of their own."""
        return not (np.isnan(self.own_fte).all() and np.isnan(self.own_pay).all())

    def by_employer(self, of_posts: NDArray[Any]) -> NDArray[Any]:
        """Return an array over posts as (employers, posts)."""
        return of_posts.reshape(*of_posts.shape[:-1], self.employers, self.posts)

    def count(self, flags: Flags) -> NDArray[np.int64]:
        """Return how many posts of each employer hold a flag."""
        return np.asarray(self.by_employer(flags).sum(axis=1), dtype=np.int64)

    def copy(self) -> Roster:
        """Return a roster that shares nothing with this one."""
        arrays = {f.name: getattr(self, f.name).copy() for f in fields(self) if f.name not in {"employers", "posts"}}
        return replace(self, **arrays)

    def widened(self, posts: int) -> Roster:
        """Return a roster with more posts for each employer, the new ones vacant since time 0."""
        wide = empty_roster(self.employers, posts)
        for field in fields(self):
            if field.name not in {"employers", "posts"}:
                old = self.by_employer(getattr(self, field.name))
                wide.by_employer(getattr(wide, field.name))[..., : self.posts] = old
        return wide


def empty_roster(employers: int, posts: int) -> Roster:
    """Return a roster of vacant posts that nobody has been hired for."""
    size = employers * posts

    def flags() -> Flags:
        return np.zeros(size, dtype=bool)

    def floats(value: float = 0.0) -> Floats:
        return np.full(size, value)

    return Roster(
        employers=employers,
        posts=posts,
        filled=flags(),
        on_leave=flags(),
        had_leave=flags(),
        ordinal=np.full(size, -1, dtype=np.int64),
        hired=floats(),
        rung=np.zeros(size, dtype=np.int8),
        rung_since=floats(),
        certified_at=floats(NEVER),
        hire_at=floats(NEVER),
        leave_end=floats(NEVER),
        budget=floats(NEVER),
        cause_uniform=floats(1.0),
        group=np.zeros(size, dtype=np.int8),
        household=np.zeros(size, dtype=np.int8),
        own_fte=floats(np.nan),
        own_pay=floats(np.nan),
        boundary=floats(),
        frailty=floats(),
        states=np.zeros((len(STATES), size)),
        trait_push=np.zeros((len(OUTCOMES), size)),
    )
