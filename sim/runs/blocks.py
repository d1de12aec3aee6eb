"""Cut an experiment into blocks of replications that fit in memory, and run one.

A replication is a pure function of scenario, seed and its number, so blocks may be of any size and run anywhere: the
same bits come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sim.model.engine.baselines import all_baselines
from sim.model.engine.meeting import moves
from sim.model.engine.pilot import POSTS_AT_ONCE
from sim.model.engine.run import opened
from sim.model.engine.together import projected
from sim.model.rules.turnover import Baseline
from sim.results.sums import gather
from sim.runs.futures.openings import RowHazards, kept_opening
from sim.runs.futures.rows import Question, run_futures
from sim.runs.leaks import leaked
from sim.runs.pieces import Piece
from sim.scenario.rows import Ran, Rows, alike, one_of, plans_of

POSTS_IN_ALL = 51_200  # of all kinds: some 300 MB a process
SECONDS_PER_POST_MONTH, SECONDS_PER_MONTH, SECONDS_TO_SOLVE = 1e-6, 3e-3, 0.4  # the latter two for each kind
WHERE_PEOPLE_MOVE = 1.05  # measured: what a market of people takes beside one of wages

Solved = dict[str, Baseline]


@dataclass(frozen=True)
class Task:
    """One block of replications to run."""

    scenarios: tuple[Ran, ...]  # the base first
    numbers: range
    seed: int
    solved: Solved = field(default_factory=dict)
    keep: bool = False  # hand the results over too
    futures: Question | None = None  # what each replication draws anew; nothing where assumptions are taken as known
    wanted: tuple[int, ...] | None = None  # the places of the scenarios that are run; all, if left out
    known: RowHazards | None = None  # of futures, the rows' own hazards, where they have been solved already


def run_block(task: Task) -> Piece:
    """Run one block of replications."""
    if task.futures is not None:
        futures = run_futures(task.futures, task.numbers, solved_of(task), task.wanted, task.known)
        return futures.piece(task.numbers, keep=task.keep)
    base, size = task.scenarios[0], len(task.numbers)
    everyone = [own if isinstance(own, Rows) else alike(own, size) for own in task.scenarios]
    meaning = base, task.numbers, task.seed, task.solved
    kinds = kept_opening(meaning, lambda: opened(base, task.numbers, task.seed, task.solved))
    places = range(len(everyone)) if task.wanted is None else task.wanted
    results = projected([everyone[place] for place in places], kinds)
    sums = tuple(gather(blocks, task.scenarios[place], base) for blocks, place in zip(results, places, strict=True))
    whole = len(places) == len(everyone)
    told = leaked([one_of(own) for own in task.scenarios], results) if whole else ()
    return Piece(task.numbers, sums, results if task.keep else None, told)


def solved_of(task: Task) -> Solved:
    """Return the base's baseline hazards, solved here where nobody has."""
    base = task.scenarios[0]
    return {**solved_for(base), **task.solved} if len(task.solved) < len(plans_of(base)) else task.solved


def block_size(scenarios: Sequence[Ran]) -> int:
    """Return how many replications run side by side."""
    posts = [_posts(scenario) for scenario in scenarios]
    return max(1, min(POSTS_AT_ONCE // max(map(max, posts)), POSTS_IN_ALL // max(map(sum, posts))))


def seconds(scenarios: Sequence[Ran], replications: int) -> float:
    """Return about how long one process takes."""
    horizon, posts = scenarios[0].horizon, [sum(_posts(scenario)) for scenario in scenarios]
    lived = horizon.warm_up_months * posts[0] + horizon.months * sum(posts)
    months = horizon.warm_up_months + horizon.months * len(scenarios)
    kinds, blocks = len(_posts(scenarios[0])), -(-replications // block_size(scenarios))
    once = kinds * (SECONDS_TO_SOLVE + SECONDS_PER_MONTH * blocks * months)
    times = WHERE_PEOPLE_MOVE if any(map(moves, plans_of(scenarios[0]))) else 1.0
    return once + times * SECONDS_PER_POST_MONTH * replications * lived


def cut(numbers: Iterable[range], size: int, workers: int = 1) -> list[range]:
    """Return blocks of at most `size` replications, each range cut into as many as the workers can share evenly."""
    blocks = []
    for whole in numbers:
        needed = -(-len(whole) // size)
        count = min(len(whole), -(-needed // workers) * workers)
        edges = [whole.start + len(whole) * number // count for number in range(count + 1)]
        blocks += [range(first, last) for first, last in pairwise(edges)]
    return blocks


def solved_for(base: Ran) -> Solved:
    """Return the baseline hazards of every kind of employer, solved once for all blocks."""
    kinds = [plan.name for plan in plans_of(base)]
    return dict(zip(kinds, all_baselines(base, kinds), strict=True))


def _posts(scenario: Ran) -> list[int]:
    """Return the most posts that all employers of each kind have together."""
    return [plan.count * max(tables.posts.number for _, tables in plan.epochs) for plan in plans_of(scenario)]
