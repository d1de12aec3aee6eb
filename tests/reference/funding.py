"""What each source pays (docs/model.md, section 11)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.tables.funding.grant import Grant, first_award, renewal_term
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.units import MONTHS_PER_YEAR, cents_of, month_number, months_from_days, whole_number
from tests.reference.facts import FundingFact
from tests.reference.peers import Process

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.terms import Terms

KINDS = ("wages", "fringe", "supervision", "training", "recruiting", "direct", "overhead", "other")
Remaining = dict[str, int]


def charge_sources(employer: Employer, costs: Remaining, earned: dict[str, int]) -> dict[str, int]:
    """Charge the month's cost to the sources in braiding order; return the cents charged to each."""
    remaining = {kind: costs.get(kind, 0) for kind in KINDS}
    charged: dict[str, int] = {}
    for name, source in employer.terms.sources():
        if isinstance(source, Grant):
            charged[name] = charge_grant(employer, name, source, remaining)
        elif isinstance(source, ScheduledFund):
            charged[name] = charge_scheduled(employer, name, source, remaining)
        else:
            charged[name] = charge(remaining, KINDS, earned.get(name, 0))
    return charged


def charge_grant(employer: Employer, name: str, grant: Grant, remaining: Remaining) -> int:
    """Charge an award that runs; before time 0 the first one pays up to a twelfth of its year in a month."""
    if employer.projecting:
        runs = name in employer.awards and not employer.closed
        return employer.awards[name].charge(grant, remaining) if runs else 0
    start, end = first_award(grant, employer.calendar.start)
    if not start <= employer.month < end:
        return 0
    charged = charge_award(grant, cents_of(grant.amount_usd_per_year / MONTHS_PER_YEAR), 1.0, remaining)
    reimburse(employer, name, grant, charged)
    return charged


def reimburse(employer: Employer, name: str, grant: Grant, charged: int) -> None:
    due = employer.month + 1 + months_from_days(grant.reimbursement_lag_days)
    employer.purse.expect(due, "reimbursement", name, grant, charged)


def charge_scheduled(employer: Employer, name: str, fund: ScheduledFund, remaining: Remaining) -> int:
    """Charge what has come and is not spent; before time 0 a twelfth of what is dated in the year after it."""
    if not employer.projecting:
        coming = sum(usd for at, usd in payments(employer, fund) if 0 <= at < MONTHS_PER_YEAR)
        return charge(remaining, fund.pays_for, cents_of(coming / MONTHS_PER_YEAR))
    charged = charge(remaining, fund.pays_for, employer.balances.get(name, 0))
    employer.balances[name] = employer.balances.get(name, 0) - charged
    return charged


def charge(remaining: Remaining, allowed: Iterable[str], most: int) -> int:
    """Charge up to so many cents to the allowed kinds, in the order of KINDS; return what was charged."""
    left = max(0, most)
    for kind in KINDS:
        if kind in allowed:
            taken = min(left, remaining[kind])
            remaining[kind] -= taken
            left -= taken
    return max(0, most) - left


# --- scheduled funds ------------------------------------------------------------------------------


def receive_scheduled(employer: Employer) -> None:
    """Amounts of the month arrive on its first day, before it is paid and charged."""
    if employer.closed:
        return
    k = employer.month
    for name, source in employer.terms.sources():
        if isinstance(source, ScheduledFund):
            cents = sum(cents_of(usd) for at, usd in payments(employer, source) if at == k)
            federal = cents_of(cents / 100 * source.federal_share)
            employer.purse.book(k + months_from_days(1.0), "scheduled", name, cents, federal)
            employer.balances[name] = employer.balances.get(name, 0) + cents
            employer.cash_at_start += cents


def scheduled_within(employer: Employer, start: float, end: float) -> int:
    """Cents dated not before `start` and not after `end`, as the terms of the month that begins state them."""
    return sum(
        cents_of(usd)
        for _, source in employer.terms.sources()
        if isinstance(source, ScheduledFund)
        for at, usd in payments(employer, source)
        if start <= at <= end
    )


def opening_balance(employer: Employer, fund: ScheduledFund) -> int:
    """What came before the start and is not spent: as stated, or the last payment's part for the months to come."""
    if fund.unspent_usd is not None:
        return cents_of(fund.unspent_usd)
    dated = payments(employer, fund)
    before = [at for at, _ in dated if at < 0]
    if not before:
        return 0
    last, ahead = max(before), [at for at, _ in dated if at >= 0]
    gone = -last
    left = min(ahead) if ahead else max(0, MONTHS_PER_YEAR - gone)
    return cents_of(sum(usd for at, usd in dated if at == last) * left / (gone + left))


