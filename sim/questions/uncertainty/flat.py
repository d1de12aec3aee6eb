"""Ask over random variation and uncertain assumptions at once: as many futures as runs, each with both its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.questions.uncertainty.result_cache import Arrays, Shelf
from sim.results.blocks import Floats, Sums
from sim.results.measures.table import measure_of
from sim.results.spreads import BAND
from sim.results.summary import Estimate, Values, difference_of, estimate_of, together, values_of
from sim.results.sums import all_beside_base
from sim.runs.answer import case_names, check
from sim.runs.answer_checks import check_sound
from sim.runs.blocks import Solved, block_size, cut, seconds, solved_for
from sim.runs.executors import Executor
from sim.runs.futures.rows import Question, question_of, run_futures
from sim.runs.futures.unknowns import Stated, Unknown
from sim.runs.pieces import Piece, assembled
from sim.runs.replicate import AS_LONG, Settings
from sim.scenario.files import Loaded

ROWS_AT_ONCE: Final = 200  # the same cuts for any number of workers, so that kept blocks are found again


@dataclass(frozen=True)
class FutureTask:
    """Some futures to run."""

    question: Question
    numbers: range
    solved: Solved


@dataclass(frozen=True)
class Made:
    """What came of them, without their logs."""

    piece: Piece
    drawn: dict[str, NDArray[np.float64]]
    refused: Counter[str]
    fitted: int


def run_task(task: FutureTask) -> Made:
    """Run some futures."""
    made = run_futures(task.question, task.numbers, task.solved)
    return Made(made.piece(task.numbers), made.drawn, made.refused, made.fitted)


@dataclass(frozen=True)
class Spread:
    """How far a measure, or a difference from the base, is spread over futures, by both kinds of uncertainty together.

    The signs are shares of futures; each is None for a measure itself.
    """

    mean: Estimate
    low: float | None  # of the middle 90 % of futures
    high: float | None
    below: float | None = None  # share of futures in which the alternative's is smaller
    above: float | None = None


@dataclass(frozen=True)
class Flat:
    """What came of some futures."""

    everyone: tuple[Loaded, ...]
    names: tuple[str, ...]  # scenarios, the base first
    unknowns: tuple[Unknown, ...]
    draws: int
    seed: int
    sums: tuple[Sums, ...]  # of every scenario, a row a future
    values: tuple[Values, ...]  # measures of every scenario, one value a future
    drawn: dict[str, NDArray[np.float64]]
    refused: Counter[str]
    fitted: int
    leaks: tuple[str, ...]

    def level(self, key: str, place: int) -> Spread | None:
        """Return the spread of a measure in a scenario; None where it is undefined."""
        own = self.values[place].get(key)
        return None if own is None else _spread(key, own, estimate_of(key, own))

    def difference(self, key: str, place: int) -> Spread | None:
        """Return the spread of an alternative's difference from the base, future by future."""
        before, after = self.values[0].get(key), self.values[place].get(key)
        if before is None or after is None:
            return None
        found = after - before
        known = found[~np.isnan(found)]
        mean = difference_of(key, before, after, together(len(self.names) - 1))
        spread = _spread(key, found, mean, difference=True)
        if not known.size:
            return spread
        return Spread(spread.mean, spread.low, spread.high, float(np.mean(known < 0)), float(np.mean(known > 0)))


def _spread(key: str, values: Floats, mean: Estimate, *, difference: bool = False) -> Spread:
    known, measure = values[~np.isnan(values)], measure_of(key)
    if not known.size or measure.is_chance:
        return Spread(mean, None, None)
    held = known if difference else np.clip(known, measure.lowest, measure.highest)
    low, high = np.quantile(held, BAND).tolist()
    return Spread(mean, low, high)


