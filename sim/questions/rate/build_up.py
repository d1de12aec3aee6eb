"""Build a rate: from a wage and a workforce to the cost of a paid hour, a billable hour and a unit.

One hour paid of a peer is followed: what it costs (docs/model.md, section 10), and how much of it can be billed
(section 9). Everything may be numbers, or arrays by replication.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.model.rules import billing, costs, pay
from sim.model.world.rows import anywhere
from sim.model.world.terms import supervisors_per_post
from sim.questions.rate.staffing import Staffing
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import paid_by_the_unit
from sim.scenario.tables.funding.claims import FeeForService
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, Reals

Lines = dict[str, Reals]  # name of a line (sim.questions.rate.lines) → amount

USES: Final = (
    "individual",
    "group",
    "training",
    "supervision",
    "travel",
    "notes",
    "no_show",
    "protected_recovery",
    "outside_role",
)  # of hours worked
# What turnover does, in the order in which it is told; the rest of a staffing is no turnover.
TURNOVER: Final = {
    "replacement": ("exits", "hires", "months_vacant"),
    "vacancies": ("months_staffed", "employers"),
    "newcomers": ("ramp_up",),
    "certificate": ("uncertified",),
    "clients": ("used",),
}


@dataclass(frozen=True)
class Prices:
    """The terms of a build-up: tables of the start, the payer's terms, and the wages that costs go by."""

    organization: Organization
    source: FeeForService
    wage: float  # of a newcomer, USD an hour
    reference_wage: float  # the base's, at which health cover and fixed overhead are priced
    billed_factor: float = 1.0  # hours billed over those by these terms: not 1 where they stand for many futures
    brought_factor: float = 1.0  # likewise of what an hour billed brings of the rate
    alone_factor: float = 1.0  # likewise of what it brings with one client at a time only

    def at(self, wage: float) -> Prices:
        """Return the same at another wage."""
        return replace(self, wage=wage)


def payer_of(organization: Organization) -> FeeForService:
    """Return the only payer of an organization that a rate is built for."""
    (payer,) = paid_by_the_unit(organization.funding).values()
    return payer


def build_up(prices: Prices, staffing: Staffing) -> Lines:
    """Return every line of the table; USD of an hour paid, shares of hours paid, USD of a billable hour or unit."""
    lines = _an_hour(prices, staffing)
    lines |= _time(prices, staffing)
    lines |= _cost(prices, staffing, lines)
    source = prices.source
    lines["billable_hour"] = lines["paid_hour"] / lines["billed"]
    lines["unit"] = lines["billable_hour"] / UNITS_PER_HOUR
    lines |= _claims(prices, staffing, lines["able"])
    lines["kept"] = billing.kept_share(source)
    lines["rate"] = (lines["unit"] + lines["rework"]) / lines["kept"] / lines["brought"]
    return lines


def rate_of(prices: Prices, staffing: Staffing) -> Reals:
    """Return the rate of a unit that pays for a wage."""
    return build_up(prices, staffing)["rate"]


def group_ratio(prices: Prices) -> Reals:
    """Return the rate of a group's client over that of one client: today's, as the two rates move in proportion.

    Where no rate is paid today, an hour with a group is worth an hour with one client.
    """
    source = prices.source
    if not anywhere(source.rate_usd_per_unit > 0):
        return 1.0 / prices.organization.time_use.group_size
    return source.group_rate_usd_per_unit / source.rate_usd_per_unit


def rate_if_groups_stay(rate: float, today: float, brought: float, alone: float) -> float:
    """Return the rate that covers the same where the group rate stays as it is today.

    Args:
        rate: the rate where both move in proportion.
        today: today's rate of one client.
        brought: what an hour billed brings of the rate, groups too (`brought` of the build-up).
        alone: likewise, one client at a time only.
    """
    return (rate * brought - today * (brought - alone)) / alone


def even_group_rate(rate: Reals, brought: Reals, size: float) -> Reals:
    """Return the rate for each client of a group at which an hour with it brings what an hour billed has to."""
    return rate * brought / size


def added(prices: Prices, nobody: Staffing, staffing: Staffing) -> Lines:
    """Return what turnover adds to the rate, part by part in the order of TURNOVER.

    Args:
        prices: the terms.
        nobody: the staffing if nobody left, which differs in turnover alone.
        staffing: the staffing with its turnover.
    """
    moved, now, told = nobody, rate_of(prices, nobody), Lines()
    for part, names in TURNOVER.items():
        moved = replace(moved, **{name: getattr(staffing, name) for name in names})
        then = rate_of(prices, moved)
        told[part], now = then - now, then
    return told


# parts ---------------------------------------------------------------------------------------------------------


def _an_hour(prices: Prices, staffing: Staffing) -> Lines:
    """Return pay and fringe of an hour paid; what does not rise with pay is priced at the reference wage."""
    posts, rule = prices.organization.posts, costs.fringe_of(prices.organization)
    year = posts.paid_hours_per_year * posts.fte
    wages = prices.wage * staffing.pay
    whole = costs.fringe(rule, wages, prices.reference_wage, posts.fte * staffing.months_held / year)
    moving = rule.moving * wages
    return {
        "wage": prices.wage,
        "pay_above": wages - prices.wage,
        "fringe_moving": moving,
        "fringe_fixed": whole - moving,
        "hourly": wages + whole,
    }


