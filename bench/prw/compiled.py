"""Run PRW-bench as one compiled loop over months and posts: the limit of what a design can reach.

The arithmetic is not relaxed, so the facts are the other engines'. Nothing is cached on disk, because numba's
cache does not notice a change in `definition`; the first call takes a few seconds to compile.
"""

import heapq
from collections.abc import Callable
from math import exp
from typing import NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from bench.prw import definition as d
from bench.prw.draws import Draws, Floats, OutOfLuckError
from bench.prw.facts import Facts

Ints = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., object])


VACANT = -1


class Peers(NamedTuple):
    """The state of each post and of the peer in it; every array is (posts,)."""

    ordinal: Ints  # of the occupant, or of the last one while vacant
    refilled: Floats  # when the post was or will be filled
    rung: Ints  # VACANT without an occupant
    burnout: Floats
    satisfaction: Floats
    budget: Floats


class Pay(NamedTuple):
    """What wages come to on each rung, and the slots on it."""

    gap: Floats
    log_wage: Floats
    slots: Ints


class Log(NamedTuple):
    """What happened; times are NaN where nothing did."""

    exits: Floats  # (layers, posts)
    hires: Floats  # (layers, posts)
    promotions: Ints  # (most there can be, 3): month, post, rung, in the order made
    made: Ints  # (1,): how many promotions there were
    headcounts: Ints  # (months,)


def compiled(function: Function) -> Function:
    """Compile a function and keep its type."""
    return cast("Function", numba.njit(function))


@compiled
def clip(state: float) -> float:
    """Keep a state between 0 and 1."""
    return min(max(state, 0.0), 1.0)


@compiled
def engage(post: int, time: float, peers: Peers, luck: Draws) -> None:
    """Put the next occupant in a post."""
    ordinal = peers.ordinal[post] + 1
    peers.ordinal[post] = ordinal
    peers.refilled[post] = time
    peers.rung[post] = 0
    peers.burnout[post] = clip(d.BURNOUT_AT_HIRE + d.BURNOUT_SPREAD * luck.burnout[ordinal, post])
    start = d.SATISFACTION_AT_HIRE + d.SATISFACTION_SPREAD * luck.satisfaction[ordinal, post]
    peers.satisfaction[post] = clip(start)
    peers.budget[post] = luck.budget[ordinal, post]


@compiled
def on_rung(rung: int, peers: Peers) -> int:
    """Count the posts on a rung, or without an occupant."""
    count = 0
    for one in peers.rung:
        count += one == rung
    return count


@compiled
def promote(month: int, rung: int, peers: Peers, pay: Pay, log: Log) -> None:
    """Move the longest serving of those who are ready into the free slots of a rung."""
    free = pay.slots[rung] - on_rung(rung, peers)
    if free <= 0:
        return
    ready = [
        (peers.refilled[post], post)
        for post in range(len(peers.rung))
        if peers.rung[post] == rung - 1 and month - peers.refilled[post] >= d.MONTHS_NEEDED[rung]
    ]
    heapq.heapify(ready)
    for _ in range(min(free, len(ready))):
        post = heapq.heappop(ready)[1]
        peers.rung[post] = rung
        made = log.made[0]
        log.promotions[made, 0], log.promotions[made, 1], log.promotions[made, 2] = month, post, rung
        log.made[0] = made + 1


@compiled
def hazard(burnout: float, satisfaction: float, log_wage: float, tenure: float) -> float:
    """Return a peer's hazard of leaving, per month."""
    return exp(
        d.HAZARD_BASE
        + d.HAZARD_BURNOUT * burnout
        + d.HAZARD_SATISFACTION * satisfaction
        + d.HAZARD_WAGE * log_wage
        + d.HAZARD_NEW * exp(-tenure / d.NEW_FADES)
    )


@compiled
def leave(post: int, time: float, peers: Peers, luck: Draws, log: Log) -> bool:
    """Open the post; return False when the next occupant has not been drawn."""
    ordinal: int = peers.ordinal[post]
    log.exits[ordinal, post] = time
    peers.rung[post] = VACANT
    peers.refilled[post] = time + luck.refill[ordinal, post]
    return ordinal + 1 < len(luck.refill)


@compiled
def refill(post: int, end: float, peers: Peers, pay: Pay, luck: Draws, log: Log) -> bool:
    """Fill a vacant post at every refill before the month's end; return as `leave` does."""
    while peers.rung[post] == VACANT and peers.refilled[post] < end:
        time = peers.refilled[post]
        engage(post, time, peers, luck)
        log.hires[peers.ordinal[post], post] = time
        rate = hazard(peers.burnout[post], peers.satisfaction[post], pay.log_wage[0], 0.0)
        if peers.budget[post] >= rate * (end - time):
            peers.budget[post] -= rate * (end - time)
        elif not leave(post, time + peers.budget[post] / rate, peers, luck, log):
            return False
    return True


