"""Answer over many replications: run those that nobody has kept yet, and measure them all together."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from sim.results.summary import Values, values_of
from sim.results.sums import all_beside_base
from sim.runs.blocks import Task, block_size, cut, run_block, seconds
from sim.runs.futures.rows import Question, question_of
from sim.runs.pieces import Piece, assembled, missing
from sim.runs.solved import rows_solved_by, solved_by
from sim.runs.workers.executors import Executor, executor_for
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError, shown
from sim.scenario.schema import Scenario
from sim.scenario.tables.frame import Market
from sim.scenario.timeline import plans

Progress = Callable[[int, int], None]  # replications done, replications in all
Keeper = Callable[[Piece], None]
AS_LONG: Final = 2.0  # a future, as a replication: its draw, its pilot, and numbers that differ by row


@dataclass(frozen=True)
class Settings:
    """How many replications, with which random seed, and on which workers.

    `jobs` are processes, None as many as are worth starting; `cluster` is the address of a Dask scheduler to use
    instead. An `executor` that is open already is used before both.
    """

    replications: int
    seed: int
    jobs: int | None = None
    progress: Progress = field(default=lambda _done, _all: None, compare=False)
    cluster: str | None = None
    store: Path | None = None  # where solved baselines are kept, and what came of a study's single points
    unknowns: bool = False  # every replication is a future: it draws anew what the scenarios leave open
    futures: Question | None = field(default=None, compare=False, repr=False)  # what that is; `drawing` finds it
    executor: Executor | None = field(default=None, compare=False, repr=False)

    @property
    def as_long(self) -> float:
        """Return how long a replication takes beside one whose assumptions are taken as known."""
        return AS_LONG if self.unknowns else 1.0

    def workers(self, seconds: float) -> AbstractContextManager[Executor]:
        """Open whoever does work of about so many seconds, to be used in a `with`.

        Raises:
            WorkersError: when the cluster cannot be used.
        """
        return nullcontext(self.executor) if self.executor else executor_for(self.jobs, seconds, self.cluster)


def drawing(settings: Settings, everyone: Sequence[Loaded]) -> Settings:
    """Return settings that know what is drawn in every replication of some scenarios, the base first."""
    return replace(settings, futures=question_of(everyone, settings.seed)) if settings.unknowns else settings


class Kept(Protocol):
    """Where the sums of blocks are kept: `Memory` here, `sim.runs.store.Run` on disk."""

    def pieces(self) -> list[Piece]:
        """Return what is kept."""

    def put(self, piece: Piece) -> None:
        """Keep what came of a block."""


class Memory:
    """Keep the sums of blocks as long as the program runs."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def pieces(self) -> list[Piece]:
        """Return what is kept."""
        return list(self._pieces)

    def put(self, piece: Piece) -> None:
        """Keep the sums of a block; its results are left out, for they are large."""
        self._pieces.append(piece.light())


def replicate(
    scenarios: Sequence[Scenario],
    settings: Settings,
    keep: Keeper | None = None,
    kept: Kept | None = None,
) -> tuple[Values, ...]:
    """Return every measure of each scenario, one value a replication; the first scenario is the base.

    Args:
        scenarios: the base and its alternatives.
        settings: replications, seed, who does the work.
        keep: called with each block's results, in the order of the replications; all of them are run then.
        kept: what is there already is not run again, and what is run is kept there.

    Raises:
        ScenarioError: when alternatives do not start from the base's employers and horizon.
        WorkersError: when whoever does the work is lost for good.
    """
    check_alike(scenarios)
    kept = kept or Memory()
    numbers = range(settings.replications)
    fill(scenarios, settings, numbers, kept, keep)
    return tuple(map(values_of, all_beside_base(assembled(kept.pieces(), numbers))))


def fill(
    scenarios: Sequence[Scenario],
    settings: Settings,
    numbers: range,
    kept: Kept,
    keep: Keeper | None = None,
) -> None:
    """Run those of some replications that are not kept yet, and keep them; all of them, if their results are wanted."""
    gaps = missing(numbers, () if keep else (piece.numbers for piece in kept.pieces()))
    done = len(numbers) - sum(map(len, gaps))
    settings.progress(done, len(numbers))
    in_order = _InOrder(keep)
    with closing(run(scenarios, settings, gaps, keep=keep is not None)) as pieces:
        for piece in pieces:
            kept.put(piece)
            in_order.take(piece)
            done += len(piece.numbers)
            settings.progress(done, len(numbers))


