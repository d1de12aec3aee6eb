"""Go through studies in rounds, each better than the one before, with the functions that the command line uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.questions.frontier.frontier import frontier
from sim.questions.frontier.mixes import Plan
from sim.questions.sensitivity.sensitivity import Plan as Screening
from sim.questions.sensitivity.sensitivity import sensitivity
from sim.questions.solve.constraints import runs_needed
from sim.questions.solve.question import Question
from sim.questions.solve.solve import ABOUT, solve
from sim.questions.story.privacy import discreet
from sim.questions.story.story import stories
from sim.questions.uncertainty.uncertainty import uncertainty
from sim.results.careers import Career
from sim.runs.blocks import Solved
from sim.runs.replicate import Settings
from sim.runs.workers.work import Executor
from sim.scenario.files import Loaded
from sim.scenario.schema import Scenario
from sim.ui.server.searches import Tell
from sim.words.layout import counted

FIRST_RUNS: Final = 40
FIRST_MIXES: Final = 8
FIRST_DRAWS: Final = 20
FIRST_STARS: Final = 2
NEARLY: Final = 0.97  # nobody knows beforehand how many values a search tries


@dataclass(frozen=True)
class Solving:
    """Ask a question backwards: first with few runs, then with all."""

    base: Loaded
    question: Question
    settings: Settings

    def __call__(self, executor: Executor, tell: Tell) -> Iterator[Any]:
        """Yield the solution of each round."""
        sizes = self._sizes()
        done = 0
        for runs in sizes:
            settings = replace(self.settings, replications=runs, executor=executor)

            def progress(tried: int, runs: int = runs, before: int = done) -> None:
                share = (before + min(tried / ABOUT, NEARLY) * runs) / sum(sizes)
                tell(f"{counted(tried, 'value')} tried, {counted(runs, 'run')} of each", share)

            yield solve(self.base, self.question, settings, progress)
            done += runs

    def _sizes(self) -> list[int]:
        chance, wanted = self.question.chance, self.settings.replications
        fewest = max(FIRST_RUNS, 0 if chance is None else runs_needed(chance))
        return [fewest, wanted] if 2 * fewest <= wanted else [wanted]


@dataclass(frozen=True)
class Mixing:
    """Look for the best mixes at equal dollars: first among few of them."""

    base: Loaded
    plan: Plan
    settings: Settings

    def __call__(self, executor: Executor, tell: Tell) -> Iterator[Any]:
        """Yield the frontier of each round."""
        settings = replace(self.settings, executor=executor)
        for points in doubling(FIRST_MIXES, self.plan.points):

            def progress(tried: int, points: int = points) -> None:
                share = min(tried / (PROBES_OF_A_MIX * self.plan.points), NEARLY)
                tell(f"{counted(tried, 'alternative')} tried for {counted(points, 'mix', 'mixes')}", share)

            yield frontier(self.base, replace(self.plan, points=points), settings, progress)


@dataclass(frozen=True)
class Doubting:
    """The study of uncertainty: a quick answer from few draws first, then from all."""

    everyone: tuple[Loaded, ...]
    key: str
    draws: int
    settings: Settings

    def __call__(self, executor: Executor, tell: Tell) -> Iterator[Any]:
        """Yield what each round tells."""

        def progress(done: int, _: int) -> None:
            tell(f"{min(done, self.draws):,} of {self.draws:,} draws of the assumptions", done / (self.draws + 1))

        settings = replace(self.settings, executor=executor, progress=progress)
        for draws in doubling(FIRST_DRAWS, self.draws):
            yield uncertainty(self.everyone, self.key, settings, draws)


@dataclass(frozen=True)
class Moving:
    """Find the inputs that move a result most: first from few moves of each."""

    everyone: tuple[Loaded, ...]
    key: str
    wanted: tuple[str, ...]
    plan: Screening
    settings: Settings

    def __call__(self, executor: Executor, tell: Tell) -> Iterator[Any]:
        """Yield what each round tells."""
        rounds = list(doubling(FIRST_STARS, self.plan.trajectories))
        for moves in rounds:

            def progress(done: int, points: int, moves: int = moves) -> None:
                share = done / points * moves / rounds[-1]
                tell(f"{moves * done // points:,} of {counted(rounds[-1], 'move')} of each input", share)

            settings = replace(self.settings, executor=executor, progress=progress)
            plan = replace(self.plan, trajectories=moves)
            yield sensitivity(self.everyone, self.key, settings, plan, self.wanted)


@dataclass(frozen=True)
class Life:
    """Name one projected future of a scenario that starts from the base's opening."""

    scenario: Scenario
    base: Scenario
    replication: int
    seed: int
    solved: Solved  # baseline hazards of the base, as far as they are known


def lived(life: Life) -> tuple[Career, ...]:
    """Return the careers of everybody in a future; what a list of real people says of them is hidden."""
    found = stories(life.scenario, life.replication, life.seed, life.base, life.solved)
    return tuple(discreet(found, life.base))


@dataclass(frozen=True)
class Living:
    """Live one future again."""

    life: Life

    def __call__(self, executor: Executor, tell: Tell) -> Iterator[Any]:
        """Yield the careers of everybody in it."""
        tell("This future is lived again, person by person", 0.0)
        yield from (careers for _, careers in executor.results(lived, [self.life]))


PROBES_OF_A_MIX: Final = 4  # with those that bring it to the base's dollars


def doubling(first: int, last: int) -> Sequence[int]:
    """Return sizes of rounds, each twice the one before; the last is as asked for."""
    sizes = []
    while first < last:
        sizes.append(first)
        first *= 2
    return [*sizes, last]
