"""`peerstay evidence`: list the evidence cards, or show where one number comes from."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from sim.cli.completion import known
from sim.cli.manual import Manual
from sim.cli.terminal import say
from sim.questions.evidence.parts import card_text, listing
from sim.questions.evidence.shapes import listed_shapes, shape_of
from sim.questions.evidence.trace import find
from sim.words.as_json import as_json


@click.command("evidence", cls=Manual)
@click.argument("name", required=False, shell_complete=known)
@click.option(
    "--grade", "grades", multiple=True, type=click.Choice("ABCD"), help="List only cards of this grade; repeatable."
)
@click.option("--search", default="", metavar="WORDS", help="List only cards that contain all these words.")
@click.option("--json", "as_json_", is_flag=True, help="Print JSON.")
def command(name: str | None, grades: tuple[str, ...], search: str, as_json_: bool) -> None:
    """List the evidence cards, or show where the number NAME comes from.

    NAME is an input as a scenario writes it (funding.medicaid.denial_share), an evidence key
    (funding.denial_share), an effect (burnout.exit_voluntary), a measure (exits_per_year), a source key, or a
    title in quotes as an answer prints it ("Vacancy rate").
    """
    if name is not None and (grades or search):
        raise click.UsageError("--grade and --search choose from the list; they do not go with a name")
    year = datetime.now(UTC).year
    if name is None:
        rows = listed_shapes(year, grades, search)
        say(as_json(rows) if as_json_ else listing(rows))
    else:
        shape = shape_of(find(name), year)
        say(as_json(shape) if as_json_ else card_text(shape))
