"""Hold the state of every employer of a block: one array a fact, one element an employer."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.model.world.seen import Seen, nothing_seen
from sim.units import Cents

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

CONTAGION_MONTHS = 3


@dataclass
class Employers:
    """Hold employers' money, demand, decisions and the conditions their peers work under."""

    own_effect: Floats  # standard normal: the employer's own effect on leaving
    cash: Cents
    cash_at_start: Cents  # of the month
    receivable: Cents
    backlog: Floats
    lost_demand: Floats
    broken: Floats  # relationships broken at the last close, counted in the month that follows
    late_exits: Counts  # exits at the last close, paid for in the month that follows
    posts: int  # that the scenario budgets for
    budgeted: Counts  # posts of the yearly budget
    cut: Counts  # posts cut because their award ended
    frozen: Flags
    closed: Flags
    months_short: Counts  # in a row below the credit limit
    months_since_layoff: Counts
    recent_exits: Counts  # (3, employers): of the last closed months, layoffs and closure left out
    queue: Floats  # (rungs, employers): months a qualified peer of the rung waits for the next
    workload: Floats
    supervision_penalty: Floats
    funding_certainty: Floats
    seen: Seen
    units_this_year: dict[str, Counts] = field(default_factory=dict)

    @property
    def funded(self) -> Counts:
        """Return funded posts; a closed employer has none."""
        return np.where(self.closed, 0, np.maximum(0, np.minimum(self.budgeted, self.posts - self.cut)))

    def feel_nothing(self) -> None:
        """Forget what the last close found, for a run without feedback."""
        for found in (self.workload, self.supervision_penalty, self.funding_certainty):
            found[:] = 0.0

    def copy(self) -> Employers:
        """Return a copy that shares nothing with this one."""
        return copy.deepcopy(self)


def new_employers(own_effect: Floats, posts: int, rungs: int) -> Employers:
    """Return employers with no money, no backlog and all posts funded."""
    size = own_effect.size

    def floats() -> Floats:
        return np.zeros(size)

    def counts() -> Counts:
        return np.zeros(size, dtype=np.int64)

    return Employers(
        own_effect=own_effect,
        cash=counts(),
        cash_at_start=counts(),
        receivable=counts(),
        backlog=floats(),
        lost_demand=floats(),
        broken=floats(),
        late_exits=counts(),
        posts=posts,
        budgeted=np.full(size, posts, dtype=np.int64),
        cut=counts(),
        frozen=np.zeros(size, dtype=bool),
        closed=np.zeros(size, dtype=bool),
        months_short=counts(),
        months_since_layoff=np.full(size, 1 << 30, dtype=np.int64),
        recent_exits=np.zeros((CONTAGION_MONTHS, size), dtype=np.int64),
        queue=np.zeros((rungs, size)),
        workload=floats(),
        supervision_penalty=floats(),
        funding_certainty=floats(),
        seen=nothing_seen(size),
    )
