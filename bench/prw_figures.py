"""Measure the engines of PRW-bench: that they agree, what turnover they give, and what they cost."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from math import sqrt
from statistics import mean, stdev
from typing import NamedTuple

from bench.figures import Effort, Figure, Measured, NotMeasuredError, at_most, number, within
from bench.prw import arrays, compiled, mesa_model, plain_simpy
from bench.prw.definition import MONTHS, TURNOVER, TURNOVER_MARGIN
from bench.prw.draws import Draws, draw
from bench.prw.facts import Facts, annual_turnover, difference
from bench.timing import Times, interleave

SEED = 20_261

# Replications in one timed call. More than one where there is time for it: the processor learns a run of the
# same few thousand branches by heart, and the compiled loop then looks a third faster than it is.
REPLICATIONS = {50: 20, 500: 4, 5_000: 1}
LARGEST = 5_000
TURNOVER_POSTS, TURNOVER_REPLICATIONS = 500, 1_000
AGREE_POSTS, AGREE_REPLICATIONS, AGREE_WAGES = 50, 4, (0.6, 1.0, 1.3)


class Engine(NamedTuple):
    """Name a way of running PRW-bench; it takes the luck of several replications and a wage multiplier."""

    what: str
    run: Callable[[Sequence[Draws], float], list[Facts]]


def one_by_one(run: Callable[[Draws, float], Facts]) -> Callable[[Sequence[Draws], float], list[Facts]]:
    """Run replications one after the other."""
    return lambda luck, mult: [run(draws, mult) for draws in luck]


ENGINES = {
    "simpy": Engine("plain SimPy, a process per peer", one_by_one(plain_simpy.run)),
    "mesa": Engine("Mesa 3, an agent per peer", one_by_one(mesa_model.run)),
    "arrays": Engine("NumPy arrays, replications × posts", arrays.run_block),
    "compiled": Engine("compiled loop (the limit)", one_by_one(compiled.run)),
}
LIMIT = "compiled"
DRAWS = "draws"


def drawn(posts: int, replications: int) -> list[Draws]:
    """Draw the luck of several replications."""
    return [draw(posts, SEED, replication) for replication in range(replications)]


def limit_call(posts: int, replications: int) -> Callable[[], object]:
    """Return a callable that runs the compiled loop, to be timed in the same rounds as another engine."""
    return partial(ENGINES[LIMIT].run, drawn(posts, replications), 1.0)


@cache
def engine_times(posts: int, rounds: int) -> dict[str, Times]:
    """Time every engine, and drawing the luck, in the same rounds."""
    luck = drawn(posts, REPLICATIONS[posts])
    calls: dict[str, Callable[[], object]] = {key: partial(engine.run, luck, 1.0) for key, engine in ENGINES.items()}
    calls[DRAWS] = partial(drawn, posts, REPLICATIONS[posts])
    return interleave(calls, rounds)


def measure_time(key: str, posts: int, effort: Effort) -> Measured:
    """Measure CPU milliseconds a replication, beside the limit's."""
    if posts == LARGEST and not effort.full:
        raise NotMeasuredError("only with --full")
    times, replications = engine_times(posts, effort.rounds), REPLICATIONS[posts]
    scale = 1e3 / replications
    note = f"median {number(times[key].cpu_median * scale, 3)} ms"
    if key == LIMIT:
        note += f"; {times[key].cpu_min / replications / posts / MONTHS * 1e9:.0f} ns a post-month"
    elif key != DRAWS:
        note += f"; {number(times[key].cpu_min / times[LIMIT].cpu_min)} × the limit"
    of = f"n = {replications} replications, least of {effort.rounds} rounds"
    return Measured(times[key].cpu_min * scale, "ms CPU", of, note)


def measure_agreement(_: Effort) -> Measured:
    """Count the replications in which an engine's facts are not the first engine's."""
    luck = [draw(AGREE_POSTS, SEED, replication, blocks=2) for replication in range(AGREE_REPLICATIONS)]
    apart = 0
    for wage in AGREE_WAGES:
        first, *others = (engine.run(luck, wage) for engine in ENGINES.values())
        stories = zip(first, *others, strict=True)
        apart += sum(any(difference(one, other) for other in rest) for one, *rest in stories)
    runs = AGREE_REPLICATIONS * len(AGREE_WAGES)
    of = f"n = {runs} replications of {AGREE_POSTS} posts, {len(ENGINES)} engines"
    return Measured(float(apart), f"of {runs}", of)


def measure_turnover(_: Effort) -> Measured:
    """Measure annual turnover by the compiled loop."""
    values = [
        annual_turnover(compiled.run(draw(TURNOVER_POSTS, SEED, replication, blocks=2)))
        for replication in range(TURNOVER_REPLICATIONS)
    ]
    error = stdev(values) / sqrt(len(values))
    return Measured(mean(values), "", f"n = {len(values):,} replications", f"standard error {error:.5f}")


def _time_figures() -> list[Figure]:
    """Return a figure for each size and engine, and for drawing the luck they are all fed."""
    rows = {key: engine.what for key, engine in ENGINES.items()} | {DRAWS: "drawing the luck they are fed"}
    return [
        Figure(
            f"prw.{key}.{posts}",
            f"{what}: a replication of {posts:,} posts × {MONTHS} months",
            "none",
            None,
            partial(measure_time, key, posts),
        )
        for posts in REPLICATIONS
        for key, what in rows.items()
    ]


FIGURES = (
    Figure("prw.agree", "replications in which the engines' facts differ", "0", at_most(0), measure_agreement),
    Figure(
        "prw.turnover",
        f"annual turnover at {TURNOVER_POSTS} posts, wage multiplier 1",
        f"{TURNOVER} ± {TURNOVER_MARGIN}",
        within(TURNOVER, TURNOVER_MARGIN),
        measure_turnover,
    ),
    *_time_figures(),
)
