"""The books of every kind of money, and where they are opened: what it bills, receives and charges in a month.

Those of awards, whose rules are many, have a file of their own (docs/model.md, sections 9 and 11).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.costs import unsupervised
from sim.model.engine.funding.awards import AwardFund, PastAward
from sim.model.engine.funding.funds import EVERY_KIND, RECEIPT, YEAR, Fund, kinds_of
from sim.model.engine.tally import MonthOfWork
from sim.model.rules import billing, braiding
from sim.model.world.rows import anywhere, each
from sim.scenario.tables.funding import known_as
from sim.scenario.tables.funding.claims import Claims, FeeForService, ProspectivePayment
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.units import (
    MONTHS_PER_YEAR,
    WORKING_DAYS_PER_MONTH,
    Cents,
    Reals,
    cents,
    cents_of,
    month_number,
    months_from_days,
    whole,
)

Floats = NDArray[np.float64]
CENTS: Final = 100.0
FIRST_AUDIT: Final = 1000
FIRST_DAY: Final = months_from_days(1.0)

# claims: money for work that is billed --------------------------------------------------------------------------


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


# dated amounts, as an opioid settlement or a contract pays them -------------------------------------------------


def payments(fund: ScheduledFund, start: int) -> dict[int, int]:
    """Cents of a fund by month since the start, the dates before it among them; payments of one month are one."""
    total: dict[int, int] = {}
    for payment in fund.payments:
        at = month_number(payment.at) - start
        total[at] = total.get(at, 0) + cents_of(payment.usd)
    return total


def unspent_at_start(fund: ScheduledFund, start: int) -> Any:
    """Cents received before the start and not yet spent.

    As stated, else the part of the last payment that is for the months until the next; one without a successor is for
    twelve months.
    """
    if fund.unspent_usd is not None:
        return each(cents_of, fund.unspent_usd)
    dated = payments(fund, start)
    before, coming = [at for at in dated if at < 0], [at for at in dated if at >= 0]
    if not before:
        return 0
    last = max(before)
    ahead = min(coming) if coming else max(0, MONTHS_PER_YEAR + last)
    return cents_of(dated[last] / CENTS * ahead / (ahead - last))


def scheduled(block: Block, name: str, month: int) -> ScheduledFund:
    """A fund's terms in a month."""
    return known_as(ScheduledFund, block.terms_at(month).given.funding[name])


class ScheduleFund(Fund):
    """Pay dated amounts."""

    def __init__(self, block: Block, name: str) -> None:
        """Start with what was received before the start and is not spent."""
        super().__init__(block, name)
        self.balance = np.full_like(self.units, unspent_at_start(self.source, block.world.start))

    @property
    def source(self) -> ScheduledFund:
        """The fund's terms in force."""
        return scheduled(self.block, self.name, self.block.month)

    def payments(self) -> dict[int, int]:
        """Cents that the terms in force state, by month since the start."""
        return payments(self.source, self.block.world.start)

    def expected_usd(self, first: int, months: int) -> Floats:
        """Return the balance and what will come within some months from one on."""
        coming = sum(amount for at, amount in self.payments().items() if first <= at < first + months)
        return np.asarray((self.balance + coming) / CENTS)

    def due_cents(self, after: float, until: Reals) -> Any:
        """Cents dated at a time or later, until another."""
        return sum(amount * ((after <= at) & (at <= until)) for at, amount in self.payments().items())

    def charge(self, remaining: Cents) -> None:
        """Take over allowed cost up to the balance received."""
        self.charged_now = braiding.take(remaining, kinds_of(self.source.pays_for), self.balance)
        self.balance = self.balance - self.charged_now

    def bill(self, work: MonthOfWork) -> None:
        """Receive what is dated the month: on its first day, before anything is paid or charged."""
        del work
        employers, month = self.block.employers, self.block.month
        arrived = np.where(employers.closed, 0, self.payments().get(month, 0))
        self.balance = self.balance + arrived
        employers.cash_at_start = employers.cash_at_start + arrived
        self.block.post(month + FIRST_DAY, RECEIPT["scheduled"], self.name, arrived)


class PastSchedule(Fund):
    """Take over cost before the start: each month a twelfth of what is dated in the first year after it."""

    def charge(self, remaining: Cents) -> None:
        """Take over allowed cost up to a twelfth of a year's amounts; its money is part of the opening cash."""
        source = scheduled(self.block, self.name, self.block.month)
        dated = payments(source, self.block.world.start)
        year = sum(amount for at, amount in dated.items() if 0 <= at < MONTHS_PER_YEAR)
        month = np.full_like(self.units, int(cents(year / CENTS / MONTHS_PER_YEAR)))
        self.charged_now = braiding.take(remaining, kinds_of(source.pays_for), month)


# opened: in the warm-up, and at the start of a projection --------------------------------------------------------


BEFORE_START: Final[dict[str, type[Fund]]] = {
    "fee_for_service": UnitsFund,
    "prospective": VisitsFund,
    "grant": PastAward,
    "scheduled": PastSchedule,
}
FROM_START: Final[dict[str, type[Fund]]] = BEFORE_START | {"grant": AwardFund, "scheduled": ScheduleFund}


def open_books(block: Block) -> None:
    """Give every source of a block its books."""
    kinds = FROM_START if block.projecting else BEFORE_START
    for name, source in block.terms.given.funding.items():
        block.funds[name] = kinds[source.kind](block, name)
