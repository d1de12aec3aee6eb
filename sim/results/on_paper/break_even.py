"""Compare what a paid hour costs with what a billed hour brings: the billable share at which they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.model.rules import pay
from sim.model.rules.billing import kept_share
from sim.model.world.positions import places_of, stated_wages
from sim.model.world.rows import anywhere, chosen, larger, table_of
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import paid_by_the_unit
from sim.scenario.tables.funding.claims import FeeForService
from sim.scenario.tables.pay import LivingWageFloor, NoFloor
from sim.units import UNITS_PER_HOUR


@dataclass(frozen=True)
class HourValue:
    """What a fully billed hour brings, USD: as billed, and once denials are settled."""

    billed: float
    kept: float


@dataclass(frozen=True)
class BreakEven:
    """The break-even of a newcomer's hour at the start."""

    wage: float  # USD an hour
    fringe_share: float
    hour: HourValue

    @property
    def cost(self) -> float:
        """Return wage and fringe of an hour."""
        return self.wage * (1.0 + self.fringe_share)

    @property
    def share(self) -> float:
        """Return the share of paid hours that must be billed, before denials."""
        return self.cost / self.hour.billed

    @property
    def share_after_denials(self) -> float:
        """Return the share of paid hours that must be billed when some of it is denied for good."""
        return self.cost / self.hour.kept


def fee_for_service(organization: Organization) -> Iterator[tuple[str, FeeForService]]:
    """Yield the sources that pay by the unit and pay something."""
    for name, source in paid_by_the_unit(organization.funding).items():
        if anywhere(source.rate_usd_per_unit > 0):
            yield name, source


def hour_value(organization: Organization) -> HourValue | None:
    """Return the mean value of a billed one-to-one hour over the sources, weighted by the clients they cover."""
    sources = [source for _, source in fee_for_service(organization)]
    covered = sum(source.clients_covered_share for source in sources)
    if not anywhere(covered):
        return None
    covered = chosen(covered == 0, 1.0, covered)
    billed = sum(s.clients_covered_share * s.rate_usd_per_unit for s in sources)
    paid = sum(s.clients_covered_share * s.rate_usd_per_unit * kept_share(s) for s in sources)
    return HourValue(UNITS_PER_HOUR * billed / covered, UNITS_PER_HOUR * paid / covered)


def break_even(organization: Organization) -> BreakEven | None:
    """Return the break-even of a newcomer's hour under the tables of the start; None without fee for service."""
    value = hour_value(organization)
    if value is None or value.kept <= 0:
        return None
    return BreakEven(entry_wage(organization), organization.benefits.fringe_share, value)


def entry_wage(organization: Organization) -> float:
    """Return the wage of a newcomer in the first month, the mean over posts by FTE where positions differ."""
    places, stated = places_of(organization), stated_wages(organization)
    found: float = places.mean(table_of([lifted(organization, stated[address]) for address in places.wages]))
    return found


def lifted(organization: Organization, stated: float) -> float:
    """Return a stated entry wage once the floor of the first month has lifted it."""
    place, floor, wage = organization.place, organization.pay.floor, stated
    if not isinstance(floor, NoFloor):
        wage = larger(wage, 0.0 if place.minimum_wage_usd_per_hour is None else place.minimum_wage_usd_per_hour)
    if isinstance(floor, LivingWageFloor):
        living = place.living_wage_usd_per_hour
        target = floor.ratio * (0.0 if living is None else living)
        wage = larger(wage, pay.living_wage_floor(stated, target, 1, floor.phase_in_months))
    return wage
