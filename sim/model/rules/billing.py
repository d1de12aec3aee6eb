"""Turn service into units, claims and payments (docs/model.md, section 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce, singledispatch
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.positions import mean_fte
from sim.model.world.rows import anywhere, smaller
from sim.scenario.schema import Organization
from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.source import PayingSource
from sim.units import (
    MONTHS_PER_YEAR,
    UNITS_PER_HOUR,
    WORKING_DAYS_PER_MONTH,
    Cents,
    Reals,
    cents,
    months_from_days,
    whole,
)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

PARTS: Final = 4
MINUTES_PER_UNIT: Final = 15
MINUTES_THAT_MAKE_A_UNIT: Final = 8
MINUTES_PER_HOUR: Final = 60


@dataclass(frozen=True)
class Claims:
    """Hold a month's claims by employer: units, and cents billed, denied, paid and recovered later."""

    units: Counts
    billed: Cents
    denied: Cents
    paid: Cents
    recovered: Cents


def capped(individual: Counts, group: Counts, caps: list[Counts]) -> tuple[Counts, Counts]:
    """Return units within every cap, individual units first."""
    for cap in caps:
        individual = np.minimum(individual, cap)
        group = np.minimum(group, cap - individual)
    return individual, group


def units(hours: Floats) -> Counts:
    """Return whole 15-minute units of billable hours."""
    return whole(UNITS_PER_HOUR * hours)


def units_of_a_visit(minutes: Any, most: Any) -> Any:
    """Whole units a visit is billed in: eight minutes make a unit, and a client's day may hold `most` at the most."""
    made = (minutes + MINUTES_PER_UNIT - MINUTES_THAT_MAKE_A_UNIT) // MINUTES_PER_UNIT
    return made if most is None else smaller(made, most)


def visit_units(hours: Floats, minutes: Any, most: Any) -> Counts:
    """Units of hours spent in visits of so many minutes; a visit not finished in the month is not billed."""
    return whole(units_of_a_visit(minutes, most)) * whole(MINUTES_PER_HOUR * hours / minutes)


def billed_of_visits(minutes: Any, most: Any) -> Any:
    """Part of the time in visits that is billed, before whole visits are counted."""
    return units_of_a_visit(minutes, most) * MINUTES_PER_UNIT / minutes


def settle(
    individual: Counts, group: Counts, rates: tuple[Reals, Reals], denial_share: Reals, recovered_share: Reals
) -> Claims:
    """Return what units bring at (individual, group) rates once denials are known."""
    billed = cents(individual * rates[0]) + cents(group * rates[1])
    denied = cents(billed * denial_share / 100.0)
    recovered = cents(denied * recovered_share / 100.0)
    return Claims(individual + group, billed, denied, billed - denied, recovered)


def rework_cost(claims: Claims, units_per_claim: Reals, denial_share: Reals, usd_per_claim: Reals) -> Cents:
    """Return the cost of sending denied claims again."""
    return cents(claims.units / units_per_claim * denial_share * usd_per_claim)


def arrivals(amount: Cents, lag_days: Any, spread: Any) -> list[tuple[Any, Cents]]:
    """Return (months after the close, cents): payments spread evenly around the mean lag.

    Where some employers are paid in one part and others in several, the one part comes first.
    """
    lag = months_from_days(lag_days)
    at_once = (lag == 0) | (spread == 0)
    if not isinstance(at_once, np.ndarray) or at_once.all():
        return [(lag, amount)] if anywhere(at_once) else _in_parts(amount, lag, spread)
    whole_amounts = [(lag, np.where(at_once, amount, 0))] if at_once.any() else []
    return [*whole_amounts, *_in_parts(np.where(at_once, 0, amount), lag, spread)]


def _in_parts(amount: Cents, lag: Any, spread: Any) -> list[tuple[Any, Cents]]:
    edges = [amount * part // PARTS for part in range(PARTS + 1)]
    middles = [(2 * part + 1) / PARTS - 1.0 for part in range(PARTS)]
    return [(lag * (1.0 + spread * middle), edges[part + 1] - edges[part]) for part, middle in enumerate(middles)]


# what claims of a post bring in expectation --------------------------------------------------------------------


def other_billable_share(organization: Organization, source: FeeForService) -> Any:
    """Share of hours worked that a source pays at the individual rate although no client is seen one-to-one."""
    use = organization.time_use
    return sum(1.0 * getattr(use, name) for name in source.billable if name not in ("individual", "group"))


def kept_share(source: FeeForService) -> float:
    """Share of what is billed that is paid in the end."""
    return 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)


