"""Run PRW-bench on NumPy arrays of replications × posts: what a month costs without a compiler."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.prw import definition as d
from bench.prw.draws import Draws, Floats
from bench.prw.facts import Facts

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Rows = tuple[Ints, Ints]  # replications and posts something happens to

VACANT = -1


class Event(NamedTuple):
    """What happened to some posts at once."""

    replication: Ints
    post: Ints
    time: Floats


class Block:
    """The posts of several replications side by side; a state is (replications, posts)."""

    def __init__(self, luck: Sequence[Draws], mult: float) -> None:
        self.luck = Draws(*(np.stack(kind) for kind in zip(*luck, strict=True)))
        self.gap, self.log_wage = np.array(d.pay_gaps(mult)), np.array(d.log_wages(mult))
        self.refilled = -d.LONGEST_SERVICE * self.luck.served
        self.rung: Ints = np.zeros(self.refilled.shape, np.int64)
        self.ordinal: Ints = np.zeros(self.refilled.shape, np.int64)
        self.burnout = np.clip(d.BURNOUT_AT_HIRE + d.BURNOUT_SPREAD * self.luck.burnout[:, 0], 0, 1)
        start = d.SATISFACTION_AT_HIRE + d.SATISFACTION_SPREAD * self.luck.satisfaction[:, 0]
        self.satisfaction = np.clip(start, 0, 1)
        self.budget = self.luck.budget[:, 0].copy()
        self.exits: list[Event] = []
        self.hires: list[Event] = []
        self.promotions: list[tuple[Ints, Ints]] = []  # replications, and rows of (month, post, rung)
        self.headcounts: list[Ints] = []

    def month(self, month: int) -> None:
        """Take every replication through a month."""
        staff: Ints = (self.rung != VACANT).sum(axis=1)
        self.headcounts.append(staff)
        for rung in (2, 1):
            self.promote(month, rung)
        load: Floats = np.minimum(self.rung.shape[1] / np.maximum(staff, 1), d.MOST_WORKLOAD) - 1.0
        self.drift(month, load[:, np.newaxis])
        self.use_up(month)
        self.fill(month + 1)

    def promote(self, month: int, rung: int) -> None:
        """Move the longest serving of those who are ready into the free slots of a rung."""
        ready = (self.rung == rung - 1) & (month - self.refilled >= d.MONTHS_NEEDED[rung])
        free = d.slots(ready.shape[1], rung) - (self.rung == rung).sum(axis=1)
        rows = np.nonzero((free > 0) & ready.any(axis=1))[0]
        if not rows.size:
            return
        order = np.argsort(np.where(ready, self.refilled, np.inf)[rows], axis=1, kind="stable")
        places = np.minimum(free[rows], ready[rows].sum(axis=1))
        row, place = np.nonzero(np.arange(order.shape[1]) < places[:, np.newaxis])
        replication, post = rows[row], order[row, place]
        self.rung[replication, post] = rung
        made = np.column_stack((np.full(post.shape, month), post, np.full(post.shape, rung)))
        self.promotions.append((replication, made))

    def drift(self, month: int, load: Floats) -> None:
        """Move burnout and satisfaction by one month; in a vacant post they mean nothing and do no harm."""
        gap = self.gap[self.rung]
        target = d.BURNOUT_BASE + d.BURNOUT_LOAD * load + d.BURNOUT_GAP * gap + d.BURNOUT_RUNG * self.rung
        shock = d.SHOCK * self.luck.burnout_shock[:, month]
        self.burnout += d.BURNOUT_PACE * (target - self.burnout) + shock
        np.clip(self.burnout, 0, 1, out=self.burnout)
        target = d.SATISFACTION_BASE + d.SATISFACTION_LOAD * load + d.SATISFACTION_GAP * gap
        target += d.SATISFACTION_RUNG * self.rung
        shock = d.SHOCK * self.luck.satisfaction_shock[:, month]
        self.satisfaction += d.SATISFACTION_PACE * (target - self.satisfaction) + shock
        np.clip(self.satisfaction, 0, 1, out=self.satisfaction)

    def use_up(self, month: int) -> None:
        """Use up a month of everyone's budget, and let those leave whose budget ends."""
        # In a vacant post the refill is still to come, and may be so far off that the hazard would overflow.
        tenure = np.maximum(month - self.refilled, 0.0)
        rate = self.hazard(self.burnout, self.satisfaction, self.rung, tenure)
        replication, post = np.nonzero((self.budget < rate) & (self.rung != VACANT))
        times = month + self.budget[replication, post] / rate[replication, post]
        self.budget -= rate
        self.leave((replication, post), times)

    def hazard(self, burnout: Floats, satisfaction: Floats, rung: Ints, tenure: Floats) -> Floats:
        """Return the hazard of leaving, per month."""
        logarithm = d.HAZARD_BASE + d.HAZARD_BURNOUT * burnout + d.HAZARD_SATISFACTION * satisfaction
        logarithm += d.HAZARD_WAGE * self.log_wage[rung] + d.HAZARD_NEW * np.exp(-tenure / d.NEW_FADES)
        rate: Floats = np.exp(logarithm)
        return rate

    def leave(self, rows: Rows, times: Floats) -> None:
        """Open the posts of those who leave."""
        replication, post = rows
        self.exits.append(Event(replication, post, times))
        self.rung[rows] = VACANT
        self.refilled[rows] = times + self.luck.refill[replication, self.ordinal[rows], post]

    def fill(self, end: float) -> None:
        """Fill posts at every refill before the month's end; again where the new peer leaves before it."""
        replication, post = np.nonzero((self.rung == VACANT) & (self.refilled < end))
        while post.size:
            left = self.engage((replication, post), end)
            refilled = left & (self.refilled[replication, post] < end)
            replication, post = replication[refilled], post[refilled]

    def engage(self, rows: Rows, end: float) -> Flags:
        """Put the next occupant into posts, and return which of them left again before the month's end."""
        replication, post = rows
        time: Floats = self.refilled[rows]
        self.hires.append(Event(replication, post, time))
        self.ordinal[rows] += 1
        who = (replication, self.ordinal[rows], post)
        burnout = np.clip(d.BURNOUT_AT_HIRE + d.BURNOUT_SPREAD * self.luck.burnout[who], 0, 1)
        satisfaction = d.SATISFACTION_AT_HIRE + d.SATISFACTION_SPREAD * self.luck.satisfaction[who]
        np.clip(satisfaction, 0, 1, out=satisfaction)
        self.rung[rows], self.burnout[rows], self.satisfaction[rows] = 0, burnout, satisfaction
        rate = self.hazard(burnout, satisfaction, self.rung[rows], np.zeros(time.shape))
        budget = self.luck.budget[who]
        left: Flags = budget < rate * (end - time)
        self.budget[rows] = budget - rate * (end - time)
        self.leave((replication[left], post[left]), time[left] + budget[left] / rate[left])
        return left


