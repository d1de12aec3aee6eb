"""`peerstay init`: write a scenario file to begin with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from sim.cli.manual import Manual
from sim.cli.terminal import say
from sim.scenario.json_schema import json_schema
from sim.words.starter import KINDS, SCHEMA, starter

ENDING = ".toml"


@click.command("init", cls=Manual)
@click.argument("file", required=False, default="my_organization.toml", type=click.Path(path_type=Path))
@click.option("--state", default="US", show_default=True, metavar="XX", help="The state in two letters, or US.")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="both",
    show_default=True,
    help="What pays: Medicaid by the unit, a grant, both, or a clinic's rate by the visit-day.",
)
def command(file: Path, state: str, kind: str) -> None:
    """Write FILE, a scenario that runs as it stands, with a comment on every number; replace them with your own.

    By default FILE is my_organization.toml in this folder. Next to it goes peerstay.schema.json, with which an editor
    that knows TOML completes inputs and marks errors. Existing files are never overwritten.
    """
    if file.suffix != ENDING:
        raise click.UsageError(f"{file}: a scenario's name ends in {ENDING}")
    if not file.parent.is_dir():
        raise click.UsageError(f"{file}: there is no folder {file.parent}; make it first")
    text = starter(state.upper(), kind, datetime.now(UTC).date())
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if not _written(file, text):
        raise click.UsageError(f"{file}: is there already, and nothing is written over it; name another file")
    say(f"wrote {file}: type your own numbers over those in it, then say")
    say(f"  peerstay check {file}\n  peerstay run {file}")
    if _written(file.parent / SCHEMA, schema):
        say(f"wrote {file.parent / SCHEMA}: an editor reads it")


def _written(file: Path, text: str) -> bool:
    """Write a new file; return False, and leave everything as it is, where there is one already."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        return False
    return True