def payments(employer: Employer, source: ScheduledFund) -> list[tuple[int, float]]:
    """Dated amounts by months since the start."""
    return [(month_number(one.at) - employer.calendar.start, one.usd) for one in source.payments]


# --- awards ---------------------------------------------------------------------------------------


@dataclass
class Award:
    """One award of a grant: its term, what is known of its renewal, and its current award year."""

    number: int
    start: int
    factor: float  # the renewals' changes
    planned_end: int | None = None  # of a renewed award known once it begins
    begun: bool = False
    end: float = math.inf  # planned or early
    over: bool = False
    renewed: bool | None = None  # None before notice
    gap: int = 0  # of the renewal, at notice
    change: float = 0.0
    accrued: float = 0.0  # dollars in the award year
    carried: int = 0
    charged: int = 0
    drawn_before: int = 0  # of the award year in hand, before time 0
    brought: tuple[int, int] = (-1, 0)  # the last month it ran, and what became available in it

    def runs(self, t: float) -> bool:
        return self.begun and self.start <= t < self.end

    def active_share(self, k: int) -> float:
        """The part of month k inside the award."""
        if not self.begun:
            return 0.0
        return max(0.0, min(self.end, k + 1) - max(self.start, k))

    @property
    def awarded(self) -> int:
        """What became available of the award year: what was drawn of it before time 0 at least."""
        return max(cents_of(self.accrued), self.drawn_before)

    @property
    def room(self) -> int:
        return self.awarded + self.carried - self.charged

    def count_anew(self, carried: int) -> None:
        self.accrued, self.charged, self.drawn_before, self.carried = 0.0, 0, 0, carried