def flat(everyone: Sequence[Loaded], settings: Settings, also: Sequence[Stated] = ()) -> Flat:
    """Return the futures of a base and its alternatives.

    Args:
        everyone: the base and its alternatives.
        settings: how many futures, seed, who does the work, where results are kept.
        also: inputs that are not known although they are stated.

    Raises:
        ScenarioError: when scenarios cannot be compared, a range is no range, or hardly any draw is possible.
        WorkersError: when whoever does the work is lost for good.
    """
    check(everyone)
    scenarios = [loaded.scenario for loaded in everyone]
    question = question_of(everyone, settings.seed, also)
    numbers = range(settings.replications)
    with settings.workers(AS_LONG * seconds(scenarios, settings.replications)) as workers:
        solved = solved_for(scenarios[0])
        blocks = cut([numbers], min(block_size(scenarios), ROWS_AT_ONCE))
        found = list(_found([FutureTask(question, block, solved) for block in blocks], settings, workers))
    ordered = sorted(found, key=lambda one: one.piece.numbers.start)
    sums = assembled([one.piece for one in ordered], numbers)
    values, names = tuple(map(values_of, all_beside_base(sums))), case_names(everyone)
    for name, own in zip(names, values, strict=True):
        check_sound(name, own)
    drawn = {path: np.concatenate([one.drawn[path] for one in ordered]) for path in ordered[0].drawn}
    leaks = dict.fromkeys(
        f"{name}: {leak}" for one in ordered for name, own in zip(names, one.piece.leaks, strict=True) for leak in own
    )
    refused = sum((one.refused for one in ordered), Counter[str]())
    fitted = sum(one.fitted for one in ordered)
    return Flat(
        everyone=tuple(everyone),
        names=names,
        unknowns=question.unknowns,
        draws=len(numbers),
        seed=settings.seed,
        sums=sums,
        values=values,
        drawn=drawn,
        refused=refused,
        fitted=fitted,
        leaks=tuple(leaks),
    )


# what is kept ----------------------------------------------------------------------------------------------------


def _found(tasks: Sequence[FutureTask], settings: Settings, workers: Executor) -> Iterator[Made]:
    """Yield blocks of futures: those that are kept first, then the others as they are done."""
    shelf, done = Shelf(settings.store), 0
    keys = [shelf.key(_meaning(task)) for task in tasks]
    todo = []
    settings.progress(0, settings.replications)
    for place, (task, key) in enumerate(zip(tasks, keys, strict=True)):
        arrays = shelf.get(key)
        if arrays is None:
            todo.append(place)
            continue
        done += len(task.numbers)
        settings.progress(done, settings.replications)
        yield _kept(arrays, task)
    for at, made in workers.results(run_task, [tasks[place] for place in todo]):
        shelf.put(keys[todo[at]], _arrays(made))
        done += len(made.piece.numbers)
        settings.progress(done, settings.replications)
        yield made


def _meaning(task: FutureTask) -> dict[str, Any]:
    numbers, tables = [task.numbers.start, task.numbers.stop], [loaded.raw for loaded in task.question.everyone]
    return {"futures": numbers, "tables": tables, "seed": task.question.seed, **task.question.meaning()}


def _arrays(made: Made) -> Arrays:
    told = {"refused": dict(made.refused), "fitted": made.fitted, "leaks": made.piece.leaks}
    sums = {f"{place}.{name}": own[name] for place, own in enumerate(made.piece.sums) for name in own}
    return {"told": np.array(json.dumps(told)), **sums, **{f"drawn.{path}": own for path, own in made.drawn.items()}}


def _kept(arrays: Arrays, task: FutureTask) -> Made:
    told = json.loads(str(arrays["told"]))
    sums: list[Sums] = [{} for _ in task.question.everyone]
    for name, values in arrays.items():
        place, _, own = name.partition(".")
        if place.isdigit():
            sums[int(place)][own] = values
    drawn = {name.removeprefix("drawn."): own for name, own in arrays.items() if name.startswith("drawn.")}
    leaks = tuple(tuple(own) for own in told["leaks"])
    piece = Piece(task.numbers, tuple(sums), None, leaks)
    return Made(piece, drawn, Counter(told["refused"]), int(told["fitted"]))
