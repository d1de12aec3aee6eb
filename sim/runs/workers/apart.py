"""Read what somebody hands in, in a process of its own that ends when it takes too long: nobody else waits for it.

What is handed in goes there and back through pipes, never through a file, and what the process says of it to nobody.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

from sim.scenario.problems import Problem, ScenarioError

try:
    import resource
except ModuleNotFoundError:  # Windows knows no such limits: there the clock alone holds
    resource = None  # type: ignore[assignment]

CPU_SECONDS: Final = 10  # of reading; a file of 1 MB takes well under one
WALL_SECONDS: Final = 60.0
MOST_BYTES: Final = 2_000_000_000  # of memory addresses
GIVEN_UP: Final = (
    "takes too long or too much memory to read, so it was given up",
    "open it in a spreadsheet or an editor and save it again, with only the rows and columns that belong in it",
)


def read_apart(function: Callable[[bytes, str], Any], content: bytes, label: str, *, cpu: int = CPU_SECONDS) -> Any:
    """Return what a function makes of a file's content and name, made in another process.

    Raises:
        ScenarioError: with what the function finds wrong, or because it took too long or too much memory.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(theirs, cpu), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send((function, content, label))
        result, fault = ours.recv() if ours.poll(WALL_SECONDS) else (None, _given_up(label))
    except (EOFError, OSError):  # it was ended by a limit
        result, fault = None, _given_up(label)
    finally:
        process.kill()
        process.join()
        ours.close()
    if fault is not None:
        raise fault
    return result


def _given_up(label: str) -> ScenarioError:
    return ScenarioError([Problem(label, None, "", None, *GIVEN_UP)])


# in the other process --------------------------------------------------------------------------------------------


def _read(pipe: Connection, cpu: int) -> None:
    """Do the reading, within limits that the machine itself enforces."""
    function, content, label = pipe.recv()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a fault is told where the reading was asked for, and there alone
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + cpu
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        pipe.send((function(content, label), None))
    except MemoryError:
        pipe.send((None, _given_up(label)))
    except Exception as fault:  # goes where the reading was asked for
        pipe.send((None, fault))
        raise
