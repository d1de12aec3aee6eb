"""A limit on how many pages are drawn at the same time.

Threads of Python take turns anyway, but twenty of them keep the one waiting that sends to browsers what is drawn: then
everybody sees nothing until all are done. A page waits here for its turn, and whoever is done is sent at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_A_TIME: Final = 2

_turns: Final = threading.BoundedSemaphore(AT_A_TIME)
_mine: Final = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Draw within, once it is this thread's turn; a part of what has its turn needs none of its own."""
    if _held():
        yield
        return
    with _turns:
        _mine.held = True
        try:
            yield
        finally:
            _mine.held = False


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


def _held() -> bool:
    return bool(getattr(_mine, "held", False))
