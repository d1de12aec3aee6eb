"""`peerstay brief`: ask, and write the answer as files to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sim.charts.printed import Paths
from sim.cli.asking import asked_settings, command_of, kept_run, say_notes
from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, STORING, WITHS, WORK, options
from sim.cli.sizing import PRECISION, check_sizing, sized
from sim.extras import need
from sim.runs.answer import Answer, ask, case_names, check
from sim.runs.replicate import Memory
from sim.runs.safe_files import write_whole
from sim.runs.store import holds_a_roster
from sim.scenario.files import Loaded
from sim.takeaway.bundle import NoBundleError, shape_of, text_of
from sim.takeaway.monthly import collector
from sim.takeaway.offer import NEEDS, WAYS, WITHOUT_PATHS, WorthlessError, made, way_of
from sim.takeaway.signing import check_key, signed
from sim.words.as_json import Shape, as_json
from sim.words.provenance import Stamp, stamp

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


@click.command("brief", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE...]", shell_complete=scenarios)
@click.option(
    "--to",
    "files",
    multiple=True,
    required=True,
    callback=_files,
    metavar="FILE",
    help=f"File to write; the ending decides the format: {', '.join(WAYS)}. Repeatable.",
)
@click.option(
    "--sign",
    "key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="KEY.pem",
    help="Sign the bundle (.zip) with your private Ed25519 key; needs peerstay[sign].",
)
@click.option(
    "--loop-off", is_flag=True, help="Also run everything without the feedback loops, and show what the loops add."
)
@options(WITHS, SCENARIO, LUCK_ONLY, PRECISION, WORK, STORING, JSON)
def command(base: str, alternatives: tuple[str, ...], files: tuple[Path, ...], **given: Any) -> None:
    """Compare BASE ("no new decisions") with alternatives, or run it alone, and write the answer as files.

    Alternatives are files, or typed as in `peerstay compare`: --with pay.wage_usd_per_hour=25

    A brief has two pages: question, answer, numbers with ranges, chart, what differs, weak evidence, limits, how to
    reproduce it. Numbers and options are those of `peerstay compare`. --to answer.zip writes a bundle that
    `peerstay reproduce` can check. --json prints what `peerstay compare --json` prints, and the names of the files.
    """
    given |= {"shard": None}
    check_sizing(given)
    if given["loop_off"] and not alternatives and not given["withs"]:
        raise click.UsageError("--loop-off tells what loops add to a difference: name an alternative, or leave it out")
    everyone = everyone_of([base, *alternatives], given)
    check(everyone)
    endings = [way_of(file) for file in files]
    for file, ending in zip(files, endings, strict=True):
        need(NEEDS.get(ending, ()), f"{file}: a {ending} file")
    sign = _signer(given.pop("key"), endings)
    if BUNDLE in endings and holds_a_roster(everyone):
        raise click.UsageError("a scenario lists people (posts.roster), and a bundle is made to be passed on: no .zip")
    paths = None if set(endings) <= set(WITHOUT_PATHS) else collector(case_names(everyone))
    answer, stamped = _asked(everyone, given, paths)
    written = _write(files, lambda ending: sign(ending, made(ending, answer, stamped, paths)))
    if given["as_json_"]:
        click.echo(as_json({**shape_of(answer), "files": written}))
        return
    for one in written:
        click.echo(f"wrote {one['file']}: {one['what']}, {one['bytes']:,} bytes")


def _asked(everyone: Sequence[Loaded], given: dict[str, Any], paths: Paths | None) -> tuple[Answer, Stamp]:
    """Ask, as often as --precision takes, and keep the answer with its run, as `peerstay compare` does."""
    settings = asked_settings(everyone, given)
    run = kept_run(everyone, settings, given)
    kept = run or Memory()
    enough = sized(everyone, settings, given, kept)
    if enough is not None:
        settings = replace(settings, replications=enough.replications)
    keep = None if paths is None else paths.keep
    answer = ask(everyone[0], everyone[1:], settings, keep, kept, loop_off=given["loop_off"])
    answer = replace(answer, enough=enough)
    stamped = stamp(answer, command_of(everyone, settings, given))
    if run is not None:
        run.replications, run.command = settings.replications, stamped.command
        run.finish(shape_of(answer), text_of(answer, stamped))
        say_notes(run)
    return answer, stamped


def _signer(key: Path | None, endings: Sequence[str]) -> Callable[[str, bytes], bytes]:
    """Return what signs the bundle among some files, once it is known that the key can."""
    if key is None:
        return lambda _, content: content
    if BUNDLE not in endings:
        raise click.UsageError("--sign signs a bundle: write one with --to FILE.zip")
    check_key(key)
    return lambda ending, content: signed(content, key) if ending == BUNDLE else content


def _write(files: Sequence[Path], make: Callable[[str], bytes]) -> list[Shape]:
    """Make every file before the first is written, so that a fault leaves none; return what was written."""
    try:
        contents = [make(way_of(file)) for file in files]
    except (NoBundleError, WorthlessError) as fault:
        raise click.ClickException(str(fault)) from fault
    for file, content in zip(files, contents, strict=True):
        write_whole(file, content)
    return [
        {"file": str(file), "what": WAYS[way_of(file)][2], "bytes": len(content)}
        for file, content in zip(files, contents, strict=True)
    ]
