"""Run scenarios at many points of the uncertain assumptions, each point with the same random numbers.

A point gives every assumption a value. The turnover a user sees is solved anew at every point, so that an assumption
never changes what was seen. The replications are the same at every point: what differs between points is due to the
assumptions, and to nothing else.

Many points run in a block, where a point's rows stand side by side, one a replication. Its baseline hazards are solved
by the small pilots that futures have (`sim.model.engine.row_pilot`), on all of the few lucks, and the mean is taken; a
point at which everything is as taken has the hazards that the large pilot solved. A point alone has the bits that it
has among others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.baselines import by_employer
from sim.model.engine.run import Kind, opened
from sim.model.engine.together import projected
from sim.model.rules.turnover import Baseline
from sim.results.blocks import Sums
from sim.results.measures.table import measure_of
from sim.results.summary import parts, value_at
from sim.results.sums import all_beside_base, gather, joined
from sim.runs.answer_checks import check_sound
from sim.runs.blocks import Solved, block_size, cut, seconds
from sim.runs.futures.fitting import Values
from sim.runs.futures.laid_out import Structure, by_structure, laid_out, own_values
from sim.runs.futures.openings import solved_at
from sim.runs.futures.unknowns import Unknown
from sim.runs.replicate import Settings
from sim.runs.shelf import Shelf
from sim.runs.solved import solved_by
from sim.runs.workers.executors import Executor
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans

Floats = NDArray[np.float64]

SECONDS_A_POINT: Final = 0.04  # the pilots of a point, for each kind of employer
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
class Outcome:
    """The measures at a point, shape (scenarios, replications) each."""

    measures: dict[str, Floats]
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


def seconds_of(scenarios: Sequence[Scenario], points: int, replications: int) -> float:
    """Return about how long one process takes for so many points."""
    return seconds(scenarios, points * replications) + SECONDS_A_POINT * points * len(plans(scenarios[0]))


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
    settled = _settled(study, block, wanted)
    numbers = sorted(settled.blocks)
    points = [point for number in numbers for point in settled.blocks[number]]
    outcomes: dict[int, Outcome] = {}
    for place, outcome in _outcomes(study, points):
        outcomes[place] = outcome
        study.settings.progress(len(outcomes), len(points))
    size = len(block(0))
    return Ran(
        tuple(numbers),
        tuple(tuple(point.values for point in settled.blocks[number]) for number in numbers),
        tuple(tuple(outcomes[size * at + place] for place in range(size)) for at in range(len(numbers))),
        settled.refused,
        sum(outcome.fitted for outcome in outcomes.values()),
    )


# possible worlds -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Point:
    """A point that is to be run: its values, what every scenario takes of them, and its structure."""

    values: Values
    own: list[dict[str, float]]
    fitted: bool
    structure: Structure


@dataclass
class _Settled:
    """The whole blocks of points, by number, and how often one was refused."""

    blocks: dict[int, tuple[_Point, ...]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)


def _settled(study: Study, block: Callable[[int], Sequence[Values]], wanted: int) -> _Settled:
    """Return the first whole blocks in which every point is a possible world."""
    settled, following = _Settled(), 0
    while len(settled.blocks) < wanted:
        numbers = range(following, following + wanted - len(settled.blocks))
        following = numbers.stop
        _settle(settled, study, {number: block(number) for number in numbers})
        if following > wanted + SPARE and len(settled.blocks) < wanted:
            raise _hardly_possible(settled.refused)
    return settled


def _settle(settled: _Settled, study: Study, blocks: Mapping[int, Sequence[Values]]) -> None:
    """Put the whole ones of some blocks to those that are settled."""
    points = [(number, values) for number, own in blocks.items() for values in own]
    taken = [own_values(study, values) for _, values in points]
    faults, of_point = _tried(study, points, [own for own, _ in taken])
    made: dict[int, list[_Point]] = {number: [] for number in blocks}
    for place, (number, values) in enumerate(points):
        made[number].append(_Point(values, *taken[place], of_point[place]))
    broken = {points[place][0] for place in faults}
    settled.refused.update(faults.values())
    settled.blocks |= {number: tuple(own) for number, own in made.items() if number not in broken}


def _tried(
    study: Study, points: Sequence[tuple[int, Values]], own: Sequence[list[dict[str, float]]]
) -> tuple[dict[int, str], dict[int, Structure]]:
    """What is wrong with points, and the structure of each, by their places."""
    faults, of_point = dict[int, str](), dict[int, Structure]()
    for structure, places in by_structure(enumerate(values for _, values in points)).items():
        _, found = laid_out(study, structure, [own[place] for place in places])
        faults |= {places[row]: why for row, (_, why) in found.items()}
        of_point |= dict.fromkeys(places, structure)
    return faults, of_point


# what comes of them ----------------------------------------------------------------------------------------------


def _outcomes(study: Study, points: Sequence[_Point]) -> Iterator[tuple[int, Outcome]]:
    """Yield what came of each point, with its place: those that are kept first, then the others as they are done."""
    shelf = Shelf(study.settings.store)
    keys = [shelf.key(_meaning(study, point)) for point in points]
    todo = []
    for place, key in enumerate(keys):
        arrays = shelf.get(key)
        if arrays is None:
            todo.append(place)
        else:
            yield place, Outcome(arrays, points[place].fitted)
    for place, sums in _lived(study, points, todo):
        outcome = _outcome(study, sums, fitted=points[place].fitted)
        shelf.put(keys[place], outcome.measures)
        yield place, outcome


def _meaning(study: Study, point: _Point) -> dict[str, Any]:
    """Return what the measures of a point follow from."""
    return {
        "tables": [loaded.raw for loaded in study.everyone],
        "own": point.own,
        "structure": point.structure,
        "keys": study.keys,
        "replications": study.settings.replications,
        "seed": study.settings.seed,
    }


def _lived(study: Study, points: Sequence[_Point], todo: Sequence[int]) -> Iterator[tuple[int, tuple[Sums, ...]]]:
    """Yield the sums of every scenario at points, as they are done."""
    scenarios, runs = [loaded.scenario for loaded in study.everyone], study.settings.replications
    with study.settings.workers(seconds_of(scenarios, len(todo), runs) if todo else 0.0) as workers:
        tasks, of_task = _tasks(study, points, todo, workers)
        pieces: dict[int, dict[int, tuple[Sums, ...]]] = {}  # by point, by the first of the replications
        for at, sums in workers.results(run_points, tasks):
            for place, own in zip(of_task[at], sums, strict=True):
                pieces.setdefault(place, {})[tasks[at].numbers.start] = own
                in_order = [one for _, one in sorted(pieces[place].items())]
                if sum(len(one[0]["months"]) for one in in_order) == runs:
                    del pieces[place]
                    yield place, tuple(map(joined, zip(*in_order, strict=True)))


def _tasks(
    study: Study, points: Sequence[_Point], todo: Sequence[int], workers: Executor
) -> tuple[list[Points], list[list[int]]]:
    """Return what workers are told, and the places of the points of each."""
    if not todo:
        return [], []
    settings, scenarios = study.settings, [loaded.scenario for loaded in study.everyone]
    solved = solved_by(workers, scenarios[0], settings.store)
    room, runs = block_size(scenarios), settings.replications
    numbers = cut([range(runs)], room)
    tasks, of_task = [], []
    for structure, own in by_structure((place, points[place].values) for place in todo).items():
        for part in cut([range(len(own))], max(1, room // runs), workers.workers):
            places = [own[at] for at in part]
            whole = _task(study, structure, [points[place] for place in places], solved)
            tasks += [replace(whole, numbers=block) for block in numbers]
            of_task += [places] * len(numbers)
    return tasks, of_task


def _task(study: Study, structure: Structure, points: Sequence[_Point], solved: Solved) -> Points:
    """Points of one structure as a worker is told them, no replications yet."""
    likely = {one.path: one.likely for one in study.unknowns}
    taken = np.array([dict(point.values) == likely for point in points])
    values = tuple(point.own for point in points)
    return Points(study.everyone, study.open_in, structure, values, taken, range(0), study.settings.seed, solved)


def _outcome(study: Study, sums: Sequence[Sums], *, fitted: bool) -> Outcome:
    """Return the measures at a point."""
    everyone = all_beside_base(sums)
    found = {key: np.array([_measured(key, own) for own in everyone]) for key in study.keys}
    for place, loaded in enumerate(study.everyone):
        defined = {key: rows[place] for key, rows in found.items() if not np.isnan(rows[place]).all()}
        check_sound(loaded.scenario.title or f"scenario {place + 1}", defined)
    return Outcome(found, fitted)


def _measured(key: str, sums: Sums) -> Floats:
    """Return a measure; of a part that a scenario has not, no numbers."""
    whole, _, part = key.partition(".")
    if part and part not in parts(measure_of(whole), sums):
        return np.full(len(sums["months"]), np.nan)
    return value_at(key, sums)


def _hardly_possible(refused: Counter[str]) -> ScenarioError:
    reason, times = refused.most_common(1)[0]
    rule = f"most values from the ranges give no possible world ({times} times: {reason})"
    return ScenarioError([Problem("ranges", None, "", None, rule, "narrow them with --also PATH LOW HIGH")])


# many points in a block ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Points:
    """What a worker needs to run some points of one structure."""

    everyone: tuple[Loaded, ...]  # the base first
    open_in: tuple[frozenset[str], ...]
    structure: Structure
    own: tuple[list[dict[str, float]], ...]  # by point, what every scenario takes of it
    taken: NDArray[np.bool_]  # which points have everything as taken
    numbers: range  # of the replications
    seed: int
    solved: Mapping[str, Baseline]  # with everything as taken, by kind of employer


def run_points(points: Points) -> list[tuple[Sums, ...]]:
    """Return the sums of every scenario by point, one row a replication."""
    runs, many = len(points.numbers), len(points.own)
    narrow, _ = laid_out(points, points.structure, points.own, check=False)
    solved = solved_at(points.everyone[0], narrow[0], points.solved, points.taken)
    rows = [one.part(np.repeat(np.arange(many), runs)) for one in narrow]
    each = {name: by_employer(own, runs) for name, own in solved.items()}
    kinds = [_numbered(kind) for kind in opened(rows[0], list(points.numbers) * many, points.seed, each)]
    results = projected(rows, kinds)
    sums = [gather(blocks, own, rows[0]) for blocks, own in zip(results, rows, strict=True)]
    stretches = [slice(runs * at, runs * (at + 1)) for at in range(many)]
    return [tuple({name: own[name][stretch] for name in own} for own in sums) for stretch in stretches]


def _numbered(kind: Kind) -> Kind:
    """Return a kind of employer whose rows are told apart where they have a replication in common."""
    return replace(kind, numbers=np.repeat(np.arange(kind.numbers.size // kind.plan.count), kind.plan.count))
