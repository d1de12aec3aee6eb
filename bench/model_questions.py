"""Measure whole questions as users ask them: over futures, backwards, studies; and what a whole nation would take."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from bench.figures import Effort, Figure, Measured, NotMeasuredError, at_most
from bench.model_speed import measure_growth
from bench.model_whole import COMMAND, COMPARED, not_when_quick
from bench.statewide import EMPLOYERS, POSTS_EACH, write_statewide
from bench.timing import Times, children_cpu, interleave, run_command
from sim.model.engine.row_pilot import Frame, anchor_of, solve_rows
from sim.runs.blocks import solved_for
from sim.runs.futures.laid_out import rows_at
from sim.runs.futures.rows import drawn_in, question_of, run_futures
from sim.scenario.files import Loaded, load

FUTURES, ROWS = 400, 200
FIXED = ("--months", "60", "--no-store", "-q")
SOLVE = (
    *("solve", "pa_fee_for_service", "--with", "pay.wage_usd_per_hour=25"),
    *("--vary", "funding.medicaid.rate_usd_per_unit", "--between", "13.5", "20"),
    *("--until", "retention_12_months >= base", "--no-store", "-q"),
)
FRONTIER = ("frontier", "pa_ladder", "--no-store", "-q")
UNCERTAINTY = ("uncertainty", "pa_fee_for_service", "pa_wage_25", "--measure", "cash_end_usd", "--no-store", "-q")
SCREENED = ("recruitment", "turnover", "time_use", "practices")  # some thirty inputs
SCREENING = (
    *("sensitivity", "pa_fee_for_service", "--measure", "vacancy_rate"),
    *(word for group in SCREENED for word in ("--input", group)),
    *("--no-store", "-q"),
)
WARM_UP, YEARS, NATION_POSTS, NATION_RUNS, REHEARSED = 60, 15, 200_000, 2_000, 2
USD_PER_CORE_HOUR = 0.05  # assumption: about what a rented core costs


# over futures ----------------------------------------------------------------------------------------------------


@cache
def compared_times(rounds: int) -> dict[str, Times]:
    """Time the answer over futures and the one over luck alone of as many runs, in the same rounds."""
    both = ("compare", *COMPARED, "--replications", str(FUTURES), *FIXED)
    calls: dict[str, Callable[[], object]] = {
        "futures": partial(run_command, [str(COMMAND), *both]),
        "luck": partial(run_command, [str(COMMAND), *both, "--luck-only"]),
    }
    return interleave(calls, rounds)


def measure_futures(effort: Effort) -> Measured:
    """Measure `peerstay compare` over futures from a cold start, with as many processes as it chooses."""
    found = compared_times(effort.rounds)["futures"]
    return Measured(found.wall_min, "s", _rounds(effort), f"median {found.wall_median:.2f} s")


def measure_beside_luck(effort: Effort) -> Measured:
    """Measure the same in answers over luck alone of as many runs."""
    futures, luck = (compared_times(effort.rounds)[name] for name in ("futures", "luck"))
    note = f"{futures.wall_min:.2f} s against {luck.wall_min:.2f} s on the clock, each with the processes it chooses"
    return Measured(futures.wall_min / luck.wall_min, "×", _rounds(effort), note)


def _rounds(effort: Effort) -> str:
    return f"n = {FUTURES} runs of 2 scenarios, least wall time of {effort.rounds} fresh processes"


def measure_pilot(effort: Effort) -> Measured:
    """Measure what the pilot of one draw takes in a block of many."""
    loaded = _loaded()
    question = question_of([loaded], 1)
    rows, _ = rows_at(loaded, drawn_in(question, range(ROWS)), ROWS, check=False)
    ((plan, solved),) = zip(rows.plans, solved_for(loaded.scenario).values(), strict=True)
    frame, which = Frame(loaded.scenario.horizon, True, None), np.arange(ROWS)  # the loops are on
    anchor = anchor_of(frame, loaded.scenario, solved)
    times = interleave({"it": partial(solve_rows, frame, plan.epochs[0][1], which, anchor)}, effort.rounds)["it"]
    of = f"n = {ROWS} draws of {loaded.scenario.posts.number} posts, least CPU of {effort.rounds} rounds"
    return Measured(times.cpu_min / ROWS * 1e3, "ms", of)


def by_draws(draws: int) -> Callable[[], object]:
    """Return what runs so many futures of one scenario."""
    loaded = _loaded("horizon.months=24", "horizon.warm_up_months=12")
    question, solved = question_of([loaded], 1), solved_for(loaded.scenario)
    return partial(run_futures, question, range(draws), solved)


def _loaded(*sets: str) -> Loaded:
    return load(Path(COMPARED[0]), sets)


# searches and studies ----------------------------------------------------------------------------------------------


def measure_cpu(words: tuple[str, ...], effort: Effort) -> Measured:
    """Measure the CPU seconds of a command and its processes, from a cold start."""
    not_when_quick(effort)
    before = children_cpu()
    run_command([str(COMMAND), *words])
    return Measured(children_cpu() - before, "s CPU", f"n = 1 run of `peerstay {' '.join(words)}`")


# a nation ----------------------------------------------------------------------------------------------------------


def nation(folder: Path) -> Path:
    """Write a portfolio of a nation's posts: the kinds of the statewide one, as many times over as it takes."""
    return write_statewide(folder, NATION_POSTS // POSTS_EACH)


def measure_nation(effort: Effort) -> Measured:
    """Find on paper what a nation takes, from a state measured here."""
    not_when_quick(effort)
    with TemporaryDirectory() as folder:
        file, runs = write_statewide(Path(folder)), 20
        taken = _cpu_of(["run", str(file), "--replications", str(runs), "--jobs", "1", "--no-store", "-q"])
    state = taken / (runs * EMPLOYERS * POSTS_EACH * 2 * WARM_UP)  # a post-month lived: 60 and 60 months
    lived = NATION_POSTS * (WARM_UP + 12 * YEARS) * NATION_RUNS
    hours = state * lived / 3_600
    of = f"{runs} futures of a state measured, one process"
    note = (
        f"{state * 1e6:.2f} µs a post-month lived; growth taken as 1; "
        f"{hours * USD_PER_CORE_HOUR:,.2f} USD at {USD_PER_CORE_HOUR:g} USD a core-hour (assumption)"
    )
    return Measured(hours, "core-hours", of, note)


def measure_rehearsal(effort: Effort) -> Measured:
    """Run a thousandth of a nation's runs on a local Dask cluster, and hold it against what paper says of it."""
    not_when_quick(effort)
    with TemporaryDirectory() as folder, _cluster(2) as address:
        file = nation(Path(folder))
        words = ["run", str(file), "--months", str(12 * YEARS), "--replications", str(REHEARSED), "--no-store", "-q"]
        run_command([str(COMMAND), *words, "--cluster", address])
        taken = _used(address)
    expected = measure_nation(effort).value * 3_600 * REHEARSED / NATION_RUNS
    note = f"{taken:,.0f} s CPU of two workers against {expected:,.0f} s on paper"
    return Measured(taken / expected, "×", f"n = {REHEARSED} futures of {NATION_POSTS:,} posts × {YEARS} years", note)


def _cpu_of(words: list[str]) -> float:
    before = children_cpu()
    run_command([str(COMMAND), *words])
    return children_cpu() - before


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """Yield the address of a Dask cluster on this machine; no port is open to others."""
    try:
        from distributed import LocalCluster  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as fault:
        raise NotMeasuredError("distributed is not installed") from fault
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=None
    ) as made:
        yield made.scheduler_address


