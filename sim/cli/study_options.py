"""The options and settings that several commands share: of `uncertainty` and `sensitivity`, of `worth` and `brief`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.terminal import progress
from sim.model.rules.turnover import CAUSES
from sim.questions.worth.text import TOGETHER
from sim.questions.worth.worth import ALL, MOST_AVERTED, Typed
from sim.results.measures.measure import PAYERS, REPLACING
from sim.results.measures.table import MEASURES
from sim.runs.futures.unknowns import Stated
from sim.runs.replicate import Settings
from sim.runs.store import default_store, holds_a_roster
from sim.scenario.files import Loaded
from sim.scenario.problems import did_you_mean
from sim.scenario.read.clean_text import clean

FEWEST_RUNS: Final = 4  # random variation is separated from uncertainty by leaving runs out


def _measure(context: click.Context, option: click.Parameter, value: str) -> str:
    key, _, part = value.partition(".")
    by = MEASURES[key].by if key in MEASURES else None
    named = {"cause": CAUSES, "cost": REPLACING}.get(by or "", ())
    known = by is not None and (not part or by == "household" or part in named)
    if not known:
        fix = did_you_mean(value, MEASURES) or "`peerstay measures` lists them"
        raise click.BadParameter(f"{value!r} is not a measure; {fix}", context, option)
    return value


MEASURE = click.option("--measure", required=True, metavar="KEY", callback=_measure, help="The result to look at.")
ALSO = click.option(
    "--also",
    multiple=True,
    nargs=3,
    type=(str, float, float),
    metavar="PATH LOW HIGH",
    help="Treat a stated input as uncertain over this range, or replace the range on its evidence card; repeatable.",
)
WORTH: Final = (
    click.option(
        "--payer", type=click.Choice((ALL, *PAYERS)), default=ALL, show_default=True,
        help="Whose spending must come back.",
    ),
    click.option(
        "--averted", type=click.FloatRange(0.0, MOST_AVERTED), metavar="USD",
        help="What you say a served client avoids a year; nothing is assumed without it.",
    ),
    click.option("--source", metavar="TEXT", help="Where that comes from; needed with --averted."),
)  # fmt: skip
FISCAL_YEAR: Final = click.option(
    "--year-starts", type=click.IntRange(1, 12), default=7, show_default=True, metavar="MONTH",
    help="Month in which the state's fiscal year begins.",
)  # fmt: skip
MEMBERS: Final = click.option(
    "--members", type=click.IntRange(1), metavar="N",
    help="Members of the program; spending is then also shown per member per month.",
)  # fmt: skip


def settings_of(everyone: Sequence[Loaded], replications: int, given: dict[str, Any], what: str) -> Settings:
    """Return how often each point is run, with which random seed, on which workers."""
    seed, store = everyone[0].scenario.experiment.seed, points_kept(everyone, given)
    return Settings(replications, seed, given["jobs"], progress(what) or silent, given["cluster"], store)


def points_kept(everyone: Sequence[Loaded], given: dict[str, Any]) -> Path | None:
    """Return where what came of single points is kept; nowhere where people are listed, unless a folder is named."""
    said: Path | None = given["store"]
    kept = not given["no_store"] and (said is not None or not holds_a_roster(everyone))
    return (said or default_store()) if kept else None


def ranges_typed(given: dict[str, Any]) -> list[Stated]:
    """Return what `--also` says."""
    return [Stated(path, low, high) for path, low, high in given["also"]]


def silent(_done: int, _total: int) -> None:
    """Show nothing."""


def typed_of(given: dict[str, Any]) -> Typed | None:
    """Return the worth that was typed, which needs its source; None where none was."""
    source = " ".join(clean(given["source"] or "").split())
    if (given["averted"] is None) == bool(source):
        raise click.UsageError(f"--averted and --source go together: {TOGETHER}")
    return Typed(given["averted"], source) if source else None
