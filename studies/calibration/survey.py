"""Survey a workforce whose employers differ, as a nation's do: burnout, satisfaction, and what goes with them.

Practices, pay and load are drawn once, made uncorrelated and of SD 1 over the employers; 60 % of employers are
full-time and 20 % rural, the shares at which those causes are zero on average. All share the baseline hazards of the
typical employer. The survey is taken once, at time 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.evidence.variance import SATISFACTION_SUPPORTS
from sim.model.engine.panel import BURNED_OUT_ABOVE
from sim.model.engine.run import Kind
from sim.model.rules.wellbeing import WORKLOAD_SD
from sim.model.world.causes import STATES
from sim.model.world.terms import full_staff_client_hours
from sim.results.blocks import Floats
from sim.results.measures.people import SATISFACTION_NORM, SATISFACTION_SD
from sim.scenario.files import load_table
from sim.scenario.tables.work import Practices
from sim.streams import NORMALS, Luck
from studies.calibration.reference import (
    POSTS,
    SEED,
    WAGE,
    Parameters,
    Tables,
    laid_over,
    opened,
    put_parameters,
    reference,
    reference_tables,
    solved,
)

EMPLOYERS, WARM_UP = 80, 36
WIDEST = 3.0  # SD that a practice may be from the typical
FULL_TIME, RURAL = 0.60, 0.20
PRACTICES: Final = (*(name for name in SATISFACTION_SUPPORTS if name in Practices.model_fields), "stigma", "benefits")
PAY_SPREAD = 0.25  # log; one SD of pay adequacy
BURNOUT, SATISFACTION, CLARITY = STATES.index("burnout"), STATES.index("satisfaction"), STATES.index("role_clarity")


@dataclass(frozen=True)
class Answers:
    """What the peers of all employers answer; `place` is the replication of each."""

    place: Floats
    states: Floats  # (4, peers)
    age: Floats
    full_time: Floats
    supports: Floats  # (practices, peers)


def survey(parameters: Parameters, replications: range) -> dict[str, Floats]:
    """Return what a survey shows, one value a replication."""
    answers = _answers(parameters, replications)
    each = [_one(answers, answers.place == number) for number in range(len(replications))]
    return {name: np.array([one[name] for one in each]) for name in each[0]}


def _one(answers: Answers, chosen: Floats) -> dict[str, float]:
    burnout, satisfaction = answers.states[BURNOUT, chosen], answers.states[SATISFACTION, chosen]
    said = np.vstack([answers.supports[:, chosen], answers.states[[CLARITY, BURNOUT]][:, chosen]])
    return {
        "burnout_prevalence": float(np.mean(burnout > BURNED_OUT_ABOVE)),
        "satisfaction": SATISFACTION_NORM + SATISFACTION_SD * float(satisfaction.mean()),
        "explained_support": explained(satisfaction, said),
        "age_burnout": float(np.corrcoef(answers.age[chosen], burnout)[0, 1]),
        "hours_burnout": float(np.corrcoef(answers.full_time[chosen], burnout)[0, 1]),
    }


def explained(outcome: Floats, predictors: Floats) -> float:
    """Return the adjusted share of variance that a linear regression explains."""
    design = np.vstack([np.ones_like(outcome), predictors]).T
    weights = np.linalg.lstsq(design, outcome, rcond=None)[0]
    left = outcome - design @ weights
    freedom = outcome.size - design.shape[1]
    return float(1.0 - (left @ left / freedom) / np.var(outcome, ddof=1))


# who is asked ----------------------------------------------------------------------------------------------------


def _answers(parameters: Parameters, replications: range) -> Answers:
    kinds_of = employers_that_differ()
    tables = laid_over(reference_tables(), {"employer": kinds_of, "horizon": {"months": 1, "warm_up_months": WARM_UP}})
    put_parameters(tables, parameters)
    kinds = opened(load_table(tables).scenario, replications, SEED, solved(reference(parameters)))
    return _joined([_of_kind(kind, own) for kind, own in zip(kinds, kinds_of, strict=True)])


def employers_that_differ() -> list[Tables]:
    """Return the employers of the survey as kinds of their own."""
    drawn = Luck(SEED, 0).traits(0, 0, EMPLOYERS)
    full_time, rural = (_first(drawn[:, column], share) for column, share in ((-1, FULL_TIME), (-2, RURAL)))
    scores = _uncorrelated(drawn[:, : len(PRACTICES) + 2], np.column_stack([full_time, rural]))
    standard = full_staff_client_hours(reference({}))
    return [
        _employer(number, scores[number], (bool(full_time[number]), bool(rural[number])), standard)
        for number in range(EMPLOYERS)
    ]


def _first(drawn: Floats, share: float) -> Floats:
    """Return 1 for the share of employers that come first, else 0."""
    return (np.argsort(np.argsort(drawn)) < share * EMPLOYERS).astype(np.float64)


def _uncorrelated(drawn: Floats, given: Floats) -> Floats:
    """Return columns of mean 0 and SD 1 that correlate neither with one another nor with the given ones."""
    basis = np.linalg.qr(np.column_stack([np.ones(EMPLOYERS), given, drawn]))[0]
    return np.asarray(np.clip(basis[:, 1 + given.shape[1] :] * math.sqrt(EMPLOYERS), -WIDEST, WIDEST))


def _employer(number: int, scores: Floats, where: tuple[bool, bool], standard: float) -> Tables:
    pay, load = float(scores[-2]), float(scores[-1])
    full_time, rural = where
    fte = 1.0 if full_time else 0.5
    kind: dict[str, Any] = {
        "name": f"employer_{number}",
        "place": {"rural": rural},
        "posts": {"number": POSTS, "fte": fte},
        "pay": {"wage_usd_per_hour": WAGE * math.exp(PAY_SPREAD * pay)},
        "practices": {name: float(score) for name, score in zip(PRACTICES, scores, strict=False)},
        "services": {"demand_client_hours_per_month": standard * fte * math.exp(WORKLOAD_SD * load)},
    }
    return kind


def _of_kind(kind: Kind, own: Tables) -> Answers:
    opening, roster = kind.opening, kind.opening.roster
    rows = np.flatnonzero(roster.in_post)
    traits = opening.luck.traits(rows, roster.ordinal[rows])
    supports = np.array([[own["practices"][name]] for name in PRACTICES if name in SATISFACTION_SUPPORTS])
    return Answers(
        place=np.searchsorted(np.unique(kind.numbers), kind.numbers[rows // roster.posts]).astype(np.float64),
        states=roster.states[:, rows],
        age=traits[:, NORMALS.index("age")],
        full_time=np.full(rows.size, float(own["posts"]["fte"] == 1.0)),
        supports=np.broadcast_to(supports, (len(supports), rows.size)),
    )


def _joined(parts: list[Answers]) -> Answers:
    return Answers(
        place=np.concatenate([part.place for part in parts]),
        states=np.concatenate([part.states for part in parts], axis=1),
        age=np.concatenate([part.age for part in parts]),
        full_time=np.concatenate([part.full_time for part in parts]),
        supports=np.concatenate([part.supports for part in parts], axis=1),
    )
