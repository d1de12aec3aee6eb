"""`peerstay reproduce`: make the answer of a bundle again and say whether every number is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from sim.cli.loading import warn
from sim.cli.manual import Manual
from sim.cli.options import JSON, WORK, options
from sim.cli.terminal import progress, say
from sim.scenario.read.clean_text import clean
from sim.takeaway.bundle import text_of
from sim.takeaway.reproduced import Again, again, verdict_shape, verdict_text
from sim.takeaway.signing import fingerprint_of
from sim.takeaway.unpack import unpacked
from sim.words.as_json import as_json
from sim.words.provenance import stamp

DIFFERENT = 1


@click.command("reproduce", cls=Manual)
@click.argument("bundle", type=click.Path(path_type=Path), metavar="FILE.zip")
@click.option(
    "--signed-by",
    "signer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="KEY.pem",
    help="The public key of the expected signer, as the signer gave it to you.",
)
@options(WORK, JSON)
def command(bundle: Path, signer: Path | None, jobs: int | None, cluster: str | None, as_json_: bool) -> int:
    """Run the question in a bundle again and compare everything in it: answer, scenarios, manifest, README.

    Saved runs are not used. Exit code 0 when everything is the same, every value bit for bit; 1 when anything differs
    (it is named) or a signature is invalid; 2 when the file is not a bundle. Nothing in the bundle is written to disk.
    """
    wanted = "" if signer is None else fingerprint_of(signer)
    found = unpacked(bundle)
    warn(found.everyone)
    told = replace(again(found, jobs, cluster, progress()), wanted=wanted)
    say(as_json(verdict_shape(told)) if as_json_ else _text(told, found.manifest.command))
    return 0 if told.same else DIFFERENT


def _text(told: Again, made_by: str) -> str:
    answer = told.answer
    return clean(
        f"{text_of(answer, stamp(answer, made_by))}\n\n{verdict_text(told)}"
    )  # a terminal obeys some characters
