"""Open whoever does the work: this process, several, or a cluster."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from sim.runs.workers.processes import Processes
from sim.runs.workers.work import Executor, Serial, WorkersError

__all__ = ["Executor", "Processes", "Serial", "WorkersError", "executor_for", "workers_for"]

WORTH_A_WORKER_SECONDS: Final = 4.0  # less work is done before a second process has started
MOST_WORKERS: Final = 2  # started without being asked for


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
        from sim.runs.workers.cluster import Cluster  # noqa: PLC0415  # an extra

        return Cluster(cluster)
    number = workers_for(jobs, seconds)
    return nullcontext(Serial()) if number == 1 else Processes(number)
