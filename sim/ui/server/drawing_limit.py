"""A limit on how many pages are drawn at the same time.

Threads of Python take turns anyway, but twenty of them keep the one waiting that sends to browsers what is drawn: then
everybody sees nothing until all are done. A page waits here for its turn, and whoever is done is sent at once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_A_TIME: Final = 2


class _Turns:
    """So many turns; whoever has waited longest comes next, which a semaphore does not promise."""

    def __init__(self, number: int) -> None:
        self._free, self._lock = number, threading.Lock()
        self.queue: deque[threading.Event] = deque()

    def acquire(self) -> None:
        """Wait for a turn."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = threading.Event()
            self.queue.append(mine)
        mine.wait()

    def release(self) -> None:
        """Hand the turn on."""
        with self._lock:
            if self.queue:
                self.queue.popleft().set()
            else:
                self._free += 1


_turns: Final = _Turns(AT_A_TIME)
_mine: Final = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Draw within, once it is this thread's turn; a part of what has its turn needs none of its own."""
    if _held():
        yield
        return
    _turns.acquire()
    _mine.held = True
    try:
        yield
    finally:
        _mine.held = False
        _turns.release()


@contextmanager
def rest() -> Iterator[None]:
    """Wait for something within, and let another page have the turn meanwhile."""
    if not _held():
        yield
        return
    _mine.held = False
    _turns.release()
    try:
        yield
    finally:
        _turns.acquire()
        _mine.held = True


def queued() -> int:
    """Return how many pages and parts wait for their turn."""
    return len(_turns.queue)


def _held() -> bool:
    return bool(getattr(_mine, "held", False))
