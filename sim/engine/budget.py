"""Set the posts of a yearly budget from expected money (docs/model.md, section 12)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.awards import AwardFund
from sim.engine.block import Block
from sim.engine.costs import supervisor_usd
from sim.engine.funds import ScheduleFund
from sim.rules import staffing
from sim.scenario.tables.funding import FeeForService, ProspectivePayment
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, WORKING_DAYS_PER_MONTH, Cents
from sim.world.terms import billable_share, supervisors_per_post

Floats = NDArray[np.float64]


def set_budget(block: Block, payroll: Cents, wage: Floats) -> None:
    """Set the budgeted posts of the fiscal year that begins.

    Args:
        block: the block, in the first month of the fiscal year.
        payroll: wages and fringe of the month that ended, in cents.
        wage: expected wage of the peer in each post, USD/hour.
    """
    given, employers, roster = block.terms.given, block.employers, block.roster
    rules, filled = given.rules, roster.count(roster.filled)
    reserve = staffing.usable_reserve(employers.cash, payroll, rules.minimum_reserve_months, rules.reserve_use_share)
    lines = staffing.BudgetLines(
        revenue_per_post_month=revenue_per_post(block) * (1.0 - _mean_of_filled(block, _supervising(block), 0.0)),
        cost_per_post_month=_cost_per_post(block, wage),
        fixed_cost_year=MONTHS_PER_YEAR * _fixed_cost(block),
        fixed_income_year=_fixed_income(block),
        usable_reserve=reserve,
    )
    least = staffing.fewest_posts(filled, rules.most_cut_share)
    posts = staffing.budgeted_posts(lines, rules.budget_productivity_share, least, given.posts.number)
    employers.budgeted = np.where(employers.closed, employers.budgeted, posts)


def _mean_of_filled(block: Block, values: Floats, without: float) -> Floats:
    """Return the mean over each employer's peers, those on leave included."""
    filled = block.roster.filled
    number = block.roster.count(filled)
    total = block.roster.by_employer(np.where(filled, values, 0.0)).sum(axis=1)
    return np.where(number > 0, total / np.maximum(number, 1), without)


def _supervising(block: Block) -> Floats:
    return np.array(block.terms.supervising)[block.roster.rung]


def _cost_per_post(block: Block, wage: Floats) -> Floats:
    given = block.terms.given
    overhead = 1.0 + given.posts.overhead_share
    mean_wage = _mean_of_filled(block, wage, float(block.scale.rung[0]))
    flat = given.benefits.flat_usd_per_month * given.posts.fte
    loaded = mean_wage * block.terms.hours * (1.0 + given.benefits.fringe_share) + flat
    followers = supervisors_per_post(given) if given.practices.other_supervisors_fte is None else 0.0
    return (
        loaded * overhead + given.practices.training_usd_per_peer_month + followers * supervisor_usd(block) * overhead
    )


def _fixed_cost(block: Block) -> float:
    given = block.terms.given
    supervision = (given.practices.other_supervisors_fte or 0.0) * supervisor_usd(block)
    return supervision * (1.0 + given.posts.overhead_share) + given.posts.fixed_usd_per_month


def _fixed_income(block: Block) -> Floats:
    total = np.zeros(block.employers.cash.size)
    for fund in block.funds.values():
        if isinstance(fund, AwardFund | ScheduleFund):
            total = total + fund.expected_usd(block.month, MONTHS_PER_YEAR)
    return total


def revenue_per_post(block: Block) -> float:
    """Return the USD a month that claims bring for a certified post at full output, all its time with clients."""
    given, total = block.terms.given, 0.0
    hours = block.terms.hours * block.terms.working_share
    for source in given.funding.values():
        if isinstance(source, FeeForService):
            total += source.clients_covered_share * _units_revenue(block, source, hours)
        elif isinstance(source, ProspectivePayment):
            visits = hours * given.time_use.individual / source.hours_per_visit_day
            count = _clients(block) if source.per == "member_month" else visits
            total += source.clients_covered_share * source.rate_usd * count
    return total


def _clients(block: Block) -> float:
    return block.terms.given.services.caseload_per_peer * block.terms.given.posts.fte


def _units_revenue(block: Block, source: FeeForService, hours: float) -> float:
    given = block.terms.given
    use = given.time_use
    individual = UNITS_PER_HOUR * hours * billable_share(given, source, group=False)
    group = UNITS_PER_HOUR * hours * use.group * use.group_size if "group" in source.billable else 0.0
    kept = 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)
    usd = individual * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit
    return usd * kept * _within_caps(block, source, individual + group)


def _within_caps(block: Block, source: FeeForService, units: float) -> float:
    """Return the share of a post's units that the caps let through."""
    days = WORKING_DAYS_PER_MONTH * block.terms.working_share * block.terms.given.posts.fte
    caps = (
        (source.max_units_per_worker_day, days),
        (source.max_units_per_client_month, _clients(block)),
        (source.max_units_per_client_year, _clients(block) / MONTHS_PER_YEAR),
    )
    shares = [cap * size / units for cap, size in caps if cap is not None and units > 0]
    return min(1.0, *shares) if shares else 1.0
