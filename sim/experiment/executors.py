"""Do independent pieces of work in this process, in several, or on a cluster: one seam, the same results.

Work is a function that can be imported and items that can be pickled. Results come back as they are done, each once,
with the place of its item; a worker that dies costs time, never a result.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any, Final, Protocol, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD: Final = 2  # items handed to each worker before the first of them is done
MOST_DEATHS: Final = 3  # of worker processes in a row, with nothing done in between
LOOK_SECONDS: Final = 1.0
WORTH_A_WORKER_SECONDS: Final = 4.0  # less work is done before a second process has started
MOST_WORKERS: Final = 2  # started without being asked for


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


def workers_for(jobs: int | None, seconds: float) -> int:
    """Return how many processes to use: as many as asked for, else more than one only when it pays."""
    if jobs is not None:
        return jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_WORKERS, cores) if seconds > WORTH_A_WORKER_SECONDS else 1


def executor_for(
    jobs: int | None = None, seconds: float = 0.0, cluster: str | None = None
) -> AbstractContextManager[Executor]:
    """Open whoever does the work, to be used in a `with`.

    Args:
        jobs: processes; None means as many as are worth starting.
        seconds: about how long one process would take.
        cluster: address of a Dask scheduler, whose workers are used instead.

    Raises:
        WorkersError: when the cluster cannot be used.
    """
    if cluster is not None:
        from sim.experiment.cluster import Cluster  # noqa: PLC0415  # an optional extra, slow to import

        return Cluster(cluster)
    number = workers_for(jobs, seconds)
    return nullcontext(Serial()) if number == 1 else Processes(number)


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


class Queue:
    """Hold items that wait, with their places; those that come back go first."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = enumerate(items)
        self._back: list[tuple[int, Any]] = []

    def __bool__(self) -> bool:
        """Say whether an item waits."""
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
    while todo or held:
        while len(held) < most and todo:
            place, item = todo.take()
            try:
                held[submit(item)] = place, item
            except BaseException:
                todo.again([(place, item)])
                raise
        done = wait(held, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED).done
        if not done:
            look()
        yield from done


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
    import sim.experiment.blocks  # noqa: F401, PLC0415


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
