"""`peerstay worth`: find what a served client must avoid for a change to pay for itself."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, WITHS, WORK, options
from sim.cli.study_options import WORTH, typed_of
from sim.cli.terminal import progress, say
from sim.questions.worth.text import worth_shape, worth_text
from sim.questions.worth.worth import worth_of
from sim.runs.answer import settings_of
from sim.words.as_json import as_json
from sim.words.provenance import command_line, luck_only


@click.command("worth", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(WORTH, WITHS, SCENARIO, LUCK_ONLY, WORK, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Find the cost each client served must avoid in a year for BASE, and for each change, to pay for itself.

    The break-even comes first and needs no assumption about what peers avert. What you type with --averted is shown
    beside it, as yours.
    """
    typed = typed_of(given)
    everyone = everyone_of([base, *alternatives], given)
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    settings = replace(settings, unknowns=not given["luck_only"])
    worth = worth_of(everyone, settings, given["payer"], typed)
    if given["as_json_"]:
        say(as_json(worth_shape(worth)))
        return
    said = ["--payer", worth.payer] + (
        [] if typed is None else ["--averted", f"{typed.usd:g}", "--source", typed.source]
    )
    again = f"{command_line(everyone, settings, given['sets'], 'worth')} {shlex.join(said)}{luck_only(settings)}"
    say(worth_text(worth, again))
