"""What is checked once for all rows of a block depends on nothing in which rows may differ."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sim.scenario.check.consistency import CHECKS, OF_NUMBERS, consistency_faults
from sim.scenario.rows import rows_of
from sim.scenario.schema import Scenario
from tests.determinism.busy import audited, busy, crowded, endowed, poor, positioned, renewing
from tests.determinism.varied import varied


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
@pytest.mark.parametrize("world", [busy, crowded, endowed, audited, renewing, positioned, poor])
def test_checks_of_structure_read_no_number_that_may_differ_between_rows(world: Callable[[], Scenario]) -> None:
    """Rows that differ in every number: whoever reads one of them has an array, whose truth Python refuses."""
    rows = rows_of(varied(world(), 5, seed=3))
    structural = [check for _, check in CHECKS if check not in OF_NUMBERS]
    tables = [own for plan in rows.plans for _, own in plan.epochs]
    faults = [one for own in tables for check in structural for one in check(own, rows.horizon)]
    assert [one for one in faults if one.severity == "error"] == []
    with pytest.raises(ValueError, match="ambiguous"):
        list(consistency_faults(tables[0], rows.horizon, numbers_alone=True))
