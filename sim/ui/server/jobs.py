"""Run what visitors ask in the background: small first, then better; one registry for all visitors of a server.

A run is known by the key of its question, so that a reload, a second tab and a shared link find the same run. It goes
on while anybody waits for it, and what is finished stays until the room is needed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

from sim.runs.blocks import Solved, Task, block_size, seconds
from sim.runs.futures.rows import Question
from sim.runs.pieces import missing
from sim.runs.replicate import AS_LONG
from sim.runs.viewed import Viewed
from sim.scenario.files import Loaded
from sim.scenario.fingerprint import fingerprint
from sim.scenario.schema import Scenario
from sim.ui.server.pool import Pool
from sim.ui.server.work import Call, Done, run_solved

FIRST: Final = 20  # replications of the first round: first numbers at once
BLOCK_SECONDS: Final = 1.5  # about as long as a block may take, so that a run can be followed and stopped
MOST_JOBS: Final = 32
MOST_BYTES: Final = 400_000_000
PATIENCE_SECONDS: Final = 180.0  # a visitor who has not looked for so long has gone; hidden tabs look once a minute


@dataclass(frozen=True)
class Progress:
    """How far a run is: replications finished without gaps from the first, out of those asked for."""

    done: int
    asked: int
    running: bool
    seconds_left: float | None = None
    fault: str = ""


@dataclass
class Job:
    """One run: the blocks that are finished, those being worked on, and the visitors who wait for it."""

    scenarios: tuple[Scenario, ...]
    seed: int
    futures: Question | None  # what every replication draws anew
    solved: OrderedDict[str, Solved]  # of all runs, by fingerprint of the base
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
        """Whether there is a block to run and somebody waiting for it."""
        return self.next_block(now) is not None

    def watchers(self, now: float) -> int:
        """Return how many visitors look at it while it runs."""
        running = bool(self.in_hand) or self.wants(now)
        return sum(now - seen < PATIENCE_SECONDS for _, seen in self.waiting.values()) if running else 0

    def next_block(self, now: float) -> range | None:
        """Return the next block to run, if anybody waits for one: the first is small, each twice what is there."""
        most = self.wanted(now)
        if self.fault or not most:
            return None
        gap = next(iter(missing(range(most), [*self.numbers, *self.in_hand])), None)
        if gap is None:
            return None
        size = max(FIRST, gap.start)
        return range(gap.start, min(gap.stop, gap.start + min(size, self._largest)))

    def give(self, now: float) -> Call:
        """Return the next block as a call; it is in hand from now on."""
        block = self.next_block(now)
        assert block is not None
        self.in_hand.append(block)
        solved = self.solved.get(self._base, {})
        return Call(run_solved, Task(self.scenarios, block, self.seed, solved, futures=self.futures))

    def take(self, call: Call, done: Done) -> None:
        """Take over a finished block, or why there is none."""
        self.in_hand.remove(call.item.numbers)
        if done.result is None:
            self.fault = done.fault
            return
        viewed, solved = done.result
        self.finished.append(viewed)
        self.worked += done.seconds
        self.size += _bytes(viewed)
        self.solved[self._base] = solved
        while len(self.solved) > MOST_JOBS:
            self.solved.popitem(last=False)

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


class Asked(Protocol):
    """What is to be run: the page's question as it was read."""

    @property
    def key(self) -> str:
        """Return the key of the run."""

    @property
    def sound(self) -> tuple[Loaded, ...]:
        """Return the scenarios, the base first."""

    @property
    def futures(self) -> Question | None:
        """Return what every replication draws anew."""


class Jobs:
    """Run the blocks of all visitors' questions, in a pool of workers."""

    def __init__(self, pool: Pool) -> None:
        self._pool, self._change = pool, pool.change
        self._jobs: OrderedDict[str, Job] = OrderedDict()  # the one looked at last at the end
        self._solved: OrderedDict[str, Solved] = OrderedDict()
        pool.serve(self._clients)

    # what a page calls ---------------------------------------------------------------------------------------------

    def ask(self, found: Asked, seed: int, replications: int, visitor: str) -> Progress:
        """Return how far a run is, and keep it going; from now on the visitor waits for no other run."""
        key = found.key
        with self._change:
            self._leave(visitor, but=key)
            busy = "" if key in self._jobs else self._pool.too_busy()
            if busy:
                return Progress(0, replications, running=False, fault=busy)
            job = self._jobs.setdefault(
                key, Job(tuple(one.scenario for one in found.sound), seed, found.futures, self._solved)
            )
            self._jobs.move_to_end(key)
            job.waiting[visitor] = replications, self._pool.clock()
            self._make_room()
            self._change.notify_all()
            return self._progress(job, replications)

    def progress(self, key: str, replications: int) -> Progress:
        """Return how far a run is, without waiting for it."""
        with self._change:
            job = self._jobs.get(key)
            return Progress(0, replications, running=False) if job is None else self._progress(job, replications)

    def leave(self, visitor: str) -> None:
        """Pause a visitor's run unless others wait for it; blocks under way are finished and kept."""
        with self._change:
            self._leave(visitor)

    def again(self, key: str) -> None:
        """Forget that a run failed, so that asking for it tries again."""
        with self._change:
            if key in self._jobs:
                self._jobs[key].fault = ""
                self._change.notify_all()

    def finished(self, key: str) -> list[Viewed]:
        """Return the blocks of a run that are finished."""
        with self._change:
            job = self._jobs.get(key)
            return [] if job is None else list(job.finished)

    def solved(self, base: Scenario) -> Solved:
        """Return the baseline hazards of a base, as far as a run of it has solved them."""
        with self._change:
            return dict(self._solved.get(fingerprint(base), {}))

    # behind --------------------------------------------------------------------------------------------------------

    def _progress(self, job: Job, replications: int) -> Progress:
        done = job.done(replications)
        running = done < replications and not job.fault and not self._pool.closed
        return Progress(done, replications, running, self._left(job, replications) if running else None, job.fault)

    def _left(self, job: Job, replications: int) -> float | None:
        """Return about how long the rest takes, by what the blocks so far took."""
        there = sum(map(len, job.numbers))
        if not 0 < there < replications:
            return None
        return (replications - there) * job.worked / there / max(1, len(job.in_hand))

    def _leave(self, visitor: str, but: str = "") -> None:
        for key, job in self._jobs.items():
            if key != but:
                job.waiting.pop(visitor, None)

    def _make_room(self) -> None:
        """Forget the runs that nobody has looked at for longest, but never the last one asked for."""
        while len(self._jobs) > 1 and (
            len(self._jobs) > MOST_JOBS or sum(job.size for job in self._jobs.values()) > MOST_BYTES
        ):
            self._jobs.popitem(last=False)

    def _clients(self) -> Iterator[Job]:
        yield from self._jobs.values()


def _bytes(viewed: Viewed) -> int:
    sums = sum(values.nbytes for own in viewed.piece.sums for values in own.values())
    return sums + sum(values.nbytes for own in viewed.views for values in own.values())
