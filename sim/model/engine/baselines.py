"""Solve the baseline hazards of a kind of employer: of one scenario, or of every row's own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from sim.model.engine.baseline import solve_baseline
from sim.model.engine.block import World
from sim.model.engine.market.others import Others, others_at_start
from sim.model.engine.opening import world_of
from sim.model.rules.turnover import Baseline
from sim.scenario.rows import Ran, plans_of
from sim.scenario.schema import Organization, Scenario
from sim.scenario.timeline import EmployerPlan, plans

MOST_REMEMBERED: Final = 512
_LATELY: Final[OrderedDict[str, Baseline]] = OrderedDict()


def baseline_for(base: Ran, kind: str) -> Baseline:
    """Return the baseline hazards of a kind of employer: one number each, or one a replication where rows differ."""
    return next(all_baselines(base, [kind]))


def all_baselines(base: Ran, kinds: Sequence[str]) -> Iterator[Baseline]:
    """Yield the baseline hazards of kinds of employers; what they have in common is found once."""
    seen, own = others_at_start(base), {plan.name: plan for plan in plans_of(base)}
    for kind in kinds:
        yield _baseline(base, own[kind], seen.get(kind))


def _baseline(base: Ran, plan: EmployerPlan, others: Others | None) -> Baseline:
    if isinstance(base, Scenario):
        return solved_once(base, plan.epochs[0][1], others)
    found: dict[tuple[int, Others | None], Baseline] = {}
    own = [(one, others and others.of_row(place)) for place, one in enumerate(base.alone(plan.name))]
    for organization, theirs in own:
        if (id(organization), theirs) not in found:
            found[id(organization), theirs] = solved_once(base, organization, theirs)
    return stacked([found[id(organization), theirs] for organization, theirs in own])


def solved_once(base: Ran, organization: Organization, others: Others | None) -> Baseline:
    """Return the baseline hazards of an organization: what was asked lately is remembered, for a pilot takes its time.

    Tables, horizon, whether the loops are on and what the others pay are all that a pilot is made from.
    """
    told = _told(base, organization, others)
    found = _LATELY.pop(told, None) or solve_baseline(world_at_start(base, organization, others), organization)
    _LATELY[told] = found  # at the end: the one that was asked for longest ago goes first
    if len(_LATELY) > MOST_REMEMBERED:
        _LATELY.popitem(last=False)
    return found


def meanings_of(base: Scenario) -> dict[str, str]:
    """Return by kind of employer all that its baseline hazards follow from, in words."""
    seen = others_at_start(base)
    return {plan.name: _told(base, plan.epochs[0][1], seen.get(plan.name)) for plan in plans(base)}


def _told(base: Ran, organization: Organization, others: Others | None) -> str:
    return repr((organization, base.horizon, base.experiment.feedback, others))


def world_at_start(base: Ran, organization: Organization, others: Others | None) -> World:
    """Return the world of a pilot: of one kind of employer, that sees what the others of its base pay."""
    return replace(world_of(organization, base.horizon, feedback=base.experiment.feedback), others=others)


def stacked(own: list[Baseline]) -> Baseline:
    """Return the hazards of each replication as arrays; as they are, where all are the same."""
    if all(one == own[0] for one in own):
        return own[0]
    columns = [np.array([getattr(one, name) for one in own]) for name in ("voluntary", "dismissal", "other")]
    return Baseline(*columns)


def by_employer(baseline: Baseline, count: int) -> Baseline:
    """Return hazards by replication as hazards by employer, of whom each replication has so many."""

    def repeated(value: Any) -> Any:
        return np.repeat(value, count) if isinstance(value, np.ndarray) else value  # one of three may differ by row

    return Baseline(repeated(baseline.voluntary), repeated(baseline.dismissal), repeated(baseline.other))
