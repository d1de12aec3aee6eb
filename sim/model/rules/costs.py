"""What a month costs, in USD (docs/model.md, section 10): one formula each for the cost paid, budgets and break-even.

Health cover and rent do not rise with a raise. Their part of fringe and overhead is priced at reference wages: what
wages would be at the base's entry wage of the start. Amounts may be numbers or arrays by employer.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.world.terms import fixed_fringe_share
from sim.scenario.schema import Organization
from sim.units import Reals


@dataclass(frozen=True)
class Fringe:
    """How fringe is priced: a share of wages, of which a part is fixed, and a flat amount a month for each FTE."""

    share: float
    fixed_share: float
    flat_usd_per_month: float

    @property
    def moving(self) -> float:
        """The part of fringe that a raise moves, as a share of wages."""
        return self.share * (1.0 - self.fixed_share)


@dataclass(frozen=True)
class Overhead:
    """How overhead is priced: a share of personnel and direct cost; of the part on personnel some is fixed."""

    share: float
    fixed_share: float


def fringe_of(organization: Organization) -> Fringe:
    """How an organization prices fringe."""
    benefits = organization.benefits
    return Fringe(benefits.fringe_share, fixed_fringe_share(organization), benefits.flat_per_fte)


def overhead_of(organization: Organization) -> Overhead:
    """How an organization prices overhead."""
    return Overhead(organization.posts.overhead_share, organization.posts.fixed_overhead_share)


def fringe(rule: Fringe, wages: Reals, reference_wages: Reals, fte: Reals) -> Reals:
    """Fringe on wages; `fte` is time in post and on leave, in FTE-months."""
    return (
        rule.share * ((1.0 - rule.fixed_share) * wages + rule.fixed_share * reference_wages)
        + rule.flat_usd_per_month * fte
    )


def supervision(rule: Fringe, fte: Reals, wage: Reals, stated_wage: Reals, hours: Reals) -> Reals:
    """Pay and fringe of supervisors who are not peers of the ladder, at `hours` a month for each FTE."""
    return fte * hours * (wage * (1.0 + rule.moving) + stated_wage * rule.share * rule.fixed_share)


def overhead(rule: Overhead, direct: Reals, personnel: Reals, reference_personnel: Reals) -> Reals:
    """Overhead on direct cost and on wages, fringe and supervision as they are and at reference wages."""
    return rule.share * (direct + (1.0 - rule.fixed_share) * personnel + rule.fixed_share * reference_personnel)


def beside_a_bonus(on_wages: Fringe, on_cost: Overhead, usd: Reals) -> tuple[Reals, Reals]:
    """Fringe and overhead that a bonus brings, which is no part of reference wages."""
    brought = usd * on_wages.moving
    return brought, overhead(on_cost, 0.0, usd + brought, 0.0)


def reference_personnel(
    rule: Fringe, reference_wages: Reals, fte: Reals, supervisors_fte: Reals, stated_wage: Reals, hours: Reals
) -> Reals:
    """Wages, fringe and supervision at reference wages and at the supervisors' stated wage."""
    supervisors = supervisors_fte * stated_wage * hours * (1.0 + rule.share)
    return reference_wages * (1.0 + rule.share) + rule.flat_usd_per_month * fte + supervisors
