"""Find a month's cost in whole cents, kind by kind (docs/model.md, section 10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import EVERYWHERE, Block
from sim.model.engine.holders import sizes
from sim.model.engine.tally import Tally
from sim.model.rules import costs
from sim.model.world.log import COST_KINDS
from sim.model.world.rows import anywhere
from sim.model.world.terms import Terms, supervisors_per_post
from sim.units import Cents, cents

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
CENTS = 100.0


@dataclass(frozen=True)
class MonthCost:
    """A month's cost in cents: by kind, shape (cost kinds, employers), and the parts of recruiting."""

    by_kind: Cents
    separation: Cents
    hiring: Cents
    cover: Cents
    bonuses: Cents  # within wages

    def of(self, kind: str) -> Cents:
        """Cost of one kind, by employer."""
        return np.asarray(self.by_kind[COST_KINDS.index(kind)])

    @property
    def payroll(self) -> Cents:
        """Return wages and fringe."""
        return self.of("wages") + self.of("fringe")


def full_time_hours(block: Block) -> float:
    """Paid hours a month of a full-time position."""
    return block.terms.hours / block.terms.given.posts.fte


def supervisors_fte(block: Block, terms: Terms) -> Floats:
    """Return the FTE of supervisors who are not peers of the ladder: as stated, or following the posts."""
    stated = terms.given.practices.other_supervisors_fte
    if stated is not None:
        return np.full(block.employers.cash.size, stated)
    posts = np.maximum(block.employers.funded, block.roster.count(block.roster.filled))
    return np.asarray(posts * supervisors_per_post(terms.given))


def supervising_peers_fte(block: Block, terms: Terms) -> Floats:
    """FTE that peers of the ladder give to supervision, by employer."""
    if not any(map(anywhere, terms.supervising)):
        return np.zeros(block.employers.cash.size)
    size = sizes(block, EVERYWHERE, terms)
    supervising = np.where(block.roster.in_post, terms.supervising_of(block.roster.rung, block.of) * size, 0.0)
    return np.asarray(block.roster.by_employer(supervising).sum(axis=1)) * terms.given.posts.fte


def unsupervised(block: Block) -> Flags:
    """Employers with peers in post and nobody to supervise them, at the close and before its decisions."""
    supervision = supervisors_fte(block, block.terms) + supervising_peers_fte(block, block.terms)
    return np.asarray((supervision <= 0) & (block.roster.count(block.roster.in_post) > 0))


def month_cost(block: Block, tally: Tally, rework: Cents) -> MonthCost:
    """Return the month's cost of every kind; a closed employer has none."""
    given, employers = block.terms.given, block.employers
    personnel, reference = _personnel(block, tally)
    training = cents(given.practices.training_usd_per_peer_month * tally.in_post)
    separation = cents(given.turnover.cost_per_exit_usd * (tally.exits + employers.late_exits))
    hiring = cents(given.recruitment.cost_per_hire_usd * tally.hires)
    vacant = np.maximum(0.0, employers.funded - tally.in_post - tally.on_leave)
    cover = cents(given.recruitment.cover_usd_per_vacant_month * vacant)
    direct = cents(given.posts.fixed_usd_per_month + given.posts.direct_usd_per_peer_month * tally.in_post)
    on_personnel = sum(personnel) / CENTS
    overhead = cents(costs.overhead(costs.overhead_of(given), direct / CENTS, on_personnel, reference))
    rate = given.rules.credit_interest_per_year / 12
    interest = cents(np.maximum(0, -employers.cash_at_start) * rate / CENTS)
    kinds = (*personnel, training, separation + hiring + cover, direct, overhead, rework + interest)
    open_ = np.where(employers.closed, 0, 1)
    parts = (separation, hiring, cover, _bonuses(block, tally))
    return MonthCost(np.stack(kinds) * open_, *(part * open_ for part in parts))


def _bonuses(block: Block, tally: Tally) -> Cents:
    terms = block.terms.given.pay
    return cents(terms.sign_on_bonus_usd * tally.sign_ons) + cents(terms.stay_bonus_usd * tally.stays)


def _personnel(block: Block, tally: Tally) -> tuple[tuple[Cents, Cents, Cents], Floats]:
    """Wages, fringe and supervision in cents, and what they would be at reference wages in USD."""
    given, scale = block.terms.given, block.scale
    rule, hours = costs.fringe_of(given), full_time_hours(block)
    held = given.posts.fte * (tally.full_in_post + tally.full_on_leave)
    paid = tally.priced_in_post + given.practices.leave_paid_share * tally.priced_on_leave
    reference_wages = block.world.reference_wage * scale.factor * block.terms.hours * paid
    supervisors = supervisors_fte(block, block.terms)
    wages = cents(tally.wage_time * block.terms.hours) + _bonuses(block, tally)
    fringe = cents(costs.fringe(rule, wages / CENTS, reference_wages, held))
    supervision = cents(costs.supervision(rule, supervisors, scale.supervisor, scale.supervisor_stated, hours))
    reference = costs.reference_personnel(rule, reference_wages, held, supervisors, scale.supervisor_stated, hours)
    return (wages, fringe, supervision), np.asarray(reference)


def pay_out(block: Block, cost: MonthCost) -> None:
    """Pay the month's cost at its close."""
    for kind in range(len(COST_KINDS)):
        block.post(block.month + 1.0, kind, "", -cost.by_kind[kind])
