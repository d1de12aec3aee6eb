"""Try alternatives of one base, many at a time with the same random numbers, and none of them twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sim.questions.solve.levers import START, Choice, valid_choices
from sim.results.blocks import Sums
from sim.results.spreads import own_values
from sim.results.summary import Values, values_of
from sim.results.sums import all_beside_base
from sim.runs.answer import Alternative, Answer, Case, check, compared
from sim.runs.answer_checks import check_sound
from sim.runs.blocks import (
    SECONDS_TO_SOLVE,
    Solved,
    Task,
    block_size,
    cut,
    run_block,
    seconds,
)
from sim.runs.futures.rows import Question as Drawn
from sim.runs.identity import question_key
from sim.runs.pieces import Piece, assembled
from sim.runs.replicate import Settings, drawing
from sim.runs.shelf import Arrays, Shelf
from sim.runs.solved import solved_by
from sim.runs.workers.executors import Executor
from sim.scenario.differences import differences
from sim.scenario.files import Loaded

AT_ONCE: Final = 8  # alternatives that share one opening
BASE: Final[Choice] = ()

Progress = Callable[[int], None]  # alternatives tried so far


def silent(_: int) -> None:
    """Report no progress."""


@dataclass
class Probe:
    """One alternative that was tried, beside the base in the same projected futures."""

    loaded: Loaded
    sums: Sums
    base: Sums

    @cached_property
    def values(self) -> Values:
        """Every measure.

        Raises:
            UnsoundAnswerError: when a number cannot stand, which is a fault of the program.
        """
        values = values_of(self.sums)
        check_sound(self.loaded.scenario.title or "an alternative that was tried", values)
        return values


class Probes:
    """Run what is asked for and not there yet; everything else is looked up.

    Every alternative is laid over `start`: the base, or the base with what is changed in all of them.
    """

    def __init__(
        self,
        base: Loaded,
        settings: Settings,
        executor: Executor,
        progress: Progress = silent,
        start: Loaded | None = None,
    ) -> None:
        self.base, self.start, self.settings = base, start or base, settings
        self._executor, self._progress = executor, progress
        self._solved: Solved | None = None
        self._tried: dict[Choice, Probe] = {}
        self._ran: tuple[object, Sums] | None = None  # the base's sums, and what it drew
        self._shelf = Shelf(settings.store)

    @property
    def number(self) -> int:
        """Return how many alternatives were tried, the base not among them."""
        return len(self._tried.keys() - {BASE, START})

    def __getitem__(self, choice: Choice) -> Probe:
        """Return what came of an alternative, run now if nobody asked for it before."""
        if choice not in self._tried:
            self.run([choice])
        return self._tried[choice]

    def run(self, choices: Iterable[Choice]) -> None:
        """Run the alternatives that are not there yet, all at once.

        Raises:
            ScenarioError: with every fault of all of them, before anything is run.
        """
        new = [choice for choice in dict.fromkeys((BASE, *choices)) if choice not in self._tried]
        made = valid_choices(self.start, [choice for choice in new if choice != BASE])
        check([self.base, *made.values()])
        others = [choice for choice in new if choice != BASE]
        for first in range(0, len(others) or len(new), AT_ONCE):
            self._run_group(others[first : first + AT_ONCE], made)
            self._progress(self.number)

    def case(self, choice: Choice, name: str) -> Case:
        """Return an alternative as a case of an answer."""
        return self._case(self[choice], name)

    def compared(self, choice: Choice, name: str) -> Answer:
        """Return an alternative compared with the base, as `compare` answers."""
        probe = self[choice]
        base = self._case(Probe(self.base, probe.base, probe.base), self.base.path.stem)
        case = self._case(probe, name)
        changes = differences(self.base.scenario, probe.loaded.scenario)
        settings = drawing(self.settings, [self.base, probe.loaded])
        return Answer(base, (Alternative(case, changes, compared(base, case, 1)),), settings)

    def _case(self, probe: Probe, name: str) -> Case:
        own = own_values(probe.values, probe.sums) if self.settings.unknowns else None
        return Case(name, probe.loaded, probe.values, own=own)

    def _run_group(self, group: Sequence[Choice], made: dict[Choice, Loaded]) -> None:
        """Run some alternatives beside the base.

        Where one of them could not be like a draw that the base could be like, all have another draw there: each is
        then run alone, so that every alternative has the futures in which `compare` sees it.
        """
        loaded = (self.base, *(made[choice] for choice in group))
        everyone, apart = self._sums(loaded)
        if len(group) > 1 and apart:
            for choice in group:
                self._run_group([choice], made)
            return
        for choice, one, sums in zip((BASE, *group), loaded, everyone, strict=True):
            self._tried.setdefault(choice, Probe(one, sums, everyone[0]))

    def _sums(self, loaded: Sequence[Loaded]) -> tuple[Sequence[Sums], bool]:
        """Return what came of scenarios, and whether one of them could not be like some draw of the base's."""
        numbers, seed = range(self.settings.replications), self.settings.seed
        futures = drawing(self.settings, loaded).futures
        question = question_key([one.scenario for one in loaded], seed, futures) if self.settings.store else ""
        key = self._shelf.key({"question": question, "replications": len(numbers)})
        kept = self._shelf.get(key)
        if kept is None:
            sums, apart = self._run_beside(loaded, futures)
            self._shelf.put(key, _arrays(sums, apart))
        else:
            sums, apart = _kept(kept, len(loaded))
        if not apart:
            self._ran = _like(futures), sums[0]
        return all_beside_base(sums), apart

    def _run_beside(self, loaded: Sequence[Loaded], futures: Drawn | None) -> tuple[tuple[Sums, ...], bool]:
        """Run scenarios; the base only where it has not been run in the same futures before."""
        numbers = range(self.settings.replications)
        if self._ran is not None and len(loaded) > 1 and self._ran[0] == _like(futures):
            pieces = self._pieces(loaded, futures, tuple(range(1, len(loaded))))
            if not any(piece.apart for piece in pieces):
                return (self._ran[1], *assembled(pieces, numbers)), False
        pieces = self._pieces(loaded, futures, None)
        return assembled(pieces, numbers), any(piece.apart for piece in pieces)

    def _pieces(self, loaded: Sequence[Loaded], futures: Drawn | None, wanted: tuple[int, ...] | None) -> list[Piece]:
        scenarios, seed = tuple(one.scenario for one in loaded), self.settings.seed
        if self._solved is None:
            self._solved = solved_by(self._executor, self.base.scenario, self.settings.store)
        blocks = cut([range(self.settings.replications)], block_size(scenarios), self._executor.workers)
        tasks = [Task(scenarios, block, seed, self._solved, futures=futures, wanted=wanted) for block in blocks]
        return [piece for _, piece in self._executor.results(run_block, tasks)]


