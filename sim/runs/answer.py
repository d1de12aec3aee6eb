"""Ask what happens in a scenario, or what alternatives change: the one way for page, command line and Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from sim.results.blocks import Sums
from sim.results.books import books_of
from sim.results.spreads import FEWEST, Spread, own_values, ranged, spread_of
from sim.results.summary import Estimate, Values, estimate_of, together
from sim.results.sums import all_beside_base
from sim.runs.answer_checks import check_sound
from sim.runs.by_kind import Kinds, KindsCompared, kinds_compared, told_of_kinds
from sim.runs.futures.joining import remember
from sim.runs.loops import Loop, loops, without_loops
from sim.runs.paired import Paired, paired
from sim.runs.pieces import Piece, assembled
from sim.runs.precision import Enough
from sim.runs.replicate import Keeper, Kept, Memory, Progress, Settings, check_alike, drawing, replicate
from sim.scenario.differences import Difference, differences
from sim.scenario.files import Loaded


@dataclass(frozen=True)
class Case:
    """One scenario of an answer and its measures."""

    name: str
    loaded: Loaded
    values: Values
    books: Sums = field(default_factory=dict, compare=False)  # by fiscal year and month, of `sim.results.books`
    own: Values | None = field(default=None, compare=False)  # of futures, what each shows by itself
    kinds: Kinds = field(default_factory=dict, compare=False)  # measures of each kind of employer, where several

    @property
    def title(self) -> str:
        """Return what the scenario is called in words."""
        return self.loaded.scenario.title or self.name

    @cached_property
    def measures(self) -> dict[str, Estimate]:
        """Return every measure's mean and interval."""
        return {key: estimate_of(key, values) for key, values in self.values.items()}

    @cached_property
    def told(self) -> dict[str, Estimate]:
        """Return every measure's mean with the range that is told: of single futures where there are any."""
        spreads = self.spreads
        return {key: ranged(one, spreads.get(key)) for key, one in self.measures.items()}

    @cached_property
    def spreads(self) -> dict[str, Spread]:
        """Return how far measures are spread over futures, where there are enough of them."""
        found = {key: spread_of(key, own) for key, own in (self.own or {}).items()}
        return {key: one for key, one in found.items() if one is not None}


@dataclass(frozen=True)
class Alternative:
    """One alternative: its differences from the base, and their effects on the measures."""

    case: Case
    changes: tuple[Difference, ...]
    measures: dict[str, Paired]
    loops: dict[str, Loop] | None = None  # with and without the model's loops, if that was asked
    kinds: KindsCompared = field(default_factory=dict, compare=False)  # by kind of employer, where several

    @cached_property
    def changes_nothing(self) -> bool:
        """Whether every measure is the same as in the base, in every replication."""
        return {one.verdict for one in self.measures.values()} <= {"no change", None}


