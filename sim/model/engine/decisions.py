"""Let employers decide at a close: closure, award posts, budget, layoffs, freeze (docs/model.md, section 12)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import EVERYWHERE, Block, begins_fiscal_year
from sim.model.engine.careers import depart
from sim.model.engine.costs import MonthCost, full_time_hours
from sim.model.engine.funding.awards import AwardFund
from sim.model.engine.holders import caseloads, entry_wages, position_of, sizes
from sim.model.engine.liquidity import at_hand
from sim.model.engine.vacancies import may_be_filled, time_to_fill
from sim.model.rules import billing, costs, staffing, turnover
from sim.model.world import log
from sim.model.world.positions import mean_fte
from sim.model.world.roster import NEVER
from sim.model.world.terms import supervisors_per_post
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import claims_of
from sim.units import MONTHS_PER_YEAR, Cents, Reals

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


def decide(block: Block, cost: MonthCost, wage: Floats, entry_wage_before: Floats) -> None:
    """Carry the close's decisions out; the block has entered the next month, whose inputs hold."""
    payroll, money = cost.payroll, at_hand(block)
    _close_down(block, money.liquidity, wage)
    _award_posts(block, payroll, money.liquidity, wage)
    rules = block.terms.given.rules
    if rules.yearly_budget and begins_fiscal_year(block, block.month):
        before = block.employers.budgeted
        expected = wage * (entry_wages(block) / entry_wage_before)
        set_budget(block, payroll, expected, money.without_credit)
        _write(block, log.BUDGET, block.employers.budgeted - before)
    _lay_off_for_money(block, payroll, money.liquidity, wage)
    employers = block.employers
    employers.frozen = staffing.below(money.liquidity, payroll, rules.freeze_below_months) & ~employers.closed


def _write(block: Block, kind: int, numbers: Counts, source: int = log.NO_SOURCE) -> None:
    """Write a decision down where its number of posts or people is not 0."""
    rows = np.flatnonzero(numbers)
    block.log.funding.add(rows.size, float(block.month), kind, source, rows, numbers[rows])


def _close_down(block: Block, liquidity: Cents, wage: Floats) -> None:
    """Close employers that could not make payroll for too long; what they are owed for work done still arrives."""
    employers, rules, roster = block.employers, block.terms.given.rules, block.roster
    employers.months_short = np.where(liquidity < 0, employers.months_short + 1, 0)
    if isinstance(rules.closure_after_months, str):
        return
    closing = (employers.months_short > rules.closure_after_months) & ~employers.closed
    if not closing.any():
        return
    employers.closed |= closing
    rows = np.flatnonzero(closing)
    block.log.funding.add(rows.size, float(block.month), log.CLOSED, log.NO_SOURCE, rows, np.zeros_like(rows))
    for name in block.terms.braiding:
        block.funds[name].close_down(closing)
    _send_home(block, np.flatnonzero(roster.filled & closing[block.of]), turnover.CLOSURE, wage)
    roster.hire_at[closing[block.of]] = NEVER


def _award_posts(block: Block, payroll: Cents, liquidity: Cents, wage: Floats) -> None:
    """Cut the posts of awards that stopped paying, unless the reserve bridges them."""
    rules = block.terms.given.rules
    for name in block.terms.braiding:
        fund = block.funds[name]
        if not isinstance(fund, AwardFund) or not fund.grant.posts_paid:
            continue
        paying, open_ = fund.paying(float(block.month)), ~block.employers.closed
        fund.bridge_left = np.where(paying, 0, fund.bridge_left)
        _give_back(block, fund, paying)
        stopped = fund.was_paying & ~paying & open_
        bridge = stopped & (liquidity >= _cost_of_bridge(block, fund, payroll)) & (rules.bridge_months > 0)
        over = ~paying & (fund.bridge_left == 1) & open_
        fund.bridge_left = np.maximum(0, fund.bridge_left - 1)
        fund.bridge_left = np.where(bridge, rules.bridge_months, fund.bridge_left)
        fund.was_paying = paying
        _write(block, log.BRIDGED, np.where(bridge, fund.grant.posts_paid, 0), block.sources.index(name))
        _cut(block, fund, (stopped & ~bridge) | over, wage)


