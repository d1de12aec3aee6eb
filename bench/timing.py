"""Time callables in interleaved rounds, and measure a command's memory in a fresh process."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import linear_regression, median

ROUNDS = 7

# ru_maxrss of a process started from a large one begins at that one's size, and RUSAGE_CHILDREN remembers the
# largest child ever waited for. So a small interpreter starts the command, waits for it alone, and tells.
_LAUNCHER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak // 1024 if sys.platform == "darwin" else peak)
sys.exit(done.returncode)
"""


class CommandError(Exception):
    """Say that a measured command did not end well."""


@dataclass(frozen=True)
class Times:
    """Hold the CPU and wall seconds of a callable, one pair a round.

    CPU time is this process's, all threads; what a child process uses is only in the wall time (`children_cpu` tells).
    """

    cpu: tuple[float, ...]
    wall: tuple[float, ...]

    @property
    def cpu_min(self) -> float:
        return min(self.cpu)

    @property
    def cpu_median(self) -> float:
        return median(self.cpu)

    @property
    def wall_min(self) -> float:
        return min(self.wall)

    @property
    def wall_median(self) -> float:
        return median(self.wall)


def interleave(calls: Mapping[str, Callable[[], object]], rounds: int = ROUNDS, untimed: int = 1) -> dict[str, Times]:
    """Time every callable once a round, after one untimed round (none where all has been called before).

    Interleaving gives each the same share of a busy machine's bad moments, so that ratios of minima hold.
    """
    if not calls or rounds < 1:
        raise ValueError(f"timing needs at least one callable and one round, not {len(calls)} and {rounds}")
    for _ in range(untimed):
        for call in calls.values():
            call()
    samples = [{name: _once(call) for name, call in calls.items()} for _ in range(rounds)]
    return {
        name: Times(tuple(sample[name][0] for sample in samples), tuple(sample[name][1] for sample in samples))
        for name in calls
    }


def _once(call: Callable[[], object]) -> tuple[float, float]:
    """Return the CPU and wall seconds of one call, which need not clear up after the one before."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.process_time() - cpu, time.perf_counter() - wall


def run_command(command: Sequence[str]) -> str:
    """Run a command to its end and return what it printed; raise CommandError when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise CommandError(f"{Path(command[0]).name} ended with status {done.returncode}: {last}")
    return done.stdout


def children_cpu() -> float:
    """Return the CPU seconds of all processes that were started from here and have ended, and of theirs."""
    used = os.times()
    return used.children_user + used.children_system


def peak_memory(command: Sequence[str]) -> float:
    """Return the peak resident memory of a command in MiB; of several processes, that of the largest."""
    printed = run_command([sys.executable, "-I", "-S", "-c", _LAUNCHER, *command])
    return float(printed.split()[-1]) / 1024


def growth_exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return p where time grows like size^p: the slope of log time on log size."""
    slope, _ = linear_regression([log(size) for size in sizes], [log(second) for second in seconds])
    return slope
