"""Find the scenarios of the library, the base each one starts from, and run them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.evidence.paths import ROOT
from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import VOLUNTARY
from sim.model.world import log
from sim.scenario.files import Loaded, load
from sim.scenario.read.layers import read_layers
from sim.scenario.read.library import scenario_files

LIBRARY = ROOT / "scenarios"
CLOSED_FORMS = LIBRARY / "closed_form"
NAMES = tuple(file.stem for file in scenario_files(LIBRARY))
CLOSED_FORM_NAMES = tuple(sorted(file.stem for file in CLOSED_FORMS.glob("*.toml")))
MONTHS_A_YEAR = 12
FEW = 4  # replications of every scenario, which all tests that look at every scenario share

Numbers = NDArray[np.float64]


def file_of(name: str) -> Path:
    """Return the file of a scenario of the library or of its closed forms."""
    folder = CLOSED_FORMS if name in CLOSED_FORM_NAMES else LIBRARY
    return folder / f"{name}.toml"


def base_of(name: str) -> str:
    """Return the name of the file that a scenario rests on in the end: itself, if it extends nothing."""
    return Path(read_layers(file_of(name))[0].file).stem


@cache
def loaded(name: str, *sets: str, months: int | None = None) -> Loaded:
    """Return a scenario of the library, settings laid over it."""
    return load(file_of(name), sets, months=months)


def simulated(name: str, replications: int, *sets: str, months: int | None = None) -> BlockResult:
    """Return what one kind of employer lives through when a scenario is its own base."""
    scenario = loaded(name, *sets, months=months).scenario
    return simulate(scenario, [], range(replications), scenario.experiment.seed)[0][0]


@cache
def family(base: str, replications: int) -> dict[str, tuple[BlockResult, ...]]:
    """Return what the kinds of a base live through and those of all that rest on it, from one opening."""
    names = [base, *(name for name in NAMES if base_of(name) == base != name)]
    ours, *theirs = (loaded(name).scenario for name in names)
    results = simulate(ours, theirs, range(replications), ours.experiment.seed)
    return {name: tuple(result) for name, result in zip(names, results, strict=True)}


def beside_base(name: str, replications: int) -> tuple[BlockResult, ...]:
    """Return what the kinds of a scenario live through, from the opening of its base."""
    return family(base_of(name), replications)[name]


def column(result: BlockResult, name: str) -> Numbers:
    """Return a column of the panel, months by employers."""
    return np.asarray(result.panel[name], dtype=np.float64)


def employed(result: BlockResult) -> Numbers:
    """Return the posts held in each month, leave included."""
    return column(result, "in_post") + column(result, "leave_time")


def exits_per_100_year(result: BlockResult) -> Numbers:
    """Return separations per 100 posts held and year, one number an employer."""
    rates: Numbers = column(result, "exits").sum(axis=0) / employed(result).sum(axis=0) * 100 * MONTHS_A_YEAR
    return rates


def quits_per_100_year(result: BlockResult) -> Numbers:
    """Return those who leave by choice per 100 posts held and year, one number an employer."""
    quit_ = (result.facts["kind"] == log.LEFT) & (result.facts["detail"] == VOLUNTARY)
    employers = result.replications.size
    numbers = np.bincount(result.facts["row"][quit_].astype(np.int64) // result.posts, minlength=employers)
    rates: Numbers = numbers / employed(result).sum(axis=0) * 100 * MONTHS_A_YEAR
    return rates


def standard_error(values: Numbers) -> float:
    """Return the standard error of a mean of independent values."""
    return float(values.std(ddof=1) / np.sqrt(values.size))


def occupancy_times(result: BlockResult, kind: int) -> dict[tuple[int, int], float]:
    """Return when each occupant of each post was hired, or left."""
    facts = result.facts
    rows = facts["kind"] == kind
    keys = zip(facts["row"][rows].tolist(), facts["ordinal"][rows].tolist(), strict=True)
    return dict(zip(keys, facts["time"][rows].tolist(), strict=True))


def months_to_fill(result: BlockResult) -> Numbers:
    """Return how long posts stayed empty, of vacancies that opened in the first half."""
    left, hired = occupancy_times(result, log.LEFT), occupancy_times(result, log.HIRED)
    half = column(result, "cost").shape[0] / 2
    waits = [at - left[row, n - 1] for (row, n), at in hired.items() if left.get((row, n - 1), np.inf) < half]
    return np.array(waits)


def survival(result: BlockResult, months: float) -> float:
    """Return the Kaplan-Meier share of the run's hires still in the job after so many months."""
    left, hired = occupancy_times(result, log.LEFT), occupancy_times(result, log.HIRED)
    end = float(column(result, "cost").shape[0])
    lengths = np.array([left.get(who, end) - at for who, at in hired.items()])
    gone = np.array([who in left for who in hired])
    order = np.argsort(lengths)
    at_risk = np.arange(lengths.size, 0, -1)
    steps = np.where(gone[order], 1 - 1 / at_risk, 1.0)
    return float(steps[lengths[order] <= months].prod())
