"""Measure how many visitors a server carries: what they wait for, what it costs, and how much memory it takes.

`python -m tests.room.capacity 1 5 20 50` sends so many visitors at the same moment, each with a question of its own
about an organization of the library, and prints a row for each number: the table of docs/hosting.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Final

import psutil

from sim.ui.inputs import examples
from sim.ui.question import Question, with_input
from tests.room.visitors import answered, lived
from tests.served import Served, served

ASKED: Final = examples.question_of("pa_fee_for_service", ("pa_rate_rise", "pa_rate_rise_pass_through"))
WAGE: Final = ("pay", "wage_usd_per_hour")
PATIENCE: Final = 1_200.0  # seconds that a visitor waits: what a crowd waits for is what is measured
REST_SECONDS: Final = 5.0  # in which a server gets ready
HEADING: Final = (
    "| visitors together | first numbers, p50 / p95 (s) | whole answer, p50 / p95 (s) | processor time a visitor (s) | "
    "server / all processes (MB) | faults |\n|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True)
class Load:
    """What so many visitors together waited for and cost."""

    visitors: int
    first: Sequence[float]  # seconds
    whole: Sequence[float]
    processor: float  # seconds of server and workers, of all visitors
    server: float  # MB
    all_processes: float
    faults: int

    def row(self) -> str:
        """Return it as a row of the table."""
        first, whole = (
            " / ".join(f"{one:.1f}" for one in middle_and_late(waits)) for waits in (self.first, self.whole)
        )
        return (
            f"| {self.visitors} | {first} | {whole} | {self.processor / self.visitors:.1f} | "
            f"{self.server:,.0f} / {self.all_processes:,.0f} | {self.faults} |"
        )


def middle_and_late(waits: Sequence[float]) -> tuple[float, float]:
    """Return the median wait, and the one that 95 % stay within."""
    if len(waits) == 1:
        return waits[0], waits[0]
    cut = quantiles(waits, n=20, method="inclusive")
    return cut[9], cut[18]


def question(number: int) -> Question:
    """Return a visitor's own question: an alternative's wage that no other visitor asks about."""
    return with_input(ASKED, 1, WAGE, round(24.0 + 0.01 * (1 + number), 2))


def load(page: Served, visitors: int, start: int = 0) -> Load:
    """Send visitors to a server at the same moment; their questions count from a number."""
    before = _processor(page)
    questions = [question(start + one) for one in range(visitors)]
    told = lived(answered(page.address, questions, patience=PATIENCE))
    everyone = _everyone(page)
    return Load(
        visitors,
        [one.seconds for one in told],
        [one.whole_seconds for one in told],
        _processor(page) - before,
        everyone[0].memory_info().rss / 1e6,
        sum(one.memory_info().rss for one in everyone) / 1e6,
        sum(len(one.faults) for one in told),
    )


def _everyone(page: Served) -> list[psutil.Process]:
    server = psutil.Process(page.process.pid)
    return [server, *server.children(recursive=True)]


def _processor(page: Served) -> float:
    return float(sum(one.cpu_times().user + one.cpu_times().system for one in _everyone(page)))


def main(numbers: Sequence[int]) -> None:
    """Print a row for each number of visitors, each on a server just started."""
    print(HEADING)
    for visitors in numbers:
        with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as page:
            time.sleep(REST_SECONDS)
            load(page, 1, start=-1)  # what a first answer needs is there when the others come
            print(load(page, visitors).row(), flush=True)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [1, 5, 20, 50])
