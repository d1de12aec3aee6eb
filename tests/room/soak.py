"""Send visitors to the page for a while, and measure how long they wait and how large the server grows.

`python -m tests.room.soak SECONDS` prints the figures of docs/reliability.md.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, quantiles
from typing import Final

import psutil

from tests.app.worlds import small
from tests.room.visitors import answered
from tests.served import Served, served

TOGETHER: Final = 3
ROOM: Final = 20
FEWEST: Final = 8  # rounds, however slow the machine is: two a quarter
MANY: Final = 40  # different questions, more than a server keeps: memory is full once they have all been asked
PAGES: Final = ("compare", "money", "people")


@dataclass
class Soaked:
    """What a soak measured: waits in seconds, and the server's memory after each round."""

    waits: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def visits(self) -> int:
        return len(self.waits)


async def soaked(page: Served, seconds: float, questions: int = MANY) -> Soaked:
    """Send a few visitors at a time to ask a question, look at a page and leave, until the time is over."""
    told, until = Soaked(), time.monotonic() + seconds
    for number in itertools.count():
        if time.monotonic() > until and number >= FEWEST:
            return told
        asked = [small(replications=20, seed=1 + (number * TOGETHER + one) % questions) for one in range(TOGETHER)]
        for one in await answered(page.address, asked, PAGES[number % len(PAGES)]):
            told.waits.append(one.seconds)
            told.faults += one.faults
        told.megabytes.append(megabytes(page))
    return told


def megabytes(page: Served) -> float:
    """Return the memory of a server without its workers, whose memory is that of the run they have in hand."""
    return float(psutil.Process(page.process.pid).memory_info().rss / 1e6)


def grown(measured: list[float]) -> float:
    """Return by what share the memory of the last quarter is above that of the second."""
    quarter = max(1, len(measured) // 4)
    return fmean(measured[-quarter:]) / fmean(measured[quarter : 2 * quarter]) - 1.0


def main(seconds: float) -> None:
    """Print what a room of people waits for, and whether the server grows."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as page:
        for room in range(3):
            questions = [small(replications=200, seed=1_000 + ROOM * room + one) for one in range(ROOM)]
            waits = [one.seconds for one in asyncio.run(answered(page.address, questions))]
            cut = quantiles(waits, n=20, method="inclusive")
            print(f"{ROOM} visitors together, first numbers: median {cut[9]:.1f} s, 95 % within {cut[18]:.1f} s")
        told = asyncio.run(soaked(page, seconds))
        print(
            f"{told.visits} visits in {seconds:.0f} s, {len(told.faults)} faults; {told.megabytes[0]:.0f} MB after the "
            f"first, {told.megabytes[-1]:.0f} MB at the end, last quarter over second {grown(told.megabytes):+.1%}"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]))
