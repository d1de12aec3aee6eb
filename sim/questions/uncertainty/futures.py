"""Run futures: each replication its own draw of what is not known and its own luck, for all scenarios alike.

Row n is a pure function of the question, the seed and n: draws that no world can be like give way to the row's next
draw. Rows of one structure stand side by side in a block (docs/decisions/0018); where a draw changes the structure (the
gap before a renewed award), a block is lived in several parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.row_pilot import Anchor, Frame, solve_rows
from sim.model.engine.run import simulate
from sim.model.rules.turnover import Baseline
from sim.questions.uncertainty.draws import drawn
from sim.questions.uncertainty.study import as_given, fitting, plain_tables
from sim.results.blocks import Sums
from sim.results.sums import gather, joined
from sim.runs.blocks import Piece
from sim.runs.leaks import leaked
from sim.runs.unknowns import Unknown
from sim.scenario.drawn import NotInRowsError, rows_at
from sim.scenario.files import Loaded, load_table
from sim.scenario.patch import put, split
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.rows import STRUCTURE, Rows, rows_of

Values = dict[str, float]  # address → value
NEXT_DRAW: Final = 1 << 40  # between the numbers of a row's draws
MOST_DRAWS: Final = 50  # of a row, before it is said that hardly any is possible


@dataclass(frozen=True)
class Question:
    """What is asked of every future."""

    everyone: tuple[Loaded, ...]  # the base first
    unknowns: tuple[Unknown, ...]
    open_in: tuple[frozenset[str], ...]  # addresses not known, by scenario
    seed: int
    anchors: Mapping[str, Anchor | None]  # by kind of employer


@dataclass(frozen=True)
class FutureTask:
    """Some rows to run."""

    question: Question
    numbers: range


@dataclass(frozen=True)
class Futures:
    """What came of some rows, and what was drawn in them."""

    piece: Piece
    drawn: dict[str, NDArray[np.float64]]  # by address: what the base's row has, before shares are made to fit
    refused: Counter[str]
    fitted: int  # rows in which shares that added to more than 1 were made smaller


@dataclass
class _Rows:
    """The values of some rows, drawn until each is possible."""

    question: Question
    numbers: list[int]
    attempt: dict[int, int] = field(default_factory=dict)
    known: dict[tuple[int, int], Values] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)

    def values(self, number: int) -> Values:
        """What is drawn in a row."""
        question, again = self.question, self.attempt.get(number, 0)
        if (number, again) not in self.known:
            values = drawn(question.unknowns, question.seed, number + 1 + again * NEXT_DRAW)
            self.known[number, again] = values
        return self.known[number, again]

    def refuse(self, number: int, why: str) -> None:
        """Take a row's next draw.

        Raises:
            ScenarioError: when hardly any is possible.
        """
        self.refused[why] += 1
        self.attempt[number] = self.attempt.get(number, 0) + 1
        if self.attempt[number] > MOST_DRAWS:
            rule = f"most values from the ranges give no possible world ({why})"
            raise ScenarioError([Problem("ranges", None, "", None, rule, "narrow them with --also PATH LOW HIGH")])


def run_futures(task: FutureTask) -> Futures:
    """Run the base and its alternatives in some futures."""
    state = _Rows(task.question, list(task.numbers))
    parts = [_run_part(task.question, numbers, rows) for numbers, rows in _parts(state)]
    order = np.argsort([number for numbers, _, _ in parts for number in numbers], kind="stable")
    sums = tuple(
        {name: values[order] for name, values in joined(own).items()}
        for own in zip(*(sums for _, sums, _ in parts), strict=True)
    )
    leaks = tuple(
        tuple(dict.fromkeys(one for own in said for one in own)) for said in zip(*(t for *_, t in parts), strict=True)
    )
    own = [state.values(number) for number in task.numbers]
    columns = {one.path: np.array([values[one.path] for values in own]) for one in task.question.unknowns}
    fitted = sum(_fitted(task.question, values) for values in own)
    return Futures(Piece(task.numbers, sums, None, leaks), columns, state.refused, fitted)


def _fitted(question: Question, values: Values) -> bool:
    return any(changed for _, changed in _own(question, values))


def _own(question: Question, values: Values) -> list[tuple[Values, bool]]:
    """What each scenario takes of a draw, shares made to fit, and whether any was made smaller."""
    return [
        fitting({path: value for path, value in values.items() if path in own}, plain_tables(loaded.scenario))
        for own, loaded in zip(question.open_in, question.everyone, strict=True)
    ]


# rows of one structure -------------------------------------------------------------------------------------------


def _parts(state: _Rows) -> Iterator[tuple[list[int], tuple[Rows, ...]]]:
    """Yield numbers and rows of every scenario, rows of one structure together, until every number had its turn."""
    groups: dict[tuple[tuple[str, float], ...], list[int]] = {}
    settled: dict[int, list[Values]] = {}
    waiting = list(state.numbers)
    while waiting:
        again = []
        for structure, numbers in _by_structure(state, waiting).items():
            own = {number: [values for values, _ in _own(state.question, state.values(number))] for number in numbers}
            _, faults = _rows(state.question, structure, list(own.values()))
            for place, number in enumerate(numbers):
                if place in faults:
                    state.refuse(number, faults[place])
                    again.append(number)
                else:
                    settled[number] = own[number]
                    groups.setdefault(structure, []).append(number)
        waiting = again
    for structure, numbers in groups.items():
        numbers.sort()
        rows, _ = _rows(state.question, structure, [settled[number] for number in numbers], check=False)
        yield numbers, rows


def _by_structure(state: _Rows, numbers: Sequence[int]) -> dict[tuple[tuple[str, float], ...], list[int]]:
    found: dict[tuple[tuple[str, float], ...], list[int]] = {}
    for number in numbers:
        values = state.values(number)
        found.setdefault(tuple((path, values[path]) for path in values if _structural(path)), []).append(number)
    return found


def _structural(path: str) -> bool:
    return path.rpartition(".")[2] in STRUCTURE


def _rows(
    question: Question, structure: tuple[tuple[str, float], ...], own: Sequence[Sequence[Values]], *, check: bool = True
) -> tuple[tuple[Rows, ...], dict[int, str]]:
    """Return rows of every scenario, and why those that no world can be like are refused."""
    made, faults = [], {}
    for place, (loaded, open_here) in enumerate(zip(question.everyone, question.open_in, strict=True)):
        here = [values[place] for values in own]
        fixed = {path: value for path, value in structure if path in open_here}
        rows, found = _rows_of_one(_at(loaded, fixed), here, check=check)
        made.append(rows)
        faults.update({row: why for row, why in found.items() if row not in faults})
    return tuple(made), faults


def _at(loaded: Loaded, values: Values) -> Loaded:
    table = dict(loaded.raw)
    for path, value in values.items():
        table = put(table, split(path), as_given(value))
    return load_table(table) if values else loaded


def _rows_of_one(loaded: Loaded, own: Sequence[Values], *, check: bool) -> tuple[Rows, dict[int, str]]:
    paths = [path for path in (own[0] if own else {}) if not _structural(path)]
    columns = {path: np.array([values[path] for values in own]) for path in paths}
    try:
        rows, faults = rows_at(loaded, columns, len(own), check=check)
    except NotInRowsError:
        return _one_by_one(loaded, [{path: values[path] for path in paths} for values in own])
    if not check:
        first = _at(loaded, {path: own[0][path] for path in paths}).scenario
        rows = replace(rows, first=first)
    return rows, faults


def _one_by_one(loaded: Loaded, own: Sequence[Values]) -> tuple[Rows, dict[int, str]]:
    """Load each row by itself; a row that is refused has the values taken in its place."""
    found, faults = [], {}
    for row, values in enumerate(own):
        try:
            found.append(_at(loaded, values).scenario)
        except ScenarioError as fault:
            faults[row] = "; ".join(one.rule for one in fault.problems if one.severity == "error")
            found.append(loaded.scenario)
    return rows_of(found), faults


# the run ---------------------------------------------------------------------------------------------------------


def _run_part(
    question: Question, numbers: Sequence[int], rows: Sequence[Rows]
) -> tuple[Sequence[int], tuple[Sums, ...], tuple[tuple[str, ...], ...]]:
    base, *alternatives = rows
    frame = Frame(base.horizon, base.experiment.feedback)
    which = np.array(numbers, dtype=np.int64)
    solved: dict[str, Baseline] = {
        plan.name: solve_rows(frame, plan.epochs[0][1], which, question.anchors[plan.name]) for plan in base.plans
    }
    results = simulate(base, alternatives, numbers, question.seed, solved)
    sums = tuple(gather(blocks, own, base) for blocks, own in zip(results, rows, strict=True))
    return numbers, sums, leaked([one.first for one in rows], results)


def meaning(task: FutureTask) -> dict[str, Any]:
    """What a task's results come from, for a key they are kept by."""
    question = task.question
    return {
        "futures": [task.numbers.start, task.numbers.stop],
        "tables": [loaded.raw for loaded in question.everyone],
        "unknowns": [vars(one) for one in question.unknowns],
        "open_in": [sorted(own) for own in question.open_in],
        "seed": question.seed,
    }
