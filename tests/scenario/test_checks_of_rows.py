"""What is checked once for all rows of a block depends on nothing in which rows may differ."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.scenario.by_row import row_of
from sim.scenario.check.consistency import CHECKS, faults_of_numbers
from sim.scenario.check.numbers import OF_NUMBERS, numbers_break
from sim.scenario.patch import put, split
from sim.scenario.rows import rows_of
from sim.scenario.schema import Scenario
from tests.determinism.busy import audited, busy, crowded, endowed, poor, positioned, renewing
from tests.determinism.varied import varied

WORLDS = (busy, crowded, endowed, audited, renewing, positioned, poor)


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
@pytest.mark.parametrize("world", WORLDS)
def test_checks_of_structure_read_no_number_that_may_differ_between_rows(world: Callable[[], Scenario]) -> None:
    """Rows that differ in every number: whoever reads one of them has an array, whose truth Python refuses."""
    rows = rows_of(varied(world(), 5, seed=3))
    structural = [check for _, check in CHECKS if check not in OF_NUMBERS]
    tables = [own for plan in rows.plans for _, own in plan.epochs]
    faults = [one for own in tables for check in structural for one in check(own, rows.horizon)]
    assert [one for one in faults if one.severity == "error"] == []
    with pytest.raises(ValueError, match="ambiguous"):
        list(faults_of_numbers(tables[0], rows.horizon))


@pytest.mark.parametrize("world", WORLDS)
def test_rows_are_refused_all_at_once_where_each_would_be_by_itself(world: Callable[[], Scenario]) -> None:
    """Numbers are moved far enough that rows break rules of every kind, and some rows break none."""
    within, beyond = varied(world(), 10, seed=3), varied(world(), 10, seed=4)
    rows = rows_of([*within, *(_far(one, number) for number, one in enumerate(beyond))])
    for tables in (own for plan in rows.plans for _, own in plan.epochs):
        told = [any(faults_of_numbers(row_of(tables, row), rows.horizon)) for row in range(rows.size)]
        assert {True, False} <= set(told)
        assert np.broadcast_to(numbers_break(tables), rows.size).tolist() == told
        for check, conditions in OF_NUMBERS.items():
            alone = np.array([any(check(row_of(tables, row), rows.horizon)) for row in range(rows.size)])
            broken = np.any([np.broadcast_to(one(tables), rows.size) for one in conditions], axis=0)
            assert not (alone & ~broken).any()


def _far(scenario: Scenario, seed: int) -> Scenario:
    """Return a scenario that breaks one of the rules, each in its turn, unchecked."""
    broken: list[dict[str, float]] = [
        {"time_use.individual": 0.99},
        {"place.black_share": 0.9, "place.non_white_share": 0.1},
        {"turnover.other_field_share": 0.9, "turnover.out_of_work_share": 0.9},
        {"effects.workload.burnout": 3.0},
        {"effects.workload.burnout": 6.0},
    ][seed % 5]
    table = scenario.model_dump()
    for address, value in broken.items():
        table = put(table, split(address), value)
    return Scenario.model_validate(table)
