"""Run scenarios at many points of the uncertain assumptions, each point with the same random numbers.

A point gives every assumption a value. The turnover a user sees is solved anew at every point, so that an assumption
never changes what was seen. The replications are the same at every point: what differs between points is due to the
assumptions, and to nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.results.summary import values_of
from sim.results.sums import all_beside_base
from sim.runs.answer_checks import check_sound
from sim.runs.blocks import Task, block_size, cut, run_block, seconds, solved_for
from sim.runs.futures.fitting import Values, at_values, fitting, plain_tables
from sim.runs.futures.unknowns import Unknown
from sim.runs.pieces import assembled
from sim.runs.replicate import Settings
from sim.runs.shelf import Arrays, Shelf
from sim.runs.workers.executors import Executor
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError

Floats = NDArray[np.float64]

SPARE: Final = 50  # refused points beyond those wanted, before a study gives up


@dataclass(frozen=True)
class Study:
    """What is run at every point: scenarios, the base first, and which assumptions each of them rests on."""

    everyone: tuple[Loaded, ...]
    unknowns: tuple[Unknown, ...]
    open_in: tuple[frozenset[str], ...]
    keys: tuple[str, ...]  # measures wanted
    settings: Settings  # replications at each point, seed, who does the work


@dataclass(frozen=True)
class Point:
    """What a worker needs to run one point."""

    tables: tuple[Mapping[str, Any], ...]
    defaults: tuple[Mapping[str, Any], ...]
    open_in: tuple[frozenset[str], ...]
    values: Values
    keys: tuple[str, ...]
    numbers: range
    seed: int


@dataclass(frozen=True)
class Outcome:
    """The measures at a point, shape (scenarios, replications) each; or why no such world can exist."""

    measures: dict[str, Floats] = field(default_factory=dict)
    refused: str = ""
    fitted: bool = False  # shares that added to more than 1 were made smaller


@dataclass(frozen=True)
class Ran:
    """The blocks of points that were run, and how often a point was refused or adjusted to fit."""

    numbers: tuple[int, ...]
    points: tuple[tuple[Values, ...], ...]  # by block
    outcomes: tuple[tuple[Outcome, ...], ...]
    refused: Counter[str]
    fitted: int

    def of(self, key: str) -> Floats:
        """Return one measure, shape (blocks, points of a block, scenarios, replications)."""
        return np.array([[outcome.measures[key] for outcome in block] for block in self.outcomes])


def run_study(study: Study, block: Callable[[int], Sequence[Values]], wanted: int) -> Ran:
    """Run blocks of points until as many as wanted are whole; a block with a refused point is left for the next.

    Args:
        study: what is run at every point.
        block: the points of the block with a number.
        wanted: how many whole blocks are needed.

    Raises:
        ScenarioError: when next to no point gives a possible world.
        WorkersError: when whoever does the work is lost for good.
    """
    size = len(block(0))
    work = wanted * size * seconds([one.scenario for one in study.everyone], study.settings.replications)
    kept: dict[int, tuple[Outcome, ...]] = {}
    refused: Counter[str] = Counter()
    following, shelf = 0, Shelf(study.settings.store)
    with study.settings.workers(work) as workers:
        while len(kept) < wanted:
            numbers = range(following, following + wanted - len(kept))
            following = numbers.stop
            items = [_point(study, values) for number in numbers for values in block(number)]
            outcomes: dict[int, Outcome] = {}
            for place, outcome in _outcomes(items, workers, shelf):
                outcomes[place] = outcome
                study.settings.progress(len(kept) * size + len(outcomes), wanted * size)
            for at, number in enumerate(numbers):
                whole = tuple(outcomes[at * size + place] for place in range(size))
                reasons = [outcome.refused for outcome in whole if outcome.refused]
                refused.update(reasons)
                kept |= {} if reasons else {number: whole}
            if following > wanted + SPARE and len(kept) < wanted:
                raise _hardly_possible(refused)
    order = tuple(sorted(kept))
    points = tuple(tuple(block(number)) for number in order)
    fitted = sum(outcome.fitted for whole in kept.values() for outcome in whole)
    return Ran(order, points, tuple(kept[number] for number in order), refused, fitted)


def _outcomes(items: Sequence[Point], workers: Executor, shelf: Shelf) -> Iterator[tuple[int, Outcome]]:
    """Yield what came of each point, with its place: those that are kept first, then the others as they are done."""
    keys = [shelf.key(_meaning(item)) for item in items]
    todo = []
    for place, key in enumerate(keys):
        arrays = shelf.get(key)
        if arrays is None:
            todo.append(place)
        else:
            yield place, _kept(arrays)
    for at, outcome in workers.results(run_point, [items[place] for place in todo]):
        shelf.put(keys[todo[at]], _arrays(outcome))
        yield todo[at], outcome


def _meaning(point: Point) -> dict[str, Any]:
    numbers = [point.numbers.start, point.numbers.stop]
    open_in = [sorted(own) for own in point.open_in]
    return {**vars(point), "numbers": numbers, "open_in": open_in}


def _arrays(outcome: Outcome) -> Arrays:
    told = {"refused": np.array(outcome.refused), "fitted": np.array(outcome.fitted)}
    return told | {f"measure.{key}": values for key, values in outcome.measures.items()}


def _kept(arrays: Arrays) -> Outcome:
    measures = {name.removeprefix("measure."): values for name, values in arrays.items() if name.startswith("measure.")}
    return Outcome(measures, str(arrays["refused"]), bool(arrays["fitted"]))


def _hardly_possible(refused: Counter[str]) -> ScenarioError:
    reason, times = refused.most_common(1)[0]
    rule = f"most values from the ranges give no possible world ({times} times: {reason})"
    return ScenarioError([Problem("ranges", None, "", None, rule, "narrow them with --also PATH LOW HIGH")])


def _point(study: Study, values: Values) -> Point:
    tables = tuple(loaded.raw for loaded in study.everyone)
    defaults = tuple(plain_tables(loaded.scenario) for loaded in study.everyone)
    numbers = range(study.settings.replications)
    return Point(tables, defaults, study.open_in, values, study.keys, numbers, study.settings.seed)


def run_point(point: Point) -> Outcome:
    """Run all scenarios at one point."""
    own = [
        fitting({path: value for path, value in point.values.items() if path in open_here}, defaults)
        for open_here, defaults in zip(point.open_in, point.defaults, strict=True)
    ]
    fitted = any(changed for _, changed in own)
    try:
        scenarios = [at_values(raw, values) for raw, (values, _) in zip(point.tables, own, strict=True)]
    except ScenarioError as fault:
        return Outcome(refused="; ".join(one.rule for one in fault.problems if one.severity == "error"))
    solved = solved_for(scenarios[0])
    blocks = cut([point.numbers], block_size(scenarios))
    pieces = [run_block(Task(tuple(scenarios), block, point.seed, solved)) for block in blocks]
    measured = [values_of(sums) for sums in all_beside_base(assembled(pieces, point.numbers))]
    nothing = np.full(len(point.numbers), np.nan)
    found = {key: np.array([values.get(key, nothing) for values in measured]) for key in point.keys}
    for place, scenario in enumerate(scenarios):
        defined = {key: rows[place] for key, rows in found.items() if not np.isnan(rows[place]).all()}
        check_sound(scenario.title or f"scenario {place + 1}", defined)
    return Outcome(found, fitted=fitted)


# points that are kept -------------------------------------------------------------------------------------------
