"""Raise the alarm when a change reaches what lies before it: in time, or upstream of it.

Both use the same random numbers, so whatever a change cannot have touched is the same bit by bit; where posts are added
by date, a block is wider from its start, and sums over its posts round otherwise in their last bits. Two cases are
certain, and looked at in every block of a comparison:

- in time: nothing may differ before the first month in which the scenarios do;
- in kind: what the influence graph (`sim/influences`) says that a change cannot reach under these settings is the same
  to the end. While the employer's rules are off, a rate changes money alone, and neither people nor services.

A leak is a fault of the program, never of the scenario, and makes the comparison worthless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.influences.graph import factors_of_column
from sim.influences.measures import FACTS
from sim.model.engine.run import BlockResult
from sim.model.world.log import Table
from sim.scenario.check.reach import reached
from sim.scenario.differences import differences
from sim.scenario.schema import Scenario
from sim.units import month_number

Alike = Callable[[np.ndarray, np.ndarray], bool]
ROUNDING: Final = 1e-9  # far above the last bits of a sum, far below what any change does


@dataclass(frozen=True)
class Upstream:
    """What an alternative must share with its base, bit by bit.

    `until` is the first month in which the two differ; `reached` are the factors that may differ from then on, None
    where anything may.
    """

    until: int
    reached: frozenset[str] | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return self.until == 0 and self.reached is None


def leaked(scenarios: Sequence[Scenario], results: Sequence[Sequence[BlockResult]]) -> tuple[tuple[str, ...], ...]:
    """Return what has leaked into each scenario, in words; the first is the base."""
    others = zip(scenarios[1:], results[1:], strict=True)
    return ((), *(leaks(results[0], theirs, upstream(scenarios[0], own)) for own, theirs in others))


def upstream(base: Scenario, other: Scenario) -> Upstream:
    """Return what an alternative must share with its base."""
    found = differences(base, other)
    start, months = month_number(base.horizon.start), base.horizon.months
    since = min((0 if one.at is None else month_number(one.at) - start for one in found), default=months)
    factors = reached(base, other, found)
    return Upstream(max(0, min(since, months)), None if factors is None else frozenset(factors))


def leaks(ours: Sequence[BlockResult], theirs: Sequence[BlockResult], shared: Upstream) -> tuple[str, ...]:
    """Return what differs between base and alternative and must not, in words; nothing when all is well."""
    if shared.empty:
        return ()
    return tuple(told for pair in zip(ours, theirs, strict=True) for told in _leaks_of(*pair, shared))


def _leaks_of(ours: BlockResult, theirs: BlockResult, shared: Upstream) -> Iterator[str]:
    if shared.until:
        yield from _before(ours, theirs, shared.until)
    if shared.reached is not None:
        yield from _out_of_reach(ours, theirs, shared.reached)


def _before(ours: BlockResult, theirs: BlockResult, until: int) -> Iterator[str]:
    alike = _alike_in(ours, theirs)
    for name in ("facts", "funding", "lines"):
        if not _same_before(_log(ours, name), _log(theirs, name), float(until), alike):
            yield f"{ours.kind}: {name} differ before month {until}, from which alone the scenarios do"
    rows = max(0, until - 1)  # a month's row tells of its close too, when the next month's rules are known
    both = [name for name in ours.panel if name in theirs.panel]  # each source and rung has columns of its own
    apart = [name for name in both if not alike(ours.panel[name][:rows], theirs.panel[name][:rows])]
    if apart:
        yield f"{ours.kind}: {', '.join(apart)} differ before month {until}, from which alone the scenarios do"


def _out_of_reach(ours: BlockResult, theirs: BlockResult, factors: frozenset[str]) -> Iterator[str]:
    alike = _alike_in(ours, theirs)
    apart = [name for name in ours.panel if name in theirs.panel and factors.isdisjoint(factors_of_column(name))]
    apart = [name for name in apart if not alike(ours.panel[name], theirs.panel[name])]
    if factors.isdisjoint(FACTS) and not _same_before(_log(ours, "facts"), _log(theirs, "facts"), np.inf, alike):
        apart = ["facts", *apart]
    if apart:
        yield f"{ours.kind}: {', '.join(apart)} differ, though nothing in which the scenarios differ reaches them"


def _log(block: BlockResult, name: str) -> Table:
    """Return a log, its people by employer and post: a block has more rows where posts are added later."""
    table: Table = getattr(block, name)
    if "row" not in table:
        return table
    employer, post = np.divmod(table["row"], block.posts)
    return {**table, "row": employer, "post": post}


def _same_before(ours: Table, theirs: Table, time: float, alike: Alike) -> bool:
    """Whether two logs agree before a time; both are in the order in which they were written."""
    early = [table["time"] < time for table in (ours, theirs)]
    return all(alike(ours[name][early[0]], theirs[name][early[1]]) for name in ours)


def _alike_in(ours: BlockResult, theirs: BlockResult) -> Alike:
    return _bit_by_bit if ours.posts == theirs.posts else _but_for_rounding


def _bit_by_bit(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return np.array_equal(ours, theirs, equal_nan=ours.dtype.kind == "f")


def _but_for_rounding(ours: np.ndarray, theirs: np.ndarray) -> bool:
    if ours.dtype.kind != "f":
        return np.array_equal(ours, theirs)
    return ours.shape == theirs.shape and np.allclose(ours, theirs, rtol=ROUNDING, atol=ROUNDING, equal_nan=True)
