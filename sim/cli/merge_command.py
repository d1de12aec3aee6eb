"""`peerstay merge`: put together what was run in several places."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.asking import say_notes
from sim.cli.options import JSON, STORE, options
from sim.cli.show_command import shown
from sim.experiment.blocks import missing
from sim.experiment.catalogue import merged
from sim.experiment.runs import default_store


@click.command("merge")
@click.argument("stores", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@options(STORE, JSON)
def command(stores: tuple[Path, ...], store: Path | None, as_json_: bool) -> None:
    """Take over the runs of STORES, as --shard leaves them, and print the answers that are complete.

    Every block is checked before it is taken over; one that is damaged is named and set aside. Runs made by another
    version are refused: they would give other numbers.
    """
    for run in merged(stores, store or default_store()):
        say_notes(run)
        gaps = missing(range(run.replications), [piece.numbers for piece in run.pieces()])
        if gaps:
            told = ", ".join(f"{gap.start}–{gap.stop - 1}" for gap in gaps)
            click.echo(
                f"{run.key}: replications {told} of {run.replications:,} are missing; nothing to print yet", err=True
            )
        else:
            click.echo(shown(run, as_json_=as_json_))
