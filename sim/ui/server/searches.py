"""Run studies of many runs in the background: searches for a value, uncertainty, sensitivity, mixes.

A study is code that asks an executor for results. Here the executor is the pool that all visitors share. What came of
each call is remembered as long as the study is not finished, so a study that rested goes on where it was, and a longer
round of it runs only what is new.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sim.runs.workers.work import Executor, Item, Result
from sim.ui.server.job import PATIENCE_SECONDS
from sim.ui.server.pool import Pool
from sim.ui.server.work import Call, Done, do

MOST_SEARCHES: Final = 16
LOOK_SECONDS: Final = 1.0
IN_HAND_SECONDS: Final = 1.5  # about what a call takes

Tell = Callable[[str, float], None]  # how far it is: in words, and as a share of the whole
Study = Callable[[Executor, Tell], Iterator[Any]]  # yields what it finds, each better than the one before


class Rested(BaseException):
    """Nobody waits for a study any more; raised where the study asks for results."""


class StudyError(Exception):
    """A call of a study failed; the message says why in words for the visitor."""


@dataclass(frozen=True)
class Found:
    """How far a study is: the best found so far, the share of work done, and why it stopped."""

    latest: Any = None
    told: str = ""
    share: float = 0.0
    seconds_left: float | None = None
    running: bool = False
    whole: bool = False
    fault: str = ""


@dataclass
class Search:
    """One study: the calls still to make, those under way, and the visitors who wait for it."""

    study: Study
    waiting: dict[str, float] = field(default_factory=dict)  # visitor → when last seen
    pending: deque[Call] = field(default_factory=deque)
    in_hand: list[Call] = field(default_factory=list)
    made: dict[str, Done] = field(default_factory=dict)  # by digest of the call
    worked: float = 0.0  # seconds
    began: tuple[float, float] = (0.0, 0.0)  # when it was started or went on, and the share that was done then
    running: bool = False
    found: Found = field(default_factory=Found)

    @property
    def served(self) -> float:
        """Return about how many seconds of work were given to it."""
        return self.worked + IN_HAND_SECONDS * len(self.in_hand)

    def wanted(self, now: float) -> bool:
        """Whether anybody waits for it."""
        return any(now - seen < PATIENCE_SECONDS for seen in self.waiting.values())

    def wants(self, now: float) -> bool:
        """Whether there is a call to make and somebody waiting for it."""
        return bool(self.pending) and self.wanted(now)

    def watchers(self, now: float) -> int:
        """Return how many visitors look at it while it runs."""
        return sum(now - seen < PATIENCE_SECONDS for seen in self.waiting.values()) if self.running else 0

    def give(self, now: float) -> Call:  # noqa: ARG002  # as every client of the pool
        """Return the next call; it is in hand from now on."""
        self.in_hand.append(self.pending.popleft())
        return self.in_hand[-1]

    def take(self, call: Call, done: Done) -> None:
        """Remember what came of a call."""
        self.in_hand.remove(call)
        self.made[call.item.digest] = done
        self.worked += done.seconds


@dataclass(frozen=True, eq=False)
class Part:
    """One part of a study's work, identified by its content."""

    function: Callable[[Any], Any]
    item: Any
    digest: str


def run_part(part: Part) -> Any:
    """Do one part."""
    return part.function(part.item)


