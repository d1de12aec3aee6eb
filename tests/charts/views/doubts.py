"""Luck and ignorance made by hand: what spreads a measure, and by how much, is known beforehand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from sim.questions.sensitivity.morris import Moved
from sim.questions.sensitivity.sensitivity import Portions, Screening, Sensitivity
from sim.questions.sensitivity.sobol import Index, Indices
from sim.questions.uncertainty.study import Outcome, Ran, Study
from sim.questions.uncertainty.uncertainty import Uncertainty, told
from sim.results.measures.table import label_of
from sim.runs.futures.unknowns import CLAIMING, LEAVING, RECRUITING, Unknown
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.streams import study as random_numbers
from tests.answers import loaded

DRAWS, RUNS = 80, 30
EXITS = "exits_per_year"


def unknown(path: str, title: str, group: str, grade: str = "D") -> Unknown:
    return Unknown(path, title, group, 0.0, 0.5, 1.0, "share", grade, path)


UNKNOWNS = (
    unknown("turnover.early_peak", "How much sooner newcomers leave; than others", LEAVING, "C"),
    unknown("recruitment.days_to_fill", "Mean time to fill", RECRUITING),
    unknown("funding.medicaid.denial_share", "Denied claims", CLAIMING),
)


def named(name: str) -> Loaded:
    return replace(loaded(title=name), path=Path(f"{name}.toml"))


@cache
def doubt(key: str = EXITS, alternatives: int = 2, luck: float = 3.0, moved: float = 4.0) -> Uncertainty:
    """The base spreads by luck and by the first unknown; each alternative's difference by the second."""
    numbers = random_numbers(5, 1)
    values = numbers.random((DRAWS + 1, len(UNKNOWNS)))
    values[0] = 0.5
    common, own = numbers.standard_normal(RUNS), numbers.standard_normal((alternatives + 1, DRAWS + 1, RUNS))
    points, outcomes = [], []
    for draw, row in enumerate(values):
        base = 20.0 + luck * common + 2.0 * moved * (row[0] - 0.5)
        gain = 1.0 + moved * (row[1] - 0.5)
        others = [base - at * gain + 0.1 * luck * own[at, draw] for at in range(1, alternatives + 1)]
        points.append(({one.path: float(value) for one, value in zip(UNKNOWNS, row, strict=True)},))
        outcomes.append((Outcome({key: np.array([base, *others])}),))
    study = Study(
        tuple(named(name) for name in ("today", "raise", "ladder")[: alternatives + 1]),
        UNKNOWNS,
        tuple(frozenset() for _ in range(alternatives + 1)),
        (key,),
        Settings(RUNS, 1),
    )
    return told(study, Ran(tuple(range(DRAWS + 1)), tuple(points), tuple(outcomes), Counter(), 0), key, prefer="less")


def sensitivity(portions: bool = False, seen: bool = True) -> Sensitivity:
    """Of two inputs that could move it the first is seen to; the other is not told from luck."""
    first, second, _ = UNKNOWNS
    sizes = [(first, Moved(8.0, 6.0, 10.0, -8.0, 1.0, 0.5)), (second, Moved(0.4, 0.1, 0.9, 0.1, 0.3, 0.5))]
    parts = [
        (first, Indices(Index(0.6, 0.5, 0.7), Index(0.7, 0.6, 0.8))),
        (second, Indices(Index(-0.02, -0.1, 0.1), Index(0.05, 0.0, 0.1))),
    ]
    return Sensitivity(
        key=EXITS,
        label=label_of(EXITS),
        names=("today",),
        screening=Screening(EXITS, tuple(sizes if seen else sizes[1:])),
        portions=Portions(EXITS, tuple(parts), 64, 9.0, 0.1) if portions else None,
        trajectories=4,
        replications=20,
        refused=Counter(),
        fitted=0,
        seed=1,
    )
