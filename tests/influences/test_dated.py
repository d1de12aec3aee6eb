"""An input that changes by date changes nothing before: in one small world, at night (`PEERSTAY_WHOLE=1`) in all."""

from __future__ import annotations

import os

import pytest

from sim.model.engine.run import simulate
from sim.runs.leaks import leaks, upstream
from sim.scenario.files import load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from sim.units import month_number, month_text
from tests.influences.perturbing import REPLICATIONS, SEED, Tables, moves, worlds
from tests.worlds import merged

AFTER = 4  # months
SHORT = {"horizon": {"months": AFTER + 2}}
TOGETHER = 40  # alternatives of one run
NAMES = list(worlds()) if os.environ.get("PEERSTAY_WHOLE") else ["calm"]


def _dated(tables: Tables, at: str) -> dict[str, Scenario]:
    """Return what can be changed by date, each change a scenario."""
    found = {}
    for _, move in moves(tables, 1):
        change = {"at": at, "set": dict(move)}
        found |= {repr(move): one for one in _sound({**tables, "change": [*tables.get("change", []), change]})}
    return found


def _sound(tables: Tables) -> list[Scenario]:
    try:
        return [load_table(tables).scenario]
    except ScenarioError:
        return []  # not every input may change by date


@pytest.mark.parametrize("name", NAMES)
def test_nothing_differs_before_the_date(name: str) -> None:
    tables = merged(worlds()[name], SHORT)
    base = load_table(tables).scenario
    dated = _dated(tables, month_text(month_number(base.horizon.start) + AFTER))
    assert len(dated) > 100
    told: dict[str, tuple[str, ...]] = {}
    for first in range(0, len(dated), TOGETHER):
        part = list(dated)[first : first + TOGETHER]
        ours, *others = simulate(base, [dated[one] for one in part], REPLICATIONS, SEED)
        for move, theirs in zip(part, others, strict=True):
            if found := leaks(ours, theirs, upstream(base, dated[move])):
                told[move] = found
    assert not told
