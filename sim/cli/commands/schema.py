"""`peerstay schema`: print what a scenario file may hold."""

from __future__ import annotations

import json

import click

from sim.cli.manual import Manual
from sim.cli.terminal import say
from sim.scenario.describe import Input, default_shown, inputs
from sim.scenario.json_schema import json_schema

HEADINGS = ("Input", "What it is", "Unit", "Range or choice", "Default", "Evidence")


@click.command("schema", cls=Manual)
@click.option("--json", "as_json", is_flag=True, help="Print the JSON Schema (the default).")
@click.option("--markdown", is_flag=True, help="Print a table of all inputs instead.")
def command(as_json: bool, markdown: bool) -> None:
    """Print the JSON Schema of scenario files, or a table of all inputs."""
    if as_json and markdown:
        raise click.UsageError("--json and --markdown exclude one another")
    say(markdown_table() if markdown else json.dumps(json_schema(), indent=2, ensure_ascii=False))


def markdown_table() -> str:
    """Return all inputs as a Markdown table."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *map(_row, inputs())]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def _row(one: Input) -> tuple[str, ...]:
    limits = ", ".join(one.choices) or one.limits.words() or one.type
    default = "needed" if one.needed else default_shown(one)
    about = f"{one.about} (kind = {one.kind})" if one.kind else one.about
    return (f"`{one.path}`", about, one.unit, limits, default, one.evidence)
