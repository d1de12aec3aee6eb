"""One run of the page: its blocks, whom it is run for, and what bases of runs have in common."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from sim.runs.blocks import Solved, Task, block_size, seconds, solved_for
from sim.runs.futures.rows import Question
from sim.runs.pieces import missing
from sim.runs.replicate import AS_LONG
from sim.runs.viewed import Viewed, run_viewed
from sim.scenario.fingerprint import fingerprint
from sim.scenario.schema import Scenario
from sim.ui.server.work import Call, Done

FIRST: Final = 20  # replications of the first round: first numbers at once
BLOCK_SECONDS: Final = 2.5  # about as long as a block may take, so that a run can be followed and stopped
MOST_BASES: Final = 64  # whose hazards are remembered
PATIENCE_SECONDS: Final = 180.0  # a visitor who has not looked for so long has gone; hidden tabs look once a minute


class Bases:
    """Baseline hazards of bases by their fingerprint: each is solved once for all runs; the latest are remembered."""

    def __init__(self) -> None:
        self._solved: OrderedDict[str, Solved] = OrderedDict()
        self._in_hand: set[str] = set()

    def known(self, base: str) -> Solved | None:
        """Return the hazards of a base, if they are solved."""
        return self._solved.get(base)

    def wanting(self, base: str) -> bool:
        """Whether a base is neither solved nor being solved."""
        return base not in self._solved and base not in self._in_hand

    def begin(self, base: str) -> None:
        """Note that a base is being solved."""
        self._in_hand.add(base)

    def end(self, base: str, solved: Solved | None) -> None:
        """Take over the hazards of a base; nothing where it could not be solved."""
        self._in_hand.discard(base)
        if solved is not None:
            self._solved[base] = solved
            while len(self._solved) > MOST_BASES:
                self._solved.popitem(last=False)


@dataclass
class Job:
    """One run: the blocks that are finished, those being worked on, and the visitors who wait for it."""

    scenarios: tuple[Scenario, ...]
    seed: int
    futures: Question | None  # what every replication draws anew
    bases: Bases  # of all runs
    workers: int = 1  # that share what is left after the first round
    finished: list[Viewed] = field(default_factory=list)
    in_hand: list[range] = field(default_factory=list)
    waiting: dict[str, tuple[int, float]] = field(default_factory=dict)  # visitor → replications, when last seen
    worked: float = 0.0  # seconds
    fault: str = ""
    size: int = 0  # bytes

    @property
    def numbers(self) -> list[range]:
        """Return the replications of every finished block."""
        return [one.piece.numbers for one in self.finished]

    @property
    def served(self) -> float:
        """Return about how many seconds of work were given to it."""
        return self.worked + BLOCK_SECONDS * len(self.in_hand)

    def done(self, most: int) -> int:
        """Return how many of the first replications are finished without a gap."""
        gaps = missing(range(most), self.numbers)
        return gaps[0].start if gaps else most

    def wanted(self, now: float) -> int:
        """Return how many replications somebody still waits for."""
        return max((many for many, seen in self.waiting.values() if now - seen < PATIENCE_SECONDS), default=0)

    def wants(self, now: float) -> bool:
        """Whether there is work to do and somebody waiting for it."""
        if self.next_block(now) is None:
            return False
        return self.bases.wanting(self._base) or self.bases.known(self._base) is not None

    def watchers(self, now: float) -> int:
        """Return how many visitors look at it while it runs."""
        running = bool(self.in_hand) or self.next_block(now) is not None
        return sum(now - seen < PATIENCE_SECONDS for _, seen in self.waiting.values()) if running else 0

    def next_block(self, now: float) -> range | None:
        """Return the next block to run, if anybody waits for one: the first is small, the rest is shared by workers."""
        most = self.wanted(now)
        if self.fault or not most:
            return None
        gap = next(iter(missing(range(most), [*self.numbers, *self.in_hand])), None)
        if gap is None:
            return None
        size = FIRST if gap.start < FIRST else self._share(most - FIRST)
        return range(gap.start, min(gap.stop, gap.start + size))

    def _share(self, replications: int) -> int:
        """Return how many replications a block holds, such that workers have the same to do between them."""
        rounds = -(-replications // (self.workers * self._largest))
        return -(-replications // (self.workers * rounds))

    def give(self, now: float) -> Call:
        """Return the next block as a call, or that of solving the base; it is in hand from now on."""
        if self.bases.wanting(self._base):
            self.bases.begin(self._base)
            return Call(solved_for, self.scenarios[0])
        block = self.next_block(now)
        assert block is not None
        self.in_hand.append(block)
        solved = self.bases.known(self._base) or {}
        return Call(run_viewed, Task(self.scenarios, block, self.seed, solved, futures=self.futures))

    def take(self, call: Call, done: Done) -> None:
        """Take over a finished block or a solved base, or why there is none."""
        solving = not isinstance(call.item, Task)
        if solving:
            self.bases.end(self._base, done.result)
        else:
            self.in_hand.remove(call.item.numbers)
        if done.result is None:
            self.fault = done.fault
        elif not solving:
            self.finished.append(done.result)
            self.worked += done.seconds
            self.size += _bytes(done.result)

    @cached_property
    def _base(self) -> str:
        """Return the fingerprint of the base."""
        return fingerprint(self.scenarios[0])

    @cached_property
    def _largest(self) -> int:
        """Return how many replications one block may hold: what fits in memory, and does not take long."""
        fits = block_size(self.scenarios)
        each = (AS_LONG if self.futures else 1.0) * seconds(self.scenarios, fits) / fits
        return max(1, min(fits, int(BLOCK_SECONDS / each)))


class Ahead:
    """Bases that are solved while nobody waits for anything, so that first questions about them find them solved."""

    served = math.inf

    def __init__(self, bases: Bases) -> None:
        self._bases, self._todo = bases, dict[str, Scenario]()

    def add(self, scenario: Scenario) -> None:
        """Have a base solved."""
        self._todo[fingerprint(scenario)] = scenario

    def wants(self, now: float) -> bool:  # noqa: ARG002  # as every client of a pool
        """Whether one is still to be solved."""
        return any(map(self._bases.wanting, self._todo))

    def watchers(self, now: float) -> int:  # noqa: ARG002
        """Return nobody."""
        return 0

    def give(self, now: float) -> Call:  # noqa: ARG002
        """Return a base to be solved; it is in hand from now on."""
        base = next(filter(self._bases.wanting, self._todo))
        self._bases.begin(base)
        return Call(solved_for, self._todo[base])

    def take(self, call: Call, done: Done) -> None:
        """Take over a solved base; whoever asks about one that cannot be solved will be told."""
        base = fingerprint(call.item)
        self._bases.end(base, done.result)
        self._todo.pop(base, None)


class Newcomer:
    """A job that has nothing yet, as the workers kept for first rounds see it."""

    served = 0.0

    def __init__(self, job: Job) -> None:
        self._job = job
        self.give, self.take = job.give, job.take

    def wants(self, now: float) -> bool:
        """Whether its base is to be solved, or its first round to be run."""
        return not self._job.finished and not self._job.in_hand and self._job.wants(now)

    def watchers(self, now: float) -> int:  # noqa: ARG002  # they are counted with the job
        """Return nobody."""
        return 0


def _bytes(viewed: Viewed) -> int:
    sums = sum(values.nbytes for own in viewed.piece.sums for values in own.values())
    return sums + sum(values.nbytes for own in viewed.views for values in own.values())
