"""Every dollar of an award is charged, carried to the next year or lapses: the books are kept here once more."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sim.model.world import log
from sim.scenario.tables.funding.grant import Grant, first_award, renewal_term
from sim.units import cents_of, month_number
from tests.property.reading import Run, World, in_every_world

YEAR = 12
Told = dict[int, list[tuple[float, int]]]  # by kind of fact: (time, cents)


class Books:
    """Keep one employer's books of one grant from its terms, the facts about its awards and the months' charges."""

    def __init__(self, run: Run, name: str, employer: int) -> None:
        self.run, self.name, self.employer = run, name, employer
        self.told = told(run, name, employer)
        self.charges = run.panel[f"charged.{name}"][:, employer].tolist()
        self.charged_to_awards = 0
        self.starts = month_number(run.scenario.horizon.start)
        self.closed = min(closings(run, employer), default=np.inf)

    def grant(self, month: float) -> Grant:
        source = self.run.terms(max(0, int(month))).funding[self.name]
        assert isinstance(source, Grant)
        return source

    def when(self, kind: int) -> list[float]:
        return [time for time, _ in self.told[kind]]

    def check(self) -> None:
        """Follow award after award as long as one is renewed."""
        start, end = first_award(self.grant(0), self.starts)
        factor, awards = 1.0, 0
        while factor and start <= min(self.run.months, self.closed):
            assert max(start, 0) in self.when(log.AWARDED)
            factor = self.follow_award(start, end, factor)
            start, awards = end + self.gap(start, end), awards + 1
            end = start + renewal_term(self.grant(start), self.starts)
        assert len(self.told[log.AWARDED]) == awards
        assert sum(self.charges) == self.charged_to_awards  # nothing outside the awards

    def notice_at(self, start: float, end: float) -> float:
        return max(end - self.grant(start).notice_months, start, 0.0)

    def gap(self, start: float, end: float) -> int:
        return self.grant(self.notice_at(start, end)).gap_months

    def follow_award(self, start: int, end: int, factor: float) -> float:
        """Check the years of one award; return the next award's factor, or 0 if there is none."""
        early = min([time for time in self.when(log.TERMINATED) if max(start, 0) < time < end] or [np.inf])
        stop = int(min(end, np.ceil(early) if early < end else end, self.run.months, self.closed))
        carried = 0
        for first in range(start, stop, YEAR):
            last = min(first + YEAR, end)
            carried = self.follow_year(first, min(last, stop), (early, last, end), factor, carried)
        notice = self.notice_at(start, end)
        renewed = notice in self.when(log.NOTICE_RENEWED) and early > end and self.closed >= end
        assert (end in self.when(log.ENDED)) == (early > end and end <= min(self.run.months, self.closed))
        if min(early, self.closed) < notice < self.run.months:
            assert notice not in self.when(log.NOTICE_RENEWED) + self.when(log.NOTICE_ENDED)
        return factor * (1.0 + self.grant(notice).renewal_amount_change) if renewed else 0.0

    def follow_year(self, first: int, last: int, ends: tuple[float, int, int], factor: float, carried: int) -> int:
        """Check one award year, months `first` to `last`; return what it hands on to the next."""
        early, year_end, award_end = ends
        accrued, charged = self.before_the_start(first, last)
        for month in range(max(first, 0), last):
            share = min(1.0, max(0.0, early - month))
            accrued += share * factor * self.grant(month).amount_usd_per_year / YEAR
            charged += self.charges[month]
            self.charged_to_awards += self.charges[month]
            assert not self.charges[month] or charged <= cents_of(accrued) + carried
        before = self.before_the_start(first, last)[1]
        brought = self.run.panel[f"awarded.{self.name}"][max(first, 0) : max(last, 0), self.employer].sum()
        assert brought == max(cents_of(accrued), before) - before
        left = max(0, cents_of(accrued) + carried - charged)
        if last == self.closed:
            assert self.lapsed(last) == left, self.told
            return 0
        if last == year_end and early > year_end and year_end < award_end and self.grant(last - 1).carry_over:
            assert not self.lapsed(year_end)
            return left
        if early <= last or last == year_end:
            assert self.lapsed(last) == left, self.told
        return 0

    def before_the_start(self, first: int, last: int) -> tuple[float, int]:
        """Return what an award year in hand had accrued before the start, in USD, and what was drawn of it in cents."""
        if not first < 0 < last:
            return 0.0, 0
        grant = self.grant(0)
        accrued = -first * grant.amount_usd_per_year / YEAR
        return accrued, cents_of(accrued if grant.drawn_usd is None else grant.drawn_usd)

    def lapsed(self, when: float) -> int:
        return sum(amount for time, amount in self.told[log.LAPSED] if time == when)


def closings(run: Run, employer: int) -> list[float]:
    """Return when an employer closed: once, or never."""
    facts = run.result.funding
    return facts["time"][(facts["kind"] == log.CLOSED) & (facts["employer"] == employer)].tolist()


def told(run: Run, name: str, employer: int) -> Told:
    """Return the facts about a grant's awards."""
    facts, found = run.result.funding, defaultdict(list)
    place = run.result.sources.index(name)
    columns = (facts[column].tolist() for column in log.FUNDING_COLUMNS)
    for time, kind, source, row, amount in zip(*columns, strict=True):
        if source == place and row == employer:
            found[int(kind)].append((time, int(amount)))
    return found


def grants_of(run: Run) -> list[str]:
    return [name for name, source in run.terms(0).funding.items() if isinstance(source, Grant)]


@in_every_world(20)
def test_an_award_is_charged_carried_or_lapses_to_the_cent(world: World) -> None:
    for run in world:
        for name in grants_of(run):
            for employer in range(run.employers):
                Books(run, name, employer).check()


@in_every_world(12)
def test_what_is_awarded_is_drawn_has_lapsed_or_is_available_at_every_close(world: World) -> None:
    for run in world:
        for name in grants_of(run):
            awarded, drawn, available = (run.panel[f"{what}.{name}"] for what in ("awarded", "charged", "available"))
            lapsed = np.zeros_like(drawn)
            for employer in range(run.employers):
                for time, amount in told(run, name, employer)[log.LAPSED]:
                    lapsed[int(time) - 1, employer] += amount
            assert (awarded >= 0).all()
            assert (available >= 0).all()
            np.testing.assert_array_equal((awarded - drawn - lapsed).cumsum(axis=0), available)


@in_every_world(12)
def test_an_award_is_announced_before_it_ends_and_ends_once(world: World) -> None:
    for run in world:
        for name in grants_of(run):
            for employer in range(run.employers):
                facts = told(run, name, employer)
                over = sorted(facts[log.ENDED] + facts[log.TERMINATED])
                begun = sorted(facts[log.AWARDED])
                assert len(begun) - 1 <= len(over) <= len(begun)
                after = [
                    time
                    for kind in facts
                    for time, _ in facts[kind]
                    if time > min(closings(run, employer), default=np.inf)
                ]
                assert not after
                assert all(start[0] < end[0] for start, end in zip(begun, over, strict=False))
                assert all(end[0] <= start[0] for end, start in zip(over, begun[1:], strict=False))
                assert len(facts[log.NOTICE_ENDED]) <= 1
