"""Find a month's cost in whole cents, kind by kind (docs/model.md, section 10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.block import Block
from sim.engine.tally import Tally
from sim.units import Cents, cents
from sim.world.log import COST_KINDS
from sim.world.terms import Terms, supervisors_per_post

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MonthCost:
    """Hold a month's cost: cents, shape (cost kinds, employers)."""

    by_kind: Cents

    @property
    def payroll(self) -> Cents:
        """Return wages and fringe."""
        return np.asarray(self.of("wages") + self.of("fringe"))

    def of(self, kind: str) -> Cents:
        """Return the cents of one kind of cost, by employer."""
        return np.asarray(self.by_kind[COST_KINDS.index(kind)])


def supervisor_usd(block: Block) -> float:
    """Return the monthly cost of a full-time supervisor who is not a peer of the ladder, in USD."""
    given = block.terms.given
    wage = given.practices.supervisor_wage_usd_per_hour * block.scale.factor
    return wage * (block.terms.hours / given.posts.fte) * (1.0 + given.benefits.fringe_share)


def supervisors_fte(block: Block, terms: Terms) -> Floats:
    """Return the FTE of supervisors who are not peers of the ladder: as stated, or following the posts."""
    stated = terms.given.practices.other_supervisors_fte
    if stated is not None:
        return np.full(block.employers.cash.size, stated)
    posts = np.maximum(block.employers.funded, block.roster.count(block.roster.filled))
    return np.asarray(posts * supervisors_per_post(terms.given))


def month_cost(block: Block, tally: Tally, rework: Cents) -> MonthCost:
    """Return the month's cost of every kind; a closed employer has none."""
    given, employers = block.terms.given, block.employers
    fte, benefits = given.posts.fte, given.benefits
    wages = cents(tally.wage_time * block.terms.hours)
    held = tally.in_post + tally.on_leave
    fringe = cents(benefits.fringe_share * wages / 100.0 + benefits.flat_usd_per_month * fte * held)
    supervision = cents(supervisors_fte(block, block.terms) * supervisor_usd(block))
    training = cents(given.practices.training_usd_per_peer_month * tally.in_post)
    exits = tally.exits + employers.late_exits
    recruiting = cents(given.recruitment.cost_per_hire_usd * tally.hires)
    recruiting = recruiting + cents(given.turnover.cost_per_exit_usd * exits)
    direct = cents(given.posts.fixed_usd_per_month + given.posts.direct_usd_per_peer_month * tally.in_post)
    overhead = cents(given.posts.overhead_share * (wages + fringe + supervision + direct) / 100.0)
    rate = given.rules.credit_interest_per_year / 12
    interest = cents(np.maximum(0, -employers.cash_at_start) * rate / 100.0)
    kinds = (wages, fringe, supervision, training, recruiting, direct, overhead, rework + interest)
    stacked = np.stack(kinds)
    late = np.where(employers.closed, 0, 1)
    return MonthCost(stacked * late)


def pay_out(block: Block, cost: MonthCost) -> None:
    """Pay the month's cost at its close."""
    for kind in range(len(COST_KINDS)):
        block.post(block.month + 1.0, kind, "", -cost.by_kind[kind])
