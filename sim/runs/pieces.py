"""What comes of a block of replications, and blocks put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sim.model.engine.together import Results
from sim.results.blocks import Sums
from sim.results.sums import joined


class Lived(Protocol):
    """Results of futures beside the rows they came from: `sim.runs.futures.rows.Futures`."""

    def in_order(self, tell: Callable[[Any, int], Sums]) -> tuple[Sums, ...]:
        """Return for each scenario run what is told of each part and its place, rows in the order of their numbers."""


@dataclass(frozen=True)
class Piece:
    """The result of a block: the sums of each scenario, and the results themselves if they are kept.

    `leaks` tells, for each scenario, what reached where it could not: nothing, or the comparison is worthless. `apart`
    says of futures that an alternative could not be like some draw of the base's, so that all have another draw there.
    `drawn` has what futures drew, by address; nothing where assumptions are taken as known, or after a stay on disk.
    """

    numbers: range
    sums: tuple[Sums, ...]
    results: Results | None = None
    leaks: tuple[tuple[str, ...], ...] = ()
    apart: bool = False
    lived: Lived | None = None  # of futures whose results are kept, those results beside the rows they came from
    drawn: Sums = field(default_factory=dict)

    def light(self) -> Piece:
        """Return the piece without its results, which are large."""
        return replace(self, results=None, lived=None)


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
