"""A short name for a scenario that changes when its meaning does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sim.scenario.schema import Organization, Scenario
from sim.scenario.timeline import EmployerPlan, organization_table, plans

HEX_DIGITS = 16
IN_ORDER = "positions"  # take posts in their order
ORDER_IS_NOTHING = frozenset({"billable", "pays_for"})


def fingerprint(scenario: Scenario) -> str:
    """Return 16 hex digits over what is simulated: horizon, feedback, every employer's tables in time.

    Title, question, notes, seed and replications are left out; so is whatever no employer uses.
    """
    return digest(
        {
            "horizon": scenario.horizon.model_dump(),
            "feedback": scenario.experiment.feedback,
            "employers": [_employer(plan) for plan in plans(scenario)],
        }
    )


def organization_fingerprint(organization: Organization) -> str:
    """Return 16 hex digits over one organization's tables."""
    return digest(organization_table(organization))


def digest(meaning: Any) -> str:
    """Return 16 hex digits over plain values, whatever the order of keys."""
    text = json.dumps(canonical(meaning), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:HEX_DIGITS]


def _canonical_table(table: Mapping[str, Any], *, in_order: bool) -> Any:
    if in_order:
        return [[name, canonical(inner)] for name, inner in table.items()]
    return {name: canonical(inner, name) for name, inner in table.items()}


def canonical(value: Any, key: str = "") -> Any:
    """Return a value such that equal meanings are equal: 1 for 1.0, sets sorted and without doubles."""
    if isinstance(value, Mapping):
        return _canonical_table(value, in_order=key == IN_ORDER)
    if isinstance(value, list | tuple):
        items = [canonical(inner) for inner in value]
        return sorted(set(items)) if key in ORDER_IS_NOTHING else items
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _employer(plan: EmployerPlan) -> dict[str, Any]:
    epochs = [[month, organization_table(tables)] for month, tables in plan.epochs]
    return {"name": plan.name, "count": plan.count, "epochs": epochs}
