"""Measure the whole program: its memory, its cold starts, and what a second process brings."""

import os
import sys
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Effort, Figure, Measured, NotMeasuredError, at_least, at_most, below, number
from bench.report import ROOT
from bench.statewide import write_statewide
from bench.timing import children_cpu, interleave, peak_memory, peak_memory_together, run_command

COMMAND = Path(sys.executable).with_name("peerstay")
COMPARED = tuple(str(ROOT / "scenarios" / f"pa_{name}.toml") for name in ("fee_for_service", "block_grant"))
ONE_RUN = (sys.executable, "-m", "bench.one_run")
SMALL_POSTS = 40
LUCK = ("--luck-only",)
MARKET = ("--set", "market.employers_meet=true", "--set", "market.people_move=true")
PROCESSES, SHARED_REPLICATIONS, SHARED_ROUNDS, LEAST_SECONDS = 2, 4_800, 3, 5.0


def measure_import(effort: Effort) -> Measured:
    """Measure how long a fresh `import sim` takes, against importing numpy and simpy."""
    python = [sys.executable, "-c"]
    times = interleave(
        {
            "sim": partial(run_command, [*python, "import sim"]),
            "engine": partial(run_command, [*python, "import sim.model.engine.run"]),
            "libraries": partial(run_command, [*python, "import numpy, simpy"]),
        },
        effort.rounds,
    )
    ours, engine, theirs = (times[name].wall_min for name in ("sim", "engine", "libraries"))
    note = f"{ours:.3f} s against {theirs:.3f} s, both with the start of Python; the engine alone {engine:.3f} s"
    return Measured(ours / theirs, "×", f"least wall time of {effort.rounds} fresh processes each", note)


def measure_help(effort: Effort) -> Measured:
    """Measure how long `peerstay --help` takes from a cold start."""
    return _cold_start(["--help"], effort.rounds)


def measure_compare(effort: Effort) -> Measured:
    """Measure how long `peerstay compare` takes from a cold start, with as many processes as it chooses."""
    return _cold_start(
        ["compare", *COMPARED, "--replications", "200", "--months", "60", "--no-store", "--luck-only"], effort.rounds
    )


def measure_again(effort: Effort) -> Measured:
    """Measure how long the same question takes when it is asked again, and everything is kept."""
    with TemporaryDirectory() as store:
        return _cold_start(
            ["compare", *COMPARED, "--replications", "200", "--months", "60", "--store", store, "--luck-only"],
            effort.rounds,
        )


@cache
def statewide(luck: tuple[str, ...], market: tuple[str, ...]) -> tuple[float, float, float]:
    """Run a statewide portfolio on two processes; return seconds, MiB of all together, and the load at the end."""
    with TemporaryDirectory() as folder:
        file = write_statewide(Path(folder))
        words = ["run", str(file), "--replications", "50", "--jobs", str(PROCESSES), "--no-store", *luck, *market]
        return *peak_memory_together([str(COMMAND), *words]), os.getloadavg()[0]


def measure_statewide(what: str, luck: tuple[str, ...], market: tuple[str, ...], effort: Effort) -> Measured:
    """Measure a statewide portfolio on two processes: seconds, or the memory of all processes together."""
    not_when_quick(effort)
    seconds, memory, at_the_end = statewide(luck, market)
    of = f"n = 50 {'replications' if luck else 'futures'}, one run of the command on {PROCESSES} processes"
    load = f"load {at_the_end:.1f} at the end"
    if what == "seconds":
        return Measured(seconds, "s", of, f"{memory:,.0f} MiB at most; {load}")
    return Measured(memory, "MiB", of, f"the parent and its processes together; {seconds:.0f} s; {load}")


def _cold_start(arguments: list[str], rounds: int) -> Measured:
    if not COMMAND.exists():
        raise NotMeasuredError(f"there is no {COMMAND.name} command beside this Python")
    before = children_cpu()
    times = interleave({"it": partial(run_command, [str(COMMAND), *arguments])}, rounds)["it"]
    cpu = (children_cpu() - before) / (rounds + 1)
    of = f"least wall time of {rounds} fresh processes"
    return Measured(times.wall_min, "s", of, f"median {times.wall_median:.3f} s; {cpu:.3f} s CPU in the mean")


