"""Run what visitors ask in the background: small first, then better; one registry for all visitors of a server.

A run is known by the key of its question, so that a reload, a second tab and a shared link find the same run. It goes
on while anybody waits for it, and what is finished stays until the room is needed.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final

from sim.experiment.blocks import Piece, Solved, Task, block_size, missing, seconds
from sim.experiment.viewed import Viewed
from sim.experiment.work import Executor, WorkersError
from sim.scenario.fingerprint import fingerprint
from sim.scenario.schema import Scenario
from sim.ui.work import Done, work

FIRST: Final = 20  # replications of the first round: first numbers at once
BLOCK_SECONDS: Final = 1.5  # about as long as a block may take, so that a run can be followed and stopped
MOST_JOBS: Final = 32
MOST_BYTES: Final = 400_000_000
PATIENCE_SECONDS: Final = 600.0  # a visitor who has not looked for so long has gone
PAUSE_SECONDS: Final = 0.2  # before lost workers are started anew
WORKERS_LOST: Final = (
    "The workers of this server were ended, often for want of memory. Try again with fewer posts or runs."
)

Opener = Callable[[], AbstractContextManager[Executor]]


@dataclass(frozen=True)
class Progress:
    """Say how a run stands: replications of the first stretch without gaps, of those asked for."""

    done: int
    asked: int
    running: bool
    seconds_left: float | None = None
    fault: str = ""


@dataclass
class Job:
    """Hold one run: what is finished, what is in hand, and who waits for it."""

    scenarios: tuple[Scenario, ...]
    seed: int
    finished: list[Viewed] = field(default_factory=list)
    in_hand: list[range] = field(default_factory=list)
    waiting: dict[str, tuple[int, float]] = field(default_factory=dict)  # visitor → replications, when last seen
    worked: list[float] = field(default_factory=list)  # seconds of each finished block
    fault: str = ""
    size: int = 0  # bytes

    @property
    def numbers(self) -> list[range]:
        """Return the replications of every finished block."""
        return [one.piece.numbers for one in self.finished]

    def done(self, most: int) -> int:
        """Return how many of the first replications are finished without a gap."""
        gaps = missing(range(most), self.numbers)
        return gaps[0].start if gaps else most

    def wanted(self, now: float) -> int:
        """Return how many replications somebody still waits for."""
        return max((many for many, seen in self.waiting.values() if now - seen < PATIENCE_SECONDS), default=0)

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

    @property
    def _largest(self) -> int:
        """Return how many replications one block may hold: what fits in memory, and does not take long."""
        fits = block_size(self.scenarios)
        each = seconds(self.scenarios, fits) / fits
        return max(1, min(fits, int(BLOCK_SECONDS / each)))


class Jobs:
    """Run the blocks of all visitors' questions in turn, in one pool of workers."""

    def __init__(self, opened: Opener, clock: Callable[[], float] = time.monotonic) -> None:
        self._opened, self._clock = opened, clock
        self._jobs: OrderedDict[str, Job] = OrderedDict()  # the one looked at last at the end
        self._solved: OrderedDict[str, Solved] = OrderedDict()
        self._change = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="peerstay-jobs", daemon=True)
        self._thread.start()

    # what a page calls ---------------------------------------------------------------------------------------------

    def ask(self, key: str, scenarios: Sequence[Scenario], seed: int, replications: int, visitor: str) -> Progress:
        """Say how a run stands, and see that it goes on; the visitor waits for no other run from now on."""
        with self._change:
            self._leave(visitor, but=key)
            job = self._jobs.setdefault(key, Job(tuple(scenarios), seed))
            self._jobs.move_to_end(key)
            job.waiting[visitor] = replications, self._clock()
            self._make_room()
            self._change.notify_all()
            return self._progress(job, replications)

    def progress(self, key: str, replications: int) -> Progress:
        """Say how a run stands, without waiting for it."""
        with self._change:
            job = self._jobs.get(key)
            return Progress(0, replications, running=False) if job is None else self._progress(job, replications)

    def leave(self, visitor: str) -> None:
        """Let a visitor's run rest, unless others wait for it; what is in hand is finished and kept."""
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

    def close(self) -> None:
        """End the workers."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join(timeout=10.0)

    # behind --------------------------------------------------------------------------------------------------------

    def _progress(self, job: Job, replications: int) -> Progress:
        done = job.done(replications)
        running = done < replications and not job.fault and not self._closed
        return Progress(done, replications, running, self._left(job, replications) if running else None, job.fault)

    def _left(self, job: Job, replications: int) -> float | None:
        """Return about how long the rest takes, by what the blocks so far took."""
        there = sum(map(len, job.numbers))
        if not 0 < there < replications:
            return None
        return (replications - there) * sum(job.worked) / there / max(1, len(job.in_hand))

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

    def _serve(self) -> None:
        while not self._closed:
            feed = _Feed(self._next_task, 0)
            try:
                with self._opened() as executor:  # at once: workers get ready while the first visitor reads
                    while self._wait():
                        feed = _Feed(self._next_task, executor.workers)
                        for place, done in executor.results(work, feed):
                            self._take(*feed.given.pop(place), done)
            except (WorkersError, OSError):
                self._lost(list(feed.given.values()))
                self._wait()
                time.sleep(PAUSE_SECONDS)

    def _wait(self) -> bool:
        """Wait until there is work, and say whether to go on."""
        with self._change:
            self._change.wait_for(lambda: self._closed or self._turn() is not None)
            return not self._closed

    def _turn(self) -> tuple[Job, range] | None:
        """Return whose block is next: of the run with the fewest replications finished or in hand."""
        now = self._clock()
        ready = [(job, block) for job in self._jobs.values() if (block := job.next_block(now)) is not None]
        return min(ready, key=lambda one: one[1].start, default=None)

    def _next_task(self) -> tuple[Job, Task] | None:
        with self._change:
            turn = None if self._closed else self._turn()
            if turn is None:
                return None
            job, block = turn
            job.in_hand.append(block)
            solved = self._solved.get(fingerprint(job.scenarios[0]), {})
            return job, Task(job.scenarios, block, job.seed, solved)

    def _take(self, job: Job, task: Task, done: Done) -> None:
        with self._change:
            job.in_hand.remove(task.numbers)
            if done.viewed is None:
                job.fault = done.fault
                return
            job.finished.append(done.viewed)
            job.worked.append(done.seconds)
            job.size += _bytes(done.viewed)
            self._solved[fingerprint(job.scenarios[0])] = done.solved
            while len(self._solved) > MOST_JOBS:
                self._solved.popitem(last=False)

    def _lost(self, given: list[tuple[Job, Task]]) -> None:
        """Tell those whose blocks were in hand that the workers are gone; the next round starts new ones."""
        with self._change:
            for job, task in given:
                job.in_hand.remove(task.numbers)
                job.fault = WORKERS_LOST


class _Feed(Iterator[Task]):
    """Hand out tasks, no more than there are workers: who comes next must not stand behind what is only queued.

    Asked again later, there may be more.
    """

    def __init__(self, next_task: Callable[[], tuple[Job, Task] | None], most: int) -> None:
        self._next_task, self._most = next_task, most
        self.given: dict[int, tuple[Job, Task]] = {}
        self._count = 0

    def __next__(self) -> Task:
        found = self._next_task() if len(self.given) < self._most else None
        if found is None:
            raise StopIteration
        self.given[self._count] = found
        self._count += 1
        return found[1]


def pieces(finished: Sequence[Viewed]) -> list[Piece]:
    """Return the sums of blocks."""
    return [one.piece for one in finished]


def _bytes(viewed: Viewed) -> int:
    sums = sum(values.nbytes for own in viewed.piece.sums for values in own.values())
    return sums + sum(values.nbytes for own in viewed.views for values in own.values())
