"""`peerstay uncertainty`: random variation, uncertain assumptions, and what knowing more would be worth."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LENGTH_AND_LUCK, SETS, STORING, WITHS, WORK, options
from sim.cli.study_options import ALSO, FEWEST_RUNS, MEASURE, ranges_typed, settings_of
from sim.cli.terminal import say
from sim.questions.commands import doubt_command, uncertainty_words
from sim.questions.sensitivity.shapes import uncertainty_shape
from sim.questions.uncertainty.text import uncertainty_text
from sim.questions.uncertainty.uncertainty import uncertainty
from sim.words.as_json import as_json

FEWEST_DRAWS, DRAWS, RUNS = 20, 200, 14
QUESTION = (
    MEASURE,
    click.option(
        "--draws", type=click.IntRange(FEWEST_DRAWS), default=DRAWS, show_default=True, metavar="N",
        help="Number of times the uncertain assumptions are drawn.",
    ),
    click.option(
        "--replications-per-draw", "runs", type=click.IntRange(FEWEST_RUNS), default=RUNS, show_default=True,
        metavar="M", help="Replications in each draw, with the same random numbers in all draws.",
    ),
    click.option(
        "--prefer", type=click.Choice(["less", "more"]),
        help="Whether less or more is better, for a measure with no direction of its own.",
    ),
    ALSO,
)  # fmt: skip


@click.command("uncertainty", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(QUESTION, WITHS, (SETS,), LENGTH_AND_LUCK, WORK, STORING, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Split the uncertainty of a result into random variation and uncertain assumptions, and name the ones that matter.

    Uncertain assumptions are the effects, and inputs left at a default whose evidence card has a range; they are drawn
    from their ranges. What a scenario states counts as known. Every scenario is run with the same draws and the same
    random numbers. With alternatives, the answer also shows how sure the choice of the best one is, and what it would
    be worth to know an assumption before choosing (value of information).
    """
    paths = (base, *alternatives)
    everyone = everyone_of(paths, given)
    draws = given["draws"]
    settings = settings_of(everyone, given["runs"], given, "draw")
    found = uncertainty(everyone, given["measure"], settings, draws, ranges_typed(given), given["prefer"])
    if given["as_json_"]:
        say(as_json(uncertainty_shape(found, everyone)))
        return
    words = uncertainty_words(given["measure"], draws, settings, given["prefer"])
    command = doubt_command("uncertainty", everyone, words, settings, given["sets"], ranges_typed(given))
    say(uncertainty_text(found, everyone, command))
