"""Make rows of a scenario that differ in every number that rows of a block may differ in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from annotated_types import Ge, Gt
from pydantic import BaseModel

from sim.evidence.effects import load_effects
from sim.scenario.patch import put, split
from sim.scenario.rows import STRUCTURE
from sim.scenario.schema import Organization, Scenario

SMALLER = 0.9  # shares of a whole stay within it
COMMON = frozenset({"seed", "replications", "months", "warm_up_months", "count"})


def varied(scenario: Scenario, rows: int, seed: int) -> tuple[Scenario, ...]:
    """Return scenarios that are the given one, but for numbers: each as it is, a tenth nearer to 0, or its least.

    Least are lag 0, chance 0, spread 0, and so on: where the model goes another way.
    """
    generator = np.random.default_rng(seed)
    addresses = [one for one in numbers(scenario) if one[0].rpartition(".")[2] not in STRUCTURE]
    made = []
    for _ in range(rows):
        table = scenario.model_dump()
        for address, value, least in addresses:
            kind = generator.integers(0, 4)
            if kind == 0:
                table = put(table, split(address), type(value)(SMALLER * value))
            elif kind == 1 and least is not None and generator.random() < 0.3:
                table = put(table, split(address), type(value)(least))
        made.append(Scenario.model_validate(table))
    return tuple(made)


def numbers(scenario: Scenario) -> list[tuple[str, Any, Any]]:
    """Return address, value and least value of every number in a scenario's top tables, and of every effect."""
    found = [one for name in Organization.model_fields for one in _inside(scenario, name, "")]
    return [*found, *((f"effects.{key}", one.effect, 0.0) for key, one in load_effects().items())]


def _inside(table: Any, name: str, before: str) -> list[tuple[str, Any, Any]]:
    address = f"{before}.{name}".lstrip(".")
    value = table[name] if isinstance(table, Mapping) else getattr(table, name)
    if isinstance(value, BaseModel):
        return [one for inner in type(value).model_fields for one in _inside(value, inner, address)]
    if isinstance(value, Mapping):
        return [one for inner in value for one in _inside(value, inner, address)]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    return [(address, value, None if isinstance(table, Mapping) else _least(type(table), name, value))]


def _least(table: type[BaseModel], name: str, value: Any) -> Any:
    bounds = [one.ge for one in table.model_fields[name].metadata if isinstance(one, Ge)]
    assert not any(isinstance(one, Gt) for one in table.model_fields[name].metadata)
    return bounds[0] if bounds and not isinstance(value, int) else None