def measure_memory(posts: int, replications: int, effort: Effort) -> Measured:
    """Measure the peak memory of a fresh process that runs the model once and measures it all."""
    if posts > SMALL_POSTS:
        not_when_quick(effort)
    command = [*ONE_RUN, str(posts), str(replications), "60"]
    whole, stated = peak_memory(command), peak_memory([*command, "--stated"])
    of = f"one fresh process, {replications} replication{'s' * (replications > 1)} of {posts:,} posts"
    note = f"the pilot that solves turnover in it; {number(stated, 3)} MiB with hazards stated, which need no pilot"
    return Measured(whole, "MiB", of, note)


def not_when_quick(effort: Effort) -> None:
    """Leave out what takes long, where a look is enough.

    Raises:
        NotMeasuredError: then.
    """
    if effort.quick:
        raise NotMeasuredError("not with --quick")


def measure_processes(effort: Effort) -> Measured:
    """Measure how much sooner two processes have done what takes one five seconds or more."""
    not_when_quick(effort)
    taken = [[_seconds_with(jobs) for jobs in (1, PROCESSES)] for _ in range(SHARED_ROUNDS)]
    (one, one_cpu), (two, two_cpu) = (map(min, zip(*seconds, strict=True)) for seconds in zip(*taken, strict=True))
    if one < LEAST_SECONDS:
        raise NotMeasuredError(f"one process took only {one:.1f} s, less than {LEAST_SECONDS:.0f} s")
    of = f"n = {SHARED_REPLICATIONS:,} replications of 40 posts, least wall time of {SHARED_ROUNDS} interleaved rounds"
    note = (
        f"{one:.1f} s against {two:.1f} s, the start of the processes in it; "
        f"CPU {one_cpu:.1f} s against {two_cpu:.1f} s; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"
    )
    return Measured(one / two, "×", of, note)


def _seconds_with(jobs: int) -> tuple[float, float]:
    """Return the wall and CPU seconds that a fresh process needs for the work, with so many processes to share it."""
    before = children_cpu()
    work = ["40", str(SHARED_REPLICATIONS), "60", "--stated", "--jobs", str(jobs)]
    wall = float(run_command([*ONE_RUN, *work]).split()[-1])
    return wall, children_cpu() - before


FIGURES = (
    Figure(
        "model.compare",
        "`peerstay compare` of 2 scenarios, 200 replications × 60 months × 40 posts, luck alone, cold start",
        "≤ 1.5 s",
        at_most(1.5),
        measure_compare,
    ),
    *(
        Figure(
            f"model.memory.{replications}x60x{posts}",
            f"peak memory, {replications} replication{'s' * (replications > 1)} × 60 months × {posts:,} posts",
            f"≤ {bar:,} MiB",
            at_most(bar),
            partial(measure_memory, posts, replications),
        )
        for posts, replications, bar in ((40, 200, 300), (50_000, 1, 1_024))
    ),
    Figure("model.again", "the same `peerstay compare` asked again, all of it kept", "none", None, measure_again),
    *(
        Figure(
            f"model.statewide.{key}",
            f"statewide: 500 employers, 10,000 posts, 60 months, {told}, two processes",
            f"≤ {bar:,} {unit}",
            at_most(bar),
            partial(measure_statewide, what, luck, market),
        )
        for key, told, what, luck, market, bar, unit in (
            ("seconds", "50 runs over luck alone", "seconds", LUCK, (), 25, "s"),
            ("memory", "50 runs over luck alone", "memory", LUCK, (), 1_024, "MiB"),
            ("futures", "50 futures", "seconds", (), (), 25, "s"),
            ("futures.memory", "50 futures", "memory", (), (), 1_024, "MiB"),
            ("market", "50 futures, a labor market on", "seconds", (), MARKET, 40, "s"),
        )
    ),
    Figure("model.import", "`import sim` ÷ importing numpy and simpy", "≤ 1.5 ×", at_most(1.5), measure_import),
    Figure("model.help", "`peerstay --help` from a cold start", "< 0.3 s", below(0.3), measure_help),
    Figure(
        "model.processes",
        "one process ÷ two processes, wall time, ≥ 5 s of work",
        "≥ 1.7 ×",
        at_least(1.7),
        measure_processes,
    ),
)
