"""Cash, receipts to come and the ledger; the cost of a month (docs/model.md, section 10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.scenario.tables.funding import Source
from sim.units import MONTHS_PER_YEAR, cents_of
from tests.reference.facts import Line

if TYPE_CHECKING:
    from tests.reference.employer import Employer

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


def wages(employer: Employer) -> int:
    """¢(Σ wage·H·fte·(paid part of the month))."""
    org = employer.terms.org
    paid = 0.0
    for peer in employer.present:
        for piece in peer.pieces:
            share = org.practices.leave_paid_share if piece.on_leave else 1.0
            paid += peer.wage * employer.terms.hours * org.posts.fte * piece.length * share
    return cents_of(paid)


def supervisor(employer: Employer) -> float:
    """Dollars a month of a full-time supervisor outside the ladder."""
    terms = employer.terms
    wage = terms.org.practices.supervisor_wage_usd_per_hour * employer.pay.scale
    return wage * terms.hours * (1.0 + terms.org.benefits.fringe_share)


def supervision(employer: Employer) -> int:
    return cents_of(employer.other_supervisors(employer.terms) * supervisor(employer))


def cost_of_month(employer: Employer, rework: int) -> dict[str, int]:
    """Cents of each kind of cost; a closed employer has none."""
    if employer.closed:
        return {}
    org, tally = employer.terms.org, employer.tally
    at_work, away = employer.months_at_work(), employer.months_on_leave()
    pay = wages(employer)
    flat = org.benefits.flat_usd_per_month * org.posts.fte * (at_work + away)
    fringe = cents_of(org.benefits.fringe_share * pay / 100 + flat)
    supervising = supervision(employer)
    personnel = (pay + fringe + supervising) / 100
    return {
        "wages": pay,
        "fringe": fringe,
        "supervision": supervising,
        "training": cents_of(org.practices.training_usd_per_peer_month * at_work),
        "recruiting": cents_of(org.recruitment.cost_per_hire_usd * tally.hires)
        + cents_of(org.turnover.cost_per_exit_usd * tally.exits),
        "overhead": cents_of(org.posts.overhead_share * personnel + org.posts.fixed_usd_per_month),
        "other": rework + interest(employer),
    }


def interest(employer: Employer) -> int:
    """On cash below zero at the month's start."""
    rate = employer.terms.org.rules.credit_interest_per_year
    return cents_of(max(0, -employer.cash_at_start) / 100 * rate / MONTHS_PER_YEAR)
