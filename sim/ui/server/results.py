"""Make the answer of a run from what is finished of it, with the functions that the command line uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Final

import numpy as np

from sim.questions.compare.assumptions import Leaning, leaning
from sim.questions.compare.decision import Group, decision
from sim.results.views import Views
from sim.runs.against import Pair, pair_of
from sim.runs.answer import Answer, ask
from sim.runs.replicate import Memory, Settings
from sim.runs.viewed import Viewed, assembled_views
from sim.scenario.files import Loaded
from sim.words.provenance import Stamp, command_line, stamp

FEWEST: Final = 2  # replications that give a range


@dataclass(frozen=True)
class Result:
    """An answer, the data its charts are drawn from, and the stamp that says how to reproduce it."""

    answer: Answer
    views: tuple[Views, ...]
    stamp: Stamp

    @cached_property
    def decided(self) -> list[Group]:
        """Return the rows of the decision."""
        return decision(self.answer)

    @cached_property
    def leaning(self) -> Leaning:
        """Return the assumptions of weak evidence that drive the answer."""
        return leaning(self.answer)

    @cached_property
    def pair(self) -> Callable[[int, int], Pair]:
        """Return what compares any two alternatives, each pair once."""
        return cache(partial(pair_of, self.answer))


def result_of(loaded: Sequence[Loaded], finished: Sequence[Viewed], seed: int, replications: int) -> Result:
    """Return the answer over the first replications of a run; all of them must be finished."""
    used = _first(finished, replications)
    kept = Memory()
    for one in used:
        kept.put(one.piece)
    settings = Settings(replications, seed, jobs=1, unknowns=True)
    answer = ask(loaded[0], loaded[1:], settings, kept=kept)
    command = command_line(loaded, settings, [])
    return Result(answer, _views(used, replications), stamp(answer, command))


def _first(finished: Sequence[Viewed], replications: int) -> list[Viewed]:
    """Return the blocks that hold the first replications between them, none of them twice."""
    used: list[Viewed] = []
    upto = 0
    for one in sorted(finished, key=lambda one: one.piece.numbers.start):
        if one.piece.numbers.start == upto and upto < replications:
            used.append(one)
            upto = one.piece.numbers.stop
    return used


def _views(used: Sequence[Viewed], replications: int) -> tuple[Views, ...]:
    """Return the views of exactly so many replications."""
    whole = assembled_views(used)
    return tuple({name: np.asarray(values[:replications]) for name, values in own.items()} for own in whole)