def _like(futures: Drawn | None) -> object:
    """Return what decides what the base draws, where no alternative refuses a draw that the base would take."""
    return None if futures is None else (futures.unknowns, futures.open_in[0])


def _arrays(sums: Sequence[Sums], apart: bool) -> Arrays:
    """Return sums as a file keeps them: by the place of their scenario and by name."""
    told = {f"{place} {name}": values for place, own in enumerate(sums) for name, values in own.items()}
    return {"apart": np.array(apart), **told}


def _kept(arrays: Arrays, scenarios: int) -> tuple[tuple[Sums, ...], bool]:
    sums: tuple[Sums, ...] = tuple({} for _ in range(scenarios))
    for told, values in arrays.items():
        place, _, name = told.partition(" ")
        if name:
            sums[int(place)][name] = values
    return sums, bool(arrays["apart"])


@contextmanager
def probing(
    base: Loaded, settings: Settings, about: int, progress: Progress = silent, start: Loaded | None = None
) -> Iterator[Probes]:
    """Open whoever does the work for about so many alternatives."""
    group = seconds([base.scenario] * (1 + AT_ONCE), settings.replications) - SECONDS_TO_SOLVE
    work = SECONDS_TO_SOLVE + group * about / AT_ONCE
    with settings.workers(settings.as_long * work) as executor:
        yield Probes(base, settings, executor, progress, start)
