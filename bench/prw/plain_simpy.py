"""Run PRW-bench on plain SimPy: a process per peer with monthly timeouts, what most people would write."""

from collections.abc import Generator
from dataclasses import dataclass
from math import exp, floor

import simpy

from bench.prw import definition as d
from bench.prw.draws import Draws
from bench.prw.facts import Facts

Steps = Generator[simpy.Event, None, None]


@dataclass
class Peer:
    """One peer's state."""

    post: int
    ordinal: int
    hired: float
    rung: int
    burnout: float
    satisfaction: float
    budget: float


class Workforce:
    """The posts, the peers in them and what has happened so far."""

    def __init__(self, luck: Draws, mult: float) -> None:
        self.env = simpy.Environment()
        # Plain lists: taking single numbers out of an array costs more than the arithmetic done with them.
        self.luck = Draws(*(kind.tolist() for kind in luck))
        self.months, self.posts = luck.burnout_shock.shape
        self.gaps = d.pay_gaps(mult)
        self.log_wages = d.log_wages(mult)
        self.workload = 1.0
        self.staff: dict[int, Peer] = {}
        self.exits: list[tuple[int, float]] = []
        self.hires: list[tuple[int, float]] = []
        self.promotions: list[tuple[int, int, int]] = []
        self.headcounts: list[int] = []

    def employer(self) -> Steps:
        """Count, promote and set the workload at the start of every month.

        The timeout to a month's start is made a month earlier, before any peer's, so the employer goes first.
        """
        for month in range(self.months):
            self.headcounts.append(len(self.staff))
            for rung in (2, 1):
                self.promote(month, rung)
            self.workload = min(self.posts / max(len(self.staff), 1), d.MOST_WORKLOAD)
            yield self.env.timeout(1)

    def promote(self, month: int, rung: int) -> None:
        """Move the longest serving of those who are ready into the free slots of a rung."""
        free = d.slots(self.posts, rung) - sum(peer.rung == rung for peer in self.staff.values())
        ready = [
            peer
            for peer in self.staff.values()
            if peer.rung == rung - 1 and month - peer.hired >= d.MONTHS_NEEDED[rung]
        ]
        ready.sort(key=lambda peer: (peer.hired, peer.post))
        for peer in ready[: max(free, 0)]:
            peer.rung = rung
            self.promotions.append((month, peer.post, rung))

    def engage(self, post: int, ordinal: int, hired: float) -> Peer:
        """Put a new occupant in a post, with the luck that is theirs."""
        burnout = d.BURNOUT_AT_HIRE + d.BURNOUT_SPREAD * self.luck.burnout[ordinal][post]
        satisfaction = d.SATISFACTION_AT_HIRE + d.SATISFACTION_SPREAD * self.luck.satisfaction[ordinal][post]
        budget = self.luck.budget[ordinal][post]
        peer = Peer(post, ordinal, hired, 0, clip(burnout), clip(satisfaction), budget)
        self.staff[post] = peer
        return peer

    def drift(self, peer: Peer) -> None:
        """Move a peer's burnout and satisfaction by one month."""
        month = int(self.env.now)
        load, gap = self.workload - 1.0, self.gaps[peer.rung]
        target = d.BURNOUT_BASE + d.BURNOUT_LOAD * load + d.BURNOUT_GAP * gap + d.BURNOUT_RUNG * peer.rung
        shock = d.SHOCK * self.luck.burnout_shock[month][peer.post]
        peer.burnout = clip(peer.burnout + d.BURNOUT_PACE * (target - peer.burnout) + shock)
        target = (
            d.SATISFACTION_BASE
            + d.SATISFACTION_LOAD * load
            + d.SATISFACTION_GAP * gap
            + d.SATISFACTION_RUNG * peer.rung
        )
        shock = d.SHOCK * self.luck.satisfaction_shock[month][peer.post]
        peer.satisfaction = clip(peer.satisfaction + d.SATISFACTION_PACE * (target - peer.satisfaction) + shock)

    def hazard(self, peer: Peer) -> float:
        """Return a peer's hazard of leaving, per month."""
        return exp(
            d.HAZARD_BASE
            + d.HAZARD_BURNOUT * peer.burnout
            + d.HAZARD_SATISFACTION * peer.satisfaction
            + d.HAZARD_WAGE * self.log_wages[peer.rung]
            + d.HAZARD_NEW * exp(-(self.env.now - peer.hired) / d.NEW_FADES)
        )

    def career(self, peer: Peer) -> Steps:
        """Live one peer's time in a post, then fill the post again."""
        rest = floor(self.env.now) + 1 - self.env.now
        if peer.ordinal == 0:
            self.drift(peer)
        while peer.budget >= (hazard := self.hazard(peer)) * rest:
            peer.budget -= hazard * rest
            yield self.env.timeout(rest)
            rest = 1.0
            self.drift(peer)
        yield self.env.timeout(peer.budget / hazard)
        self.exits.append((peer.post, self.env.now))
        del self.staff[peer.post]
        yield self.env.timeout(self.luck.refill[peer.ordinal][peer.post])
        self.hires.append((peer.post, self.env.now))
        self.env.process(self.career(self.engage(peer.post, peer.ordinal + 1, self.env.now)))


def clip(state: float) -> float:
    """Keep a state between 0 and 1."""
    return min(max(state, 0.0), 1.0)


def run(luck: Draws, mult: float = 1.0) -> Facts:
    """Run one replication and return its facts."""
    workforce = Workforce(luck, mult)
    opening = [
        workforce.engage(post, 0, -d.LONGEST_SERVICE * served) for post, served in enumerate(workforce.luck.served)
    ]
    workforce.env.process(workforce.employer())
    for peer in opening:
        workforce.env.process(workforce.career(peer))
    workforce.env.run(until=workforce.months)
    return Facts.of(workforce.exits, workforce.hires, workforce.promotions, workforce.headcounts)
