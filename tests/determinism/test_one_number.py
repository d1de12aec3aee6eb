"""Rows that differ in one number alone are what they are alone: where that number is by row, all others are plain."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from sim.scenario.patch import put, split
from sim.scenario.rows import STRUCTURE
from sim.scenario.schema import Scenario
from tests.determinism.busy import busy_portfolio, moving, poor, positioned, renewing
from tests.determinism.rows import Alone, strays
from tests.determinism.varied import numbers
from tests.worlds import merged

SHORT = {"horizon": {"months": 3, "warm_up_months": 0}}
FLOOR = {"pay": {"floor": {"kind": "living_wage", "phase_in_months": 3.0}}}
WHOLE = bool(os.environ.get("PEERSTAY_WHOLE"))


def lifted(**more: Any) -> Scenario:
    """Return posts that differ in wage and hours, raises by year of service, and a floor that lifts some."""
    return positioned(**merged(FLOOR, more))


def pairs(scenario: Scenario) -> dict[str, tuple[Scenario, Scenario]]:
    """Return by address the scenario and the same with one number nearer to 0."""
    found = {}
    for address, value, _ in numbers(scenario):
        if value and address.rpartition(".")[2] not in STRUCTURE:
            other = put(scenario.model_dump(), split(address), type(value)(0.9 * value))
            found[address] = (scenario, Scenario.model_validate(other))
    return found


@pytest.mark.parametrize("world", [lifted, *((positioned, poor, renewing, busy_portfolio, moving) if WHOLE else ())])
def test_rows_that_differ_in_one_number_are_what_they_are_alone(world: Callable[..., Scenario]) -> None:
    found, first = pairs(world(**SHORT)), Alone()
    assert len(found) > 150
    assert [address for address, rows in found.items() if strays([(one, one) for one in rows], same_first=first)] == []
