"""What every funding source's books can do, and the books of claims (docs/model.md, sections 9 and 11)."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.costs import unsupervised
from sim.model.engine.tally import MonthOfWork
from sim.model.rules import billing, braiding
from sim.model.world import log
from sim.model.world.rows import anywhere
from sim.scenario.tables.funding import Source, known_as
from sim.scenario.tables.funding.claims import Claims, FeeForService, ProspectivePayment
from sim.units import WORKING_DAYS_PER_MONTH, Cents, Reals, cents, months_from_days, whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RECEIPT = {name: place for place, name in enumerate(log.LINE_KINDS)}
EVERY_KIND = tuple(range(len(log.COST_KINDS)))
YEAR = 12
FIRST_AUDIT = 1000


class Fund(ABC):
    """Hold one source's money for a block of employers; its kinds say how it pays."""

    def __init__(self, block: Block, name: str) -> None:
        """Open the source's books."""
        self.block, self.name = block, name
        size = block.employers.cash.size
        self.billed, self.denied = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        self.units = np.zeros(size, dtype=np.int64)
        self.earned = np.zeros(size, dtype=np.int64)
        self.rework_cost = np.zeros(size, dtype=np.int64)
        self.received = np.zeros((YEAR, size), dtype=np.int64)  # in each of the last 12 closes
        self.charged_now = np.zeros(size, dtype=np.int64)

    def receive(self, amount: Cents) -> None:
        """Note a payment that arrived in the month."""
        self.received[0] += amount

    def end_month(self) -> None:
        """Make room for the payments of the next month."""
        self.received[1:] = self.received[:-1].copy()
        self.received[0] = 0

    def bill(self, work: MonthOfWork) -> None:
        """Bill nothing: only some sources pay for work."""
        del work

    @abstractmethod
    def charge(self, remaining: Cents) -> None:
        """Take over what cost the source may pay, lowering `remaining` (kinds, employers)."""

    def close(self) -> None:  # noqa: B027 (most sources have nothing to do)
        """End the source's month, after charging."""

    def begin_due(self, now: float) -> None:  # noqa: B027 (most sources have nothing to do)
        """Begin what begins by now."""

    def close_down(self, closing: Flags) -> None:  # noqa: B027 (most sources have nothing to do)
        """Let go of employers that close: work already done is paid for, and nothing else."""

    def cut_posts(self) -> Flags:
        """Where posts are cut because the source stopped paying for them: only awards do that."""
        return np.zeros(self.units.size, dtype=bool)

    def due_cents(self, after: float, until: Reals) -> Cents | int:
        """Cents sure to arrive from a time on and until another that are not receivables yet."""
        del after, until
        return 0

    def expected_usd(self, first: int, months: int) -> Floats | float:
        """USD expected of the source, whatever work is done, in some months from one on."""
        del first, months
        return 0.0

    def posts_at_risk(self, now: float, source: Source) -> Floats | float:
        """Posts that may end with an award, each weighed by the chance and its nearness, under a month's terms."""
        del now, source
        return 0.0

    def expect(self, after_months: Reals, kind: str, amount: Cents) -> None:
        """Schedule a payment some months after the month's close."""
        self.block.expect(self.block.month + 1 + after_months, RECEIPT[kind], self.name, amount)


class ClaimsFund(Fund):
    """Pay for work: up to what a month's claims earn."""

    def charge(self, remaining: Cents) -> None:
        """Take over cost up to what the month earned."""
        self.charged_now = braiding.take(remaining, EVERY_KIND, self.earned)

    def paid_hours(self, source: Claims, work: MonthOfWork) -> Floats:
        """Productive hours a source pays for: of certified peers and under supervision, where it asks for it."""
        productive = work.tally.productive_certified if source.certification_required else work.tally.productive
        if source.supervision_required:
            productive = np.where(unsupervised(self.block), 0.0, productive)
        return productive * self.block.terms.hours


