"""Raise the alarm when a change reaches what lies before it: in time, or upstream of it.

Base and alternative meet the same luck, so whatever a change cannot have touched is the same bit by bit. Two cases are
certain, and looked at in every block of a comparison:

- in time: nothing may differ before the first month in which the scenarios do;
- in kind: while the employer's rules are off and no rate rise passes through to wages, what changes money alone changes
  neither people nor services (`MONEY`: which inputs do so, and which columns may move with them).

A leak is a fault of the program, never of the scenario, and makes the comparison worthless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.run import BlockResult
from sim.scenario.differences import Difference, differences
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.units import month_number
from sim.world.log import Table

CASH: Final = frozenset({"cash", "receivable", "cost", "charged"})  # interest on negative cash is a cost
CLAIMS: Final = frozenset({"billed", "denied"})
MONEY: Final = (  # address of the input → the money that may move with it
    (r"funding\.[^.]+\.federal_share", frozenset[str]()),
    (r"funding\.[^.]+\.(payment_lag_days|payment_lag_spread|rework_recovered_share|audit_chance_per_year)", CASH),
    (r"funding\.[^.]+\.(rate_usd_per_unit|denial_share)", CASH | CLAIMS),
    (r"posts\.(overhead_share|fixed_usd_per_month)", CASH),
    (r"rules\.(opening_cash_usd|credit_interest_per_year)", CASH),
)
EMPLOYER: Final = re.compile(r"^employer\.[^.]+\.")


@dataclass(frozen=True)
class Upstream:
    """Say what an alternative must share with its base, bit by bit.

    `until` is the first month in which the two differ; `money` the only columns that may differ from then on, None
    where anything may.
    """

    until: int
    money: frozenset[str] | None

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to look at."""
        return self.until == 0 and self.money is None


def leaked(scenarios: Sequence[Scenario], results: Sequence[Sequence[BlockResult]]) -> tuple[tuple[str, ...], ...]:
    """Return what has leaked into each scenario, in words; the first is the base."""
    others = zip(scenarios[1:], results[1:], strict=True)
    return ((), *(leaks(results[0], theirs, upstream(scenarios[0], own)) for own, theirs in others))


def upstream(base: Scenario, other: Scenario) -> Upstream:
    """Return what an alternative must share with its base."""
    found = differences(base, other)
    start, months = month_number(base.horizon.start), base.horizon.months
    since = min((0 if one.at is None else month_number(one.at) - start for one in found), default=months)
    return Upstream(max(0, min(since, months)), _money(found) if _flows_one_way(base, other) else None)


def leaks(ours: Sequence[BlockResult], theirs: Sequence[BlockResult], shared: Upstream) -> tuple[str, ...]:
    """Return what differs between base and alternative and must not, in words; nothing when all is well."""
    if shared.empty:
        return ()
    return tuple(told for pair in zip(ours, theirs, strict=True) for told in _leaks_of(*pair, shared))


def _leaks_of(ours: BlockResult, theirs: BlockResult, shared: Upstream) -> Iterator[str]:
    for name in ("facts", "funding", "lines"):
        tables = getattr(ours, name), getattr(theirs, name)
        if not _same_before(*tables, float(shared.until)):
            yield f"{ours.kind}: {name} differ before month {shared.until}, from which alone the scenarios do"
    rows = max(0, shared.until - 1)  # a month's row tells of its close too, when the next month's rules are known
    apart = [name for name in ours.panel if not _alike(ours.panel[name][:rows], theirs.panel[name][:rows])]
    if apart:
        yield f"{ours.kind}: {', '.join(apart)} differ before month {shared.until}, from which alone the scenarios do"
    if shared.money is not None:
        yield from _upstream_of_money(ours, theirs, shared.money)


def _upstream_of_money(ours: BlockResult, theirs: BlockResult, money: frozenset[str]) -> Iterator[str]:
    apart = [name for name in ours.panel if name.split(".")[0] not in money]
    apart = [name for name in apart if not _alike(ours.panel[name], theirs.panel[name])]
    if not _same_before(ours.facts, theirs.facts, np.inf):
        apart = ["facts", *apart]
    if apart:
        yield f"{ours.kind}: {', '.join(apart)} differ, though the scenarios differ in money alone"


def _same_before(ours: Table, theirs: Table, time: float) -> bool:
    """Say whether two logs tell the same before a time; both are in the order in which they were written."""
    early = [table["time"] < time for table in (ours, theirs)]
    return all(_alike(ours[name][early[0]], theirs[name][early[1]]) for name in ours)


def _alike(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return np.array_equal(ours, theirs, equal_nan=ours.dtype.kind == "f")


def _money(found: Sequence[Difference]) -> frozenset[str] | None:
    """Return the columns that may move when all that differs is money; None when something else does."""
    columns: frozenset[str] = frozenset()
    for one in found:
        path = EMPLOYER.sub("", one.path)
        moved = next((columns for pattern, columns in MONEY if re.fullmatch(pattern, path)), None)
        if moved is None:
            return None
        columns |= moved
    return columns


def _flows_one_way(*scenarios: Scenario) -> bool:
    """Say whether money reaches neither people nor services: rules off, and no rise passed through to wages."""
    tables = [tables for scenario in scenarios for plan in plans(scenario) for _, tables in plan.epochs]
    return not any(one.rules.enforce or one.pay.pass_through_share for one in tables)
