"""Measure the full model against its bars; a figure whose subject is not there yet says so."""

import sys
from functools import partial
from pathlib import Path

from bench.figures import (
    Effort,
    Figure,
    Measured,
    NotMeasuredError,
    at_least,
    at_most,
    awaiting,
    below,
)
from bench.timing import interleave, run_command

COMMAND = Path(sys.executable).with_name("peerstay")
ENGINE = "the engine"
REFERENCE = "the engine and its plain reference"


def measure_import(effort: Effort) -> Measured:
    """Measure how long a fresh `import sim` takes, against importing numpy and simpy."""
    python = [sys.executable, "-c"]
    times = interleave(
        {
            "sim": partial(run_command, [*python, "import sim"]),
            "libraries": partial(run_command, [*python, "import numpy, simpy"]),
        },
        effort.rounds,
    )
    ours, theirs = times["sim"].wall_min, times["libraries"].wall_min
    note = f"{ours:.3f} s against {theirs:.3f} s, the start of Python in both"
    return Measured(ours / theirs, "×", f"least wall time of {effort.rounds} fresh processes each", note)


def measure_help(effort: Effort) -> Measured:
    """Measure how long `peerstay --help` takes from a cold start."""
    if not COMMAND.exists():
        raise NotMeasuredError(f"there is no {COMMAND.name} command beside this Python")
    times = interleave({"help": partial(run_command, [str(COMMAND), "--help"])}, effort.rounds)["help"]
    note = f"median {times.wall_median:.3f} s"
    return Measured(times.wall_min, "s", f"least wall time of {effort.rounds} fresh processes", note)


FIGURES = (
    Figure(
        "model.reference.40x200",
        "plain reference ÷ full model, same facts, 40 posts × 200 replications",
        "≥ 20 ×",
        at_least(20),
        awaiting(REFERENCE),
    ),
    Figure(
        "model.reference.500x20",
        "plain reference ÷ full model, same facts, 500 posts × 20 replications",
        "≥ 20 ×",
        at_least(20),
        awaiting(REFERENCE),
    ),
    Figure(
        "model.reference.5000x2",
        "plain reference ÷ full model, same facts, 5,000 posts × 2 replications",
        "≥ 40 ×",
        at_least(40),
        awaiting(REFERENCE),
    ),
    Figure(
        "model.limit.40x200",
        "full model ÷ compiled PRW-bench loop, time a post-month, 40 posts × 200 replications",
        "≤ 25 ×",
        at_most(25),
        awaiting(ENGINE),
    ),
    Figure(
        "model.compare",
        "`peerstay compare` of 2 scenarios, 200 replications × 60 months × 40 posts, cold start",
        "≤ 5 s",
        at_most(5),
        awaiting("`peerstay compare`"),
    ),
    Figure("model.preview", "first preview on the page after a change", "≤ 2 s", at_most(2), awaiting("the page")),
    Figure("model.growth.posts", "growth exponent in posts, to 5,000", "≤ 1.1", at_most(1.1), awaiting(ENGINE)),
    Figure("model.growth.months", "growth exponent in months", "≤ 1.1", at_most(1.1), awaiting(ENGINE)),
    Figure(
        "model.growth.replications",
        "growth exponent in replications",
        "≤ 1.1",
        at_most(1.1),
        awaiting(ENGINE),
    ),
    Figure(
        "model.growth.employers",
        "growth exponent in employers, to 500",
        "≤ 1.1",
        at_most(1.1),
        awaiting(ENGINE),
    ),
    Figure(
        "model.memory.200x60x40",
        "peak memory, 200 replications × 60 months × 40 posts",
        "≤ 300 MiB",
        at_most(300),
        awaiting(ENGINE),
    ),
    Figure(
        "model.memory.1x60x50000",
        "peak memory, 1 replication × 60 months × 50,000 posts",
        "≤ 1,024 MiB",
        at_most(1024),
        awaiting(ENGINE),
    ),
    Figure("model.import", "`import sim` ÷ importing numpy and simpy", "≤ 1.5 ×", at_most(1.5), measure_import),
    Figure("model.help", "`peerstay --help` from a cold start", "< 0.3 s", below(0.3), measure_help),
    Figure(
        "model.luck.wage20",
        "turnover's variance, independent ÷ common random numbers, wage +20 %",
        "≥ 5 ×",
        at_least(5),
        awaiting(ENGINE),
    ),
    Figure(
        "model.luck.wage5",
        "turnover's variance, independent ÷ common random numbers, wage +5 %",
        "≥ 20 ×",
        at_least(20),
        awaiting(ENGINE),
    ),
    Figure(
        "model.processes",
        "one process ÷ two processes, wall time, ≥ 5 s of work",
        "≥ 1.7 ×",
        at_least(1.7),
        awaiting(ENGINE),
    ),
)
