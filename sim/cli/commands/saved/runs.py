"""`peerstay runs`: list the runs that are kept."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.manual import Manual
from sim.cli.options import JSON, STORE, options
from sim.cli.terminal import aside, say
from sim.runs.catalog import Entry, damaged, entries, find
from sim.runs.store import default_store
from sim.scenario.read.clean_text import clean
from sim.words.as_json import Shape, as_json
from sim.words.layout import counted, table

MEGABYTE = 1e6
ID_DIGITS = 8
NOT_OURS = (errno.EACCES, errno.EPERM, errno.EROFS)


@click.command("runs", cls=Manual)
@options(STORE, JSON)
@click.option(
    "--delete", "doomed", multiple=True, metavar="ID", help="Delete this run instead of listing runs; repeatable."
)
def command(store: Path | None, as_json_: bool, doomed: tuple[str, ...]) -> None:
    """List the saved runs, the latest first.

    An ID is the beginning of a run's key. Runs made by another version are never mixed with new ones: `peerstay show`
    prints their answers as they were.
    """
    place = store or default_store()
    if doomed:
        _delete([find(place, one) for one in doomed])
        return
    found = entries(place)
    for one in damaged(place):
        aside(f"warning: {one.folder}: is a damaged run ({one.why}); remove the folder to be rid of it")
    say(as_json({"store": str(place), "runs": [_shape(one) for one in found]}) if as_json_ else _text(place, found))


def _delete(doomed: Sequence[Entry]) -> None:
    """Delete runs; those that stay are told together, after the others are gone.

    Raises:
        click.ClickException: where some could not be deleted.
    """
    left = []
    for entry in doomed:
        try:
            shutil.rmtree(entry.folder)
        except OSError as fault:
            left.append(f"{entry.folder} is not deleted: {_why(fault)}")
        else:
            say(f"deleted {entry.folder}")
    if left:
        raise click.ClickException("\nError: ".join(left))


def _why(fault: OSError) -> str:
    if fault.errno in NOT_OURS:
        return "you may not write there (the folder, or its disk, is read-only for you)"
    return (fault.strerror or "the disk gave no reason").lower()


def _shape(entry: Entry) -> Shape:
    return {
        "folder": str(entry.folder),
        "kept": entry.kept,
        "current": entry.current,
        "bytes": entry.size,
    } | entry.question


def _text(store: Path, found: list[Entry]) -> str:
    if not found:
        return f"No runs in {store}."
    rows = [_row(one) for one in found]
    size = sum(one.size for one in found) / MEGABYTE
    listed = table(("ID", "asked (UTC)", "kept", "seed", "by", "scenarios"), rows)
    return f"{listed}\n\n{counted(len(found), 'run')}, {size:,.1f} MB, in {store}"


def _row(entry: Entry) -> tuple[str, ...]:
    question = entry.question
    names = clean(" / ".join(one["name"] for one in question["scenarios"]))
    made = "this version" if entry.current else f"another {question['version']}"
    asked = question["asked"][:16].replace("T", " ")
    kept = f"{entry.kept:,} of {question['replications']:,}"
    return entry.folder.name[:ID_DIGITS], asked, kept, str(question["seed"]), made, names