class UnitsFund(ClaimsFund):
    """Fee for service: pay by the unit of 15 minutes."""

    @property
    def source(self) -> FeeForService:
        """The payer's terms in force."""
        return known_as(FeeForService, self.block.terms.given.funding[self.name])

    def bill(self, work: MonthOfWork) -> None:
        """Turn the month's work into claims and schedule their payment."""
        source = self.source
        use, f = self.block.terms.given.time_use, work.service.used_share
        hours = self.paid_hours(source, work) * source.clients_covered_share
        day = source.max_units_per_client_day
        visits = hours * f * use.individual * ("individual" in source.billable)
        sessions = hours * f * use.group * use.group_size * ("group" in source.billable)
        other = hours * billing.other_billable_share(self.block.terms.given, source)
        individual = billing.visit_units(visits, source.visit_minutes, day) + billing.units(other)
        group = billing.visit_units(sessions, source.group_visit_minutes, day)
        individual, group = billing.capped(individual, group, self._caps(source, work))
        rates = source.rate_usd_per_unit, source.group_rate_usd_per_unit
        claims = billing.settle(individual, group, rates, source.denial_share, source.rework_recovered_share)
        self._count_units(claims.units)
        self.units, self.billed, self.denied = claims.units, claims.billed, claims.denied
        self.earned = claims.paid + claims.recovered
        self.rework_cost = np.zeros_like(claims.paid)
        if anywhere(source.rework_recovered_share > 0):
            terms = source.units_per_claim, source.denial_share, source.rework_usd_per_claim
            self.rework_cost = billing.rework_cost(claims, *terms) * (source.rework_recovered_share > 0)
        for after, amount in billing.arrivals(claims.paid, source.payment_lag_days, source.payment_lag_spread):
            self.expect(after, "claims", amount)
        again = months_from_days(source.payment_lag_days + source.rework_lag_days)
        self.expect(again, "recovered", claims.recovered)

    def _caps(self, source: FeeForService, work: MonthOfWork) -> list[NDArray[np.int64]]:
        covered, caps = source.clients_covered_share, []
        if source.max_units_per_worker_day is not None:
            worked = work.tally.worked_certified if source.certification_required else work.tally.worked
            days = WORKING_DAYS_PER_MONTH * worked * self.block.terms.given.posts.fte
            caps.append(whole(source.max_units_per_worker_day * covered * days))
        if source.max_units_per_client_month is not None:
            caps.append(whole(source.max_units_per_client_month * covered * work.clients))
        if source.max_units_per_client_year is not None:
            year = whole(source.max_units_per_client_year * covered * work.clients)
            caps.append(np.maximum(0, year - self._units_this_year()))
        return caps

    def _units_this_year(self) -> NDArray[np.int64]:
        return self.block.employers.units_this_year.get(self.name, np.zeros_like(self.units))

    def _count_units(self, units: NDArray[np.int64]) -> None:
        january = (self.block.world.start + self.block.month + 1) % YEAR == 0
        total = self._units_this_year() + units
        self.block.employers.units_this_year[self.name] = np.zeros_like(units) if january else total

    def close(self) -> None:
        """Hold the audit that a fiscal year's end may bring."""
        block, source = self.block, self.source
        if not (block.projecting and anywhere(source.audit_chance_per_year > 0)):
            return
        number = block.fiscal_years_ended()
        if number:
            drawn = block.luck.source(self.name, FIRST_AUDIT + number)[:, 2]
            struck = drawn <= source.audit_chance_per_year
            back = cents(source.audit_recouped_share * self.received.sum(axis=0) / 100.0)
            struck &= ~block.employers.closed
            block.post(block.month + 1.0, RECEIPT["audit"], self.name, np.where(struck, -back, 0))


class VisitsFund(ClaimsFund):
    """Prospective payment: pay by the visit-day or the member-month."""

    @property
    def source(self) -> ProspectivePayment:
        """The payer's terms in force."""
        return known_as(ProspectivePayment, self.block.terms.given.funding[self.name])

    def bill(self, work: MonthOfWork) -> None:
        """Turn the month's work into claims and schedule their payment."""
        source, use = self.source, self.block.terms.given.time_use
        if source.per == "member_month":
            count = np.where(work.service.used_share > 0, whole(source.clients_covered_share * work.clients), 0)
        else:
            hours = self.paid_hours(source, work) * source.clients_covered_share
            count = whole(hours * work.service.used_share * use.individual / source.hours_per_visit_day)
        self.units, self.billed = count, cents(count * source.rate_usd)
        self.earned = self.billed
        for after, amount in billing.arrivals(self.billed, source.payment_lag_days, source.payment_lag_spread):
            self.expect(after, "prospective", amount)


def kinds_of(names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of cost kinds, in the order costs are charged."""
    return tuple(place for place, name in enumerate(log.COST_KINDS) if name in names)
