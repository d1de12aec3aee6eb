"""A piece of work and its executor; results come back as they are done, each once, with the place of its item.

Work is a function that can be imported and items that can be pickled.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, Final, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD: Final = 2  # items handed to each worker before the first of them is done
LOOK_SECONDS: Final = 1.0
PICK_SECONDS: Final = 0.05  # after which somebody free is handed what has come meanwhile


class WorkersError(OSError):
    """The workers cannot do the work; the message says what is wrong and what helps."""


class Executor(Protocol):
    """Whoever does the work."""

    @property
    def workers(self) -> int:
        """Return how many items are worked on at a time."""

    def results(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[int, Result]]:
        """Yield the place of an item and its result as they are done, each once.

        Raises:
            WorkersError: when workers are lost for good.
        """


class Serial:
    """Do the work in this process, one item after another."""

    workers = 1

    def results(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[int, Result]]:
        """Yield each item's place and result, in the order of the items."""
        for place, item in enumerate(items):
            yield place, function(item)


class Queue:
    """Items that wait, with their places; those that come back go first."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = enumerate(items)
        self._back: list[tuple[int, Any]] = []

    def __bool__(self) -> bool:
        """Whether an item waits."""
        if not self._back:
            self._back = [found for found in [next(self._items, None)] if found is not None]
        return bool(self._back)

    def take(self) -> tuple[int, Any]:
        """Return the next item and its place."""
        return self._back.pop(0)

    def again(self, items: Iterable[tuple[int, Any]]) -> None:
        """Put items back."""
        self._back = sorted([*items, *self._back], key=lambda one: one[0])


def in_turn(
    submit: Callable[[Any], Future[Any]],
    todo: Queue,
    held: dict[Future[Any], tuple[int, Any]],
    most: int,
    look: Callable[[], None] = lambda: None,
) -> Iterator[Future[Any]]:
    """Yield futures as they are done, no more than `most` handed in at a time; the caller takes them out of `held`.

    Args:
        submit: hands an item in.
        todo: items that wait.
        held: items handed in, by future.
        most: so many are handed in at a time.
        look: called every second while nothing is done, to raise when nothing ever will be.
    """
    looked = time.monotonic()
    while todo or held:
        while len(held) < most and todo:
            place, item = todo.take()
            try:
                held[submit(item)] = place, item
            except BaseException:
                todo.again([(place, item)])
                raise
        done = wait(held, timeout=PICK_SECONDS, return_when=FIRST_COMPLETED).done
        if not done and time.monotonic() - looked >= LOOK_SECONDS:
            look()
            looked = time.monotonic()
        yield from done
