"""What several commands share: options and settings of studies, of `worth` and `brief`, of `solve` and `frontier`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.loading import everyone_of
from sim.cli.terminal import progress
from sim.extras import need
from sim.model.rules.turnover import CAUSES
from sim.questions.worth.text import TOGETHER
from sim.questions.worth.worth import ALL, MOST_AVERTED, Typed
from sim.results.measures.measure import PAYERS, REPLACING
from sim.results.measures.table import MEASURES
from sim.runs.answer import settings_of as asked_of
from sim.runs.futures.unknowns import Stated
from sim.runs.replicate import Settings
from sim.runs.store import default_store, holds_a_roster
from sim.scenario.files import Loaded
from sim.scenario.problems import did_you_mean
from sim.scenario.read.clean_text import clean
from sim.scenario.read.what_if import called

MOST_LOADED: Final = 2  # a base and one alternative
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
        help="Whose spending must come back; with all, the employer's own money too.",
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


def to_files(writers: Mapping[str, str], what: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option --to, files that are also written, each that cannot be refused before anything is run.

    Args:
        writers: what a file is written by, by its ending.
        what: what is written.
        text: the help.
    """

    def files(context: click.Context, option: click.Parameter, values: tuple[Path, ...]) -> tuple[Path, ...]:
        for file in values:
            if file.suffix.lower() not in writers:
                raise click.BadParameter(f"{file}: {what} is written as {' or '.join(writers)}", context, option)
            if not file.parent.is_dir():
                raise click.BadParameter(f"{file}: there is no folder {file.parent}; make it first", context, option)
            if values.count(file) > 1:
                raise click.BadParameter(f"{file}: is named twice", context, option)
            need((writers[file.suffix.lower()],), "--to")
        return values

    return click.option(
        "--to", "files", multiple=True, type=click.Path(dir_okay=False, path_type=Path), callback=files,
        metavar=f"FILE{'|'.join(writers)}", help=f"{text} Repeatable.",
    )  # fmt: skip


# of solve and frontier ---------------------------------------------------------------------------------------------


def loaded(scenario: str, given: dict[str, Any], varied: Sequence[str]) -> tuple[Loaded, Loaded]:
    """Return the base, and what every value is laid over: the base itself, or what --with makes of it."""
    _check_apart(given["sets"], varied)
    everyone = everyone_of([scenario], given)
    if len(everyone) > MOST_LOADED:
        names = " and ".join(one.path.stem for one in everyone[1:])
        raise click.UsageError(f"--with makes {names}: here all of it belongs to one alternative, so name only one")
    base, start = everyone[0], everyone[-1]
    both = [one.text for one in start.what_if.assignments if one.address in varied] if start.what_if else []
    if both:
        raise click.UsageError(f"{called(both[0])}: is varied too; leave it out of one of them")
    return base, start


def search_settings(base: Loaded, start: Loaded, given: dict[str, Any]) -> Settings:
    """Return how often every value is run, on which workers, and where what came of it is kept."""
    settings = asked_of(base, given["jobs"], cluster=given["cluster"])
    return replace(settings, unknowns=not given["luck_only"], store=points_kept((base, start), given))


def _check_apart(sets: Sequence[str], paths: Sequence[str]) -> None:
    """See that no input is both set and varied: what is set holds for base and alternatives alike."""
    addresses = {text.partition("=")[0].strip() for text in sets}
    both = [path for path in paths if path in addresses]
    if both:
        raise click.UsageError(
            f"{', '.join(both)} is both set and varied; put its value today into a file that extends the scenario"
        )
