"""`peerstay solve`: find the smallest change of one input that meets constraints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, STORING, WITHS, WORK, options
from sim.cli.study_options import points_kept
from sim.cli.terminal import quiet, say, tried
from sim.questions.commands import solve_command
from sim.questions.solve.probes import Progress, silent
from sim.questions.solve.question import SCAN, Question
from sim.questions.solve.solve import solve
from sim.questions.solve.text import solve_shape, solve_text
from sim.runs.answer import settings_of
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.read.what_if import called
from sim.words.as_json import as_json
from sim.words.provenance import stamp

MOST_LOADED = 2  # a base and one alternative
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
    settings = searching(base, start, given)
    question = Question(
        given["vary"], given["between"], given["until"], given["with_chance"], given["step"], given["scan"]
    )
    with progress() as show:
        solution = solve(base, question, settings, show, start)
    if given["as_json_"]:
        say(as_json(solve_shape(solution)))
        return
    stamped = stamp(solution.answer, solve_command(base, question, settings, given["sets"], start))
    say(solve_text(solution, stamped, given["sets"]))


def loaded(scenario: str, given: dict[str, Any], varied: Sequence[str]) -> tuple[Loaded, Loaded]:
    """Return the base, and what every value is laid over: the base itself, or what --with makes of it."""
    _check_apart(given["sets"], varied)
    everyone = everyone_of([scenario], given)
    if len(everyone) > MOST_LOADED:
        names = " and ".join(one.path.stem for one in everyone[1:])
        raise click.UsageError(f"--with makes {names}: here all of it belongs to one alternative, so name only one")
    base, start = everyone[0], everyone[-1]
    both = [one.text for one in start.what_if.assignments if one.address in varied] if start.what_if else []
    if both:
        raise click.UsageError(f"{called(both[0])}: is varied too; leave it out of one of them")
    return base, start


def searching(base: Loaded, start: Loaded, given: dict[str, Any]) -> Settings:
    """Return how often every value is run, on which workers, and where what came of it is kept."""
    settings = settings_of(base, given["jobs"], cluster=given["cluster"])
    return replace(settings, unknowns=not given["luck_only"], store=points_kept((base, start), given))


def _check_apart(sets: Sequence[str], paths: Sequence[str]) -> None:
    """See that no input is both set and varied: what is set holds for base and alternatives alike."""
    addresses = {text.partition("=")[0].strip() for text in sets}
    both = [path for path in paths if path in addresses]
    if both:
        raise click.UsageError(
            f"{', '.join(both)} is both set and varied; put its value today into a file that extends the scenario"
        )


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield what shows how far a search is, on a terminal only, and end its line."""
    if quiet() or not sys.stderr.isatty():
        yield silent
        return
    try:
        yield tried("value")
    finally:
        say(err=True)
