"""Set what a billed unit costs against what it brings, before anything is run.

The post looked at is filled, certified, at full output and not supervising, at a newcomer's wage under the tables of
the start; where positions differ it is the mean post. What groups bring counts as the one-to-one units worth as much,
as in the measures of break-even.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.rules import costs, pay
from sim.model.rules.billing import claims_of_a_post
from sim.model.world.positions import mean_fte, mean_stated_wage
from sim.model.world.terms import supervisors_per_post
from sim.results.on_paper.break_even import entry_wage, fee_for_service, hour_value
from sim.scenario.schema import Organization
from sim.scenario.tables.funding.claims import FeeForService
from sim.units import UNITS_PER_HOUR


@dataclass(frozen=True)
class UnitCost:
    """What a unit (15 minutes) costs by kind, and what it brings once denials are settled, USD."""

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


def unit_cost(organization: Organization) -> UnitCost | None:
    """Return what a billed unit costs and brings; None where nobody pays by the unit.

    Turnover is left out: hiring, and the time in which a newcomer may not or cannot bill yet, come on top.
    """
    value = hour_value(organization)
    claims = [_billed(organization, source) for _, source in fee_for_service(organization)]
    billed, kept = sum(one for one, _ in claims), sum(one for _, one in claims)
    if value is None or billed <= 0:
        return None
    units = billed / (value.billed / UNITS_PER_HOUR)
    parts = {kind: usd / units for kind, usd in monthly_cost(organization).items()}
    return UnitCost(parts, kept / units, units)


def monthly_cost(organization: Organization, raised_usd_per_hour: float = 0.0) -> dict[str, float]:
    """What a filled post costs in a month at a newcomer's wage, USD by kind of cost (docs/model.md, section 10).

    Args:
        organization: the tables that hold.
        raised_usd_per_hour: added to the wage; what a raise does not move stays as at the wage stated.
    """
    posts, practices, rule = organization.posts, organization.practices, costs.fringe_of(organization)
    full_time, wage = posts.full_time_hours, entry_wage(organization) + raised_usd_per_hour
    post = mean_fte(organization)
    wages, reference = wage * full_time * post, mean_stated_wage(organization) * full_time * post
    fringe = costs.fringe(rule, wages, reference, post)
    stated, fte = practices.supervisor_wage_usd_per_hour, practices.other_supervisors_fte
    supervisors = supervisors_per_post(organization) if fte is None else fte / posts.number
    supervisor = pay.supervisors_wage(stated, practices.supervisor_gap_share, wage)
    supervision = costs.supervision(rule, supervisors, supervisor, stated, full_time)
    direct = posts.fixed_usd_per_month / posts.number + posts.direct_usd_per_peer_month
    on_reference = costs.reference_personnel(rule, reference, post, supervisors, stated, full_time)
    personnel = wages + fringe + supervision
    parts = {
        "wages": wages,
        "fringe": fringe,
        "supervision": supervision,
        "training": practices.training_usd_per_peer_month,
        "direct": direct,
        "overhead": costs.overhead(costs.overhead_of(organization), direct, personnel, on_reference),
    }
    return {kind: float(usd) for kind, usd in parts.items()}


def worked_hours(organization: Organization) -> float:
    """Return the hours that a filled post works in a month, on average over positions."""
    fte: float = mean_fte(organization)
    return organization.posts.full_time_hours * fte * organization.time_use.worked_share


def _billed(organization: Organization, source: FeeForService) -> tuple[float, float]:
    """What a certified post at full output bills one source in a month, and what is paid of it in the end, USD."""
    billed, kept = claims_of_a_post(source, organization, worked_hours(organization), 1.0)
    return float(billed), float(kept)
