"""`peerstay worth`: find what a served client must avoid for a change to pay for itself."""

from __future__ import annotations

import shlex
from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, SCENARIO, WITHS, WORK, options
from sim.cli.terminal import progress
from sim.questions.worth.shapes import worth_shape
from sim.questions.worth.text import worth_text
from sim.questions.worth.worth import ALL, Typed, worth_of
from sim.results.measures.measure import PAYERS
from sim.runs.answer import settings_of
from sim.words.as_json import as_json
from sim.words.provenance import command_line

QUESTION = (
    click.option(
        "--payer", type=click.Choice((ALL, *PAYERS)), default=ALL, show_default=True,
        help="Whose spending must come back.",
    ),
    click.option(
        "--averted", type=click.FloatRange(0.0, 1e6), metavar="USD",
        help="What you say a served client avoids a year; nothing is assumed without it.",
    ),
    click.option("--source", metavar="TEXT", help="Where that comes from; needed with --averted."),
)  # fmt: skip


@click.command("worth", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(QUESTION, WITHS, SCENARIO, WORK, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Find what a served client must avoid a year for BASE, and for what each ALTERNATIVE changes, to pay for itself.

    The break-even comes first and needs no assumption about what peers avert. What you type with --averted is shown
    beside it, as yours.
    """
    source = " ".join((given["source"] or "").split())
    if (given["averted"] is None) == bool(source):
        raise click.UsageError(
            "--averted and --source go together: say what a served client avoids a year, and where that comes from"
        )
    everyone = everyone_of([base, *alternatives], given)
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    typed = Typed(given["averted"], source) if source else None
    worth = worth_of(everyone, settings, given["payer"], typed)
    if given["as_json_"]:
        click.echo(as_json(worth_shape(worth)))
        return
    said = ["--payer", worth.payer] + ([] if typed is None else ["--averted", f"{typed.usd:g}", "--source", source])
    click.echo(worth_text(worth, f"{command_line(everyone, settings, given['sets'], 'worth')} {shlex.join(said)}"))
