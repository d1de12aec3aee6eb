"""`peerstay merge`: put together what was run in several places."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.asking import say_notes, shown
from sim.cli.manual import Manual
from sim.cli.options import JSON, STORE, options
from sim.cli.terminal import say
from sim.runs.answer import case_names
from sim.runs.catalog import merged
from sim.runs.pieces import missing
from sim.runs.store import Run, default_store

INCOMPLETE = 1


@click.command("merge", cls=Manual)
@click.argument("stores", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@options(STORE, JSON)
def command(stores: tuple[Path, ...], store: Path | None, as_json_: bool) -> int:
    """Combine the runs in STORES, as --shard leaves them, and print the answers that are complete.

    Every block is checked before it is copied; a damaged or foreign one is named and left out. Runs made by another
    version are refused because they would give other numbers. Exit code 0 when all runs are complete and every file
    was copied; 1 when replications are missing or a file was left out.
    """
    runs = merged(stores, store or default_store())
    return INCOMPLETE if sum([_incomplete(run, as_json_=as_json_) for run in runs]) else 0


def _incomplete(run: Run, *, as_json_: bool) -> bool:
    """Print the answer of a run, or what is missing; say whether anything is."""
    gaps = missing(range(run.replications), [piece.numbers for piece in run.pieces()])
    refused = bool(run.notes)
    say_notes(run)
    if gaps:
        told = ", ".join(f"{gap.start}–{gap.stop - 1}" for gap in gaps)
        names = " / ".join(case_names(run.everyone))
        say(
            f"{run.key} ({names}): replications {told} of {run.replications:,} are missing; nothing to print yet",
            err=True,
        )
    else:
        say(shown(run, as_json_=as_json_))
    return refused or bool(gaps)