def _used(address: str) -> float:
    from distributed import Client  # noqa: PLC0415  # an extra

    with Client(address, set_as_default=False) as client:
        return float(sum(client.run(process_time).values()))


FIGURES = (
    Figure(
        "model.futures",
        f"`peerstay compare` of 2 scenarios, {FUTURES} futures × 60 months × 40 posts, cold start",
        "≤ 5 s",
        at_most(5),
        measure_futures,
    ),
    Figure(
        "model.futures.luck",
        f"the same ÷ {FUTURES} runs over luck alone",
        "≤ 1.6 ×",
        at_most(1.6),
        measure_beside_luck,
    ),
    Figure("model.pilot", f"a pilot of one draw in a block of {ROWS}, 40 posts", "≤ 10 ms", at_most(10), measure_pilot),
    Figure(
        "model.growth.draws",
        "growth exponent in draws",
        "≤ 1.1",
        at_most(1.1),
        partial(measure_growth, by_draws, (50, 200, 800)),
    ),
    *(
        Figure(
            f"model.{words[0]}",
            f"`peerstay {words[0]}` on 40 posts",
            f"≤ {bar} s CPU",
            at_most(bar),
            partial(measure_cpu, words),
        )
        for words, bar in ((SOLVE, 8), (FRONTIER, 30), (UNCERTAINTY, 30), (SCREENING, 40))
    ),
    Figure(
        "model.nation",
        f"a nation on paper: {NATION_POSTS:,} posts × {YEARS} years × {NATION_RUNS:,} futures",
        "none",
        None,
        measure_nation,
    ),
    Figure(
        "model.nation.rehearsal",
        "a thousandth of it on a local Dask cluster ÷ what paper says",
        "≤ 1.5 ×",
        at_most(1.5),
        measure_rehearsal,
    ),
)
