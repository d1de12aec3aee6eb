"""`peerstay solve`: find the smallest change of one input that meets constraints."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, STORING, WITHS, WORK, options
from sim.cli.study_options import loaded, search_settings
from sim.cli.terminal import say, searching
from sim.questions.commands import solve_command
from sim.questions.solve.question import SCAN, Question
from sim.questions.solve.solve import solve
from sim.questions.solve.text import solve_shape, solve_text
from sim.words.as_json import as_json
from sim.words.provenance import stamp

QUESTION = (
    click.option("--vary", required=True, metavar="PATH", help="The input to change, by its address."),
    click.option("--between", required=True, nargs=2, type=float, metavar="LO HI", help="Range of values to search."),
    click.option(
        "--until",
        required=True,
        multiple=True,
        metavar="CONDITION",
        help='A constraint: "exits_per_year <= 12", "hours_delivered_per_year >= base", "cash_end_usd > base * 1.1"; '
        "repeatable, and all must be met.",
    ),
    click.option(
        "--with-chance",
        type=click.FloatRange(0.0, 1.0, min_open=True, max_open=True),
        metavar="SHARE",
        help="Smallest share of projected futures that must meet all constraints; by default the means must meet them.",
    ),
    click.option(
        "--step",
        type=float,
        metavar="S",
        help="Step between values; by default one cent, one unit, or a sensible fraction.",
    ),
    click.option(
        "--scan",
        type=click.IntRange(2, 200),
        default=SCAN,
        show_default=True,
        help="Number of values tried in the first scan.",
    ),
)


@click.command("solve", cls=Manual)
@click.argument("scenario", shell_complete=scenarios)
@options(QUESTION, WITHS, SCENARIO, LUCK_ONLY, WORK, STORING, JSON)
def command(scenario: str, **given: Any) -> None:
    """Find the smallest change of one input that meets your constraints.

    SCENARIO as it stands is the base. Each value of the input is tried as an alternative from the base's first day,
    in the same projected futures. The answer meets the constraints on average over the futures, or with --with-chance
    in at least that share of them; beside it stands the range of values that do about as well. Changes given
    with --with are made together with every value; SCENARIO without them stays the base.
    """
    base, start = loaded(scenario, given, [given["vary"]])
    settings = search_settings(base, start, given)
    question = Question(
        given["vary"], given["between"], given["until"], given["with_chance"], given["step"], given["scan"]
    )
    with searching() as show:
        solution = solve(base, question, settings, show, start)
    if given["as_json_"]:
        say(as_json(solve_shape(solution)))
        return
    stamped = stamp(solution.answer, solve_command(base, question, settings, given["sets"], start))
    say(solve_text(solution, stamped, given["sets"]))
