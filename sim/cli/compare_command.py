"""`peerstay compare`: compare a base with alternatives, run for run."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.run_command import answered, options
from sim.report.listing import as_json
from sim.report.shapes import compare_shape
from sim.report.text import compare_text


@click.command("compare")
@click.argument("base")
@click.argument("alternatives", nargs=-1, required=True, metavar="ALTERNATIVE...")
@options
def command(base: str, alternatives: tuple[str, ...], as_json_: bool, **given: Any) -> None:
    """Compare BASE ("no new decisions") with alternatives, run for run.

    All start from the base's workforce and meet the same luck, so a difference is due to the change. Seed and
    replications are the base's. --set holds for the base and every alternative alike.
    """
    answer, stamped = answered([base, *alternatives], given)
    click.echo(as_json(compare_shape(answer)) if as_json_ else compare_text(answer, stamped))
