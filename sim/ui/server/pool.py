"""One pool of workers for everything that visitors wait for; whoever has been served least comes next."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Final, Protocol

from sim.runs.workers.work import Executor, WorkersError
from sim.ui.server.work import PROGRAM, Call, Done, do

PAUSE_SECONDS: Final = 0.2  # before lost workers are started anew
LOOK_SECONDS: Final = 0.5
LOOK_SECONDS_MOST: Final = 60.0  # well before a visitor counts as gone
LOOK_SHARE: Final = (
    0.5  # seconds for each visitor who waits: a page looks for some 0.2 s, which must leave time for work
)
WORKERS_LOST: Final = (
    "The workers of this server were ended, often for want of memory. Try again with fewer posts or runs."
)

BUSY: Final = (
    "This server is working on {number:,} questions, as many as it takes at a time. Wait a minute and try again, or "
    "run it on your own machine with the command under “Reproduce this”."
)

Opener = Callable[[], AbstractContextManager[Executor]]


class Client(Protocol):
    """What wants calls to be made; the pool calls it with its lock held."""

    @property
    def served(self) -> float:
        """Return about how many seconds of work were given so far, those in hand among them."""

    def wants(self, now: float) -> bool:
        """Whether there is a call to make and somebody waiting for it."""

    def watchers(self, now: float) -> int:
        """Return how many visitors look at it again and again."""

    def give(self, now: float) -> Call:
        """Return the next call; it is in hand from now on."""

    def take(self, call: Call, done: Done) -> None:
        """Take over what came of a call."""


class Pool:
    """Hand calls to workers, never more at a time than there are workers: nobody stands behind a queue."""

    def __init__(
        self,
        opened: Opener,
        clock: Callable[[], float] = time.monotonic,
        most: int = 64,
        change: threading.Condition | None = None,
    ) -> None:
        self.clock, self._most = clock, most
        self.change = change or threading.Condition()  # held by whoever reads or changes a client of any pool
        self.closed = False
        self.workers = 1  # until they are there
        self._opened = opened
        self._sources: list[Callable[[], Iterator[Client]]] = []
        self._thread = threading.Thread(target=self._serve, name="peerstay-pool", daemon=True)
        self._thread.start()

    def serve(self, clients: Callable[[], Iterator[Client]]) -> None:
        """Serve, besides others, those that a function yields whenever it is asked."""
        with self.change:
            self._sources.append(clients)

    def too_busy(self, *, full: bool = False) -> str:
        """Return why no further question is taken now, as memory is full or for their number; nothing while one is.

        The lock must be held.
        """
        now = self.clock()
        number = sum(client.watchers(now) > 0 for clients in self._sources for client in clients())
        return BUSY.format(number=number) if full or number >= self._most else ""

    def pace(self, coming: int = 0) -> float:
        """Return after how many seconds a page that waits looks again: later, the more of them there are or come."""
        with self.change:
            now = self.clock()
            watchers = sum(client.watchers(now) for clients in self._sources for client in clients())
        return min(LOOK_SECONDS_MOST, max(LOOK_SECONDS, LOOK_SHARE * (watchers + coming)))

    def close(self) -> None:
        """End the workers."""
        with self.change:
            self.closed = True
            self.change.notify_all()
        self._thread.join(timeout=10.0)

    def _serve(self) -> None:
        while not self.closed:
            feed = _Feed(self._next, 0)
            try:
                with self._opened() as executor:  # at once: workers get ready while the first visitor reads
                    self.workers = executor.workers
                    while self._wait():
                        feed = _Feed(self._next, executor.workers)
                        for place, done in executor.results(do, feed):
                            self._take(*feed.given.pop(place), done)
            except (WorkersError, OSError):
                self._lost(feed, WORKERS_LOST)
            except Exception as fault:  # one visitor's call must not end the work of all
                logging.getLogger(__name__).exception("a call could not be made")
                self._lost(feed, PROGRAM.format(name=type(fault).__name__))

    def _lost(self, feed: _Feed, fault: str) -> None:
        """Report the fault to everyone whose call was under way, and wait until workers are wanted again."""
        for client, call in feed.given.values():
            self._take(client, call, Done(fault=fault))
        self._wait()
        time.sleep(PAUSE_SECONDS)

    def _wait(self) -> bool:
        """Wait until there is work, and say whether to go on."""
        with self.change:
            self.change.wait_for(lambda: self.closed or self._turn() is not None)
            return not self.closed

    def _turn(self) -> Client | None:
        """Return who is next."""
        now = self.clock()
        ready = (client for clients in self._sources for client in clients() if client.wants(now))
        return min(ready, key=lambda client: client.served, default=None)

    def _next(self) -> tuple[Client, Call] | None:
        with self.change:
            client = None if self.closed else self._turn()
            return None if client is None else (client, client.give(self.clock()))

    def _take(self, client: Client, call: Call, done: Done) -> None:
        with self.change:
            client.take(call, done)
            self.change.notify_all()


class _Feed(Iterator[Call]):
    """Hand out calls, no more than there are workers; asked again later, there may be more."""

    def __init__(self, following: Callable[[], tuple[Client, Call] | None], most: int) -> None:
        self._following, self._most = following, most
        self.given: dict[int, tuple[Client, Call]] = {}
        self._count = 0

    def __next__(self) -> Call:
        found = self._following() if len(self.given) < self._most else None
        if found is None:
            raise StopIteration
        self.given[self._count] = found
        self._count += 1
        return found[1]
