"""`peerstay fair`: show whom a change reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, WITHS, WORK, options
from sim.cli.terminal import progress, say
from sim.questions.fair.fair import fair_shares
from sim.questions.fair.text import fair_shape, fair_text
from sim.runs.answer import settings_of
from sim.words.as_json import as_json
from sim.words.provenance import command_line, luck_only


@click.command("fair", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(WITHS, SCENARIO, LUCK_ONLY, WORK, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Show whom a change reaches: pay, retention, promotion and leaving by group, in BASE and in each ALTERNATIVE.

    Groups are race or ethnicity, rural and urban employers, full-time and part-time peers. Numbers that rest on fewer
    than 11 people are left out.
    """
    everyone = everyone_of([base, *alternatives], given)
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    settings = replace(settings, unknowns=not given["luck_only"])
    fair = fair_shares(everyone, settings)
    if given["as_json_"]:
        say(as_json(fair_shape(fair)))
        return
    say(fair_text(fair, command_line(everyone, settings, given["sets"], "fair") + luck_only(settings)))