def _cost_of_bridge(block: Block, fund: AwardFund, payroll: Cents) -> Cents:
    filled = np.maximum(1, block.roster.count(block.roster.filled))
    return block.terms.given.rules.bridge_months * fund.grant.posts_paid * (payroll // filled)


def _give_back(block: Block, fund: AwardFund, where: Flags) -> None:
    block.employers.cut = block.employers.cut - np.where(where, fund.posts_cut, 0)
    fund.posts_cut = np.where(where, 0, fund.posts_cut)


def _cut(block: Block, fund: AwardFund, where: Flags, wage: Floats) -> None:
    if not where.any():
        return
    posts = fund.grant.posts_paid
    fund.posts_cut = np.where(where, posts, fund.posts_cut)
    block.employers.cut = block.employers.cut + np.where(where, posts, 0)
    _write(block, log.AWARD_CUT, np.where(where, posts, 0), block.sources.index(fund.name))
    filled = block.roster.count(block.roster.filled)
    over = np.clip(filled - block.employers.funded, 0, posts)
    ends = np.array([award == fund.name for award in block.terms.places.awards])
    first = ends[position_of(block, EVERYWHERE)]
    _lay_off(block, np.where(where, over, 0), wage, first)


def _lay_off_for_money(block: Block, payroll: Cents, liquidity: Cents, wage: Floats) -> None:
    employers, rules = block.employers, block.terms.given.rules
    employers.months_since_layoff += 1
    short = staffing.below(liquidity, payroll, rules.layoff_below_months) & ~employers.closed
    due = short & (employers.months_since_layoff >= rules.layoff_wait_months)
    if not due.any():
        return
    filled = block.roster.count(block.roster.filled)
    numbers = np.where(due, staffing.to_lay_off(filled, rules.layoff_share), 0)
    _write(block, log.LAYOFF, numbers)
    _lay_off(block, numbers, wage)
    employers.months_since_layoff = np.where(due, 0, employers.months_since_layoff)
    ceiling = filled - numbers
    employers.budgeted = np.where(due, np.minimum(employers.budgeted, ceiling), employers.budgeted)


def _lay_off(block: Block, numbers: Counts, wage: Floats, first: Flags | None = None) -> None:
    """Lay off in the employer's order, `first` before all others."""
    if first is not None and first.any():
        before = np.minimum(numbers, block.roster.count(block.roster.filled & first))
        _lay_off_among(block, block.roster.filled & first, before, wage)
        numbers = numbers - before
    _lay_off_among(block, block.roster.filled, numbers, wage)


def _lay_off_among(block: Block, among: Flags, numbers: Counts, wage: Floats) -> None:
    roster, grid = block.roster, block.roster.by_employer
    order = block.terms.given.rules.layoff_order
    chosen = staffing.laid_off(grid(among), grid(roster.hired), grid(roster.rung), numbers, order)
    _send_home(block, np.flatnonzero(chosen.ravel()), turnover.LAYOFF, wage)


def _send_home(block: Block, rows: NDArray[np.int64], cause: int, wage: Floats) -> None:
    """Let peers go at the close; cost and broken relationships count in the month that follows."""
    if not rows.size:
        return
    employers, roster, of = block.employers, block.roster, block.of[rows]
    now = np.full(rows.size, float(block.month))
    working = ~roster.on_leave[rows]
    weights = caseloads(block, rows, now) * working
    employers.broken += np.bincount(of, weights=weights, minlength=employers.cash.size)
    employers.late_exits += np.bincount(of, minlength=employers.cash.size)
    depart(block, rows, now, np.full(rows.size, cause, dtype=np.int8), wage[rows])
    roster.hire_at[rows] = np.where(may_be_filled(block, rows), now + time_to_fill(block, rows), NEVER)


# the budget of a fiscal year, by what the last twelve closes showed ---------------------------------------------


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
    usd = block.employers.seen.bonus_usd_a_year
    return np.asarray(usd + sum(costs.beside_a_bonus(costs.fringe_of(given), costs.overhead_of(given), usd)))


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
