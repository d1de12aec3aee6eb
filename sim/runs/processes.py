"""Do the work in several processes of this machine; a worker that dies costs time, never a result."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, Self

from sim.runs.work import AHEAD, Item, Queue, Result, WorkersError, in_turn

MOST_DEATHS: Final = 5  # of worker processes in a row, with nothing done in between


class Processes(AbstractContextManager["Processes"]):
    """Do the work in processes of this machine.

    Results are handed over in files, their names through the pipe: a worker that dies while it writes a long message
    into the pipe would leave half of it there, and everybody would wait for the rest for ever.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> Self:
        """Start the processes; they get ready while the first work is prepared."""
        self._folder = Path(tempfile.mkdtemp(prefix="peerstay-"))
        self._names = count()
        self._pool = self._started()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the workers finish what they have in hand, and no more."""
        self._pool.shutdown(cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def results(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[int, Result]]:
        """Yield each item's place and result as they are done; what a dead worker held is done again."""
        todo, deaths = Queue(items), 0
        while todo:
            held: dict[Future[str], tuple[int, Item]] = {}
            try:
                for future in in_turn(lambda one: self._submit(function, one), todo, held, self.workers * AHEAD):
                    place, _ = held[future]
                    name = future.result()
                    del held[future]
                    deaths = 0
                    yield place, _read(name)
            except BrokenProcessPool:
                deaths += 1
                if deaths == MOST_DEATHS:
                    raise WorkersError(
                        f"worker processes were ended {deaths} times with nothing done in between, "
                        "often for want of memory; use --jobs 1, or fewer posts or employers"
                    ) from None
                todo.again(held.values())
                self._pool.shutdown()
                self._pool = self._started()

    def _submit(self, function: Callable[[Item], Result], item: Item) -> Future[str]:
        return self._pool.submit(_into_file, function, item, str(self._folder / f"{next(self._names)}"))

    def _started(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            self.workers, multiprocessing.get_context("spawn"), _end_with_parent, (self._folder,)
        )
        with _interrupts_ignored():
            for _ in range(self.workers):
                pool.submit(_get_ready)
        return pool


# in the worker ---------------------------------------------------------------------------------------------------


def _into_file(function: Callable[[Any], Any], item: Any, name: str) -> str:
    with Path(name).open("wb") as file:
        pickle.dump(function(item), file, pickle.HIGHEST_PROTOCOL)
    return name


def _read(name: str) -> Any:
    file = Path(name)
    with file.open("rb") as stream:
        result = pickle.load(stream)  # noqa: S301  # written by our own worker a moment ago
    file.unlink()
    return result


def _get_ready() -> None:
    """Import what the work needs while the parent prepares it."""
    import sim.runs.blocks  # noqa: F401, PLC0415


def _end_with_parent(folder: Path) -> None:
    """Follow a parent that was ended by force; left alone, a worker would wait for it for ever."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let processes started meanwhile ignore Ctrl-C, which reaches them too: their parent ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
