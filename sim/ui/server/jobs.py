"""Run what visitors ask in the background: small first, then better; one registry for all visitors of a server.

A run is known by the key of its question, so that a reload, a second tab and a shared link find the same run. It goes
on while anybody waits for it, and what is finished stays until the room is needed. A base's hazards are solved once for
all questions about it, the first round may go to workers of its own, and the rest is cut into as few blocks as can be:
a block's months cost about the same however many futures it holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from sim.runs.blocks import Solved
from sim.runs.futures.rows import Question
from sim.runs.viewed import Viewed
from sim.scenario.files import Loaded
from sim.scenario.fingerprint import fingerprint
from sim.scenario.schema import Scenario
from sim.ui.server.job import FIRST, Ahead, Bases, Job, Newcomer
from sim.ui.server.pool import Pool

MOST_JOBS: Final = 32
MOST_BYTES: Final = 400_000_000


@dataclass(frozen=True)
class Progress:
    """How far a run is: replications finished without gaps from the first, out of those asked for."""

    done: int
    asked: int
    running: bool
    seconds_left: float | None = None
    fault: str = ""


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
    """Run the blocks of all visitors' questions, in a pool of workers; first rounds also in one of their own."""

    def __init__(self, pool: Pool, first: Pool | None = None) -> None:
        self._pool, self._change = pool, pool.change
        self._jobs: OrderedDict[str, Job] = OrderedDict()  # the one looked at last at the end
        self._bases = Bases()
        self._ahead = Ahead(self._bases)
        pool.serve(self._clients)
        if first is not None:
            first.serve(self._newcomers)

    # what a page calls ---------------------------------------------------------------------------------------------

    def ask(self, found: Asked, seed: int, replications: int, visitor: str) -> Progress:
        """Return how far a run is, and keep it going; from now on the visitor waits for no other run."""
        key = found.key
        with self._change:
            self._leave(visitor, but=key)
            busy = "" if key in self._jobs else self._pool.too_busy(full=self._full())
            if busy:
                return Progress(0, replications, running=False, fault=busy)
            job = self._jobs.setdefault(
                key, Job(tuple(one.scenario for one in found.sound), seed, found.futures, self._bases)
            )
            job.workers = self._pool.workers
            self._jobs.move_to_end(key)
            wanted = job.wanted(self._pool.clock())
            job.waiting[visitor] = replications, self._pool.clock()
            self._make_room()
            if job.wanted(self._pool.clock()) > wanted:  # else nobody who waits has anything to learn
                self._change.notify_all()
            return self._progress(job, replications)

    def progress(self, key: str, replications: int) -> Progress:
        """Return how far a run is, without waiting for it."""
        with self._change:
            job = self._jobs.get(key)
            return Progress(0, replications, running=False) if job is None else self._progress(job, replications)

    def foresee(self, found: Asked, seed: int, visitor: str) -> None:
        """Run the first round of what a visitor is likely to ask next, unless somebody waits for an answer."""
        now, name = self._pool.clock(), f"{visitor} soon"
        with self._change:
            busy = any(job.watchers(now) for job in self._jobs.values() if name not in job.waiting)
        if found.key and not busy:
            self.ask(found, seed, FIRST, name)

    def prepare(self, bases: Iterable[Scenario]) -> None:
        """Solve bases that visitors are likely to ask about, while nobody waits for anything."""
        with self._change:
            for base in bases:
                self._ahead.add(base)
            self._change.notify_all()

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
            return dict(self._bases.known(fingerprint(base)) or {})

    def waited(self, key: str, enough: int, seconds: float) -> None:
        """Wait until a run has so many replications or a fault, but no longer than so many seconds."""

        def there() -> bool:
            job = self._jobs.get(key)
            return job is None or bool(job.fault) or job.done(enough) >= enough or self._pool.closed

        with self._change:
            self._change.wait_for(there, timeout=seconds)

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

    def _full(self) -> bool:
        """Whether runs that go on for somebody fill the memory that results may take."""
        now = self._pool.clock()
        return sum(job.size for job in self._jobs.values() if job.watchers(now)) > MOST_BYTES

    def _make_room(self) -> None:
        """Forget the runs that nobody has looked at for longest, those that somebody has just seen end only if need be.

        One that goes on for somebody stays: it would begin anew at the next look, and crowd out another in its turn.
        """
        now, size = self._pool.clock(), sum(job.size for job in self._jobs.values())
        for key in sorted(list(self._jobs)[:-1], key=lambda key: self._jobs[key].wanted(now) > 0):
            job = self._jobs[key]
            crowded = size > MOST_BYTES or (len(self._jobs) > MOST_JOBS and not job.wanted(now))
            if crowded and not job.watchers(now):
                size -= self._jobs.pop(key).size

    def _clients(self) -> Iterator[Job | Ahead]:
        yield from self._jobs.values()
        yield self._ahead

    def _newcomers(self) -> Iterator[Newcomer]:
        yield from map(Newcomer, self._jobs.values())
