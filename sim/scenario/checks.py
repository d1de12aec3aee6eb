"""Check a draft and name every fault at once."""

from __future__ import annotations

import pydantic

from sim.scenario.defaults import resolve
from sim.scenario.draft import Draft
from sim.scenario.problems import Problem, ScenarioError, dotted, shown
from sim.scenario.schema import Scenario


def checked(draft: Draft) -> tuple[Scenario, tuple[Problem, ...]]:
    """Return the resolved scenario and its warnings; raise ScenarioError with every fault."""
    try:
        scenario = Scenario.model_validate(draft.data)
    except pydantic.ValidationError as faults:
        raise ScenarioError(
            Problem(*draft.where(one["loc"]), dotted(one["loc"]), shown(one["input"]), one["msg"])
            for one in faults.errors()
        ) from None
    return resolve(scenario), ()
