"""`peerstay brief`: ask, and write the answer as files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli.asking import kept_run, progress, say_notes, warn
from sim.cli.options import SCENARIO, STORING, WORK, options
from sim.experiment.answer import Answer, ask, case_names, check, settings_of
from sim.experiment.files import write_whole
from sim.experiment.replicate import Memory, Settings
from sim.experiment.runs import Run, holds_a_roster
from sim.report.charts import Paths
from sim.report.provenance import Stamp, command_line, stamp
from sim.report.takeaway.bundle import NoBundleError, shape_of, text_of
from sim.report.takeaway.monthly import collector
from sim.report.takeaway.offer import WAYS, WITHOUT_PATHS, WorthlessError, made, way_of
from sim.scenario.files import load

BUNDLE = ".zip"


def _files(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the files to write, every name that cannot be one refused at once."""
    files, faults = [Path(value) for value in values], []
    for file in files:
        try:
            way_of(file)
        except ValueError as fault:
            faults.append(str(fault))
        if file.is_dir():
            faults.append(f"{file}: is a folder")
        elif not file.parent.is_dir():
            faults.append(f"{file}: there is no folder {file.parent}; make it first")
    faults += [f"{file}: is named twice" for file in sorted({file for file in files if files.count(file) > 1})]
    if faults:
        raise click.BadParameter("\n".join(faults), context, option)
    return tuple(files)


@click.command("brief")
@click.argument("base")
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE...]")
@click.option(
    "--to",
    "files",
    multiple=True,
    required=True,
    callback=_files,
    metavar="FILE",
    help=f"Where to write it; the ending says how: {', '.join(WAYS)}. Repeatable.",
)
@options(SCENARIO, WORK, STORING)
def command(base: str, alternatives: tuple[str, ...], files: tuple[Path, ...], **given: Any) -> None:
    """Compare BASE ("no new decisions") with alternatives, or run it alone, and write the answer as files.

    A brief has two pages: question, answer, numbers with ranges, chart, what differs, weak evidence, limits, how to
    reproduce it. The numbers are those of `peerstay compare`. --to answer.zip writes a bundle that `peerstay
    reproduce` makes again.
    """
    layers = {name: given[name] for name in ("sets", "months", "replications", "seed")}
    everyone = [load(path, **layers) for path in (base, *alternatives)]
    warn(everyone)
    check(everyone)
    endings = [way_of(file) for file in files]
    if BUNDLE in endings and holds_a_roster(everyone):
        raise click.UsageError("a scenario lists people (posts.roster), and a bundle is made to be passed on: no .zip")
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    run = kept_run(everyone, settings, {**given, "loop_off": False})
    paths = None if set(endings) <= set(WITHOUT_PATHS) else collector(case_names(everyone))
    answer = ask(everyone[0], everyone[1:], settings, None if paths is None else paths.keep, run or Memory())
    stamped = stamp(answer, command_line(everyone, settings, given["sets"]))
    _finish(run, answer, stamped, settings)
    _write(files, answer, stamped, paths)


def _finish(run: Run | None, answer: Answer, stamped: Stamp, settings: Settings) -> None:
    """Keep the answer with its run, as `peerstay compare` does."""
    if run is not None:
        run.replications, run.command = settings.replications, stamped.command
        run.finish(shape_of(answer), text_of(answer, stamped))
        say_notes(run)


def _write(files: Sequence[Path], answer: Answer, stamped: Stamp, paths: Paths | None) -> None:
    """Make every file before the first is written, so that a fault leaves none."""
    try:
        contents = [made(way_of(file), answer, stamped, paths) for file in files]
    except (NoBundleError, WorthlessError) as fault:
        raise click.ClickException(str(fault)) from fault
    for file, content in zip(files, contents, strict=True):
        write_whole(file, content)
        click.echo(f"wrote {file}: {WAYS[way_of(file)][2]}, {len(content):,} bytes")
