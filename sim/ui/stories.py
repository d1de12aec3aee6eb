"""Live single futures again behind the page: one at a time for all visitors, those looked at last kept."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from sim.experiment.blocks import Solved
from sim.experiment.story import stories
from sim.report.listed import discreet
from sim.results.careers import Career
from sim.scenario.fingerprint import fingerprint
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from sim.ui.work import NO_MEMORY, PROGRAM

MOST_KEPT: Final = 32  # futures
MOST_MONTHS: Final = 1_000_000  # of all people in them: some 100 MB

Live = Callable[[Scenario, int, int, Scenario, Solved], Sequence[Career]]


@dataclass(frozen=True)
class OneFuture:
    """Name one replication of one scenario of a question."""

    text: str  # the question, word for word
    place: int
    replication: int


@dataclass(frozen=True)
class Lives:
    """Hold the careers of one future, or why there are none."""

    careers: tuple[Career, ...] = ()
    fault: str = ""

    @property
    def months(self) -> int:
        """Return how many months of people are held."""
        return sum(len(one.burnout) for one in self.careers)


@dataclass
class _Asked:
    work: Future[Lives]
    waiting: set[str] = field(default_factory=set)  # visitors


class Stories:
    """Live futures again in one thread, and keep those looked at last."""

    def __init__(self, live: Live = stories) -> None:
        self._live = live
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="peerstay-stories")
        self._asked: OrderedDict[OneFuture, _Asked] = OrderedDict()  # the one looked at last at the end
        self._solved: OrderedDict[str, Solved] = OrderedDict()  # by the base's fingerprint; of the thread alone
        self._change = threading.Lock()

    def ask(self, which: OneFuture, scenarios: Sequence[Scenario], seed: int, visitor: str) -> Future[Lives]:
        """Return a future's lives as they come; the visitor waits for no other future from now on."""
        with self._change:
            self._leave(visitor, but=which)
            if which not in self._asked:
                given = (which.replication, scenarios[which.place], scenarios[0], seed)
                self._asked[which] = _Asked(self._thread.submit(self._lived, *given))
            found = self._asked[which]
            found.waiting.add(visitor)
            self._asked.move_to_end(which)
            self._make_room()
            return found.work

    def again(self, which: OneFuture) -> None:
        """Forget what came of a future, so that asking for it tries again."""
        with self._change:
            self._asked.pop(which, None)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(cancel_futures=True)

    def _leave(self, visitor: str, but: OneFuture) -> None:
        """Drop what only this visitor waited for and nobody has begun."""
        for which, asked in list(self._asked.items()):
            if which != but and visitor in asked.waiting:
                asked.waiting.remove(visitor)
                if not asked.waiting and asked.work.cancel():
                    del self._asked[which]

    def _make_room(self) -> None:
        """Forget the futures that nobody has looked at for longest, but never the last one asked for."""
        done = [which for which, asked in list(self._asked.items())[:-1] if asked.work.done()]
        held = sum(self._asked[which].work.result().months for which in done)
        for which in done:
            if held <= MOST_MONTHS and len(self._asked) <= MOST_KEPT:
                return
            held -= self._asked.pop(which).work.result().months

    def _lived(self, replication: int, own: Scenario, base: Scenario, seed: int) -> Lives:
        """Live one future; what goes wrong comes back in words."""
        try:
            solved = self._solved.setdefault(fingerprint(base), {})
            found = self._live(own, replication, seed, base, solved)
        except ScenarioError as fault:
            return Lives(fault=str(fault))
        except MemoryError:
            return Lives(fault=NO_MEMORY)
        except Exception as fault:
            logging.getLogger(__name__).exception("a story stopped")
            return Lives(fault=PROGRAM.format(name=type(fault).__name__))
        while len(self._solved) > MOST_KEPT:
            self._solved.popitem(last=False)
        return Lives(tuple(discreet(found, base)))
