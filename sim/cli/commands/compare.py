"""`peerstay compare`: compare a base with alternatives, replication by replication."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.against import AGAINST, also_against
from sim.cli.asking import answer_command
from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, KEEPING, LUCK_ONLY, SCENARIO, WITHS, WORK, options
from sim.cli.sizing import PRECISION, check_sizing


@click.command("compare", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@click.option(
    "--loop-off", is_flag=True, help="Also run with the feedback loops switched off, and show what the loops add."
)
@options(WITHS, AGAINST, SCENARIO, LUCK_ONLY, PRECISION, WORK, KEEPING, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Compare BASE ("no new decisions") with alternatives, each in the same projected futures.

    All scenarios start from the base's workforce and use the same random numbers (common random numbers), so a
    difference is due to the change. Seed and replications are the base's. --set applies to the base and every
    alternative alike. --against also compares the alternatives with one of them.

    An alternative is a file that extends BASE, or is typed with --with; typed alternatives may have names.
    """
    check_sizing(given)
    everyone = everyone_of([base, *alternatives], given, least=1)
    answer_command(everyone, given, *also_against(given["against"], [str(one.path) for one in everyone]))