@dataclass(frozen=True)
class Answer:
    """A base, its alternatives (none for a single scenario), and how they were run."""

    base: Case
    alternatives: tuple[Alternative, ...]
    settings: Settings
    enough: Enough | None = None  # why so many replications, if that was found and not said
    leaks: tuple[str, ...] = ()  # what differs and must not: a fault of the program that makes the answer worthless

    @property
    def within(self) -> float:
        """Return the chance of the interval of one difference, such that those of all alternatives hold together."""
        return together(len(self.alternatives))

    @property
    def over_futures(self) -> bool:
        """Whether ranges are of single futures: random variation and what is not known, both."""
        return self.settings.unknowns and self.settings.replications >= FEWEST

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return all scenarios, the base first."""
        return (self.base, *(one.case for one in self.alternatives))


def ask(
    base: Loaded,
    alternatives: Sequence[Loaded],
    settings: Settings,
    keep: Callable[[Piece], None] | None = None,
    kept: Kept | None = None,
    *,
    loop_off: bool = False,
) -> Answer:
    """Run a base and its alternatives with the same random numbers and compare them.

    Args:
        base: "no new decisions".
        alternatives: what it is compared with.
        settings: replications, seed, who does the work.
        keep: called with each block's results, in the order of the replications.
        kept: where blocks are found and kept.
        loop_off: run everything without the model's loops too, and tell what they add.

    Raises:
        ScenarioError: when an alternative cannot start from the base's opening.
        UnsoundAnswerError: when a number cannot stand, which is a fault of the program.
    """
    asked = [base, *alternatives]
    check(asked)
    everyone = in_all(asked, loop_off=loop_off)
    kept, settings = kept or Memory(), drawing(settings, everyone)
    keeper = None if keep is None else partial(_keep_asked, keep, len(asked))
    values = replicate([loaded.scenario for loaded in everyone], settings, keeper, kept)
    if settings.futures is not None:
        remember(settings.futures.draws, kept.pieces(), range(settings.replications))
    cases = _cases(asked, values[: len(asked)], settings, kept)
    told = loops(values[: len(asked)], values[len(asked) :]) if loop_off else (None,) * len(alternatives)
    compared = tuple(_alternative(cases, place, told[place - 1]) for place in range(1, len(cases)))
    return Answer(cases[0], compared, settings, leaks=_leaks(kept, case_names(everyone)))


def _cases(asked: Sequence[Loaded], values: Sequence[Values], settings: Settings, kept: Kept) -> list[Case]:
    """Scenarios with all that their blocks tell; raise UnsoundAnswerError where that cannot be."""
    names = case_names(asked)
    for name, found in zip(names, values, strict=True):
        check_sound(name, found)
    sums = all_beside_base(assembled(kept.pieces(), range(settings.replications)))[: len(asked)]
    own = [own_values(told, of) if settings.unknowns else None for told, of in zip(values, sums, strict=True)]
    kinds = told_of_kinds(sums, futures=settings.unknowns)
    return [Case(*one) for one in zip(names, asked, values, books_of(sums), own, kinds, strict=True)]


def _keep_asked(keep: Keeper, asked: int, piece: Piece) -> None:
    """Hand over the results of the scenarios that were asked for, without those that run beside them."""
    keep(piece if piece.results is None else replace(piece, results=piece.results[:asked]))


def in_all(asked: Sequence[Loaded], *, loop_off: bool) -> list[Loaded]:
    """Return every scenario that is run, the base first: those asked for, and the same without the model's loops."""
    return [*asked, *map(without_loops, asked)] if loop_off else list(asked)


def _alternative(cases: Sequence[Case], place: int, told: dict[str, Loop] | None) -> Alternative:
    base, case = cases[0], cases[place]
    changes = differences(base.loaded.scenario, case.loaded.scenario)
    others = len(cases) - 1
    kinds = kinds_compared(base.kinds, case.kinds, others)
    return Alternative(case, changes, compared(base, case, others), told, kinds)


def compared(first: Case, second: Case, comparisons: int) -> dict[str, Paired]:
    """Return every measure of one scenario beside another's, replication by replication."""
    own = None if first.own is None or second.own is None else (first.own, second.own)
    return paired(first.values, second.values, comparisons, own)


def _leaks(kept: Kept, names: Sequence[str]) -> tuple[str, ...]:
    """Return every leak once, with the scenario it was seen in."""
    told = (
        f"{name}: {leak}"
        for piece in kept.pieces()
        for name, own in zip(names, piece.leaks, strict=False)
        for leak in own
    )
    return tuple(dict.fromkeys(told))


def check(everyone: Sequence[Loaded]) -> None:
    """See that all can be compared, the base first; raise ScenarioError with everything that stands in the way."""
    check_alike([loaded.scenario for loaded in everyone], [loaded.label for loaded in everyone])


def settings_of(
    base: Loaded, jobs: int | None = None, progress: Progress | None = None, cluster: str | None = None
) -> Settings:
    """Return the settings that a base asks for."""
    experiment = base.scenario.experiment
    settings = Settings(experiment.replications, experiment.seed, jobs, cluster=cluster)
    return settings if progress is None else replace(settings, progress=progress)


def case_names(everyone: Sequence[Loaded]) -> tuple[str, ...]:
    """Return a name for each scenario: its file's without the ending, or numbered where two would be alike."""
    return names_of([Path(loaded.path) for loaded in everyone])


def names_of(files: Sequence[Path]) -> tuple[str, ...]:
    """Return the names that scenarios have by their files."""
    names: list[str] = []
    for stem in (file.stem for file in files):
        alike = sum(name == stem or name.startswith(f"{stem}-") for name in names)
        names.append(f"{stem}-{alike + 1}" if stem in names else stem)
    return tuple(names)
