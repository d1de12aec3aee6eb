"""Solve the baseline hazards of a kind of employer: of one scenario, or of every row's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.engine.baseline import solve_baseline
from sim.model.engine.opening import world_of
from sim.model.rules.turnover import Baseline
from sim.scenario.rows import Ran
from sim.scenario.schema import Organization, Scenario
from sim.scenario.timeline import plans


def baseline_for(base: Ran, kind: str) -> Baseline:
    """Return the baseline hazards of a kind of employer: one number each, or one a replication where rows differ."""
    if isinstance(base, Scenario):
        return _alone(base, next(plan.epochs[0][1] for plan in plans(base) if plan.name == kind))
    found: dict[int, Baseline] = {}
    own = base.alone(kind)
    for organization in own:
        if id(organization) not in found:
            found[id(organization)] = _alone(base, organization)
    return stacked([found[id(organization)] for organization in own])


def _alone(base: Ran, organization: Organization) -> Baseline:
    return solve_baseline(world_of(organization, base.horizon, feedback=base.experiment.feedback), organization)


def stacked(own: list[Baseline]) -> Baseline:
    """Return the hazards of each replication as arrays; as they are, where all are the same."""
    if all(one == own[0] for one in own):
        return own[0]
    columns = [np.array([getattr(one, name) for one in own]) for name in ("voluntary", "dismissal", "other")]
    return Baseline(*columns)


def by_employer(baseline: Baseline, count: int) -> Baseline:
    """Return hazards by replication as hazards by employer, of whom each replication has so many."""

    def repeated(value: Any) -> Any:
        return np.repeat(value, count) if isinstance(value, np.ndarray) else value

    if not isinstance(baseline.voluntary, np.ndarray):
        return baseline
    return Baseline(repeated(baseline.voluntary), repeated(baseline.dismissal), repeated(baseline.other))
