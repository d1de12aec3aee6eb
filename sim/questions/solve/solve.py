"""Find the smallest change of one input that meets constraints, how sure that is, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import numpy as np

from sim.questions.solve.constraints import Verdict, judged
from sim.questions.solve.in_futures import InFutures, in_futures
from sim.questions.solve.levers import START, Choice, Grid, Number
from sim.questions.solve.probes import BASE, Probes, Progress, probing, silent
from sim.questions.solve.question import Asked, Question, read
from sim.questions.solve.root_search import Crossing, Look, Marks, crossing, search
from sim.results.summary import value_at
from sim.runs.answer import Answer
from sim.runs.replicate import Settings, drawing
from sim.scenario.files import Loaded

ABOUT: Final = 25  # alternatives that a question takes
NAME: Final = "answer"

Outcome = Literal["found", "already", "unreachable", "no effect"]
Direction = Literal["up", "down"]


@dataclass(frozen=True)
class Tried:
    """One value that was tried and its verdict; None is the base where the input has no value."""

    value: Number | None
    verdict: Verdict
    single: InFutures | None = None  # what single futures show, where assumptions are drawn anew in each

    @property
    def met(self) -> bool:
        """Whether the constraints hold."""
        return self.verdict.met

    @property
    def sure(self) -> int:
        """Return 1 where it surely holds, -1 where it surely does not, 0 where that cannot be told."""
        return self.verdict.sure

    @property
    def leans(self) -> tuple[float, float, float]:
        """Return by how much the constraints hold, surely hold, and do not surely fail: 0 or more where they do."""
        return self.verdict.leans

    @property
    def score(self) -> tuple[float, ...]:
        """Return a value that is larger the nearer it comes to meeting the constraints."""
        return self.verdict.score


@dataclass(frozen=True)
class Found:
    """The smallest change in one direction.

    `low` and `high` are the values nearest to and farthest from today's that cannot be told from it at 95 %: `low` is
    None where today's own value cannot, `high` where no value beyond is sure. `fails` is a stretch further out in which
    it surely does not hold, `again` one behind that in which it does. `at_the_end` says that the first value of a
    range without today's value will do, so that less might.
    """

    direction: Direction
    at: Tried
    before: Tried
    low: Number | None
    high: Number | None
    fails: tuple[Number, Number] | None
    again: tuple[Number, Number] | None
    at_the_end: bool

    @property
    def value(self) -> Number:
        """Return the value that is the answer."""
        assert self.at.value is not None
        return self.at.value


@dataclass(frozen=True)
class Solution:
    """The outcome, the values tried (other than today's), and the answer compared with the base.

    `today` is today's value of the input in what every value is laid over, `base` how the base itself stands; the two
    differ where something else is changed with every value.
    `other` is what was found in the other direction, farther from today. `best` comes nearest to the constraints; where
    nothing was found, it is what `answer` compares with the base.
    """

    outcome: Outcome
    asked: Asked
    settings: Settings
    base: Tried
    today: Tried
    tried: tuple[Tried, ...]
    found: Found | None
    other: Found | None
    best: Tried
    answer: Answer

    @property
    def over_futures(self) -> bool:
        """Whether ranges are of single futures: random variation and what is not known, both."""
        return self.answer.over_futures


def solve(
    base: Loaded, question: Question, settings: Settings, progress: Progress = silent, start: Loaded | None = None
) -> Solution:
    """Return the smallest change of an input, from today's value, with which all conditions hold.

    Args:
        base: the scenario as it stands; every value is an alternative from its opening, with the same random numbers.
        question: what is varied, within what, until what holds.
        settings: replications, seed, who does the work.
        progress: called with the number of values tried so far; what it raises breaks the search off.
        start: what every value is laid over, if that is not the base: what --with makes of it.

    Raises:
        ScenarioError: with everything that is wrong with the question.
    """
    asked = read(base, question, start)
    with probing(base, settings, ABOUT, progress, start) as probes:
        return _Search(asked, probes).solution()


class _Side:
    """One direction of the search: place 0 is today, the places from 1 on are values of the grid, outward."""

    def __init__(self, direction: Direction, grid: Grid, first: int, last: int) -> None:
        self.direction, self.last = direction, last
        self.marks: dict[int, Tried] = {}
        self._grid, self._first = grid, first

    def value(self, place: int) -> Number:
        """Return the value at a place from 1."""
        return self._grid.value(self._first + (place - 1) * (1 if self.direction == "up" else -1))

    def end(self, place: int | None) -> Number | None:
        """Return the value at a place, None at today's and beyond the last."""
        return self.value(place) if place else None

    def stretch(self, places: tuple[int, int] | None) -> tuple[Number, Number] | None:
        """Return the values of a stretch of places."""
        return (self.value(places[0]), self.value(places[1])) if places else None


def _sides(asked: Asked) -> list[_Side]:
    """Return the directions in which the range lies from today; upwards where the input has no value today."""
    grid, today = asked.grid, asked.lever.today
    if today is None:
        return [_Side("up", grid, 0, grid.size)]
    above = grid.above(today)
    below = above - 1 - (above > 0 and grid.value(above - 1) == today)
    sides = [_Side("up", grid, above, grid.size - above), _Side("down", grid, below, below + 1)]
    return [side for side in sides if side.last > 0]


class _Search:
    """Try values until the answer is known."""

    def __init__(self, asked: Asked, probes: Probes) -> None:
        self._asked, self._probes = asked, probes
        self._tried: dict[Number, Tried] = {}
        self._start = BASE if asked.start is asked.base else START
        self._today = self._at(asked.lever.today, self._start)

    def solution(self) -> Solution:
        """Return the answer."""
        sides = _sides(self._asked)
        found = [] if self._today.met else sorted(self._searched(sides), key=self._distance)
        best = max((self._today, *self._tried.values()), key=lambda one: one.score)
        return Solution(
            outcome=self._outcome(found),
            asked=self._asked,
            settings=self._probes.settings,
            base=self._today if self._start == BASE else self._at(None, BASE),
            today=self._today,
            tried=tuple(self._tried[value] for value in sorted(self._tried)),
            found=found[0] if found else None,
            other=found[1] if found[1:] else None,
            best=best,
            answer=self._answer(found[0].at if found else best),
        )

    def _searched(self, sides: Sequence[_Side]) -> list[Found]:
        for side in sides:
            side.marks[0] = self._today
        search([(side.last, self._look(side)) for side in sides], self._asked.scan)
        turns = [(side, crossing(side.marks)) for side in sides]
        return [self._found(side, turn) for side, turn in turns if turn is not None]

    def _look(self, side: _Side) -> Look:
        def look(places: Sequence[int]) -> Marks:
            values = {place: side.value(place) for place in places}
            self._probes.run([self._choice(value) for value in values.values()])
            for place, value in values.items():
                self._tried[value] = side.marks[place] = self._at(value, self._choice(value))
            return side.marks

        return look

    def _found(self, side: _Side, turn: Crossing) -> Found:
        return Found(
            direction=side.direction,
            at=side.marks[turn.place],
            before=side.marks[turn.before],
            low=side.end(turn.low),
            high=side.end(turn.high),
            fails=side.stretch(turn.fails),
            again=side.stretch(turn.again),
            at_the_end=turn.place == 1 and not self._holds_today(),
        )

    def _outcome(self, found: Sequence[Found]) -> Outcome:
        if self._today.met:
            return "already"
        if found:
            return "found"
        return "unreachable" if self._matters() else "no effect"

    def _matters(self) -> bool:
        """Whether any value tried moves any measure that a constraint names."""
        for key in {wish.key for wish in self._asked.wishes}:
            base = value_at(key, self._probes[self._start].sums)
            tried = (value_at(key, self._probes[self._choice(value)].sums) for value in self._tried)
            if not all(np.array_equal(one, base, equal_nan=True) for one in tried):
                return True
        return False

    def _holds_today(self) -> bool:
        grid, today = self._asked.grid, self._asked.lever.today
        return today is not None and grid.low <= Decimal(str(today)) <= grid.high

    def _answer(self, told: Tried) -> Answer:
        choice = self._start if told is self._today or told.value is None else self._choice(told.value)
        if choice != BASE:
            return self._probes.compared(choice, NAME)
        base = self._asked.base
        return Answer(self._probes.case(BASE, base.path.stem), (), drawing(self._probes.settings, [base]))

    def _distance(self, found: Found) -> float:
        today = self._asked.lever.today
        return 0.0 if today is None else abs(found.value - today)

    def _choice(self, value: Number) -> Choice:
        return ((self._asked.lever.path, value),)

    def _at(self, value: Number | None, choice: Choice) -> Tried:
        wishes, probe = self._asked.wishes, self._probes[choice]
        verdict = judged(wishes, self._asked.chance, probe.sums, probe.base)
        futures = in_futures(wishes, probe.sums, probe.base) if self._probes.settings.unknowns else None
        return Tried(value, verdict, futures)
