"""Try what no survey shows: a wage a tenth higher, and a colleague who leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.evidence.effects import load_effects
from sim.model.engine.run import BlockResult, project
from sim.results.blocks import Floats, Sums, Told, adder, replications_of
from sim.results.measures.formulas import divided, pseudo_values
from sim.scenario.files import load_table
from studies.calibration.reference import (
    SEED,
    WAGE,
    Lived,
    Parameters,
    Tables,
    laid_over,
    lived,
    opened,
    put,
    reference,
    reference_tables,
)

RAISE = 1.10
FIRST_MONTH = 12  # of the months compared: the second year on, once states have moved
TEAM, PAIR = 8, 2
TEAMS_OF_POSTS = 48_000  # posts over all teams and replications
WAGES: Final = "log_wage_over_outside_wage.exit_voluntary"
CONTAGION: Final = "team_exits_3_months.exit_voluntary"
MEMORY = 3  # months a colleague's exit acts


def wage_trial(parameters: Parameters, replications: range) -> Floats:
    """Return the elasticity of separations to the wage: the same people and luck, wages a tenth higher or not."""
    base = reference(parameters)
    raised = reference(parameters, {"pay": {"wage_usd_per_hour": WAGE * RAISE}})
    kinds = opened(base, replications, SEED)
    before, after = (_rate_sums(project(scenario, kinds)[0]) for scenario in (base, raised))
    sums = {f"{name}.before": values for name, values in before.items()} | after
    return pseudo_values(_elasticity, sums)


def elasticities(parameters: Parameters, effects: Sequence[float], replications: range) -> Floats:
    """Return the same elasticity under several direct effects of the wage: a row an effect, a column a replication."""
    base = reference(parameters)
    kinds = opened(base, replications, SEED)
    before = {f"{name}.before": values for name, values in _rate_sums(project(base, kinds)[0]).items()}
    raised = ({"pay": {"wage_usd_per_hour": WAGE * RAISE}, "effects": _wage_effect(effect)} for effect in effects)
    results = (project(reference(parameters, tables), kinds)[0] for tables in raised)
    return np.array([pseudo_values(_elasticity, before | _rate_sums(result)) for result in results])


def _wage_effect(effect: float) -> Tables:
    cause, outcome = WAGES.split(".")
    return {cause: {outcome: effect}}


def _rate_sums(result: BlockResult) -> Sums:
    add = adder(result, replications_of([result]))
    return {name: add.months(result.panel[name][FIRST_MONTH:]) for name in ("exits", "in_post")}


def _elasticity(sums: Told) -> Floats:
    before = divided(sums["exits.before"], sums["in_post.before"])
    return np.asarray(np.log(divided(sums["exits"], sums["in_post"]) / before) / math.log(RAISE))


def contagion_trial(team: int, replications: range) -> Floats:
    """Return how much more often people leave for one colleague's exit in three months, in teams alike in all else."""
    teams = TEAMS_OF_POSTS // team // len(replications)
    tables = laid_over(reference_tables(), {"posts": {"number": team}, "employer": [{"name": "team", "count": teams}]})
    for path, value in ALIKE.items():
        put(tables, path, value)
    for key in load_effects():
        if key != CONTAGION:
            put(tables, ("effects", *key.split(".")), 0.0)
    return pseudo_values(_contagion, _after_exits(lived(load_table(tables).scenario, replications)))


ALIKE: Final = {
    ("turnover", "level"): {"kind": "hazards", "voluntary_per_year": 0.60},
    ("turnover", "return_to_use_per_year"): 0.0,
    ("turnover", "tenure_shape"): 1.0,
    ("turnover", "early_peak"): 0.0,
    ("turnover", "worker_spread_sd"): 0.0,
    ("turnover", "employer_spread_sd"): 0.0,
    ("recruitment", "days_to_fill"): 0.0,
}


def _after_exits(seen: Lived) -> Sums:
    """Return exits and time in post of months after no exit and after one."""
    add = adder(seen.result, replications_of([seen.result]))
    exits, filled = (seen.result.panel[name] for name in ("exits", "in_post"))
    late = exits.shape[0]
    before = np.sum([exits[MEMORY - lag : late - lag] for lag in range(1, MEMORY + 1)], axis=0)
    now, time = exits[MEMORY:], filled[MEMORY:]
    sums = {}
    for number, name in ((0, "none"), (1, "one")):
        sums[f"exits_{name}"] = add.months(np.where(before == number, now, 0))
        sums[f"time_{name}"] = add.months(np.where(before == number, time, 0.0))
    return sums


def _contagion(sums: Told) -> Floats:
    after = divided(sums["exits_one"], sums["time_one"])
    return divided(after, divided(sums["exits_none"], sums["time_none"])) - 1.0
