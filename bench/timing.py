"""Time callables in interleaved rounds, and measure a command's memory in a fresh process."""

import gc
import os
import resource
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
    """A measured command ended with an error."""


@dataclass(frozen=True)
class Times:
    """The CPU and wall seconds of a callable, one pair a round.

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


def peak_memory_together(command: Sequence[str]) -> tuple[float, float]:
    """Return the wall seconds of a command and the most memory it and its processes had at a time, in MiB.

    Pages they share (the code of libraries) are counted once in each process, so it is an upper bound; looked at
    every tenth of a second.
    """
    most, begun = 0.0, time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None:
            most = max(most, _resident(process.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        if process.returncode:
            assert process.stderr is not None
            raise CommandError(process.stderr.read().decode())
    return seconds, most


def _resident(pid: int) -> float:
    """Return the resident memory of a process and all below it, in MiB."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):  # it has just ended
        return 0.0
    return pages * resource.getpagesize() / 2**20 + sum(_resident(int(one)) for one in below)


def growth_exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return p where time grows like size^p: the slope of log time on log size."""
    slope, _ = linear_regression([log(size) for size in sizes], [log(second) for second in seconds])
    return slope
