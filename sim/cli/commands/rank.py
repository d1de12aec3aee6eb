"""`peerstay rank`: choose the best of several scenarios on one measure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from sim.cli.amounts import amount, measure_fault, unit_fault
from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LENGTH_AND_LUCK, LUCK_ONLY, SETS, WITHS, WORK, options
from sim.cli.sizing import MOST
from sim.cli.terminal import progress, say
from sim.questions.rank.rank import LEAST, Asked, RankError, rank
from sim.questions.rank.selection import FEWEST_FIRST, Rule
from sim.questions.rank.text import rank_command_line, ranking_shape, ranking_text
from sim.results.measures.table import measure_of
from sim.runs.answer import settings_of
from sim.words.as_json import as_json
from sim.words.provenance import named

CHOICE = (
    click.option(
        "--measure", required=True, metavar="KEY", help="The measure to rank by; `peerstay measures` lists them."
    ),
    click.option(
        "--delta", required=True, metavar="D", help="The smallest difference that matters, in the unit of the measure."
    ),
    click.option("--higher", is_flag=True, help="Treat higher as better, for a measure with no direction of its own."),
    click.option("--lower", is_flag=True, help="Treat lower as better, for a measure with no direction of its own."),
    click.option(
        "--alpha",
        type=click.FloatRange(0.0, 0.5, min_open=True, max_open=True),
        default=0.05,
        show_default=True,
        metavar="A",
        help="Accepted chance of a wrong choice.",
    ),
    click.option(
        "--first",
        type=click.IntRange(FEWEST_FIRST),
        default=20,
        show_default=True,
        metavar="N",
        help="Replications of every scenario before any can be ruled out.",
    ),
    click.option(
        "--most",
        type=click.IntRange(1),
        default=MOST,
        show_default=True,
        metavar="N",
        help="Most replications of any scenario.",
    ),
    click.option("--without-base", is_flag=True, help="Use BASE only as the starting point, not as a candidate."),
)


@click.command("rank", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(CHOICE, WITHS, (SETS, *LENGTH_AND_LUCK), LUCK_ONLY, WORK, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Choose the best of BASE and alternatives on one measure, in the same projected futures for all.

    A scenario that is clearly not the best is not run any further. At the confidence asked for, the chosen scenario is
    the best, or within --delta of the best. --set applies to the base and every alternative alike.
    """
    everyone = everyone_of([base, *alternatives], given, least=1)
    asked = _asked(given, len(everyone) - 1)
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    settings = replace(settings, unknowns=not given["luck_only"])
    with_base = not given["without_base"]
    try:
        ranking = rank(everyone, asked, settings, with_base=with_base)
    except RankError as fault:
        raise click.UsageError(str(fault)) from fault
    line = rank_command_line(ranking, named(everyone), given["sets"], with_base=with_base)
    say(as_json(ranking_shape(ranking)) if given["as_json_"] else ranking_text(ranking, line))


def _asked(given: dict[str, Any], alternatives: int) -> Asked:
    """Read what is asked; raise UsageError with everything that is wrong."""
    key = given["measure"].strip()
    faults = [measure_fault(key)]
    if not faults[0]:
        faults = [_direction_fault(key, given), unit_fault(given["delta"], key, "--delta")]
    if given["most"] < given["first"]:
        faults.append(f"--most {given['most']} must be at least --first ({given['first']})")
    if alternatives + (not given["without_base"]) < LEAST:
        faults.append("--without-base leaves one candidate: name another alternative")
    if any(faults):
        raise click.UsageError("\n".join(filter(None, faults)))
    delta, _ = amount(given["delta"]) or (0.0, False)
    higher = measure_of(key).direction == "higher" or given["higher"]
    return Asked(key, higher, Rule(delta, given["alpha"], given["first"], given["most"]))


def _direction_fault(key: str, given: dict[str, Any]) -> str:
    """Return what is wrong with --higher and --lower; nothing if all is well."""
    direction, said = measure_of(key).direction, [one for one in ("higher", "lower") if given[one]]
    if len(said) > 1:
        return "--higher and --lower contradict each other"
    if direction == "neither" and not said:
        return f"neither more nor less of {key} is better in itself: add --higher or --lower"
    if direction != "neither" and said and said != [direction]:
        return f"--{said[0]}: of {key}, {direction} is better"
    return ""
