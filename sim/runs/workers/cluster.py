"""Do the work on a Dask cluster: the scheduler's workers run the same function on the same items.

Before any work is handed in, every worker is asked which model, data and numpy it has; others would give other bits.
Workers may come later, so each asks itself again before it does anything.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import AbstractContextManager
from typing import Any, Final, Self
from urllib.parse import urlsplit

from sim.extras import how_to_get
from sim.runs.identity import versions
from sim.runs.workers.work import AHEAD, Item, Queue, Result, WorkersError, in_turn

CONNECT_SECONDS: Final = 5.0
PATIENCE_SECONDS: Final = 10.0  # without a single worker, or with a scheduler that does not answer
RETRIES: Final = 3
SCHEMES: Final = ("tcp", "tls")
NOBODY: Final = "no scheduler answers; is `dask scheduler` running there?"

try:
    import distributed
except ModuleNotFoundError as fault:
    raise WorkersError(how_to_get("distributed", "--cluster")) from fault


class Cluster(AbstractContextManager["Cluster"]):
    """Do the work on the workers of a scheduler; a dead worker's work is done by another."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> Self:
        """Connect, and see that every worker has this model.

        Raises:
            WorkersError: when nobody answers, there is no worker, or one has another model.
        """
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say what went wrong ourselves, once
        _knock(self.address)
        self._client = _connected(self.address)
        try:
            self._see_workers()
        except BaseException:
            self.__exit__()
            raise
        self._pool = self._client.get_executor(retries=RETRIES, pure=False)
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster as it was; what it still has in hand for us is given up."""
        self._client.close(timeout=CONNECT_SECONDS)

    @property
    def workers(self) -> int:
        """Return how many items the cluster works on at a time."""
        return max(1, int(sum(self._client.nthreads().values())))

    def results(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[int, Result]]:
        """Yield each item's place and result as they are done.

        Raises:
            WorkersError: when the scheduler or every worker is lost, or one came later that has another model.
        """
        todo, ours = Queue(items), versions()
        held: dict[Future[Any], tuple[int, Any]] = {}
        look = _Watch(self.address, self._client).look

        def submit(item: Item) -> Future[Result]:
            future: Future[Result] = self._pool.submit(_done_there, ours, function, item)
            return future

        for future in in_turn(submit, todo, held, self.workers * AHEAD, look):
            place, _ = held.pop(future)
            try:
                result = future.result()
            except (CancelledError, distributed.KilledWorker) as fault:
                raise WorkersError(f"--cluster {self.address}: {_lost(fault)}") from fault
            except Exception:
                self._see_workers()  # one that came later may be to blame, and is named
                raise
            yield place, result

    def _see_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except (TimeoutError, OSError) as fault:
            raise WorkersError(
                f"--cluster {self.address}: the scheduler has no workers; start some: dask worker {self.address}"
            ) from fault
        ours = versions()
        found = self._client.run(_versions_there, on_error="return")
        for worker, theirs in found.items():
            if theirs != ours:
                raise WorkersError(f"--cluster {self.address}: worker {worker} {_unlike(ours, theirs)}")


class _Watch:
    """See while nothing comes back that somebody is still at work."""

    def __init__(self, address: str, client: Any) -> None:
        self._address, self._client = address, client
        self._well = time.monotonic()

    def look(self) -> None:
        """Raise WorkersError when the scheduler, or every worker, has been gone for a while."""
        fault = self._fault()
        if fault is None:
            self._well = time.monotonic()
        elif time.monotonic() - self._well > PATIENCE_SECONDS:
            raise WorkersError(f"--cluster {self._address}: {fault}; what was done is kept, run it again to go on")

    def _fault(self) -> str | None:
        if self._client.status != "running":
            return "the scheduler is gone"
        try:
            return None if self._client.nthreads() else "all workers are gone"
        except (OSError, TimeoutError):
            return "the scheduler does not answer"


def _done_there(ours: dict[str, str], function: Callable[[Item], Result], item: Item) -> Result:
    """Do an item on a worker, if it is one that gives the same bits."""
    theirs = versions()
    if theirs != ours:
        raise WorkersError(f"--cluster: a worker {_unlike(ours, theirs)}")
    return function(item)


def _versions_there() -> dict[str, str]:
    return versions()


def _unlike(ours: dict[str, str], theirs: Any) -> str:
    """How a worker differs, and what to do about it."""
    if not isinstance(theirs, dict):
        return f"cannot load peerstay {ours['version']} ({type(theirs).__name__}: {theirs}); install it there"
    told = ", ".join(
        f"{name} {theirs.get(name)} instead of {ours[name]}" for name in ours if theirs.get(name) != ours[name]
    )
    return f"has {told}: it would give other numbers; install the same peerstay there"


def _place(address: str) -> tuple[str | None, int | None]:
    try:
        parts = urlsplit(address)
        return (parts.hostname, parts.port) if parts.scheme in SCHEMES else (None, None)
    except ValueError:
        return None, None


def _knock(address: str) -> None:
    """See that the address can be one and somebody answers there; a client that fails leaves threads behind."""
    host, port = _place(address)
    if not host or port is None:
        raise WorkersError(f"--cluster {address}: is no address of a scheduler; write tcp://host:port")
    try:
        socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
    except OSError as fault:
        raise WorkersError(f"--cluster {address}: {NOBODY}") from fault


def _connected(address: str) -> Any:
    """Return a client; made in a thread, because Dask waits for ever for somebody who takes the call and is silent."""
    found: queue.Queue[Any] = queue.Queue()

    def connect() -> None:
        try:
            found.put(distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False))
        except OSError as fault:
            found.put(fault)

    threading.Thread(target=connect, daemon=True).start()
    try:
        client = found.get(timeout=2 * CONNECT_SECONDS)
    except queue.Empty:
        raise WorkersError(f"--cluster {address}: {NOBODY}") from None
    if isinstance(client, OSError):
        raise WorkersError(f"--cluster {address}: {NOBODY}") from client
    return client


def _lost(fault: BaseException) -> str:
    if isinstance(fault, CancelledError):
        return "the scheduler is gone; what was done is kept, run it again to go on"
    return f"a block was lost with {RETRIES + 1} workers, often for want of memory"
