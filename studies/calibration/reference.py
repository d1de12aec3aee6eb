"""Build the reference workforce: typical employers with rules off, at which every cause of the model is zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sim.model.engine.baseline import solve_baseline
from sim.model.engine.luck.block_luck import BlockLuck
from sim.model.engine.opening import Opening, open_block, world_of
from sim.model.engine.run import BlockResult, Kind, project
from sim.model.rules.turnover import Baseline
from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans

EMPLOYERS, POSTS = 60, 20
WAGE, LIVING_WAGE = 17.0, 20.0  # their ratio, .85, is where pay adequacy is 0; the wage is the outside wage
SEED: Final = 20_260_101

Tables = dict[str, Any]
Parameters = Mapping[str, float]


@dataclass(frozen=True)
class Parameter:
    """Where a free parameter acts, how far it may go, and on what grid it is fitted."""

    name: str
    path: tuple[str, ...]
    low: float
    high: float
    step: float
    prior: float  # from evidence alone: where the targets do not tell, the value nearer to it is taken
    card: str
    fitted: bool = True


PARAMETERS: Final = (
    Parameter("tenure_shape", ("turnover", "tenure_shape"), 0.70, 1.00, 0.01, 0.88, "turnover.tenure_shape"),
    Parameter("early_peak", ("turnover", "early_peak"), 0.3, 2.0, 0.05, 0.8, "turnover.early_peak"),
    Parameter("worker_spread_sd", ("turnover", "worker_spread_sd"), 0.1, 0.6, 0.05, 0.3, "turnover.worker_spread"),
    Parameter(
        "employer_spread_sd",
        ("turnover", "employer_spread_sd"),
        0.2,
        0.6,
        0.05,
        0.3,
        "turnover.employer_spread",
        fitted=False,
    ),
    Parameter(
        "days_to_fill",
        ("recruitment", "days_to_fill"),
        45.0,
        108.0,
        1.0,
        70.0,
        "recruitment.days_to_fill",
        fitted=False,
    ),
    Parameter(
        "onboarding_strain",
        ("effects", "onboarding_strain", "burnout"),
        0.10,
        0.50,
        0.01,
        0.30,
        "onboarding_strain.burnout",
        fitted=False,
    ),
)
LEVEL: Final = Parameter(
    "separations",
    ("turnover", "level", "separations_per_100_posts_year"),
    20.0,
    40.0,
    1.0,
    30.0,
    "turnover.level",
    False,
)


def reference_tables() -> Tables:
    """Return the tables of the typical employer: no ladder, no awards, no growth, typical practices and pay."""
    return {
        "title": "Reference workforce",
        "horizon": {"months": 60, "warm_up_months": 60},
        "place": {
            "living_wage_usd_per_hour": LIVING_WAGE,
            "living_wage_source": "reference workforce: the wage over 0.85",
            "outside_wage_usd_per_hour": WAGE,
            "living_wage_growth_per_year": 0.0,
            "outside_wage_growth_per_year": 0.0,
        },
        "posts": {"number": POSTS},
        "pay": {"wage_usd_per_hour": WAGE, "cost_of_living_share": 0.0},
        "rules": {"enforce": False},
        "turnover": {"level": {"kind": "observed"}},
        "employer": [{"name": "typical", "count": EMPLOYERS}],
    }


def reference(parameters: Parameters, more: Tables | None = None) -> Scenario:
    """Return the reference workforce under some parameters; `more` is laid over its tables."""
    tables = laid_over(reference_tables(), more or {})
    put_parameters(tables, parameters)
    return load_table(tables).scenario


def put_parameters(tables: Tables, parameters: Parameters) -> None:
    """Set the free parameters that are named; the others keep their default."""
    for parameter in (*PARAMETERS, LEVEL):
        if parameter.name in parameters:
            put(tables, parameter.path, float(parameters[parameter.name]))


def laid_over(tables: Tables, more: Mapping[str, Any]) -> Tables:
    """Return tables with more laid over them."""
    result = dict(tables)
    for key, value in more.items():
        old = result.get(key)
        result[key] = laid_over(old, value) if isinstance(old, dict) and isinstance(value, Mapping) else value
    return result


def put(tables: Tables, path: tuple[str, ...], value: Any) -> None:
    """Set one input, copying the tables it lies in."""
    *above, last = path
    here = tables
    for name in above:
        here[name] = dict(here.get(name, {}))
        here = here[name]
    here[last] = value


@dataclass(frozen=True)
class Lived:
    """One kind of employer: who was there at the start, and what happened then."""

    scenario: Scenario
    kind: Kind
    result: BlockResult

    @property
    def opening(self) -> Opening:
        """Return the workforce at time 0."""
        return self.kind.opening


def solved(scenario: Scenario) -> Baseline:
    """Return the baseline hazards of a scenario's first kind of employer."""
    organization = plans(scenario)[0].epochs[0][1]
    world = world_of(organization, scenario.horizon, feedback=scenario.experiment.feedback)
    return solve_baseline(world, organization)


def opened(scenario: Scenario, replications: range, seed: int, baseline: Baseline | None = None) -> list[Kind]:
    """Return every kind of employer at time 0; each solves its own baseline unless one is given."""
    kinds = []
    for plan in plans(scenario):
        organization = plan.epochs[0][1]
        world = world_of(organization, scenario.horizon, feedback=scenario.experiment.feedback)
        world = replace(world, baseline=baseline or solve_baseline(world, organization))
        numbers = np.repeat(np.array(replications, dtype=np.int64), plan.count)
        owners = np.tile(np.arange(plan.first, plan.first + plan.count), len(replications))
        luck = BlockLuck(seed, numbers, owners, organization.posts.number)
        opening = open_block(world, organization, luck, numbers.size)
        kinds.append(Kind(plan.name, world, opening, numbers, owners, plan))
    return kinds


def lived(scenario: Scenario, replications: range, seed: int = SEED) -> Lived:
    """Return what the only kind of employer of a scenario lives through."""
    kinds = opened(scenario, replications, seed)
    return Lived(scenario, kinds[0], project(scenario, kinds)[0])
