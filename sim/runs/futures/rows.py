"""Run futures: each replication its own draw of what is not known and its own luck, for all scenarios alike.

Row n is a pure function of the question, the seed and n: draws that no world can be like give way to the row's next
draw. Rows of one structure stand side by side in a block (docs/decisions/0018); where a draw changes the structure (an
award's term, where it has a range), a block is lived in several parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult
from sim.model.engine.together import Results, projected
from sim.model.rules.turnover import Baseline
from sim.results.sums import gather
from sim.runs.futures.draws import drawn
from sim.runs.futures.joining import joined_results
from sim.runs.futures.laid_out import Structure, Values, by_structure, laid_out, own_values
from sim.runs.futures.openings import RowHazards, opened_once, solved_by_row
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.futures.unknowns import Unknown
from sim.runs.leaks import leaked
from sim.runs.pieces import Piece
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.rows import Rows

Columns = dict[str, NDArray[np.float64]]  # address → a value a row
_Drawn = tuple[list[int], tuple[Rows, ...]]  # numbers of one structure, and rows of every scenario
NEXT_DRAW: Final = 1 << 40  # between the numbers of a row's draws
MOST_DRAWS: Final = 50  # of a row, before it is said that hardly any is possible


@dataclass(frozen=True)
class Question:
    """What is drawn in every future, and of which scenarios."""

    everyone: tuple[Loaded, ...]  # the base first
    unknowns: tuple[Unknown, ...]
    open_in: tuple[frozenset[str], ...]  # addresses not known, by scenario
    seed: int
    draws: dict[range, Columns] = field(default_factory=dict, init=False, compare=False, repr=False)  # last told

    def __getstate__(self) -> dict[str, Any]:
        """Return what a worker is told: it draws what it needs."""
        return {**self.__dict__, "draws": {}}

    def meaning(self) -> dict[str, Any]:
        """Return what is drawn, for a key that results are kept by beside scenarios and seed."""
        return {
            "unknowns": [vars(one) for one in self.unknowns],
            "open_in": [sorted(own) for own in self.open_in],
        }


def question_of(everyone: Sequence[Loaded], seed: int) -> Question:
    """Return what is not known of scenarios, the base first, and the seed of draws and random numbers."""
    unknowns = unknowns_of(everyone)
    return Question(tuple(everyone), unknowns, open_in(everyone, unknowns), seed)


@dataclass(frozen=True)
class Part:
    """Rows of one structure, and what came of them."""

    numbers: tuple[int, ...]
    rows: tuple[Rows, ...]  # by scenario, the base first
    wanted: tuple[int, ...]  # places of the scenarios that were run
    results: Results  # of those

    def leaks(self) -> tuple[tuple[str, ...], ...]:
        """Return what reached where it could not, by scenario."""
        return leaked([one.first for one in self.rows], self.results)


def _once(*told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for own in told for one in own))


@dataclass(frozen=True)
class Futures:
    """What came of some rows, in parts, and what was drawn in them."""

    parts: tuple[Part, ...]
    drawn: Columns  # by address: what the base's row has, before shares are made to fit
    refused: Counter[str]
    apart: bool = False  # whether an alternative could not be like some draw that the base could be like

    def in_order(self, tell: Callable[[Part, int], Mapping[str, NDArray[Any]]]) -> tuple[dict[str, NDArray[Any]], ...]:
        """Return for each scenario run what is told of each part and its place, rows in the order of their numbers."""
        order = np.argsort([number for part in self.parts for number in part.numbers], kind="stable")
        scenarios = range(len(self.parts[0].wanted))
        told = [[tell(part, place) for part in self.parts] for place in scenarios]
        return tuple({name: np.concatenate([one[name] for one in own])[order] for name in own[0]} for own in told)

    def piece(self, numbers: range, *, keep: bool = False) -> Piece:
        """Return the sums of the rows, and the results themselves if they are kept."""
        sums = self.in_order(lambda part, at: gather(part.results[at], part.rows[part.wanted[at]], part.rows[0]))
        results = [self._joined(at) for at in range(len(self.parts[0].wanted))] if keep else None
        return Piece(numbers, sums, results, self._leaks(), self.apart, self if keep else None, self.drawn)

    def _leaks(self) -> tuple[tuple[str, ...], ...]:
        """Return what reached where it could not, by scenario; nothing where only some of them were run."""
        if any(len(part.wanted) < len(part.rows) for part in self.parts):
            return ()
        return tuple(map(_once, *(part.leaks() for part in self.parts)))

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
    apart: bool = False  # whether an alternative refused what the base did not
    whole: dict[Structure, tuple[Rows, ...]] = field(default_factory=dict)  # rows of those without an impossible one

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
            raise ScenarioError([Problem("ranges", None, "", None, rule, "narrow them: [ranges] in the file")])


def run_futures(
    question: Question,
    numbers: range,
    solved: Mapping[str, Baseline],
    wanted: Sequence[int] | None = None,
    known: RowHazards | None = None,
) -> Futures:
    """Run the base and its alternatives in some futures.

    Args:
        question: what is drawn.
        numbers: of the rows.
        solved: the base's hazards with the assumptions as taken, by kind of employer.
        wanted: places of the scenarios that are run, in the futures that all have together; all, if left out.
        known: the rows' own hazards, where they have been solved already.
    """
    state = _Rows(question, list(numbers))
    places = tuple(range(len(question.everyone)) if wanted is None else wanted)
    parts = tuple(_run_part(question, one, (solved, known), places) for one in _parts(state))
    return Futures(parts, _columns(state, numbers), state.refused, state.apart)


def drawn_in(question: Question, numbers: range) -> Columns:
    """Return what rows draw, by address, without running them; kept for whoever tells it in another way."""
    if numbers not in question.draws:
        state = _Rows(question, list(numbers))
        _settled(state)  # draws that no world can be like have given way now
        question.draws.clear()
        question.draws[numbers] = _columns(state, numbers)
    return question.draws[numbers]


def _columns(state: _Rows, numbers: range) -> Columns:
    own = [state.values(number) for number in numbers]
    return {one.path: np.array([values[one.path] for values in own]) for one in state.question.unknowns}


# rows of one structure -------------------------------------------------------------------------------------------


def _parts(state: _Rows) -> Iterator[_Drawn]:
    """Yield numbers and rows of every scenario, rows of one structure together."""
    for structure, group in _settled(state).items():
        numbers = sorted(group)
        rows = state.whole.get(structure, ())
        if not rows or rows[0].size < len(numbers):
            rows, _ = laid_out(state.question, structure, [group[number] for number in numbers], check=False)
        yield numbers, rows


def _settled(state: _Rows) -> dict[Structure, dict[int, list[Values]]]:
    """Return by structure what every scenario takes of each number's draw, once each number has one that can be."""
    groups: dict[Structure, dict[int, list[Values]]] = {}
    waiting = list(state.numbers)
    while waiting:
        again = []
        for structure, numbers in by_structure((number, state.values(number)) for number in waiting).items():
            own = {number: own_values(state.question, state.values(number))[0] for number in numbers}
            rows, faults = laid_out(state.question, structure, list(own.values()))
            if not faults and structure not in groups:
                state.whole[structure] = rows
            for place, number in enumerate(numbers):
                if place in faults:
                    who, why = faults[place]
                    state.refuse(number, why)
                    state.apart |= who > 0
                    again.append(number)
                else:
                    groups.setdefault(structure, {})[number] = own[number]
        waiting = again
    return groups


# the run ---------------------------------------------------------------------------------------------------------


def hazards_of(question: Question, numbers: range, solved: Mapping[str, Baseline]) -> RowHazards:
    """Return the base's hazards of rows; arguments as for `run_futures`."""
    names, size = ("voluntary", "dismissal", "other"), len(numbers)
    found = {kind: {name: np.empty(size) for name in names} for kind in solved}
    for own, rows in _parts(_Rows(question, list(numbers))):
        for kind, baseline in solved_by_row(question.everyone[0], rows[0], own, solved).items():
            for name in names:
                found[kind][name][np.array(own) - numbers.start] = getattr(baseline, name)
    return RowHazards(numbers.start, {kind: Baseline(**own) for kind, own in found.items()})


def _run_part(
    question: Question, part: _Drawn, solved: tuple[Mapping[str, Baseline], RowHazards | None], wanted: tuple[int, ...]
) -> Part:
    numbers, rows = part
    kinds = opened_once(question.everyone[0], rows[0], numbers, question.seed, *solved)
    return Part(tuple(numbers), rows, wanted, projected([rows[place] for place in wanted], kinds))