class Awards:
    """The awards of one grant of one employer, one after another, as a SimPy process."""

    def __init__(self, employer: Employer, name: str, first: Grant) -> None:
        self.employer, self.name, self.first = employer, name, first
        start, end = first_award(first, employer.calendar.start)
        self.awards = [Award(0, start, 1.0, planned_end=end)]
        if start < 0 < end and start % MONTHS_PER_YEAR != 0:
            self.take_over(first, self.awards[0])

    def take_over(self, grant: Grant, award: Award) -> None:
        """What had accrued and was drawn before time 0 of the award year in hand."""
        award.accrued = -award.start % MONTHS_PER_YEAR * grant.amount_usd_per_year / MONTHS_PER_YEAR
        award.charged = cents_of(award.accrued if grant.drawn_usd is None else grant.drawn_usd)
        award.drawn_before = award.charged

    def terms(self, t: float) -> Grant | None:
        """The grant's terms in the month of t."""
        return self.employer.terms_at(math.floor(t)).grant(self.name)

    @property
    def latest(self) -> Award:
        return self.awards[-1]

    def pays(self, t: float) -> bool:
        return any(award.runs(t) for award in self.awards)

    # --- begin, notice, end -----------------------------------------------------------------------

    def life(self) -> Process:
        """One award after another, until one is the last or the employer closes."""
        while True:
            award = self.latest
            yield from self.wait_until(award.start)
            if self.employer.closed or not self.begin(award):
                return
            yield from self.await_notice(award)
            yield from self.wait_until(award.end)
            if self.employer.closed:
                return
            award.over = True
            early = award.end < award.planned_end
            self.note(award.end, "terminated" if early else "ended")
            if early or not award.renewed:
                return
            start = award.planned_end + award.gap
            self.awards.append(Award(award.number + 1, start, award.factor * (1.0 + award.change)))

    def begin(self, award: Award) -> bool:
        """Begin an award and draw its early end; False if it was over before time 0 or is not offered."""
        begins = max(award.start, 0)
        grant = self.first if award.number == 0 else self.terms(begins)
        if grant is None or self.terms(begins) is None or self.planned_end(award, grant) <= 0:
            award.over = True
            return False
        award.begun = True
        award.end = award.planned_end = self.planned_end(award, grant)
        hazard = -math.log(1.0 - grant.early_end_chance_per_year) / MONTHS_PER_YEAR
        if hazard > 0:
            uniform = self.employer.luck.source(self.name, award.number)[1]
            award.end = min(award.end, begins - math.log(uniform) / hazard)
        self.note(begins, "awarded")
        return True

    def planned_end(self, award: Award, grant: Grant) -> int:
        if award.planned_end is not None:
            return award.planned_end
        return award.start + renewal_term(grant, self.employer.calendar.start)

    def await_notice(self, award: Award) -> Process:
        grant = self.terms(max(award.start, 0))
        assert grant is not None
        notice = max(award.planned_end - grant.notice_months, award.start, 0)
        if award.end < award.planned_end and award.end <= notice:
            return  # ended early before its notice
        yield from self.wait_until(notice)
        if self.employer.closed:
            return
        grant = self.terms(notice) or grant
        award.renewed = self.employer.luck.source(self.name, award.number)[0] <= grant.renewal_chance
        award.gap, award.change = grant.gap_months, grant.renewal_amount_change
        self.note(notice, "notice_renewed" if award.renewed else "notice_ended")

    def wait_until(self, time: float) -> Process:
        env = self.employer.env
        if time > env.now:
            yield env.timeout(time - env.now)

    def note(self, time: float, kind: str, cents: int = 0) -> None:
        self.employer.note_funding(FundingFact(self.employer.owner, time, self.name, kind, cents))

    # --- what an award pays -----------------------------------------------------------------------

    def charge(self, grant: Grant, remaining: Remaining) -> int:
        """Accrue the month, charge what the award may pay, and close the award year if it ends."""
        k = self.employer.month
        award = next((one for one in self.awards if one.active_share(k) > 0), None)
        if award is None:
            return 0
        active = award.active_share(k)
        before = award.drawn_before if k == 0 else award.awarded
        award.accrued += active * grant.amount_usd_per_year * award.factor / MONTHS_PER_YEAR
        award.brought = k, award.awarded - before
        charged = charge_award(grant, award.room, active, remaining)
        award.charged += charged
        reimburse(self.employer, self.name, grant, charged)
        self.end_award_year(grant, award, k)
        return charged

    def end_award_year(self, grant: Grant, award: Award, k: int) -> None:
        last = award.end <= k + 1
        if not last and (k + 1 - award.start) % MONTHS_PER_YEAR != 0:
            return
        unspent = award.room
        carries = grant.carry_over and not last
        award.count_anew(unspent if carries else 0)
        if unspent > 0 and not carries:
            self.note(k + 1, "lapsed", unspent)

    def lapse_at_closing(self) -> None:
        """The employer has closed: the unspent money of the award that runs lapses."""
        close = self.employer.month + 1
        for award in self.awards:
            if award.runs(close) and award.room > 0:
                self.note(close, "lapsed", award.room)
            award.count_anew(0)
            award.over = True

    def books(self) -> tuple[int, int]:
        """What became available in the month, and what is available at its close."""
        brought = (award.brought for award in self.awards)
        now = sum(cents for month, cents in brought if month == self.employer.month)
        return now, sum(award.room for award in self.awards)

    # --- what is expected of the future -------------------------------------------------------------

    def certainty_lost(self, close: float, grant: Grant) -> float:
        """Risk · nearness of the award that runs at a close."""
        award = next((one for one in self.awards if one.runs(close)), None)
        if award is None or award.planned_end is None:
            return 0.0
        nearness = max(0.0, 1.0 - (award.planned_end - close) / MONTHS_PER_YEAR)
        return self.risk(award, grant) * nearness

    def risk(self, award: Award, grant: Grant) -> float:
        if award.renewed is None:
            return 1.0 - grant.renewal_chance
        return 0.0 if award.renewed else 1.0

    def expected(self, grant: Grant, months: range) -> float:
        """Dollars expected over some months ahead, looking at most one renewal ahead."""
        award = self.latest
        if award.over:
            return 0.0
        end = self.planned_end(award, grant)
        noticed = award.renewed is not None
        gap = award.gap if noticed else grant.gap_months
        change = award.change if noticed else grant.renewal_amount_change
        running = sum(award.start <= month < end for month in months)
        term = renewal_term(grant, self.employer.calendar.start)
        renewed = sum(end + gap <= month < end + gap + term for month in months)
        chance = 1.0 - self.risk(award, grant)
        monthly = grant.amount_usd_per_year * award.factor / MONTHS_PER_YEAR
        return monthly * (running + renewed * chance * (1.0 + change))


def charge_award(grant: Grant, room: int, active: float, remaining: Remaining) -> int:
    """Charge direct cost, and overhead up to the indirect cap."""
    direct = [kind for kind in grant.pays_for if kind != "overhead"]
    share = active / (1.0 + grant.match_share)
    most_direct = whole_number(share * sum(remaining[kind] for kind in direct))
    overhead = whole_number(share * remaining["overhead"]) if "overhead" in grant.pays_for else 0
    cap = grant.indirect_cap_share
    x = min(most_direct, whole_number(room / (1.0 + cap)))
    y = min(whole_number(cap * x), overhead, room - x)
    x = min(most_direct, room - y)
    charge(remaining, direct, x)
    charge(remaining, ("overhead",), y)
    return x + y


def first_terms(epochs: Iterable[Terms]) -> dict[str, Grant]:
    """Every grant an employer ever has, with the terms it is first stated with."""
    found: dict[str, Grant] = {}
    for terms in epochs:
        for name, source in terms.sources():
            if isinstance(source, Grant):
                found.setdefault(name, source)
    return found
