"""Run a block of replications and bring back what views are drawn from, besides the sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from sim.results.views import Views, joined_views, views_of
from sim.runs.blocks import Task, run_block, solved_of
from sim.runs.futures.rows import Question, run_futures
from sim.runs.pieces import Piece


@dataclass(frozen=True)
class Viewed:
    """The result of a block: its piece, without the log, and the views of each scenario, the base first."""

    piece: Piece
    views: tuple[Views, ...]


def run_viewed(task: Task) -> Viewed:
    """Run one block of replications as `run_block` does, and keep what views are drawn from."""
    if task.futures is not None:
        return _viewed_futures(task, task.futures)
    piece = run_block(replace(task, keep=True))
    base = task.scenarios[0]
    told = zip(piece.results or (), task.scenarios, strict=True)
    views = tuple(views_of(blocks, scenario, base) for blocks, scenario in told)
    return Viewed(piece if task.keep else piece.light(), views)


def _viewed_futures(task: Task, question: Question) -> Viewed:
    made = run_futures(question, task.numbers, solved_of(task))
    views = made.in_order(lambda part, at: views_of(part.results[at], part.rows[at], part.rows[0]))
    return Viewed(made.piece(task.numbers, keep=task.keep), views)


def assembled_views(parts: Iterable[Viewed]) -> tuple[Views, ...]:
    """Return the views of each scenario over all blocks, in the order of the replications.

    Raises:
        ValueError: when there is no block, or a replication is in two of them.
    """
    ordered = sorted(parts, key=lambda one: one.piece.numbers.start)
    if not ordered:
        raise ValueError("no block of replications is there, so there is nothing to see yet")
    for before, after in pairwise(ordered):
        if after.piece.numbers.start < before.piece.numbers.stop:
            raise ValueError(f"replication {after.piece.numbers.start} is in two blocks")
    return tuple(joined_views(own) for own in zip(*(one.views for one in ordered), strict=True))