def _time(prices: Prices, staffing: Staffing) -> Lines:
    """Return where an hour paid goes, as shares of it, until it is billed."""
    use, source = prices.organization.time_use, prices.source
    at_work = staffing.months_in_post / MONTHS_PER_YEAR
    lines: Lines = {
        "planned_leave": use.leave_share * at_work,
        "supported_leave": staffing.supported_leave,
        "absence": staffing.absence,
        "ramp_up": staffing.ramp_up,
        "supervising": staffing.supervising,
        "uncertified": staffing.uncertified if source.certification_required else 0.0 * staffing.uncertified,
    }
    able = 1.0 - sum(lines.values(), 0.0)
    lines["able"] = able
    spent = {name: able * getattr(use, name) for name in USES}
    lines |= {f"use.{name}": share for name, share in spent.items() if name not in source.billable}
    lines["use.rest"] = able * (1.0 - sum(getattr(use, name) for name in USES))
    with_clients = [spent[name] for name in ("individual", "group") if name in source.billable]
    lines["unasked"] = (1.0 - staffing.used) * sum(with_clients, 0.0 * able)
    billed = _billed(prices, staffing, able)
    lines["beyond"] = sum((spent[name] for name in source.billable), 0.0 * able) - lines["unasked"] - billed
    return lines | {"billed": billed}


def _billed(prices: Prices, staffing: Staffing, able: Reals) -> Reals:
    """Return the hours billed of each hour paid; an hour with a group counts as one, whatever its size."""
    posts, use = prices.organization.posts, prices.organization.time_use
    year = posts.paid_hours_per_year * posts.fte
    individual, group = _units(prices, staffing, able)
    hours = (individual + group / use.group_size) * staffing.months_in_post / (UNITS_PER_HOUR * year)
    return hours if prices.billed_factor == 1.0 else hours * prices.billed_factor


def _units(prices: Prices, staffing: Staffing, able: Reals) -> tuple[Reals, Reals]:
    """Return the units billed in a month in post: of one client, and of every client in a group."""
    posts = prices.organization.posts
    hours = able * posts.paid_hours_per_year * posts.fte / staffing.months_in_post
    return billing.units_of_a_post(prices.organization, prices.source, hours, staffing.used)


def _claims(prices: Prices, staffing: Staffing, able: Reals) -> Lines:
    """Return of a unit of hours billed the cost of sending claims again, and what it brings of the rate."""
    individual, group = _units(prices, staffing, able)
    in_hours = individual + group / prices.organization.time_use.group_size

    def a_unit(units: Reals) -> Reals:
        return np.where(in_hours > 0, units / np.where(in_hours > 0, in_hours, 1.0), 1.0)

    brought = a_unit(individual + group * group_ratio(prices)) * prices.brought_factor
    rework = billing.rework_of_a_unit(prices.source) * a_unit(individual + group)
    return {"rework": rework, "brought": brought, "alone": a_unit(individual) * prices.alone_factor}


def _cost(prices: Prices, staffing: Staffing, lines: Lines) -> Lines:
    """Return what comes on top of an hour paid of a peer, and all of it together."""
    given, rule = prices.organization, costs.fringe_of(prices.organization)
    posts, practices = given.posts, given.practices
    year = posts.paid_hours_per_year * posts.fte
    full_time = posts.full_time_hours
    stated = practices.supervisor_wage_usd_per_hour
    fte = _supervisors(given, staffing) / year
    supervisor = pay.supervisors_wage(stated, practices.supervisor_gap_share, prices.wage)
    supervision = costs.supervision(rule, fte, supervisor, stated, full_time)
    direct = _direct(given, staffing) / year
    held = posts.fte * staffing.months_held / year
    reference = costs.reference_personnel(rule, prices.reference_wage, held, fte, stated, full_time)
    told = {
        "supervision": supervision,
        "support": practices.training_usd_per_peer_month * staffing.months_in_post / year,
        "direct": direct,
        "replacement": _replacement(given, staffing) / year,
        "cover": given.recruitment.cover_usd_per_vacant_month * staffing.months_vacant / year,
        "overhead": costs.overhead(costs.overhead_of(given), direct, lines["hourly"] + supervision, reference),
    }
    return told | {"paid_hour": lines["hourly"] + sum(told.values())}


def _supervisors(given: Organization, staffing: Staffing) -> Reals:
    """Return FTE-months of supervisors outside the ladder for each year of a post's paid hours."""
    stated = given.practices.other_supervisors_fte
    per_post: float = supervisors_per_post(given)
    return per_post * staffing.months_staffed if stated is None else stated * staffing.employers


def _direct(given: Organization, staffing: Staffing) -> Reals:
    posts = given.posts
    return posts.direct_usd_per_peer_month * staffing.months_in_post + posts.fixed_usd_per_month * staffing.employers


def _replacement(given: Organization, staffing: Staffing) -> Reals:
    leaving = given.turnover.cost_per_exit_usd * staffing.exits
    return leaving + given.recruitment.cost_per_hire_usd * staffing.hires
