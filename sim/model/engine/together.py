"""Project alternatives of one structure in one block, as many as keep its arrays in the cache.

A month costs a block some 2,500 calls whatever its size, so a few alternatives of few rows take little longer together
than one of them takes alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.luck.block_luck import CopiedLuck
from sim.model.engine.opening import Opening
from sim.model.engine.pilot import POSTS_AT_ONCE
from sim.model.engine.run import BlockResult, Kind, project
from sim.model.world.log import Table
from sim.model.world.terms import compile_terms
from sim.scenario.by_row import taken
from sim.scenario.rows import Rows, one_after_another, plans_of, structure_of

Results = list[list[BlockResult]]  # by scenario (the base first), by kind of employer


def projected(scenarios: Sequence[Rows], kinds: Sequence[Kind]) -> Results:
    """Return what comes of scenarios that start from the same openings, in their order: the bits of each alone."""
    found: Results = [[] for _ in scenarios]
    for places in _batches(scenarios, kinds):
        for place, result in zip(places, _lived([scenarios[place] for place in places], kinds), strict=True):
            found[place] = result
    return found


def _batches(scenarios: Sequence[Rows], kinds: Sequence[Kind]) -> Iterator[list[int]]:
    """Yield the places of scenarios that are lived together."""
    if not _may_stand_together(kinds):
        yield from ([place] for place in range(len(scenarios)))
        return
    groups: dict[Hashable, list[int]] = {}
    for place, scenario in enumerate(scenarios):
        groups.setdefault(structure_of(scenario), []).append(place)
    for places in groups.values():
        room = max(1, POSTS_AT_ONCE // _posts(scenarios[places[0]], kinds))
        yield from (places[first : first + room] for first in range(0, len(places), room))


def _posts(scenario: Rows, kinds: Sequence[Kind]) -> int:
    """Most posts that a block of one kind of a scenario holds."""
    posts = {plan.name: max(tables.posts.number for _, tables in plan.epochs) for plan in plans_of(scenario)}
    return max(kind.numbers.size * max(posts[kind.name], kind.opening.roster.posts) for kind in kinds)


def _lived(scenarios: Sequence[Rows], kinds: Sequence[Kind]) -> Results:
    if len(scenarios) == 1:
        return [project(scenarios[0], kinds)]
    copies = len(scenarios)
    results = project(one_after_another(scenarios), [_copied(kind, copies) for kind in kinds])
    own = [_parted(result, kind, copies) for result, kind in zip(results, kinds, strict=True)]
    return [list(of_one) for of_one in zip(*own, strict=True)]


def _may_stand_together(kinds: Sequence[Kind]) -> bool:
    """Whether alternatives may be lived in one block: not where employers meet, who would meet those of others."""
    return all(kind.world.others is None and not kind.plan.epochs[0][1].market.employers_meet for kind in kinds)


# copies of an opening ----------------------------------------------------------------------------------------------


def _copied(kind: Kind, copies: int) -> Kind:
    """Return a kind of employer whose employers stand there several times over, with the same random numbers."""
    size = kind.numbers.size
    return replace(
        kind,
        world=replace(
            _tiled(kind.world, copies),
            reference_shares=_of_posts(kind.world.reference_shares, copies),
        ),
        opening=_opening(kind, copies),
        numbers=np.tile(kind.numbers, copies),
        owners=np.tile(kind.owners, copies),
        plan=taken(kind.plan, np.tile(np.arange(size // kind.plan.count), copies)),
    )


def _opening(kind: Kind, copies: int) -> Opening:
    opening, size = kind.opening, kind.numbers.size
    tables = taken(kind.plan, np.tile(np.repeat(np.arange(size // kind.plan.count), kind.plan.count), copies))
    roster = replace(_tiled(opening.roster, copies), employers=size * copies)
    return Opening(
        roster=roster,
        employers=_tiled(opening.employers, copies),
        pending=tuple(_tiled(receipt, copies) for receipt in opening.pending),
        received=_tiled(opening.received, copies),
        luck=CopiedLuck(opening.luck, size, opening.roster.posts, copies),
        terms=compile_terms(tables.epochs[0][1]),
        leaving=opening.leaving,  # of the base, whatever is lived from it
    )


def _of_posts(shares: NDArray[Any] | None, copies: int) -> NDArray[Any] | None:
    """Shares by post of the base: the same for all employers, or with a column an employer."""
    return np.tile(shares, copies) if shares is not None and shares.ndim == 2 else shares


def _tiled(value: Any, copies: int) -> Any:
    """A value in which every array, whose last axis runs over employers or their posts, is there several times over."""
    if isinstance(value, np.ndarray):
        return np.tile(value, copies)
    if isinstance(value, Mapping):
        return {name: _tiled(one, copies) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _tiled(getattr(value, one.name), copies) for one in fields(value)})
    return value


def _parted(result: BlockResult, kind: Kind, copies: int) -> list[BlockResult]:
    """Return what came of each copy, as if it had been lived by itself."""
    size = kind.numbers.size
    return [_part(result, kind, range(size * number, size * (number + 1))) for number in range(copies)]


def _part(result: BlockResult, kind: Kind, employers: range) -> BlockResult:
    own = slice(employers.start, employers.stop)
    cash = result.opening_cash
    return replace(
        result,
        replications=kind.numbers,
        owners=kind.owners,
        opening_cash=cash[own] if isinstance(cash, np.ndarray) else cash,
        facts=_rows(result.facts, "row", employers, result.posts),
        funding=_rows(result.funding, "employer", employers),
        lines=_rows(result.lines, "employer", employers),
        panel={name: column[:, own] for name, column in result.panel.items()},
    )


def _rows(table: Table, name: str, employers: range, posts: int = 1) -> Table:
    """Rows of a log that tell of some employers, these counted from the first of them."""
    first, last = employers.start * posts, employers.stop * posts
    mine = (table[name] >= first) & (table[name] < last)
    return {**{column: values[mine] for column, values in table.items()}, name: table[name][mine] - first}
