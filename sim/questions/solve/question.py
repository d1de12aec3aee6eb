"""Read a question asked backwards: what is varied, within what, until what holds; every fault of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from sim.questions.solve.constraints import Wish, check_chance, wish_of
from sim.questions.solve.levers import Grid, Lever, grid_of, lever_of, valid_choices
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError

SCAN: Final = 9


@dataclass(frozen=True)
class Question:
    """Which input varies, over which range, until which constraints hold.

    `chance` is the least share of projected futures in which all conditions must hold together; without it their means
    must. `step` left out is a sensible one. `scan` values are tried across the range before the answer is refined.
    """

    vary: str
    between: tuple[float, float]
    until: tuple[str, ...]
    chance: float | None = None
    step: float | None = None
    scan: int = SCAN


@dataclass(frozen=True)
class Asked:
    """A question that has been checked against its base."""

    base: Loaded
    lever: Lever
    grid: Grid
    wishes: tuple[Wish, ...]
    chance: float | None
    scan: int
    start: Loaded  # what every value is laid over: the base, or what --with makes of it


@dataclass
class Faults:
    """Collect what is wrong, so that all of it is told at once."""

    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Take over the faults that are raised inside."""
        try:
            yield
        except ScenarioError as fault:
            self.problems += [problem for problem in fault.problems if problem.severity == "error"]

    def settle(self) -> None:
        """Raise ScenarioError if there are any."""
        if self.problems:
            raise ScenarioError(self.problems)


def read(base: Loaded, question: Question, start: Loaded | None = None) -> Asked:
    """Return a question in the terms of its base, and of what every value is laid over.

    Raises:
        ScenarioError: with everything that is wrong with it.
    """
    faults, wishes = Faults(), list[Wish]()
    for text in question.until:
        with faults.collected():
            wishes.append(wish_of(text, base.scenario))
    if question.chance is not None:
        with faults.collected():
            check_chance(wishes, base.scenario)
    lever = grid = None
    with faults.collected():
        lever = lever_of(start or base, question.vary)
        grid = grid_of(lever, question.between, question.step)
        valid_choices(start or base, [((lever.path, grid.value(place)),) for place in (0, grid.size - 1)])
    faults.settle()
    assert lever is not None
    assert grid is not None
    return Asked(base, lever, grid, tuple(wishes), question.chance, max(2, question.scan), start or base)
