"""Measure what a post-month of the full model costs: against the plain reference, the limit, and itself as it grows."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from bench.figures import Effort, Figure, Measured, NotMeasuredError, at_least, at_most
from bench.model_scenario import bench_scenario, portfolio
from bench.prw.definition import MONTHS as LIMIT_MONTHS
from bench.prw_figures import limit_call
from bench.timing import Times, growth_exponent, interleave
from sim.model.engine.run import simulate
from sim.scenario.schema import Scenario
from tests.agreement.agree import first_difference
from tests.reference import model as plain

SEED = 20_261
LIMIT_REPLICATIONS = 20  # in one timed call: see prw_figures.REPLICATIONS


class Size(NamedTuple):
    """How large a comparison with the plain reference is."""

    posts: int
    replications: int
    referenced: int  # replications that the reference runs in a timed call
    months: int = 60
    warm_up: int = 60

    @property
    def lived(self) -> int:
        """Return the post-months of one replication, the warm-up among them."""
        return self.posts * (self.months + self.warm_up)


SMALL, MIDDLE = Size(40, 200, 2), Size(500, 20, 1)
LARGE = Size(5_000, 2, 1, months=12, warm_up=12)  # shorter: the whole of it takes the reference half a minute
WHOLE_LARGE = Size(5_000, 2, 1)


def run_engine(scenario: Scenario, replications: int) -> object:
    """Run the engine, log and money on."""
    return simulate(scenario, [], range(replications), SEED)


def run_reference(scenario: Scenario, replications: int) -> None:
    """Run the plain reference, replication by replication."""
    for replication in range(replications):
        plain.run(scenario, None, replication, SEED)


def same_facts(scenario: Scenario) -> None:
    """Insist that engine and reference tell one story of the first replication."""
    difference = first_difference(scenario, None, 0, SEED)
    if difference is not None:
        raise NotMeasuredError(f"the two do not give the same facts: {difference}")


@cache
def engine_times(size: Size, rounds: int) -> dict[str, Times]:
    """Time the engine and its plain reference in the same rounds, and at the smallest size the limit too."""
    scenario = bench_scenario(size.posts, size.months, size.warm_up)
    same_facts(scenario)
    calls: dict[str, Callable[[], object]] = {
        "engine": partial(run_engine, scenario, size.replications),
        "reference": partial(run_reference, scenario, size.referenced),
    }
    if size == SMALL:
        calls["limit"] = limit_call(size.posts, LIMIT_REPLICATIONS)
    return interleave(calls, rounds, untimed=int(size == SMALL))


def _rounds(size: Size, effort: Effort) -> int:
    """Return the rounds of a size; what takes a minute need not be repeated so often."""
    if size == WHOLE_LARGE:
        return 1
    return effort.rounds if size == SMALL else max(1, effort.rounds // 2)


def measure_reference(size: Size, effort: Effort) -> Measured:
    """Measure how much longer the plain reference takes for a post-month."""
    size = WHOLE_LARGE if size == LARGE and effort.full else size
    rounds = _rounds(size, effort)
    times = engine_times(size, rounds)
    ours = times["engine"].cpu_min / size.replications / size.lived
    theirs = times["reference"].cpu_min / size.referenced / size.lived
    of = f"n = {size.replications} replications, of the reference {size.referenced}; {_how(size, rounds)}"
    note = f"a post-month {theirs * 1e9:,.0f} ns against {ours * 1e9:,.0f} ns, warm-up and luck in both"
    return Measured(theirs / ours, "×", of, f"{note}; replication 0 gives the same facts")


def _how(size: Size, rounds: int) -> str:
    return f"{size.warm_up} + {size.months} months, least CPU of {rounds} round{'s' * (rounds > 1)}"


def measure_limit(effort: Effort) -> Measured:
    """Measure a post-month of the full model in post-months of the compiled loop."""
    size = SMALL
    times = engine_times(size, effort.rounds)
    ours = times["engine"].cpu_min / size.replications / size.lived * 1e9
    limit = times["limit"].cpu_min / LIMIT_REPLICATIONS / (size.posts * LIMIT_MONTHS) * 1e9
    projected = ours * (size.months + size.warm_up) / size.months
    of = f"n = {size.replications} replications, {_how(size, effort.rounds)}"
    note = (
        f"{ours:.0f} ns a post-month lived, warm-up and the drawing of luck in it, against {limit:.0f} ns, luck drawn "
        f"beforehand; {projected / limit:.1f} × by post-month projected, the warm-up being what that costs too"
    )
    return Measured(ours / limit, "×", of, note)


# growth ----------------------------------------------------------------------------------------------------------

Sized = Callable[[int], Callable[[], object]]


def by_posts(posts: int) -> Callable[[], object]:
    return partial(run_engine, bench_scenario(posts, 24, 0), 4)


def by_months(months: int) -> Callable[[], object]:
    return partial(run_engine, bench_scenario(40, months, 0), 50)


def by_replications(replications: int) -> Callable[[], object]:
    return partial(run_engine, bench_scenario(40, 24, 0), replications)


def by_employers(employers: int) -> Callable[[], object]:
    return partial(run_engine, portfolio(employers, 1, 20, 24), 4)


def by_kinds(kinds: int) -> Callable[[], object]:
    return partial(run_engine, portfolio(kinds, kinds, 20, 6), 1)


def grown(sized: Sized, sizes: Sequence[int], rounds: int) -> list[float]:
    """Return the least CPU seconds at each size, timed in the same rounds."""
    times = interleave({str(size): sized(size) for size in sizes}, rounds)
    return [times[str(size)].cpu_min for size in sizes]


def measure_growth(sized: Sized, sizes: Sequence[int], effort: Effort) -> Measured:
    """Measure the growth exponent between the two largest sizes, where no fixed cost flatters it."""
    seconds = grown(sized, sizes, effort.rounds)
    steps = [growth_exponent(a, b) for a, b in zip(pairwise(sizes), pairwise(seconds), strict=True)]
    whole = growth_exponent(sizes, seconds)
    shown = ", ".join(f"{size:,}: {second:.2f} s" for size, second in zip(sizes, seconds, strict=True))
    note = f"{shown}; over all sizes {whole:.2f}, steepest step {max(steps):.2f}"
    of = f"the last step of {len(sizes)} sizes, least CPU of {effort.rounds} rounds"
    return Measured(steps[-1], "", of, note)


def measure_employers(effort: Effort) -> Measured:
    """Measure the growth exponent in a portfolio's employers: all of one kind, and each of a kind of its own."""
    alike = measure_growth(by_employers, (20, 100, 500), effort)
    kinds = (20, 100) if effort.quick else (20, 100, 500)
    apart = measure_growth(by_kinds, kinds, Effort(max(1, effort.rounds // 3)))
    worse = max(alike, apart, key=lambda measured: measured.value)
    note = f"of one kind {alike.value:.2f} ({alike.note}); each a kind of its own {apart.value:.2f} ({apart.note})"
    return Measured(worse.value, "", f"the worse of two portfolios; {alike.of}", note)


def growth_figures() -> list[Figure]:
    """Return the figures about growth."""
    what: dict[str, tuple[str, Callable[[Effort], Measured]]] = {
        "posts": ("posts, to 5,000", partial(measure_growth, by_posts, (40, 200, 1_000, 5_000))),
        "months": ("months", partial(measure_growth, by_months, (15, 30, 60, 120))),
        "replications": ("replications", partial(measure_growth, by_replications, (50, 200, 800))),
        "employers": ("a portfolio's employers, to 500", measure_employers),
    }
    return [
        Figure(f"model.growth.{key}", f"growth exponent in {name}", "≤ 1.1", at_most(1.1), measure)
        for key, (name, measure) in what.items()
    ]


FIGURES = (
    *(
        Figure(
            f"model.reference.{size.posts}x{size.replications}",
            f"plain reference ÷ full model, same facts, {size.posts:,} posts × {size.replications} replications",
            f"≥ {bar} ×",
            at_least(bar),
            partial(measure_reference, size),
        )
        for size, bar in ((SMALL, 50), (MIDDLE, 60), (LARGE, 80))
    ),
    Figure(
        "model.limit.40x200",
        "full model ÷ compiled PRW-bench loop, time a post-month, 40 posts × 200 replications",
        "≤ 12 ×",
        at_most(12),
        measure_limit,
    ),
    *growth_figures(),
)