def billable_share(organization: Organization, source: FeeForService, *, group: bool) -> Any:
    """Return the share of hours worked that a source pays at the individual rate, or all with groups."""
    use = organization.time_use
    return sum(1.0 * getattr(use, name) for name in source.billable if group or name != "group")


def units_per_paid_hour(organization: Organization, source: FeeForService) -> Any:
    """Return the individually billed units that a paid hour brings once denials are settled."""
    worked, share = organization.time_use.worked_share, billable_share(organization, source, group=False)
    return UNITS_PER_HOUR * worked * share * source.clients_covered_share * kept_share(source)


def rework_of_a_unit(source: FeeForService) -> float:
    """USD that sending denied claims again costs for each unit billed, before cents are counted."""
    again = source.denial_share * source.rework_usd_per_claim / source.units_per_claim
    return again * (source.rework_recovered_share > 0)


@singledispatch
def claims_of_a_post(
    source: PayingSource, organization: Organization, hours: Reals, used: Reals
) -> tuple[Reals, Reals]:
    """USD a month that a post's claims bring in expectation: as billed, and once denials are settled.

    Money that pays for no work brings none: a kind that does says here what.

    Args:
        source: the payer.
        organization: the tables that hold.
        hours: productive hours a month, certified ones where the source asks for the certificate.
        used: share of productive hours that clients use.
    """
    del source, organization, hours, used
    return 0.0, 0.0


@claims_of_a_post.register(ProspectivePayment)
def _visits(source: ProspectivePayment, organization: Organization, hours: Reals, used: Reals) -> tuple[Reals, Reals]:
    visits = hours * used * organization.time_use.individual / source.hours_per_visit_day
    counted = _clients(organization) if source.per == "member_month" else visits
    billed = source.clients_covered_share * source.rate_usd * counted
    return billed, billed


@claims_of_a_post.register(FeeForService)
def _units(source: FeeForService, organization: Organization, hours: Reals, used: Reals) -> tuple[Reals, Reals]:
    individual, group = units_of_a_post(organization, source, hours, used)
    usd = individual * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit
    return source.clients_covered_share * usd, source.clients_covered_share * usd * kept_share(source)


def units_of_a_post(
    organization: Organization, source: FeeForService, hours: Reals, used: Reals
) -> tuple[Reals, Reals]:
    """Units a month that a post bills in expectation if the source covers all clients, individual and group.

    The caps hold, but units are not yet counted in whole ones. Arguments as of `claims_of_a_post`.
    """
    individual, group = _units_without_caps(organization, source, hours, used)
    most = _most_units(organization, source)
    individual = np.minimum(individual, most)
    return individual, np.minimum(group, most - individual)


def _units_without_caps(
    organization: Organization, source: FeeForService, hours: Reals, used: Reals
) -> tuple[Reals, Reals]:
    use, day = organization.time_use, source.max_units_per_client_day
    visits = use.individual * ("individual" in source.billable) * billed_of_visits(source.visit_minutes, day)
    sessions = use.group * use.group_size * ("group" in source.billable)
    individual = UNITS_PER_HOUR * hours * (used * visits + other_billable_share(organization, source))
    return individual, UNITS_PER_HOUR * hours * used * sessions * billed_of_visits(source.group_visit_minutes, day)


def _most_units(organization: Organization, source: FeeForService) -> Reals:
    """Most units that the caps let a post bill in a month."""
    use, clients = organization.time_use, _clients(organization)
    days = WORKING_DAYS_PER_MONTH * use.worked_share * mean_fte(organization)
    caps = (
        (source.max_units_per_worker_day, days),
        (source.max_units_per_client_month, clients),
        (source.max_units_per_client_year, clients / MONTHS_PER_YEAR),
    )
    return reduce(smaller, (cap * size for cap, size in caps if cap is not None), math.inf)


def _clients(organization: Organization) -> Any:
    return organization.services.caseload_per_peer * mean_fte(organization)
