"""Join what came of parts of a block, whose rows differ in structure, and what blocks drew, row after row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult
from sim.model.world.log import Table
from sim.results.blocks import Sums
from sim.runs.pieces import Piece, assembled, missing

Places = NDArray[np.int64]


def joined_results(parts: Sequence[BlockResult]) -> BlockResult:
    """Return one result of employers of one kind, in the order of their replications and of their places there."""
    first = parts[0]
    if len(parts) == 1:
        return first
    replications = np.concatenate([one.replications for one in parts])
    owners = np.concatenate([one.owners for one in parts])
    order = np.lexsort((owners, replications))
    beside = list(zip(parts, _places(parts, order), strict=True))
    cash = np.concatenate([np.broadcast_to(one.opening_cash, one.replications.size) for one in parts])
    return replace(
        first,
        replications=replications[order],
        owners=owners[order],
        opening_cash=cash[order],
        facts=_table([_people(one.facts, to, first.posts) for one, to in beside]),
        funding=_table([_money(one.funding, to) for one, to in beside]),
        lines=_table([_money(one.lines, to) for one, to in beside]),
        panel={name: _in_order([one.panel[name] for one in parts], order) for name in first.panel},
    )


def _places(parts: Sequence[BlockResult], order: NDArray[np.intp]) -> list[Places]:
    """Where the employers of each part stand among all of them."""
    places = np.empty_like(order)
    places[order] = np.arange(order.size)
    return np.split(places, np.cumsum([one.replications.size for one in parts])[:-1])


def _in_order(columns: Sequence[NDArray[Any]], order: NDArray[np.intp]) -> NDArray[Any]:
    """A column of the panel over all employers, in their order."""
    return np.concatenate(columns, axis=1)[:, order]


def _people(facts: Table, to: Places, posts: int) -> Table:
    row = facts["row"].astype(np.int64)
    return facts | {"row": _as(facts["row"], to[row // posts] * posts + row % posts)}


def _money(amounts: Table, to: Places) -> Table:
    return amounts | {"employer": _as(amounts["employer"], to[amounts["employer"].astype(np.int64)])}


def _as(column: NDArray[Any], values: Places) -> NDArray[Any]:
    return values.astype(np.promote_types(column.dtype, np.min_scalar_type(int(values.max(initial=0)))))


def _table(parts: Sequence[Table]) -> Table:
    return {name: np.concatenate([one[name] for one in parts]) for name in parts[0]}


def remember(draws: dict[range, Sums], pieces: Iterable[Piece], numbers: range) -> None:
    """Take over from blocks what rows drew, if they tell it of all of them: whoever asks need not settle it again."""
    told = [replace(piece, sums=(piece.drawn,)) for piece in pieces if piece.drawn]
    if not missing(numbers, (piece.numbers for piece in told)):
        draws.clear()
        (draws[numbers],) = assembled(told, numbers)
