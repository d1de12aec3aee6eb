"""`peerstay measures`: list the measures."""

from __future__ import annotations

import click

from sim.cli.manual import Manual
from sim.cli.terminal import say
from sim.results.measures.table import FAMILIES, MEASURES, Measure
from sim.words.as_json import as_json, measures_shape
from sim.words.layout import paragraph


@click.command("measures", cls=Manual)
@click.option("--json", "as_json_", is_flag=True, help="Print JSON.")
def command(as_json_: bool) -> None:
    """List the measures: unit, definition, direction."""
    say(as_json(measures_shape()) if as_json_ else measures_text())


def measures_text() -> str:
    """Return every measure by family, with its definition."""
    parts = []
    for family in FAMILIES:
        parts.append(family.upper())
        parts += [_told(measure) for measure in MEASURES.values() if measure.family == family]
    return "\n\n".join(parts)


def _told(measure: Measure) -> str:
    better = {"higher": "; higher is better", "lower": "; lower is better", "neither": ""}[measure.direction]
    better += "" if measure.has_verdict else "; no verdict"
    parts = f" Also told by {measure.by}: {measure.key}.<{measure.by}>." if measure.by else ""
    return f"{measure.key} ({measure.unit}{better})\n" + paragraph(
        f"{measure.label}. {measure.definition}{parts}", "    "
    )
