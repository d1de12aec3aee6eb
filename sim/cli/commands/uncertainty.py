"""`peerstay uncertainty`: random variation, uncertain assumptions, and what knowing more would be worth."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.doubt import ALSO, FEWEST_RUNS, MEASURE, doubted, settings_of
from sim.cli.loading import everyone_of
from sim.cli.options import JSON, LENGTH_AND_LUCK, SETS, STORING, WITHS, WORK, options
from sim.questions.commands import doubt_command, uncertainty_words
from sim.questions.sensitivity.shapes import uncertainty_shape
from sim.questions.uncertainty.text import uncertainty_text
from sim.questions.uncertainty.uncertainty import uncertainty
from sim.words.as_json import as_json

FEWEST_DRAWS, DRAWS, RUNS = 20, 160, 60
QUESTION = (
    MEASURE,
    click.option(
        "--draws", type=click.IntRange(FEWEST_DRAWS), default=DRAWS, show_default=True, metavar="N",
        help="How often what is not known is drawn anew.",
    ),
    click.option(
        "--replications-per-draw", "runs", type=click.IntRange(FEWEST_RUNS), default=RUNS, show_default=True,
        metavar="M", help="Runs of every draw, with the same luck in all draws.",
    ),
    click.option(
        "--prefer", type=click.Choice(["less", "more"]),
        help="Which side is better, where the measure itself does not say.",
    ),
    ALSO,
)  # fmt: skip


@click.command("uncertainty")
@click.argument("base")
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...")
@options(QUESTION, WITHS, (SETS,), LENGTH_AND_LUCK, WORK, STORING, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Say how much of a result's spread is luck, how much is what nobody knows, and which unknown matters.

    Effects, and inputs that are left at a default with a range on its card, are drawn from their ranges; what a
    scenario states is known. Every scenario is run on the same draws and the same luck. With alternatives it also says
    how sure the choice of the best one is, and what knowing an assumption before choosing would be worth.

    peerstay uncertainty scenarios/pa_fee_for_service.toml scenarios/pa_wage_25.toml --measure cash_end_usd
    """
    paths = (base, *alternatives)
    everyone = everyone_of(paths, given)
    settings = settings_of(everyone, given["runs"], given, "draws")
    found = uncertainty(everyone, given["measure"], settings, given["draws"], doubted(given), given["prefer"])
    if given["as_json_"]:
        click.echo(as_json(uncertainty_shape(found, everyone)))
        return
    words = uncertainty_words(given["measure"], given["draws"], settings, given["prefer"])
    command = doubt_command("uncertainty", everyone, words, settings, given["sets"], doubted(given))
    click.echo(uncertainty_text(found, everyone, command))