@compiled
def aim(load: float, pay: Pay, targets: Floats) -> None:
    """Set where burnout and satisfaction head for on each rung."""
    for rung in range(len(pay.gap)):
        gap = pay.gap[rung]
        burnout = d.BURNOUT_BASE + d.BURNOUT_LOAD * load
        targets[0, rung] = burnout + d.BURNOUT_GAP * gap + d.BURNOUT_RUNG * rung
        satisfaction = d.SATISFACTION_BASE + d.SATISFACTION_LOAD * load
        targets[1, rung] = satisfaction + d.SATISFACTION_GAP * gap + d.SATISFACTION_RUNG * rung


@compiled
def live(month: int, targets: Floats, peers: Peers, pay: Pay, luck: Draws, log: Log) -> bool:
    """Take every post through a month; return as `leave` does.

    The arrays are taken out of their tuples before the loop, and only what happens seldom is handed the
    tuples; functions that take them for every post cost a fifth more.
    """
    rung, burnout, satisfaction, budget = peers.rung, peers.burnout, peers.satisfaction, peers.budget
    refilled, log_wage = peers.refilled, pay.log_wage
    burnout_shock, satisfaction_shock = luck.burnout_shock[month], luck.satisfaction_shock[month]
    for post in range(rung.size):
        step = rung[post]
        if step != VACANT:
            b, s = burnout[post], satisfaction[post]
            b = clip(b + (d.BURNOUT_PACE * (targets[0, step] - b) + d.SHOCK * burnout_shock[post]))
            s = clip(s + (d.SATISFACTION_PACE * (targets[1, step] - s) + d.SHOCK * satisfaction_shock[post]))
            burnout[post], satisfaction[post] = b, s
            rate = hazard(b, s, log_wage[step], month - refilled[post])
            if budget[post] >= rate:
                budget[post] -= rate
                continue
            if not leave(post, month + budget[post] / rate, peers, luck, log):
                return False
        if refilled[post] < month + 1 and not refill(post, month + 1.0, peers, pay, luck, log):
            return False
    return True


@compiled
def simulate(peers: Peers, pay: Pay, luck: Draws, log: Log) -> bool:
    """Run every month; return False when a post had more occupants than were drawn."""
    months, posts = luck.burnout_shock.shape
    targets = np.empty((2, len(pay.gap)))
    for post in range(posts):
        engage(post, -d.LONGEST_SERVICE * luck.served[post], peers, luck)
    for month in range(months):
        staff = len(peers.rung) - on_rung(VACANT, peers)
        log.headcounts[month] = staff
        promote(month, 2, peers, pay, log)
        promote(month, 1, peers, pay, log)
        aim(min(posts / max(staff, 1), d.MOST_WORKLOAD) - 1.0, pay, targets)
        if not live(month, targets, peers, pay, luck, log):
            return False
    return True


def run(luck: Draws, mult: float = 1.0) -> Facts:
    """Run one replication and return its facts; raise OutOfLuckError when a post used up its occupants."""
    layers, posts = luck.budget.shape
    slots = np.array([d.slots(posts, rung) for rung in range(d.TOP_RUNG + 1)])
    pay = Pay(np.array(d.pay_gaps(mult)), np.array(d.log_wages(mult)), slots)
    log = _empty_log(len(luck.burnout_shock), layers, posts)
    if not simulate(_nobody(posts), pay, luck, log):
        raise OutOfLuckError(f"a post had more than the {layers} occupants drawn for it: draw more blocks")
    made = int(log.made[0])
    return Facts(*_in_order(log.exits), *_in_order(log.hires), log.promotions[:made], log.headcounts)


def _nobody(posts: int) -> Peers:
    """Return posts that never had an occupant."""
    nobody = np.full((2, posts), VACANT)
    states = np.zeros((4, posts))
    return Peers(nobody[0], states[0], nobody[1], states[1], states[2], states[3])


def _empty_log(months: int, layers: int, posts: int) -> Log:
    """Return a log with room for all that can happen."""
    times = np.full((2, layers, posts), np.nan)
    promotions = np.empty((d.TOP_RUNG * layers * posts, 3), np.int64)
    return Log(times[0], times[1], promotions, np.zeros(1, np.int64), np.empty(months, np.int64))


def _in_order(times: Floats) -> tuple[Ints, Floats]:
    """Return the posts and times of events by post and then by time; layers are in order of time already."""
    happened = ~np.isnan(times.T)
    return np.nonzero(happened)[0], times.T[happened]
