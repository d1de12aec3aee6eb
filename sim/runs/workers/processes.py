"""Do the work in several processes of this machine; a worker that dies costs time, never a result."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import secrets
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

import numpy as np

from sim.runs.workers.work import AHEAD, Item, Queue, Result, WorkersError, in_turn

KEY_BYTES: Final = 32
PART_BYTES: Final = 1_000_000
MOST_DEATHS: Final = 5  # of worker processes in a row, with nothing done in between


class Processes(AbstractContextManager["Processes"]):
    """Do the work in processes of this machine.

    Results are handed over in files, their names through the pipe: a worker that dies while it writes a long message
    into the pipe would leave half of it there, and everybody would wait for the rest for ever. A result may tell of
    people whom a scenario lists. So a file is veiled with a key that is used once and known in memory only, and deleted
    when it is read; what a dead worker leaves can be read by nobody, and is deleted too.
    """

    def __init__(self, workers: int, niceness: int = 0) -> None:
        """Take how many processes, and by how much they yield to others, where the system knows of that."""
        self.workers, self._niceness = workers, niceness

    def __enter__(self) -> Self:
        """Start the processes; they get ready while the first work is prepared."""
        self._folder = Path(tempfile.mkdtemp(prefix="peerstay-"))
        self._names = count()
        self._pool = self._started()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the workers once they have finished what is under way."""
        self._pool.shutdown(cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def results(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[int, Result]]:
        """Yield each item's place and result as they are done; what a dead worker held is done again."""
        todo, deaths = Queue(items), 0
        while todo:
            held: dict[Future[tuple[str, bytes]], tuple[int, Item]] = {}
            try:
                for future in in_turn(lambda one: self._submit(function, one), todo, held, self.workers * AHEAD):
                    place, _ = held[future]
                    name, key = future.result()
                    del held[future]
                    deaths = 0
                    yield place, _read(Path(name), key)
            except BrokenProcessPool:
                deaths += 1
                if deaths == MOST_DEATHS:
                    raise WorkersError(
                        f"worker processes were ended {deaths} times with nothing done in between, "
                        "often for want of memory; use --jobs 1, or fewer posts or employers"
                    ) from None
                todo.again(held.values())
                self._pool.shutdown()
                for file in self._folder.iterdir():  # what is not read yet is done again
                    file.unlink()
                self._pool = self._started()

    def _submit(self, function: Callable[[Item], Result], item: Item) -> Future[tuple[str, bytes]]:
        return self._pool.submit(_into_file, function, item, str(self._folder / f"{next(self._names)}"))

    def _started(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            self.workers, multiprocessing.get_context("spawn"), _begin_work, (self._folder, self._niceness)
        )
        with _interrupts_ignored():
            for _ in range(self.workers):
                pool.submit(_get_ready)
        return pool


# in the worker ---------------------------------------------------------------------------------------------------


def _into_file(function: Callable[[Any], Any], item: Any, name: str) -> tuple[str, bytes]:
    key = secrets.token_bytes(KEY_BYTES)
    data = pickle.dumps(function(item), pickle.HIGHEST_PROTOCOL)
    with Path(name).open("wb") as file:
        file.writelines(_veiled(data, key))
    return name, key


def _read(file: Path, key: bytes) -> Any:
    try:
        data = file.read_bytes()
    finally:
        file.unlink()
    return pickle.loads(b"".join(_veiled(data, key)))  # noqa: S301  # written by our own worker a moment ago


def _veiled(data: bytes, key: bytes) -> Iterator[bytes]:
    """Yield data, part by part, added bit by bit to a stream that only the key gives; twice is the data again."""
    for number, first in enumerate(range(0, len(data), PART_BYTES)):
        part = np.frombuffer(data, np.uint8, min(PART_BYTES, len(data) - first), first)
        stream = hashlib.shake_256(key + number.to_bytes(8, "big")).digest(part.size)
        yield (part ^ np.frombuffer(stream, np.uint8)).tobytes()


def _get_ready() -> None:
    """Import what the work needs while the parent prepares it."""
    import sim.runs.blocks  # noqa: F401, PLC0415


def _begin_work(folder: Path, niceness: int) -> None:
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    _end_with_parent(folder)


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
    """Make processes started meanwhile ignore Ctrl-C, which reaches them too: their parent ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
