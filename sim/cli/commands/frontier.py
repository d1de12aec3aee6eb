"""`peerstay frontier`: find the best mixes of several inputs at equal cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, STORING, WITHS, WORK, figure_name, options
from sim.cli.study_options import loaded, search_settings
from sim.cli.terminal import say, searching
from sim.questions.commands import frontier_command
from sim.questions.frontier.frontier import Frontier, frontier
from sim.questions.frontier.mixes import OBJECTIVES, POINTS, PUBLIC_BILL, PUBLIC_SPENDING, Plan
from sim.questions.frontier.text import frontier_shape, frontier_text
from sim.words.as_json import as_json
from sim.words.provenance import stamp

BALANCE = "posts.number"
MIXES = (
    click.option(
        "--vary",
        "vary",
        type=(str, float, float),
        multiple=True,
        metavar="PATH LO HI",
        help="An input to mix, and its range; repeatable. By default wage, slots on the rungs, and supervisors.",
    ),
    click.option(
        "--points",
        type=click.IntRange(2, 400),
        default=POINTS,
        show_default=True,
        help="Number of mixes, spread evenly over the ranges.",
    ),
    click.option(
        "--grid",
        type=click.IntRange(2, 20),
        metavar="N",
        help="Try every combination of N values of each input instead.",
    ),
    click.option(
        "--measure",
        "measures",
        multiple=True,
        default=OBJECTIVES,
        show_default=True,
        metavar="KEY",
        help="The objectives: two or three measures; repeatable.",
    ),
    click.option(
        "--equal",
        default=PUBLIC_BILL,
        show_default=True,
        metavar="MEASURE",
        help=f"What stays equal to the base: {PUBLIC_BILL}, {PUBLIC_SPENDING} or a measure.",
    ),
    click.option(
        "--balance",
        default=BALANCE,
        show_default=True,
        metavar="PATH",
        help="The input that is moved to keep it equal.",
    ),
    click.option("--figure", metavar="FILE", callback=figure_name, help="Draw the mixes, as .svg, .png or .pdf."),
)


@click.command("frontier", cls=Manual)
@click.argument("scenario", shell_complete=scenarios)
@options(MIXES, WITHS, SCENARIO, LUCK_ONLY, WORK, STORING, JSON)
def command(scenario: str, **given: Any) -> None:
    """Find the best mixes of wage, ladder, supervision and posts at equal cost.

    SCENARIO as it stands is the base. Another input, by default the number of posts, is adjusted until each mix costs
    what the base costs. The answer lists the mixes that no other mix beats on every objective. Changes given with
    --with are made in every mix.
    """
    plan = Plan(given["vary"], given["measures"], given["equal"], given["balance"], given["points"], given["grid"])
    base, start = loaded(scenario, given, [plan.balance, *(path for path, _, _ in plan.vary)])
    settings = search_settings(base, start, given)
    with searching() as show:
        found = frontier(base, plan, settings, show, start)
    if given["figure"] is not None:
        _draw(found, given["figure"])
    if given["as_json_"]:
        say(as_json(frontier_shape(found)))
        return
    command = frontier_command(base, found.planned.plan, settings, given["sets"], start)
    say(frontier_text(found, stamp(found.answer, command), given["sets"]))


def _draw(found: Frontier, file: Path) -> None:
    """Draw what the page draws into a file."""
    from sim.charts.painting import write_view  # noqa: PLC0415  # plotly takes a third of a second to import
    from sim.questions.frontier.view import frontier_view  # noqa: PLC0415

    write_view(frontier_view(found), file)
