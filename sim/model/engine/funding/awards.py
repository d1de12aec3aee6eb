"""Run a grant's awards: notice, renewal, early end, charging, lapse (docs/model.md, section 11)."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.funding.funds import Fund, kinds_of
from sim.model.rules import braiding
from sim.model.world import log
from sim.model.world.rows import anywhere, each
from sim.scenario.tables.funding import Source, known_as
from sim.scenario.tables.funding.grant import Grant, first_award, renewal_term
from sim.units import Cents, cents, cents_of, months_from_days

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

YEAR = 12
RENEWAL, EARLY_END = 0, 1


def charge_award(grant: Grant, remaining: Cents, share: Floats, room: Cents) -> Cents:
    """Charge a month's cost to an award that has room, lowering `remaining`; return the cents it pays.

    Args:
        grant: the terms of the month.
        remaining: cents not yet charged, shape (kinds, employers).
        share: part of the month inside the award.
        room: cents the award may still pay.
    """
    allowed = kinds_of(grant.pays_for)
    direct = tuple(kind for kind in allowed if kind != braiding.OVERHEAD)
    overhead = remaining[braiding.OVERHEAD] if braiding.OVERHEAD in allowed else np.zeros_like(room)
    cap = grant.indirect_cap_share if braiding.OVERHEAD in allowed else 0.0
    cost = remaining[list(direct)].sum(axis=0) * share
    x, y = braiding.award_charge(cost, overhead * share, np.where(share > 0, room, 0), cap, grant.match_share)
    braiding.take(remaining, direct, x)
    braiding.take(remaining, (braiding.OVERHEAD,), y)
    return x + y


class PastAward(Fund):
    """Take over cost before the start: a running award pays up to a twelfth of its year each month."""

    def charge(self, remaining: Cents) -> None:
        """Charge the month's cost, and ask for its reimbursement."""
        block, grant = self.block, known_as(Grant, self.block.terms.given.funding[self.name])
        start, end = first_award(grant, block.world.start)
        runs = np.full(self.units.size, float(start <= block.month < end))
        room = np.full_like(self.units, each(cents_of, grant.amount_usd_per_year / YEAR))
        self.charged_now = charge_award(grant, remaining, runs, room)
        self.expect(months_from_days(grant.reimbursement_lag_days), "reimbursement", self.charged_now)


