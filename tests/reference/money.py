"""Cash, receipts to come and the ledger; the cost of a month (docs/model.md, section 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.scenario.schema import Organization
from sim.scenario.tables.funding import Source
from sim.units import MONTHS_PER_YEAR, cents_of
from tests.reference.facts import Line
from tests.reference.terms import fixed_fringe, flat_benefits, moving_fringe

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer

AUDITED_CLOSES = 12


@dataclass(frozen=True)
class Receipt:
    """Money that is due at a time."""

    due: float
    kind: str
    source: str
    cents: int
    federal: int


@dataclass
class Purse:
    """One employer's cash in cents, what is owed to it, and its ledger."""

    owner: int
    cash: int = 0
    due: list[Receipt] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    received: dict[str, list[int]] = field(default_factory=dict)  # by source, one number a close

    def book(self, time: float, kind: str, source: str, cents: int, federal: int = 0) -> None:
        if cents != 0:
            self.cash += cents
            self.lines.append(Line(self.owner, time, kind, source, cents, federal))

    def expect(self, due: float, kind: str, name: str, source: Source, cents: int) -> None:
        if cents != 0:
            federal = cents_of(cents / 100 * source.federal_share)
            self.due.append(Receipt(due, kind, name, cents, federal))

    def settle(self, close: float) -> None:
        """Book the receipts due by a close, at their exact times."""
        arrived = sorted((one for one in self.due if one.due <= close), key=lambda one: one.due)
        self.due = [one for one in self.due if one.due > close]
        for name in {*self.received, *(one.source for one in arrived)}:
            total = sum(one.cents for one in arrived if one.source == name)
            self.received.setdefault(name, []).append(total)
        for one in arrived:
            self.book(one.due, one.kind, one.source, one.cents, one.federal)

    def received_in_a_year(self, name: str) -> int:
        return sum(self.received.get(name, [])[-AUDITED_CLOSES:])

    def receivable(self) -> int:
        return sum(one.cents for one in self.due)

    def due_within(self, start: float, end: float) -> int:
        return sum(one.cents for one in self.due if start < one.due <= end)


# --- cost of a month --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Costs:
    """Cents of each kind of cost, and what recruiting is made of."""

    kinds: dict[str, int] = field(default_factory=dict)
    separation: int = 0
    hiring: int = 0
    cover: int = 0
    bonuses: int = 0

    @property
    def recruiting(self) -> int:
        return self.separation + self.hiring + self.cover

    @property
    def payroll(self) -> int:
        """Wages and fringe."""
        return self.kinds.get("wages", 0) + self.kinds.get("fringe", 0)


@dataclass(frozen=True)
class Personnel:
    """What some people cost in a month, in dollars, and what of it a raise leaves where it is."""

    wages: float
    fringe: float
    unraised: float  # wages and fringe at the wage the base began with


def paid_time(employer: Employer) -> Iterator[tuple[Peer, float]]:
    """Yield (peer, paid part of the month in FTE) of every piece of time in post or on leave."""
    for peer in employer.present:
        for piece in peer.pieces:
            share = employer.terms.org.practices.leave_paid_share if piece.on_leave else 1.0
            yield peer, peer.fte(employer.terms) * piece.length * share


def personnel(employer: Employer, wages: float, stated_pay: float, fte: float) -> Personnel:
    """Wages in dollars with the fringe on them.

    `stated_pay` is Σ W₀·f_i·(paid part), and `fte` Σ f_i·(time in post or on leave).
    """
    terms, org = employer.terms, employer.terms.org
    stated = stated_pay * employer.pay.scale * terms.hours  # N
    flat = flat_benefits(org) * fte
    kappa = fixed_fringe(org)
    on_wages = org.benefits.fringe_share * ((1.0 - kappa) * wages + kappa * stated)
    return Personnel(wages, on_wages + flat, stated * (1.0 + org.benefits.fringe_share) + flat)


def supervisors(employer: Employer, fte: float) -> Personnel:
    """What so many supervisors outside the ladder cost."""
    terms, org = employer.terms, employer.terms.org
    hours = fte * terms.hours
    wages = employer.pay.supervisor * hours
    stated = employer.pay.stated_supervisor * hours
    fringe = moving_fringe(org) * wages + org.benefits.fringe_share * fixed_fringe(org) * stated
    return Personnel(wages, fringe, stated * (1.0 + org.benefits.fringe_share))


def overhead(org: Organization, direct: float, moving: float, unraised: float) -> float:
    """Overhead in dollars: a part of it goes with what people cost now, the rest with what they would cost unraised."""
    omega = org.posts.fixed_overhead_share
    return org.posts.overhead_share * (direct + (1.0 - omega) * moving + omega * unraised)


def cost_of_month(employer: Employer, rework: int) -> Costs:
    """Cents of each kind of cost; a closed employer has none."""
    if employer.closed:
        return Costs()
    terms, org, tally = employer.terms, employer.terms.org, employer.tally
    at_work, away = employer.months_at_work(), employer.months_on_leave()
    bonuses = bonuses_due(employer)
    wages = cents_of(sum(peer.wage * terms.hours * part for peer, part in paid_time(employer))) + bonuses
    stated_pay = sum(terms.stated_wage(peer.post.index) * part for peer, part in paid_time(employer))
    fte = sum(peer.fte(terms) * piece.length for peer in employer.present for piece in peer.pieces)
    peers = personnel(employer, wages / 100, stated_pay, fte)
    others = supervisors(employer, employer.other_supervisors(terms))
    fringe, supervision = cents_of(peers.fringe), cents_of(others.wages + others.fringe)
    direct = cents_of(org.posts.fixed_usd_per_month + org.posts.direct_usd_per_peer_month * at_work)
    moving = (wages + fringe + supervision) / 100
    vacant = max(0.0, employer.funded - at_work - away)
    costs = Costs(
        separation=cents_of(org.turnover.cost_per_exit_usd * tally.exits),
        hiring=cents_of(org.recruitment.cost_per_hire_usd * tally.hires),
        cover=cents_of(org.recruitment.cover_usd_per_vacant_month * vacant),
        bonuses=bonuses,
    )
    costs.kinds.update(
        wages=wages,
        fringe=fringe,
        supervision=supervision,
        training=cents_of(org.practices.training_usd_per_peer_month * at_work),
        recruiting=costs.recruiting,
        direct=direct,
        overhead=cents_of(overhead(org, direct / 100, moving, peers.unraised + others.unraised)),
        other=rework + interest(employer),
    )
    return costs


def bonuses_due(employer: Employer) -> int:
    """Cents of the bonuses that fall due at the close, to everybody who holds a post before anything is decided."""
    pay, close = employer.terms.org.pay, employer.month + 1
    if employer.on_paper:
        return 0
    signed_on = sum(peer.is_due_sign_on_bonus(close) for peer in employer.peers())
    stayed = sum(peer.is_due_stay_bonus(close) for peer in employer.peers())
    return cents_of(pay.sign_on_bonus_usd * signed_on) + cents_of(pay.stay_bonus_usd * stayed)


def interest(employer: Employer) -> int:
    """On cash below zero at the month's start; before time 0 there is none."""
    if not employer.projecting:
        return 0
    rate = employer.terms.org.rules.credit_interest_per_year
    return cents_of(max(0, -employer.cash_at_start) / 100 * rate / MONTHS_PER_YEAR)
