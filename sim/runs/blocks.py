"""Cut an experiment into blocks of replications that fit in memory, and run one.

A replication is a pure function of scenario, seed and its number, so blocks may be of any size and run anywhere: the
same bits come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sim.model.engine.baselines import baseline_for
from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import Baseline
from sim.results.blocks import Sums
from sim.results.sums import gather, joined
from sim.runs.leaks import leaked
from sim.scenario.rows import Ran, one_of, plans_of

POSTS_AT_ONCE = 16_384  # of one kind of employer: arrays that stay in the cache
POSTS_IN_ALL = 32_768  # of all kinds: some 300 MB a process
SECONDS_PER_POST_MONTH, SECONDS_PER_MONTH, SECONDS_TO_SOLVE = 1e-6, 3e-3, 0.4  # the latter two for each kind

Results = list[list[BlockResult]]  # by scenario (the base first), by kind of employer
Solved = dict[str, Baseline]


@dataclass(frozen=True)
class Task:
    """One block of replications to run."""

    scenarios: tuple[Ran, ...]  # the base first
    numbers: range
    seed: int
    solved: Solved = field(default_factory=dict)
    keep: bool = False  # hand the results over too


@dataclass(frozen=True)
class Piece:
    """The result of a block: the sums of each scenario, and the results themselves if they are kept.

    `leaks` tells, for each scenario, what reached where it could not: nothing, or the comparison is worthless.
    """

    numbers: range
    sums: tuple[Sums, ...]
    results: Results | None = None
    leaks: tuple[tuple[str, ...], ...] = ()

    def light(self) -> Piece:
        """Return the piece without its results, which are large."""
        return replace(self, results=None)


def run_block(task: Task) -> Piece:
    """Run one block of replications."""
    base, *alternatives = task.scenarios
    results = simulate(base, alternatives, task.numbers, task.seed, task.solved)
    sums = tuple(gather(blocks, own, base) for blocks, own in zip(results, task.scenarios, strict=True))
    told = leaked([one_of(own) for own in task.scenarios], results)
    return Piece(task.numbers, sums, results if task.keep else None, told)


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
    return once + SECONDS_PER_POST_MONTH * replications * lived


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
    return {plan.name: baseline_for(base, plan.name) for plan in plans_of(base)}


def missing(numbers: range, done: Iterable[range]) -> list[range]:
    """Return the stretches of replications that are not done."""
    gaps, first = [], numbers.start
    for block in sorted(done, key=lambda block: block.start):
        if block.start > first:
            gaps.append(range(first, min(block.start, numbers.stop)))
        first = max(first, block.stop)
        if first >= numbers.stop:
            return gaps
    return [*gaps, range(first, numbers.stop)]


def assembled(pieces: Iterable[Piece], numbers: range) -> tuple[Sums, ...]:
    """Return the sums of each scenario over replications that the pieces hold between them, each once, in order.

    Raises:
        ValueError: when a replication is in none of the pieces.
    """
    parts, upto = [], numbers.start
    for piece in sorted(pieces, key=lambda piece: piece.numbers.start):
        first, last = max(piece.numbers.start, upto), min(piece.numbers.stop, numbers.stop)
        if first > upto:
            break
        if last > first:
            parts.append(_part(piece, first - piece.numbers.start, last - piece.numbers.start))
            upto = last
    if upto < numbers.stop:
        raise ValueError(f"replication {upto} is in none of the pieces")
    return tuple(joined(own) for own in zip(*parts, strict=True))


def _part(piece: Piece, first: int, last: int) -> tuple[Sums, ...]:
    return tuple({name: values[first:last] for name, values in own.items()} for own in piece.sums)


def _posts(scenario: Ran) -> list[int]:
    """Return the most posts that all employers of each kind have together."""
    return [plan.count * max(tables.posts.number for _, tables in plan.epochs) for plan in plans_of(scenario)]