class AwardFund(Fund):
    """Hold the present (or next) award of one grant, for every employer of a block.

    Terms and notice are of one length for all. Employers may wait differently long for a renewed award, so that each
    has a calendar of its own; whether the award was given, how large it is and whether it ended early differ too.
    """

    def __init__(self, block: Block, name: str) -> None:
        """Read award 0 from the scenario; `begin_due` begins it."""
        super().__init__(block, name)
        grant, size = self.grant, self.units.size
        start, end = first_award(grant, block.world.start)
        self.number = np.zeros(size, dtype=np.int64)
        self.start, self.end = np.full(size, start), np.full(size, end)
        self.begun, self.noticed = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        self.alive = np.full(size, end > 0)
        self.uniform = np.ones(size)  # what the renewal of the award in hand is decided by
        self.early_end = np.full(size, np.inf)
        self.factor = np.ones(size)  # of the amount, by renewals
        self.renewed = np.zeros(size, dtype=bool)
        self.next_factor = np.ones(size)
        self.gap = np.zeros(size, dtype=np.int64)
        self.accrued = np.zeros(size)  # USD in the award year
        self.drawn_before = np.zeros(size, dtype=np.int64)  # cents of the award year in hand, before the start
        self.carried = np.zeros(size, dtype=np.int64)
        self.charged = np.zeros(size, dtype=np.int64)
        self.bridge_left = np.zeros(size, dtype=np.int64)
        self.posts_cut = np.zeros(size, dtype=np.int64)
        self.awarded_now = np.zeros(size, dtype=np.int64)
        self.was_paying = self.paying(0.0)
        self._take_over_year(start, end)

    def _take_over_year(self, start: int, end: int) -> None:
        """Let the months of the award year before the start have accrued, and what was drawn of them be charged."""
        grant, gone = self.grant, -start % YEAR
        if start < 0 < end and gone > 0:
            self.accrued += gone * grant.amount_usd_per_year / YEAR
            drawn = cents(self.accrued) if grant.drawn_usd is None else each(cents_of, grant.drawn_usd)
            self.charged = self.charged + drawn
            self.drawn_before = self.charged.copy()

    @property
    def grant(self) -> Grant:
        """Return the grant's terms in force."""
        return self.grant_at(self.block.month)

    def grant_at(self, month: float) -> Grant:
        """Return the grant's terms in a month."""
        return known_as(Grant, self.block.terms_at(math.floor(month)).given.funding[self.name])

    def paying(self, now: float) -> Flags:
        """Return where an award runs at a time."""
        return np.asarray(self.alive & (self.start <= now) & (now < np.minimum(self.end, self.early_end)))

    # the award's calendar --------------------------------------------------------------------------------------

    def begin_due(self, now: float) -> None:
        """Begin awards that start by now; their notices and early ends are scheduled on the clock."""
        due = ~self.begun & (self.start <= now) & self.alive
        if not due.any():
            return
        self.begun = self.begun | due
        grant, begins = self.grant_at(now), np.maximum(self.start, 0)
        for start in np.unique(begins[due]):
            self.write(float(start), log.AWARDED, due & (begins == start))
        for number in np.unique(self.number[due]):
            self._deal(grant, due & (self.number == number), int(number))
        notice_at = np.maximum(self.end - grant.notice_months, begins)
        for when in np.unique(notice_at[due]).tolist():
            self._await_notice(when, due & (notice_at == when), now)

    def _deal(self, grant: Grant, where: Flags, number: int) -> None:
        """Deal the random numbers of one award of its grant: they decide on renewal and on an early end."""
        luck = self.block.luck.source(self.name, number)
        self.uniform = np.where(where, luck[:, RENEWAL], self.uniform)
        hazard = each(lambda chance: -math.log1p(-chance) / YEAR, grant.early_end_chance_per_year)
        if not anywhere(hazard > 0):
            return
        ends = np.maximum(self.start, 0) - np.log(luck[:, EARLY_END]) / np.where(hazard > 0, hazard, 1.0)
        early = where & (hazard > 0) & (ends < self.end)
        self.early_end = np.where(early, ends, self.early_end)
        for row in np.flatnonzero(early):
            self.block.at(float(self.early_end[row]), partial(self._terminate, int(row)))

    def _await_notice(self, when: float, where: Flags, now: float) -> None:
        if when <= now:
            self._notice(when, where)
        else:
            self.block.at(when, partial(self._notice, when, where))

    def _notice(self, when: float, where: Flags) -> None:
        grant = self.grant_at(when)
        self.noticed = self.noticed | where
        told = where & self.alive & (self.early_end > when)
        renewed = told & (self.uniform <= grant.renewal_chance)
        self.renewed = np.where(where, renewed, self.renewed)
        self.gap = np.where(where, grant.gap_months, self.gap)
        self.next_factor = np.where(where, 1.0 + grant.renewal_amount_change, self.next_factor)
        self.write(when, log.NOTICE_RENEWED, renewed)
        self.write(when, log.NOTICE_ENDED, told & ~renewed)

    def _terminate(self, row: int) -> None:
        when = float(self.early_end[row])
        self.write(when, log.TERMINATED, self.alive & (np.arange(self.alive.size) == row))

    def close_down(self, closing: Flags) -> None:
        """End what closing employers have of the grant: unspent money lapses, and nothing follows."""
        now = float(self.block.month)
        self._lapse(closing & self.paying(now), now)
        self.alive = self.alive & ~closing
        self.bridge_left = np.where(closing, 0, self.bridge_left)

    def write(self, when: float, kind: int, where: Flags, amount: Cents | None = None) -> None:
        """Write facts about awards down."""
        rows = np.flatnonzero(where)
        value = np.zeros(rows.size, dtype=np.int64) if amount is None else amount[rows]
        source = self.block.sources.index(self.name)
        self.block.log.funding.add(rows.size, when, kind, source, rows, value)

    # the award's month -----------------------------------------------------------------------------------------

    def active_share(self) -> Floats:
        """Return the part of the month inside the award."""
        month = self.block.month
        return np.where(self.alive & self._in_term(), np.clip(self.early_end - month, 0.0, 1.0), 0.0)

    def _in_term(self) -> Flags:
        """Return where the month lies within the term of an award that has begun."""
        month = self.block.month
        return np.asarray(self.begun & (self.start <= month) & (month < self.end))

    def awarded(self) -> Cents:
        """Return the cents of the award year that have become available: accrued, or drawn before the start if more."""
        return np.asarray(np.maximum(cents(self.accrued), self.drawn_before))

    def room(self) -> Cents:
        """Return the cents that are still available: those of the award year, and what was carried into it."""
        return np.asarray(self.awarded() + self.carried - self.charged)

    def charge(self, remaining: Cents) -> None:
        """Take over allowed cost within the award, and ask for its reimbursement."""
        share, grant = self.active_share(), self.grant
        before = self.awarded() if self.block.month else self.drawn_before  # what is left from before is new to month 0
        self.accrued = self.accrued + share * self.factor * grant.amount_usd_per_year / YEAR
        self.awarded_now = self.awarded() - before
        self.charged_now = charge_award(grant, remaining, share, self.room())
        self.charged = self.charged + self.charged_now
        self.expect(months_from_days(grant.reimbursement_lag_days), "reimbursement", self.charged_now)

    def close(self) -> None:
        """End award years and awards; what is unspent is carried over or lapses."""
        month, in_term = self.block.month, self._in_term()
        ended_early = in_term & self.alive & (self.early_end > month) & (self.early_end <= month + 1)
        self._lapse(ended_early, month + 1.0)
        over = in_term & (self.end == month + 1)
        year_over = over | (in_term & ((month + 1 - self.start) % YEAR == 0))
        if year_over.any():
            keeps = ~over & self.grant.carry_over
            self._lapse(year_over & self.alive & (self.early_end > month + 1) & ~keeps, month + 1.0)
            self._open_year(self.room(), year_over)
        if over.any():
            self._finish(over)

    def _lapse(self, where: Flags, when: float) -> None:
        left = self.room()
        self.write(when, log.LAPSED, where & (left > 0), left)
        self._open_year(np.zeros_like(left), where)

    def _open_year(self, carried: Cents, where: Flags) -> None:
        """Begin to count anew, with what is carried in."""
        self.carried = np.where(where, carried, self.carried)
        self.accrued = np.where(where, 0.0, self.accrued)
        self.charged, self.drawn_before = (np.where(where, 0, one) for one in (self.charged, self.drawn_before))

    def _finish(self, over: Flags) -> None:
        """End awards at the end of their term, and wait for those that renew them."""
        running = over & self.alive & (self.early_end > self.end)
        self.write(self.block.month + 1.0, log.ENDED, running)
        self.number = self.number + over
        self.start = np.where(over, self.end + self.gap, self.start)
        self.alive = np.where(over, running & self.renewed, self.alive)
        self.factor = np.where(over, self.factor * self.next_factor, self.factor)
        self.early_end = np.where(over, np.inf, self.early_end)
        self.begun, self.noticed, self.renewed = (one & ~over for one in (self.begun, self.noticed, self.renewed))
        for start in np.unique(self.start[over]).tolist():
            end = start + renewal_term(self.grant_at(start), self.block.world.start)
            self.end = np.where(over & (self.start == start), end, self.end)

    def cut_posts(self) -> Flags:
        """Where the award's posts are cut."""
        return np.asarray(self.posts_cut > 0)

    # what others want to know ----------------------------------------------------------------------------------

    def posts_at_risk(self, now: float, source: Source) -> Floats:
        """Return the award's posts, weighed by the chance that it ends and by nearness; all while they are bridged."""
        grant = known_as(Grant, source)
        return grant.posts_paid * self._threat(now, grant)

    def _threat(self, now: float, grant: Grant) -> Floats:
        nearness = np.maximum(0.0, 1.0 - (self.end - now) / YEAR)
        running = np.where(self.paying(now), self.risk(grant) * nearness, 0.0)
        return np.where(self.bridge_left > 0, 1.0, running)

    def risk(self, grant: Grant) -> Floats:
        """Return the chance, as known, that the present award is not renewed."""
        return np.where(self.noticed, np.where(self.renewed, 0.0, 1.0), 1.0 - grant.renewal_chance)

    def expected_usd(self, first: int, months: int) -> Floats:
        """Return what awards are expected to bring in months to come, renewal weighed by its chance."""
        grant = self.grant_at(first)
        monthly = grant.amount_usd_per_year / YEAR
        gap = np.where(self.noticed, self.gap, grant.gap_months)
        change = np.where(self.noticed, self.next_factor, 1.0 + grant.renewal_amount_change)
        renewed, again = monthly * (1.0 - self.risk(grant)) * change, self.end + gap
        over = again + renewal_term(grant, self.block.world.start)
        total = np.zeros(self.alive.size)
        for month in range(first, first + months):
            running, later = (self.start <= month) & (month < self.end), (again <= month) & (month < over)
            total += np.where(running, monthly, np.where(later, renewed, 0.0))
        usable = self.alive & (self.early_end > first)
        return np.where(usable, total * self.factor, 0.0)
