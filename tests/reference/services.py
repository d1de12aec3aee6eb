"""Service and billing of a month (docs/model.md, section 9)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.units import (
    UNITS_PER_HOUR,
    WORKING_DAYS_PER_MONTH,
    cents_of,
    months_from_days,
    whole_number,
)
from tests.reference.states import within
from tests.reference.terms import Terms, client_hours_per_hour, kept_of_billed, share_at_work

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer, Piece

MOST_ABSENCE = 0.5
PARTS = 4
MINUTES = 60
UNIT_MINUTES, LEAST_MINUTES = 15, 8


@dataclass
class Work:
    """Sums of a month over the pieces of time peers were in post and not on leave."""

    paid_hours: float = 0.0
    service_months: float = 0.0  # Σ fte·(b − a)·(1 − supervising share)
    productive: float = 0.0  # Σ π, hours
    certified: float = 0.0  # Σ π_c, hours
    present: float = 0.0  # Σ fte·(b − a)·w, in months of presence
    present_certified: float = 0.0
    clients: float = 0.0
    worked: float = 0.0  # Σ paid·w, hours
    ramp_up: float = 0.0  # hours newcomers cannot give
    ramp_up_pay: float = 0.0  # dollars for them


@dataclass
class Service:
    """What a month gave to clients."""

    demand: float
    wanted: float
    capacity: float
    used: float  # f
    delivered: float
    dropped: float
    backlog: float


@dataclass
class Bills:
    """What a month billed, in cents or units by source."""

    units: dict[str, int] = field(default_factory=dict)
    billed: dict[str, int] = field(default_factory=dict)
    denied: dict[str, int] = field(default_factory=dict)
    earned: dict[str, int] = field(default_factory=dict)  # paid + recovered
    rework: int = 0


# --- hours ----------------------------------------------------------------------------------------


def at_work(employer: Employer) -> Iterator[tuple[Peer, Piece]]:
    for peer in employer.present:
        for piece in peer.pieces:
            if not piece.on_leave:
                yield peer, piece


def work_of_month(employer: Employer) -> Work:
    terms = employer.terms
    org, work = terms.org, Work()
    for peer, piece in at_work(employer):
        fte = peer.fte(terms)
        paid = terms.hours * fte * piece.length
        present = share_present(employer, peer)
        free = 1.0 - terms.supervising_share(peer.rung)
        ramp = productivity(employer, peer, piece)
        productive = paid * present * ramp * free
        certified = share_certified(employer, peer, piece)
        work.paid_hours += paid
        work.service_months += fte * piece.length * free
        work.worked += paid * present
        work.ramp_up += paid * present * (1.0 - ramp)
        work.ramp_up_pay += peer.wage * paid * present * (1.0 - ramp)
        work.productive += productive
        work.certified += productive * certified
        work.present += fte * piece.length * present
        work.present_certified += fte * piece.length * present * certified
        work.clients += org.services.caseload_per_peer * fte * free * piece.length
    return work


def share_present(employer: Employer, peer: Peer) -> float:
    """W: the share of paid hours that is neither leave nor absence."""
    use = employer.terms.org.time_use
    burnout = peer.states["burnout"] if employer.feedback else 0.0
    absence = min(MOST_ABSENCE, use.absence_share * math.exp(employer.terms.org.effects.absence_log_per_sd * burnout))
    return max(0.0, 1.0 - use.leave_share - absence)


def productivity(employer: Employer, peer: Peer, piece: Piece) -> float:
    """ρ: of the middle of a piece; 1 in a month on paper."""
    return 1.0 if employer.on_paper else ramp_up(employer, (piece.start + piece.end) / 2.0 - peer.hire)


def ramp_up(employer: Employer, tenure: float) -> float:
    """Return how much of full productivity a tenure gives."""
    months = employer.terms.org.recruitment.ramp_up_months
    return 1.0 if months == 0 else min(1.0, tenure / months)


def share_certified(employer: Employer, peer: Peer, piece: Piece) -> float:
    """The part of a piece after the certificate; on paper, whether it was there at the seating."""
    if employer.on_paper:
        return 1.0 if peer.certified_at <= peer.reached else 0.0
    if piece.length <= 0:
        return 0.0
    return within(0.0, 1.0, (piece.end - peer.certified_at) / piece.length)


# --- service --------------------------------------------------------------------------------------


def serve(employer: Employer, work: Work) -> Service:
    terms = employer.terms
    capacity = work.productive * client_hours_per_hour(terms.org)
    demand = max(0.0, terms.demand - employer.lost)
    wanted = demand + employer.backlog
    used = min(1.0, wanted / capacity) if capacity > 0 else 0.0
    delivered = used * capacity
    unserved = wanted - delivered
    dropped = terms.org.services.backlog_dropout_share * unserved
    return Service(demand, wanted, capacity, used, delivered, dropped, unserved - dropped)


def broken_relationships(employer: Employer, peer: Peer) -> float:
    """Relationships an exit or the start of a leave breaks."""
    org = employer.terms.org
    free = 1.0 - employer.terms.supervising_share(peer.rung)
    known = ramp_up(employer, peer.reached - peer.hire)
    return org.services.caseload_per_peer * peer.fte(employer.terms) * free * known


def lost_demand(employer: Employer, broken: float) -> float:
    """The demand lost after a month in which so many relationships broke."""
    terms = employer.terms
    services = terms.org.services
    per_client = terms.demand / (services.caseload_per_peer * terms.base_fte)
    lost = employer.lost + broken * services.leave_care_share * per_client
    return lost * math.exp(-1.0 / services.months_to_regain_demand)


# --- billing --------------------------------------------------------------------------------------


def bill(employer: Employer, work: Work, service: Service) -> Bills:
    """Bill every source of claims; what is paid becomes due."""
    bills = Bills()
    for name, source in employer.terms.sources():
        if isinstance(source, FeeForService):
            bill_units(employer, name, source, work, service, bills)
        elif isinstance(source, ProspectivePayment):
            bill_days(employer, name, source, work, service, bills)
    return bills


def bill_units(
    employer: Employer, name: str, source: FeeForService, work: Work, service: Service, bills: Bills
) -> None:
    individual, group = capped(employer, name, source, work, *units(employer, source, work, service))
    employer.units_this_year[name] = employer.units_this_year.get(name, 0) + individual + group
    billed = cents_of(individual * source.rate_usd_per_unit) + cents_of(group * source.group_rate_usd_per_unit)
    denied = cents_of(billed / 100 * source.denial_share)
    recovered = cents_of(denied / 100 * source.rework_recovered_share)
    bills.units[name], bills.billed[name], bills.denied[name] = individual + group, billed, denied
    bills.earned[name] = billed - denied + recovered
    if source.rework_recovered_share > 0:
        claims = (individual + group) / source.units_per_claim * source.denial_share
        bills.rework += cents_of(claims * source.rework_usd_per_claim)
    expect_in_parts(employer, "claims", name, source, billed - denied)
    later = months_from_days(source.payment_lag_days) + months_from_days(source.rework_lag_days)
    employer.purse.expect(employer.month + 1 + later, "recovered", name, source, recovered)


def units(employer: Employer, source: FeeForService, work: Work, service: Service) -> tuple[int, int]:
    """Individual and group units before the caps: whole units of whole visits, and all other time by the unit."""
    use = employer.terms.org.time_use
    covered = source.clients_covered_share * paid_for(employer, source, work)
    individual = service.used * use.individual if "individual" in source.billable else 0.0
    grouped = service.used * use.group * use.group_size if "group" in source.billable else 0.0
    other = sum(getattr(use, name) for name in source.billable if name not in {"individual", "group"})
    visits = whole_number(MINUTES * covered * individual / source.visit_minutes)
    sessions = whole_number(MINUTES * covered * grouped / source.group_visit_minutes)
    return (
        units_of_a_visit(source, source.visit_minutes) * visits + whole_number(UNITS_PER_HOUR * covered * other),
        units_of_a_visit(source, source.group_visit_minutes) * sessions,
    )


def paid_for(employer: Employer, source: FeeForService | ProspectivePayment, work: Work) -> float:
    """P: the productive hours that a source of claims may pay for."""
    if source.supervision_required and not supervised(employer):
        return 0.0
    return work.certified if source.certification_required else work.productive


def supervised(employer: Employer) -> bool:
    """Whether the peers at work at the close have any supervisor, or there are none."""
    terms = employer.terms
    peers = [peer for peer in employer.peers() if not peer.on_leave]
    supervising = sum(terms.supervising_share(peer.rung) * peer.fte(terms) for peer in peers)
    return not peers or employer.other_supervisors(terms) + supervising > 0


def units_of_a_visit(source: FeeForService, minutes: float) -> int:
    """ν: eight minutes make a unit, and a client has one visit a day."""
    units = whole_number((minutes + UNIT_MINUTES - LEAST_MINUTES) / UNIT_MINUTES)
    return units if source.max_units_per_client_day is None else min(units, source.max_units_per_client_day)


# --- what claims of a post bring in expectation -------------------------------------------------------


def expected_of_a_post(terms: Terms, source: FeeForService | ProspectivePayment, hours: float, used: float) -> float:
    """Dollars a month that claims of a post bring, with so many productive hours and so much of them used."""
    use, covered = terms.org.time_use, source.clients_covered_share
    clients = covered * terms.org.services.caseload_per_peer * terms.mean_fte
    if isinstance(source, FeeForService):
        individual, group = expected_units(terms, source, covered * hours, used)
        dollars = individual * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit
        return dollars * kept_of_billed(source)
    if source.per == "visit_day":
        return covered * hours * used * use.individual / source.hours_per_visit_day * source.rate_usd
    return clients * source.rate_usd


def expected_units(terms: Terms, source: FeeForService, hours: float, used: float) -> tuple[float, float]:
    use = terms.org.time_use
    one_to_one = (
        used * use.individual * rounding(source, source.visit_minutes) if "individual" in source.billable else 0
    )
    other = sum(getattr(use, name) for name in source.billable if name not in {"individual", "group"})
    grouped = used * use.group * use.group_size * rounding(source, source.group_visit_minutes)
    individual = UNITS_PER_HOUR * hours * (one_to_one + other)
    group = UNITS_PER_HOUR * hours * grouped if "group" in source.billable else 0.0
    for cap in expected_caps(terms, source):
        individual = min(individual, cap)
        group = min(group, cap - individual)
    return individual, group


def rounding(source: FeeForService, minutes: float) -> float:
    """β: units of a visit over its quarters of an hour."""
    return units_of_a_visit(source, minutes) / (minutes / UNIT_MINUTES)


def expected_caps(terms: Terms, source: FeeForService) -> Iterator[float]:
    covered = source.clients_covered_share * terms.mean_fte
    clients = covered * terms.org.services.caseload_per_peer
    if source.max_units_per_worker_day is not None:
        yield source.max_units_per_worker_day * covered * WORKING_DAYS_PER_MONTH * share_at_work(terms.org)
    if source.max_units_per_client_month is not None:
        yield source.max_units_per_client_month * clients
    if source.max_units_per_client_year is not None:
        yield source.max_units_per_client_year / 12.0 * clients


# --- caps ---------------------------------------------------------------------------------------------


def capped(
    employer: Employer, name: str, source: FeeForService, work: Work, individual: int, group: int
) -> tuple[int, int]:
    """Each cap is on the sum, individual units first."""
    for cap in caps(employer, name, source, work):
        individual = min(individual, cap)
        group = min(group, cap - individual)
    return individual, group


def caps(employer: Employer, name: str, source: FeeForService, work: Work) -> Iterator[int]:
    covered = source.clients_covered_share
    if source.max_units_per_worker_day is not None:
        present = work.present_certified if source.certification_required else work.present
        yield whole_number(source.max_units_per_worker_day * covered * WORKING_DAYS_PER_MONTH * present)
    if source.max_units_per_client_month is not None:
        yield whole_number(source.max_units_per_client_month * covered * work.clients)
    if source.max_units_per_client_year is not None:
        allowed = whole_number(source.max_units_per_client_year * covered * work.clients)
        yield max(0, allowed - employer.units_this_year.get(name, 0))


def bill_days(
    employer: Employer, name: str, source: ProspectivePayment, work: Work, service: Service, bills: Bills
) -> None:
    """Prospective payment: visit-days or member-months."""
    hours = paid_for(employer, source, work)
    covered = source.clients_covered_share
    if source.per == "visit_day":
        individual = service.used * employer.terms.org.time_use.individual
        count = whole_number(covered * hours * individual / source.hours_per_visit_day)
    else:
        count = whole_number(covered * work.clients) if service.used > 0 else 0
    billed = cents_of(count * source.rate_usd)
    bills.units[name], bills.billed[name], bills.denied[name] = count, billed, 0
    bills.earned[name] = billed
    expect_in_parts(employer, "prospective", name, source, billed)


def expect_in_parts(
    employer: Employer, kind: str, name: str, source: FeeForService | ProspectivePayment, paid: int
) -> None:
    """Four equal parts spread around the lag, or one if lag or spread is 0."""
    close, lag = employer.month + 1, months_from_days(source.payment_lag_days)
    if lag == 0 or source.payment_lag_spread == 0:
        employer.purse.expect(close + lag, kind, name, source, paid)
        return
    for i in range(PARTS):
        part = paid * (i + 1) // PARTS - paid * i // PARTS
        around = 1.0 + source.payment_lag_spread * ((2 * i + 1) / PARTS - 1.0)
        employer.purse.expect(close + lag * around, kind, name, source, part)


def audit(employer: Employer, fiscal_years_closed: int) -> None:
    """At the close that ends a fiscal year, some sources take a part of the year's payments back."""
    if employer.closed:
        return
    for name, source in employer.terms.sources():
        if not isinstance(source, FeeForService):
            continue
        if employer.luck.source(name, 1000 + fiscal_years_closed)[2] <= source.audit_chance_per_year:
            received = employer.purse.received_in_a_year(name)
            taken = cents_of(received / 100 * source.audit_recouped_share)
            federal = cents_of(taken / 100 * source.federal_share)
            employer.purse.book(employer.month + 1, "audit", name, -taken, -federal)
