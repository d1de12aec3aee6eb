"""Run scenarios over many replications, in blocks that fit in memory, in one process or several.

A replication is a pure function of scenario, seed and its number, so blocks may be of any size and run anywhere: the
same bits come back.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from sim.engine.opening import solve_baseline, world_of
from sim.engine.run import BlockResult, simulate
from sim.results.blocks import Sums
from sim.results.summary import Values, values_of
from sim.results.sums import gather, joined
from sim.rules.turnover import Baseline
from sim.scenario.problems import Problem, ScenarioError, shown
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans

POSTS_AT_ONCE = 16_384  # of one kind of employer: arrays that stay in the cache
POSTS_IN_ALL = 24_576  # of all kinds: logs of some hundred megabytes
SECONDS_PER_POST_MONTH, SECONDS_PER_MONTH, SECONDS_TO_SOLVE = 1e-6, 3e-3, 0.4  # the latter two for each kind
WORTH_A_WORKER_SECONDS = 4.0  # less work is done before a second process has started
MOST_WORKERS = 2

Results = list[list[BlockResult]]  # by scenario (the base first), by kind of employer
Progress = Callable[[int, int], None]  # replications done, replications in all
Solved = dict[str, Baseline]


@dataclass(frozen=True)
class Settings:
    """Say how often, with what luck, and on how many processes; None means as many as are worth starting."""

    replications: int
    seed: int
    jobs: int | None = None
    progress: Progress = field(default=lambda _done, _all: None, compare=False)


@dataclass(frozen=True)
class Task:
    """Hold one block of replications to run."""

    scenarios: tuple[Scenario, ...]  # the base first
    numbers: range
    seed: int
    solved: Solved
    keep: bool


@dataclass(frozen=True)
class Piece:
    """Hold what came of a block: the sums of each scenario, and the results themselves if they are kept."""

    numbers: range
    sums: tuple[Sums, ...]
    results: Results | None


def replicate(
    scenarios: Sequence[Scenario], settings: Settings, keep: Callable[[Piece], None] | None = None
) -> tuple[Values, ...]:
    """Return every measure of each scenario, one value a replication; the first scenario is the base.

    Args:
        scenarios: the base and its alternatives.
        settings: replications, seed, processes.
        keep: called with each block's results, in the order of the replications.

    Raises:
        ScenarioError: when alternatives do not start from the base's employers and horizon.
    """
    check_alike(scenarios)
    pieces = []
    with closing(run_blocks(scenarios, settings, keep=keep is not None)) as blocks:
        for piece in blocks:
            if keep is not None:
                keep(piece)
            pieces.append(piece.sums)
            settings.progress(piece.numbers.stop, settings.replications)
    return tuple(values_of(joined(parts)) for parts in zip(*pieces, strict=True))


def run_blocks(scenarios: Sequence[Scenario], settings: Settings, *, keep: bool) -> Generator[Piece, None, None]:
    """Yield the blocks of replications in order."""
    total, size = settings.replications, block_size(scenarios)
    blocks = [range(first, min(first + size, total)) for first in range(0, total, size)]
    jobs = min(workers(scenarios, settings), total)
    if jobs > 1:
        blocks = _evened(total, jobs, len(blocks))
    solved = _solved(scenarios[0]) if jobs > 1 else {}
    tasks = [Task(tuple(scenarios), block, settings.seed, solved, keep) for block in blocks]
    if jobs == 1:
        yield from map(run_block, tasks)
        return
    with _pool(jobs) as pool:
        with _interrupts_ignored():
            waiting = deque(pool.submit(run_block, task) for task in tasks)
        while waiting:
            yield waiting.popleft().result()


def run_block(task: Task) -> Piece:
    """Run one block of replications."""
    base, *alternatives = task.scenarios
    results = simulate(base, alternatives, task.numbers, task.seed, task.solved)
    sums = tuple(gather(blocks, own, base) for blocks, own in zip(results, task.scenarios, strict=True))
    return Piece(task.numbers, sums, results if task.keep else None)


# blocks and processes --------------------------------------------------------------------------------------------


def block_size(scenarios: Sequence[Scenario]) -> int:
    """Return how many replications run side by side."""
    posts = [_posts(scenario) for scenario in scenarios]
    return max(1, min(POSTS_AT_ONCE // max(map(max, posts)), POSTS_IN_ALL // max(map(sum, posts))))


def seconds(scenarios: Sequence[Scenario], replications: int) -> float:
    """Return about how long one process takes."""
    horizon, posts = scenarios[0].horizon, [sum(_posts(scenario)) for scenario in scenarios]
    lived = horizon.warm_up_months * posts[0] + horizon.months * sum(posts)
    months = horizon.warm_up_months + horizon.months * len(scenarios)
    kinds, blocks = len(_posts(scenarios[0])), -(-replications // block_size(scenarios))
    once = kinds * (SECONDS_TO_SOLVE + SECONDS_PER_MONTH * blocks * months)
    return once + SECONDS_PER_POST_MONTH * replications * lived


def workers(scenarios: Sequence[Scenario], settings: Settings) -> int:
    """Return how many processes to use: as many as asked for, else more than one only when it pays."""
    if settings.jobs is not None:
        return settings.jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    worth_it = seconds(scenarios, settings.replications) > WORTH_A_WORKER_SECONDS
    return min(MOST_WORKERS, cores) if worth_it else 1


def _posts(scenario: Scenario) -> list[int]:
    """Return the most posts that all employers of each kind have together."""
    return [plan.count * max(tables.posts.number for _, tables in plan.epochs) for plan in plans(scenario)]


def _evened(replications: int, jobs: int, blocks: int) -> list[range]:
    """Return blocks of one size, as many as the processes can share evenly."""
    count = min(replications, -(-blocks // jobs) * jobs)
    edges = [replications * number // count for number in range(count + 1)]
    return [range(first, last) for first, last in pairwise(edges)]


def _solved(base: Scenario) -> Solved:
    """Return the baseline hazards of every kind of employer, solved once for all processes."""
    found: Solved = {}
    for plan in plans(base):
        organisation = plan.epochs[0][1]
        world = world_of(organisation, base.horizon, feedback=base.experiment.feedback)
        found[plan.name] = solve_baseline(world, organisation)
    return found


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Give worker processes; when the work is broken off they finish the block in hand and no other.

    They are not ended by force: one that dies while it hands a result over leaves half of it in the pipe, and the
    parent would wait for the rest for ever.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


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


# what can be compared --------------------------------------------------------------------------------------------


def check_alike(scenarios: Sequence[Scenario], names: Sequence[str] = ()) -> None:
    """See that alternatives can start from the base's opening: same employers, same horizon.

    Args:
        scenarios: the base and its alternatives.
        names: what messages call them; their titles, if left out.

    Raises:
        ScenarioError: with everything that stands in the way.
    """
    base, *others = scenarios
    called = list(names) or [scenario.title or "scenario" for scenario in scenarios]
    problems = [
        problem for other, name in zip(others, called[1:], strict=True) for problem in _unlike(base, other, name)
    ]
    if problems:
        raise ScenarioError(problems)


def _unlike(base: Scenario, other: Scenario, name: str) -> Iterator[Problem]:
    for field_name in type(base.horizon).model_fields:
        here, there = getattr(base.horizon, field_name), getattr(other.horizon, field_name)
        if here != there:
            rule = f"must be as in the base ({shown(here)}), from whose opening it starts"
            yield Problem(name, None, f"horizon.{field_name}", shown(there), rule)
    ours, theirs = ({plan.name: plan.count for plan in plans(scenario)} for scenario in (base, other))
    if ours.keys() != theirs.keys():
        rule = f"kinds must be those of the base ({', '.join(ours)}): employers are compared one by one"
        yield Problem(name, None, "employer", ", ".join(theirs), rule)
    for kind in ours.keys() & theirs.keys():
        if ours[kind] != theirs[kind]:
            rule = f"must be as in the base ({ours[kind]}): employers are compared one by one"
            yield Problem(name, None, f"employer.{kind}.count", str(theirs[kind]), rule)
