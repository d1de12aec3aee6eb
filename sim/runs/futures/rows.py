"""Run futures: each replication its own draw of what is not known and its own luck, for all scenarios alike.

Row n is a pure function of the question, the seed and n: draws that no world can be like give way to the row's next
draw. Rows of one structure stand side by side in a block (docs/decisions/0018); where a draw changes the structure (the
gap before a renewed award), a block is lived in several parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.row_pilot import Anchor, Frame, anchor_of, solve_rows
from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import Baseline
from sim.results.sums import gather
from sim.runs.futures.draws import drawn
from sim.runs.futures.fitting import as_given, fitting, plain_tables
from sim.runs.futures.joining import joined_results
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.futures.unknowns import Stated, Unknown
from sim.runs.leaks import leaked
from sim.runs.pieces import Piece, Results
from sim.scenario.drawn import NotInRowsError, rows_at
from sim.scenario.files import Loaded, load_table
from sim.scenario.patch import put, split
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.rows import STRUCTURE, Rows, rows_of
from sim.scenario.timeline import plans

Values = dict[str, float]  # address → value
NEXT_DRAW: Final = 1 << 40  # between the numbers of a row's draws
MOST_DRAWS: Final = 50  # of a row, before it is said that hardly any is possible


@dataclass(frozen=True)
class Question:
    """What is drawn in every future, and of which scenarios."""

    everyone: tuple[Loaded, ...]  # the base first
    unknowns: tuple[Unknown, ...]
    open_in: tuple[frozenset[str], ...]  # addresses not known, by scenario
    seed: int

    def meaning(self) -> dict[str, Any]:
        """Return what is drawn, for a key that results are kept by beside scenarios and seed."""
        return {
            "unknowns": [vars(one) for one in self.unknowns],
            "open_in": [sorted(own) for own in self.open_in],
        }


def question_of(everyone: Sequence[Loaded], seed: int, also: Sequence[Stated] = ()) -> Question:
    """Return what is not known of scenarios, the base first.

    Args:
        everyone: the base and its alternatives.
        seed: of draws and random numbers.
        also: inputs that are not known although they are stated, and ranges other than the evidence's.

    Raises:
        ScenarioError: when a range is no range.
    """
    unknowns = unknowns_of(everyone, also)
    return Question(tuple(everyone), unknowns, open_in(everyone, unknowns, also), seed)


@dataclass(frozen=True)
class Part:
    """Rows of one structure, and what came of them."""

    numbers: tuple[int, ...]
    rows: tuple[Rows, ...]  # by scenario, the base first
    results: Results


@dataclass(frozen=True)
class Futures:
    """What came of some rows, in parts, and what was drawn in them."""

    parts: tuple[Part, ...]
    drawn: dict[str, NDArray[np.float64]]  # by address: what the base's row has, before shares are made to fit
    refused: Counter[str]
    fitted: int  # rows in which shares that added to more than 1 were made smaller

    def in_order(self, tell: Callable[[Part, int], Mapping[str, NDArray[Any]]]) -> tuple[dict[str, NDArray[Any]], ...]:
        """Return for each scenario what is told of each part and its place, rows in the order of their numbers."""
        order = np.argsort([number for part in self.parts for number in part.numbers], kind="stable")
        scenarios = range(len(self.parts[0].rows))
        told = [[tell(part, place) for part in self.parts] for place in scenarios]
        return tuple({name: np.concatenate([one[name] for one in own])[order] for name in own[0]} for own in told)

    def piece(self, numbers: range, *, keep: bool = False) -> Piece:
        """Return the sums of the rows, and the results themselves if they are kept."""
        sums = self.in_order(lambda part, at: gather(part.results[at], part.rows[at], part.rows[0]))
        told = [leaked([one.first for one in part.rows], part.results) for part in self.parts]
        leaks = tuple(tuple(dict.fromkeys(one for own in said for one in own)) for said in zip(*told, strict=True))
        scenarios = range(len(self.parts[0].rows))
        results = [self._joined(at) for at in scenarios] if keep else None
        return Piece(numbers, sums, results, leaks)

    def _joined(self, at: int) -> list[BlockResult]:
        """Return what one scenario came to, kinds of employers in their order."""
        return [joined_results(kind) for kind in zip(*(part.results[at] for part in self.parts), strict=True)]


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


def run_futures(question: Question, numbers: range, solved: Mapping[str, Baseline]) -> Futures:
    """Run the base and its alternatives in some futures.

    Args:
        question: what is drawn.
        numbers: of the rows.
        solved: the base's hazards with the assumptions as taken, by kind of employer.
    """
    state, anchors = _Rows(question, list(numbers)), _anchors(question, solved)
    parts = tuple(_run_part(question, own, rows, anchors) for own, rows in _parts(state))
    own = [state.values(number) for number in numbers]
    columns = {one.path: np.array([values[one.path] for values in own]) for one in question.unknowns}
    fitted = sum(_fitted(question, values) for values in own)
    return Futures(parts, columns, state.refused, fitted)


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
    question: Question, numbers: Sequence[int], rows: Sequence[Rows], anchors: Mapping[str, Anchor | None]
) -> Part:
    base, *alternatives = rows
    frame, which = Frame(base.horizon, base.experiment.feedback), np.array(numbers, dtype=np.int64)
    solved = {plan.name: solve_rows(frame, plan.epochs[0][1], which, anchors[plan.name]) for plan in base.plans}
    return Part(tuple(numbers), tuple(rows), simulate(base, alternatives, numbers, question.seed, solved))


_KNOWN_ANCHORS: dict[str, Mapping[str, Anchor | None]] = {}  # by the base's fingerprint; the last base only


def _anchors(question: Question, solved: Mapping[str, Baseline]) -> Mapping[str, Anchor | None]:
    """Return the small pilot's errors by kind of employer, found once for all blocks of a question."""
    base = question.everyone[0]
    found = _KNOWN_ANCHORS.get(base.fingerprint)
    if found is None:
        scenario = base.scenario
        frame = Frame(scenario.horizon, scenario.experiment.feedback)
        found = {plan.name: anchor_of(frame, plan.epochs[0][1], solved[plan.name]) for plan in plans(scenario)}
        _KNOWN_ANCHORS.clear()
        _KNOWN_ANCHORS[base.fingerprint] = found
    return found
