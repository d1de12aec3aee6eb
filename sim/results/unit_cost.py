"""Set what a billed unit costs against what it brings, before anything is run.

The post looked at is filled, certified, at full output and not supervising, at a newcomer's wage under the tables of
the start. What groups bring counts as the one-to-one units worth as much, as in the measures of break-even.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.results.break_even import entry_wage, fee_for_service, hour_value, kept_share
from sim.scenario.schema import Organisation
from sim.scenario.tables.funding import FeeForService
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, WORKING_DAYS_PER_MONTH
from sim.world.terms import billable_share, supervisors_per_post


@dataclass(frozen=True)
class UnitCost:
    """Hold what a unit (15 minutes) costs by kind, and what it brings when denials are settled, USD."""

    parts: dict[str, float]
    brings: float
    units_per_month: float  # of one post

    @property
    def cost(self) -> float:
        """Return all cost of a unit."""
        return sum(self.parts.values())

    @property
    def met(self) -> float:
        """Return the share of its cost that a unit brings."""
        return self.brings / self.cost


def unit_cost(organisation: Organisation) -> UnitCost | None:
    """Return what a billed unit costs and brings; None where nobody pays by the unit.

    Turnover is left out: hiring, and the time in which a newcomer may not or cannot bill yet, come on top.
    """
    value = hour_value(organisation)
    claims = [_billed(organisation, source) for _, source in fee_for_service(organisation)]
    billed, kept = sum(one for one, _ in claims), sum(one for _, one in claims)
    if value is None or billed <= 0:
        return None
    units = billed / (value.billed / UNITS_PER_HOUR)
    parts = {kind: usd / units for kind, usd in _monthly_cost(organisation).items()}
    return UnitCost(parts, kept / units, units)


def _monthly_cost(organisation: Organisation) -> dict[str, float]:
    """Return what a filled post costs in a month, USD by kind of cost."""
    posts, benefits, practices = organisation.posts, organisation.benefits, organisation.practices
    full_time = posts.paid_hours_per_year / MONTHS_PER_YEAR
    wages = entry_wage(organisation) * full_time * posts.fte
    fringe = benefits.fringe_share * wages + benefits.flat_usd_per_month * posts.fte
    stated = practices.other_supervisors_fte
    supervisors = supervisors_per_post(organisation) if stated is None else stated / posts.number
    supervision = supervisors * practices.supervisor_wage_usd_per_hour * full_time * (1.0 + benefits.fringe_share)
    direct = wages + fringe + supervision
    return {
        "wages": wages,
        "fringe": fringe,
        "supervision": supervision,
        "training": practices.training_usd_per_peer_month,
        "overhead": posts.overhead_share * direct + posts.fixed_usd_per_month / posts.number,
    }


def _billed(organisation: Organisation, source: FeeForService) -> tuple[float, float]:
    """Return what a post bills one source in a month, and what is paid of it in the end, USD."""
    use, posts = organisation.time_use, organisation.posts
    worked = 1.0 - use.leave_share - use.absence_share
    hours = posts.paid_hours_per_year / MONTHS_PER_YEAR * posts.fte * worked
    individual = UNITS_PER_HOUR * hours * billable_share(organisation, source, group=False)
    group = UNITS_PER_HOUR * hours * use.group * use.group_size if "group" in source.billable else 0.0
    let_through = min(individual + group, _capped(organisation, source))
    individual = min(individual, let_through)  # billed first: the cap is on the sum
    group = min(group, let_through - individual)
    usd = individual * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit
    billed = usd * source.clients_covered_share
    return billed, billed * kept_share(source)


def _capped(organisation: Organisation, source: FeeForService) -> float:
    """Return the most units that caps let a post bill in a month."""
    use, fte = organisation.time_use, organisation.posts.fte
    days = WORKING_DAYS_PER_MONTH * (1.0 - use.leave_share - use.absence_share) * fte
    clients = organisation.services.caseload_per_peer * fte
    caps = (
        (source.max_units_per_worker_day, days),
        (source.max_units_per_client_month, clients),
        (source.max_units_per_client_year, clients / MONTHS_PER_YEAR),
    )
    return min((cap * size for cap, size in caps if cap is not None), default=math.inf)