def run(
    scenarios: Sequence[Scenario], settings: Settings, gaps: Sequence[range], *, keep: bool = False
) -> Generator[Piece, None, None]:
    """Yield the blocks of some replications as they are done."""
    if not gaps:
        return
    work = settings.as_long * seconds(scenarios, sum(map(len, gaps)))
    with settings.workers(work) as workers:
        blocks = cut(gaps, block_size(scenarios), workers.workers)
        wanted = len(blocks) > 1 or settings.store is not None
        solved = solved_by(workers, scenarios[0], settings.store) if wanted else {}
        known = rows_solved_by(workers, settings.futures, blocks, solved)
        whole = Task(tuple(scenarios), range(0), settings.seed, solved, keep, settings.futures, known=known)
        tasks = [replace(whole, numbers=block) for block in blocks]
        for _, piece in workers.results(run_block, tasks):
            yield piece


class _InOrder:
    """Hand blocks over in the order of the replications, whatever the order they are done in."""

    def __init__(self, keep: Keeper | None) -> None:
        self._keep = keep
        self._next = 0
        self._waiting: dict[int, Piece] = {}

    def take(self, piece: Piece) -> None:
        if self._keep is None:
            return
        self._waiting[piece.numbers.start] = piece
        while self._next in self._waiting:
            ready = self._waiting.pop(self._next)
            self._keep(ready)
            self._next = ready.numbers.stop


# what can be compared --------------------------------------------------------------------------------------------


def check_alike(scenarios: Sequence[Scenario], names: Sequence[str] = ()) -> None:
    """See that alternatives can start from the base's opening: same employers, same horizon.

    Args:
        scenarios: the base and its alternatives.
        names: what messages call them; their titles, if left out.

    Raises:
        ScenarioError: with everything that stands in the way.
    """
    base, *others = scenarios
    called = list(names) or [scenario.title or "scenario" for scenario in scenarios]
    problems = [
        problem for other, name in zip(others, called[1:], strict=True) for problem in _unlike(base, other, name)
    ]
    if problems:
        raise ScenarioError(problems)


def _unlike(base: Scenario, other: Scenario, name: str) -> Iterator[Problem]:
    for field_name in type(base.horizon).model_fields:
        here, there = getattr(base.horizon, field_name), getattr(other.horizon, field_name)
        if here != there:
            rule = f"must be as in the base ({shown(here)}), from whose opening it starts"
            yield Problem(name, None, f"horizon.{field_name}", shown(there), rule)
    yield from _other_market(base, other, name)
    yield from _other_income(base, other, name)
    ours, theirs = ({plan.name: plan.count for plan in plans(scenario)} for scenario in (base, other))
    if ours.keys() != theirs.keys():
        rule = f"kinds must be those of the base ({', '.join(ours)}): employers are compared one by one"
        yield Problem(name, None, "employer", ", ".join(theirs), rule)
    for kind in ours.keys() & theirs.keys():
        if ours[kind] != theirs[kind]:
            rule = f"must be as in the base ({ours[kind]}): employers are compared one by one"
            yield Problem(name, None, f"employer.{kind}.count", str(theirs[kind]), rule)


def _other_market(base: Scenario, other: Scenario, name: str) -> Iterator[Problem]:
    ours, theirs = ({plan.name: _undecided(plan.epochs[0][1].market) for plan in plans(one)} for one in (base, other))
    if any(ours[kind] != theirs[kind] for kind in ours.keys() & theirs.keys()):
        rule = "must be as in the base: it is how a labor market is modeled, and nothing that anybody decides"
        fix = "put it into the base, or set it in both with --set; only trained_share_per_year may differ"
        yield Problem(name, None, "market", None, rule, fix)


def _other_income(base: Scenario, other: Scenario, name: str) -> Iterator[Problem]:
    ours, theirs = ({one.name: one.epochs[0][1].pay.adequacy_income for one in plans(of)} for of in (base, other))
    if any(ours[kind] != theirs[kind] for kind in ours.keys() & theirs.keys()):
        rule = "must be as in the base: it is how pay is weighed, and nothing that anybody decides"
        yield Problem(
            name, None, "pay.adequacy_income", None, rule, "put it into the base, or set it in both with --set"
        )


def _undecided(market: Market) -> Market:
    """Return a market without what somebody may decide: how many people are trained."""
    return market.model_copy(update={"trained_share_per_year": 0.0})
