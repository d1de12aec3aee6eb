"""`peerstay reproduce`: make the answer of a bundle again and say whether every number is the same."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.asking import progress
from sim.cli.loading import warn
from sim.cli.options import JSON, WORK, options
from sim.report.listing import as_json
from sim.report.provenance import stamp
from sim.report.takeaway.again import Again, again, verdict_shape, verdict_text
from sim.report.takeaway.bundle import text_of
from sim.report.takeaway.unpack import unpacked
from sim.scenario.clean_text import clean

DIFFERENT = 1


@click.command("reproduce")
@click.argument("bundle", type=click.Path(path_type=Path), metavar="FILE.zip")
@options(WORK, JSON)
def command(bundle: Path, jobs: int | None, cluster: str | None, as_json_: bool) -> int:
    """Run the question of a bundle again and compare all that is in it: answer, scenarios, manifest, README.

    Kept runs are not looked at. Exit 0 when all is the same, every value bit for bit; 1 when anything differs, which
    is named; 2 when the file is no bundle. Nothing of the bundle is written to disk.
    """
    found = unpacked(bundle)
    warn(found.everyone)
    told = again(found, jobs, cluster, progress())
    click.echo(as_json(verdict_shape(told)) if as_json_ else _text(told, found.manifest.command))
    return 0 if told.same else DIFFERENT


def _text(told: Again, made_by: str) -> str:
    answer = told.answer
    return clean(
        f"{text_of(answer, stamp(answer, made_by))}\n\n{verdict_text(told)}"
    )  # a terminal obeys some characters
