"""Set the posts of a yearly budget from what the last twelve closes showed (docs/model.md, section 12)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import EVERYWHERE, Block
from sim.model.engine.costs import full_time_hours
from sim.model.engine.holders import sizes
from sim.model.rules import billing, costs, staffing
from sim.model.world.positions import mean_fte
from sim.model.world.terms import moving_fringe, supervisors_per_post
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import claims_of
from sim.units import MONTHS_PER_YEAR, Cents, Reals

Floats = NDArray[np.float64]


def set_budget(block: Block, payroll: Cents, wage: Floats, money: Cents) -> None:
    """Set the budgeted posts of the fiscal year that begins.

    Args:
        block: the block, in the first month of the fiscal year.
        payroll: wages and fringe of the month that ended, in cents.
        wage: expected wage of the peer in each post, USD/hour.
        money: cash and what is due soon, in cents.
    """
    given, employers, roster = block.terms.given, block.employers, block.roster
    rules, filled = given.rules, roster.count(roster.filled)
    reserve = staffing.usable_reserve(money, payroll, rules.minimum_reserve_months, rules.reserve_use_share)
    supervising = block.terms.supervising_of(roster.rung, block.of)
    lines = staffing.BudgetLines(
        revenue_per_post_month=_revenue_per_post(block, 1.0 - _mean_of_filled(block, supervising, 0.0)),
        cost_per_post_month=_cost_per_post(block, _mean_of_filled(block, wage, block.scale.entry)),
        fixed_cost_year=MONTHS_PER_YEAR * _fixed_cost(block) + employers.seen.recruiting_usd_a_year + _bonuses(block),
        fixed_income_year=_fixed_income(block),
        usable_reserve=reserve,
        fill=employers.seen.fill,
    )
    least = staffing.fewest_posts(filled, rules.most_cut_share)
    posts = staffing.budgeted_posts(lines, least, given.posts.number)
    employers.budgeted = np.where(employers.closed, employers.budgeted, posts)


def _mean_of_filled(block: Block, values: Reals, without: Reals) -> Floats:
    """Return the mean over each employer's peers by FTE, those on leave included."""
    filled, grid = block.roster.filled, block.roster.by_employer
    size = np.where(filled, sizes(block, EVERYWHERE, block.terms), 0.0)
    number = grid(size).sum(axis=1)
    total = grid(np.where(filled, values * size, 0.0)).sum(axis=1)
    return np.where(number > 0, total / np.where(number > 0, number, 1.0), without)


def _revenue_per_post(block: Block, with_clients: Floats) -> Floats:
    """USD a month that claims of a filled post bring at the output seen and at the rates known now."""
    given, seen, total = block.terms.given, block.employers.seen, np.zeros(block.employers.cash.size)
    stated = given.rules.budget_productivity_share
    hours = _hours(block) * block.terms.working_share * with_clients
    for source in claims_of(given.funding).values():
        output = seen.certified_productivity if source.certification_required else seen.productivity
        share, used = (output, seen.used_share) if stated is None else (stated, 1.0)
        total = total + billing.claims_of_a_post(source, given, share * hours, used)[1]
    return total


def _cost_per_post(block: Block, wage: Floats) -> Floats:
    """USD a month that a filled post costs at a mean wage, with the supervisors who follow the posts."""
    given, scale, hours = block.terms.given, block.scale, full_time_hours(block)
    rule, fte, post = costs.fringe_of(given), mean_fte(given), _hours(block)
    followers = supervisors_per_post(given) if given.practices.other_supervisors_fte is None else 0.0
    wages, reference_wages = wage * post, _reference_wage(block) * scale.factor * post
    personnel = wages + costs.fringe(rule, wages, reference_wages, fte)
    personnel = personnel + costs.supervision(rule, followers, scale.supervisor, scale.supervisor_stated, hours)
    reference = costs.reference_personnel(rule, reference_wages, fte, followers, scale.supervisor_stated, hours)
    direct = given.posts.direct_usd_per_peer_month
    overhead = costs.overhead(costs.overhead_of(given), direct, personnel, reference)
    return np.asarray(personnel + given.practices.training_usd_per_peer_month + direct + overhead)


def _hours(block: Block) -> Any:
    """Paid hours a month of a budgeted post, on average."""
    if block.terms.places.alike:
        return block.terms.hours
    return full_time_hours(block) * mean_fte(block.terms.given)


def _reference_wage(block: Block) -> Any:
    """What the base's start pays in a budgeted post, on average by FTE."""
    known = block.world.reference_shares
    if known is None:
        return block.world.reference_wage
    posts, size = np.arange(block.terms.given.posts.number), block.employers.cash.size
    place = block.terms.places.of(posts)
    total, weight = np.zeros(size), np.zeros(size)
    for post in posts.tolist():
        fte = np.broadcast_to(block.terms.places.fte[place[post]], size)
        total = total + (known[post] if post < len(known) else 1.0) * fte
        weight = weight + fte
    return block.world.reference_wage * (total / weight)


def _bonuses(block: Block) -> Floats:
    """USD of bonuses in a year like the last, with the fringe and overhead they bring."""
    given = block.terms.given
    beside = (1.0 + moving_fringe(given)) * (1.0 + costs.overhead_of(given).moving)
    return np.asarray(beside * block.employers.seen.bonus_usd_a_year)


def _fixed_cost(block: Block) -> Reals:
    """USD a month that no vacancy lowers: stated supervisors, fixed direct cost, and overhead on both."""
    given, scale, hours = block.terms.given, block.scale, full_time_hours(block)
    rule, fte = costs.fringe_of(given), _stated_supervisors(given)
    supervision = costs.supervision(rule, fte, scale.supervisor, scale.supervisor_stated, hours)
    reference = costs.reference_personnel(rule, 0.0, 0.0, fte, scale.supervisor_stated, hours)
    direct = given.posts.fixed_usd_per_month
    return supervision + direct + costs.overhead(costs.overhead_of(given), direct, supervision, reference)


def _stated_supervisors(given: Organization) -> Reals:
    stated = given.practices.other_supervisors_fte
    return 0.0 if stated is None else stated


def _fixed_income(block: Block) -> Floats:
    total = np.zeros(block.employers.cash.size)
    for fund in block.funds.values():
        total = total + fund.expected_usd(block.month, MONTHS_PER_YEAR)
    return total
