"""Run replications in rounds until enough is known: the workers stay open, and the pilot is run once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Final, Self

from sim.model.engine.run import opened, project
from sim.results.blocks import Sums
from sim.results.sums import all_beside_base, gather
from sim.runs.blocks import Solved, Task, block_size, cut, run_block, seconds
from sim.runs.pieces import Piece, assembled, missing
from sim.runs.precision import FEWEST, LOOK_AHEAD, Enough, Precision, enough
from sim.runs.replicate import Kept, Memory, Settings, check_alike
from sim.runs.solved import solved_by
from sim.runs.workers.executors import Executor
from sim.scenario.schema import Scenario

FIRST: Final = 50  # replications in the first round: fewer at once save hardly any time


@dataclass(frozen=True)
class Lap:
    """One block of replications to run, and the scenarios wanted in it; all start from the base's opening."""

    base: Scenario
    wanted: tuple[Scenario, ...]
    numbers: range
    seed: int
    solved: Solved


def run_lap(lap: Lap) -> Piece:
    """Run one block of the scenarios that are wanted; the same bits as with others beside them."""
    kinds = opened(lap.base, lap.numbers, lap.seed, lap.solved)
    return Piece(lap.numbers, tuple(gather(project(one, kinds), one, lap.base) for one in lap.wanted))


class Rounds(AbstractContextManager["Rounds"]):
    """Run a base and alternatives, some of them or all, in as many rounds as it takes."""

    def __init__(self, scenarios: Sequence[Scenario], settings: Settings) -> None:
        """Take the base first.

        Raises:
            ScenarioError: when alternatives do not start from the base's employers and horizon.
        """
        check_alike(scenarios)
        self._scenarios, self._settings = tuple(scenarios), settings
        self._open = ExitStack()
        self._workers: Executor | None = None
        self._solved: Solved | None = None

    def __enter__(self) -> Self:
        """Start nothing yet: there may be nothing to run."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close the workers."""
        self._open.close()

    def blocks(self, wanted: Sequence[int], gaps: Sequence[range]) -> Iterator[Piece]:
        """Yield blocks of the wanted scenarios, by their places, as they are done."""
        if not gaps:
            return
        beside = [self._scenarios[place] for place in sorted({0, *wanted})]
        total = sum(map(len, gaps))
        workers = self._executor(self._settings.as_long * seconds(beside, total))
        if self._solved is None:
            self._solved = solved_by(workers, self._scenarios[0], self._settings.store)
        numbers = cut(gaps, block_size(beside), workers.workers)
        upto, left = max(gap.stop for gap in gaps), total
        for piece in self._pieces(workers, wanted, numbers):
            left -= len(piece.numbers)
            yield piece
            self._settings.progress(upto - left, upto)

    def _pieces(self, workers: Executor, wanted: Sequence[int], numbers: Sequence[range]) -> Iterator[Piece]:
        """Yield blocks as `replicate` makes them where all scenarios are wanted, or of those that are."""
        base, seed, solved = self._scenarios[0], self._settings.seed, self._solved or {}
        futures, places = self._settings.futures, tuple(wanted)
        if futures is not None or places == tuple(range(len(self._scenarios))):
            whole = Task(self._scenarios, range(0), seed, solved, futures=futures, wanted=places)
            tasks = [replace(whole, numbers=block) for block in numbers]
            yield from (piece for _, piece in workers.results(run_block, tasks))
        else:
            chosen = tuple(self._scenarios[place] for place in wanted)
            laps = [Lap(base, chosen, block, seed, solved) for block in numbers]
            yield from (piece for _, piece in workers.results(run_lap, laps))

    def _executor(self, work: float) -> Executor:
        """Return who does the work: opened once, or opened again when it has become worth more processes."""
        settings = self._settings
        if self._workers is None or (self._workers.workers == 1 and settings.jobs is None and settings.cluster is None):
            self._workers = self._open.enter_context(settings.workers(work))
        return self._workers


def enough_replications(
    scenarios: Sequence[Scenario],
    settings: Settings,
    asked_for: Sequence[Precision],
    most: int,
    kept: Kept | None = None,
    judged: int | None = None,
) -> Enough:
    """Run a base, and alternatives beside it, until intervals are narrow enough; `settings.replications` is not used.

    What is in `kept` is not run again, and what is run is kept there: to answer with the number that is found, hand it
    to `replicate`.

    Args:
        scenarios: the base and its alternatives, and whatever else is to be kept with them.
        settings: seed, who does the work.
        asked_for: how narrow the intervals of which measures should be.
        most: replications that are never exceeded.
        kept: where blocks are found and kept.
        judged: how many of the scenarios are judged, from the base on; all, if left out.

    Raises:
        PrecisionError: when a wish says nothing about these scenarios.
    """
    memory = Memory() if kept is None else kept
    everyone = range(len(scenarios))
    first = max(FEWEST + LOOK_AHEAD, min(FIRST, block_size(scenarios)))
    with Rounds(scenarios, settings) as rounds:

        def extend(upto: int) -> tuple[Sums, ...]:
            for piece in rounds.blocks(everyone, missing(range(upto), (one.numbers for one in memory.pieces()))):
                memory.put(piece)
            return all_beside_base(assembled(memory.pieces(), range(upto)))[:judged]

        return enough(extend, asked_for, most, first)