class Searches:
    """Follow the studies of all visitors, in a pool of workers."""

    def __init__(self, pool: Pool, most: int = MOST_SEARCHES) -> None:
        self._pool, self._most = pool, most
        self._searches: OrderedDict[str, Search] = OrderedDict()  # the one looked at last at the end
        pool.serve(self._clients)

    # what a page calls ---------------------------------------------------------------------------------------------

    def ask(self, key: str, study: Study, visitor: str) -> Found:
        """Return how far a study is, and keep it going; from now on the visitor waits for no other one."""
        with self._pool.change:
            self._leave(visitor, but=key)
            busy = "" if key in self._searches else self._pool.too_busy()
            if busy:
                return Found(fault=busy)
            search = self._searches.setdefault(key, Search(study))
            self._searches.move_to_end(key)
            search.waiting[visitor] = self._pool.clock()
            while len(self._searches) > self._most:
                self._searches.popitem(last=False)[1].waiting.clear()
            if not (search.running or search.found.whole or search.found.fault):
                self._start(search)
            self._pool.change.notify_all()
            return self._stands(search)

    def found(self, key: str) -> Found:
        """Return how far a study is, without waiting for it."""
        return self.waited(key, 0.0)

    def waited(self, key: str, seconds: float) -> Found:
        """Return how far a study is once it has stopped running, or after so many seconds."""
        with self._pool.change:
            self._pool.change.wait_for(lambda: not self._running(key), timeout=seconds)
            search = self._searches.get(key)
            return Found() if search is None else self._stands(search)

    def leave(self, visitor: str) -> None:
        """Pause a visitor's study unless others wait for it; what is found and under way is kept."""
        with self._pool.change:
            self._leave(visitor)
            self._pool.change.notify_all()

    def again(self, key: str) -> None:
        """Forget that a study failed, so that asking for it tries again."""
        with self._pool.change:
            if key in self._searches:
                self._tell(self._searches[key], fault="")

    # behind --------------------------------------------------------------------------------------------------------

    def _running(self, key: str) -> bool:
        search = self._searches.get(key)
        return search is not None and search.running

    def _start(self, search: Search) -> None:
        search.running, search.began = True, (self._pool.clock(), search.found.share)
        search.made = {digest: done for digest, done in search.made.items() if not done.fault}
        threading.Thread(target=self._follow, args=(search,), name="peerstay-study", daemon=True).start()

    def _follow(self, search: Search) -> None:
        """Go through a study until it is whole, fails, or nobody waits for it."""
        done = do(Call(self._gone_through, search))
        with self._pool.change:
            search.running = False
            search.pending.clear()
            if done.fault:
                self._tell(search, fault=done.fault)
            elif done.result:
                self._tell(search, whole=True, share=1.0)
                search.made.clear()
            self._pool.change.notify_all()

    def _gone_through(self, search: Search) -> bool:
        """Return whether the study came to its end; it may have rested, or said what failed."""
        try:
            for latest in search.study(_Shared(search, self._pool), lambda told, share: self._far(search, told, share)):
                with self._pool.change:
                    self._tell(search, latest=latest)
        except Rested:
            return False
        except StudyError as fault:
            with self._pool.change:
                self._tell(search, fault=str(fault))
            return False
        return True

    def _far(self, search: Search, told: str, share: float) -> None:
        with self._pool.change:
            if share >= search.found.share:
                self._tell(search, told=told, share=share)

    def _tell(self, search: Search, **news: Any) -> None:
        search.found = Found(**(vars(search.found) | news))

    def _stands(self, search: Search) -> Found:
        """Return how a study stands, with about how long the rest takes."""
        since, share = search.began
        more, left = search.found.share - share, None
        if search.running and more > 0:
            left = (self._pool.clock() - since) * (1.0 - search.found.share) / more
        return Found(**(vars(search.found) | {"running": search.running, "seconds_left": left}))

    def _leave(self, visitor: str, but: str = "") -> None:
        for key, search in self._searches.items():
            if key != but:
                search.waiting.pop(visitor, None)

    def _clients(self) -> Iterator[Search]:
        yield from self._searches.values()


class _Shared:
    """The executor of one study: the pool makes its calls, in turn with those of other visitors."""

    def __init__(self, search: Search, pool: Pool) -> None:
        self._search, self._pool = search, pool
        self.workers = pool.workers

    def results(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[int, Result]]:
        """Yield the place of an item and its result as they are done, each once.

        Raises:
            StudyError: when a call failed.
            Rested: when nobody waits for the study any more.
        """
        open_places = self._asked(function, items)
        while open_places:
            with self._pool.change:
                ready = [place for place, digest in open_places.items() if self._done(digest) is not None]
                if not ready:
                    self._wait()
                    continue
            for place in ready:
                done = self._done(open_places.pop(place))
                assert done is not None
                if done.fault:
                    raise StudyError(done.fault)
                yield place, done.result

    def _asked(self, function: Callable[[Any], Any], items: Iterable[Any]) -> dict[int, str]:
        """Put what is not made yet in line, and return the digest of each item by its place."""
        parts = [Part(function, item, _digest(function, item)) for item in items]
        with self._pool.change:
            there = {*self._search.made, *(call.item.digest for call in self._search.in_hand)}
            new = {part.digest: part for part in parts if part.digest not in there}
            self._search.pending.extend(Call(run_part, part) for part in new.values())
            self._pool.change.notify_all()
        return {place: part.digest for place, part in enumerate(parts)}

    def _done(self, digest: str) -> Done | None:
        return self._search.made.get(digest)

    def _wait(self) -> None:
        if self._pool.closed or not self._search.wanted(self._pool.clock()):
            raise Rested
        self._pool.change.wait(LOOK_SECONDS)


def _digest(function: Callable[[Any], Any], item: Any) -> str:
    told = pickle.dumps((function.__qualname__, item), pickle.HIGHEST_PROTOCOL)
    return hashlib.sha256(told).hexdigest()