def run_block(luck: Sequence[Draws], mult: float = 1.0) -> list[Facts]:
    """Run several replications side by side and return the facts of each."""
    block = Block(luck, mult)
    for month in range(block.luck.burnout_shock.shape[1]):
        block.month(month)
    exits, hires = _by_replication(block.exits, len(luck)), _by_replication(block.hires, len(luck))
    headcounts = np.stack(block.headcounts)
    made = [np.zeros((0, 4), np.int64), *(np.column_stack(some) for some in block.promotions)]
    promotions = np.concatenate(made)
    return [
        Facts(*exits[r], *hires[r], promotions[promotions[:, 0] == r, 1:], headcounts[:, r]) for r in range(len(luck))
    ]


def run(luck: Draws, mult: float = 1.0) -> Facts:
    """Run one replication and return its facts."""
    return run_block([luck], mult)[0]


def _by_replication(events: Sequence[Event], replications: int) -> list[tuple[Ints, Floats]]:
    """Return the posts and times of each replication's events, by post and then by time."""
    if not events:
        return [(np.zeros(0, np.int64), np.zeros(0))] * replications
    replication, post, time = (np.concatenate(column) for column in zip(*events, strict=True))
    order = np.lexsort((time, post, replication))
    cuts = np.searchsorted(replication[order], np.arange(1, replications))
    return list(zip(np.split(post[order], cuts), np.split(time[order], cuts), strict=True))
