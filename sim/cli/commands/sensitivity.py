"""`peerstay sensitivity`: which inputs move a result most."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.charts.printed import check_figure
from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LENGTH_AND_LUCK, SETS, STORING, WITHS, WORK, options
from sim.cli.study_options import ALSO, FEWEST_RUNS, MEASURE, ranges_typed, settings_of
from sim.cli.terminal import say
from sim.questions.commands import doubt_command, sensitivity_words
from sim.questions.sensitivity.sensitivity import Plan, Sensitivity, sensitivity
from sim.questions.sensitivity.shapes import sensitivity_shape
from sim.questions.sensitivity.text import sensitivity_text
from sim.words.as_json import as_json

STARS, SAMPLES, TOP, RUNS = 4, 64, 4, 40
MOST_LOOKED_AT = 2  # scenarios: a base and an alternative


def _power(context: click.Context, option: click.Parameter, value: int) -> int:
    if value < 2 or value & (value - 1):
        raise click.BadParameter(f"{value} is not a power of 2; write 32, 64, 128 …", context, option)
    return value


def _figure(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    try:
        if value is not None:
            check_figure(Path(value))
    except ValueError as fault:
        raise click.BadParameter(str(fault), context, option) from fault
    return None if value is None else Path(value)


QUESTION = (
    MEASURE,
    click.option(
        "--input", "wanted", multiple=True, metavar="PATH",
        help="Move this input, or all inputs whose address begins with PATH, over its range, stated or not; "
        "repeatable. By default all uncertain assumptions.",
    ),
    click.option("--method", type=click.Choice(["morris", "sobol"]), default="morris", show_default=True),
    click.option(
        "--trajectories", type=click.IntRange(2), default=STARS, show_default=True, metavar="R",
        help="Starting points from which each input is moved once (Morris).",
    ),
    click.option(
        "--samples", type=int, default=SAMPLES, show_default=True, metavar="N", callback=_power,
        help="Rows of the Sobol' sequence, a power of 2; each row takes two points more than there are inputs.",
    ),
    click.option(
        "--top", type=click.IntRange(1), default=TOP, show_default=True, metavar="K",
        help="Inputs that go on from the screening to Sobol' indices.",
    ),
    click.option(
        "--replications-per-point", "runs", type=click.IntRange(FEWEST_RUNS), default=RUNS, show_default=True,
        metavar="M", help="Replications at each point, with the same random numbers at all points.",
    ),
    click.option("--figure", metavar="FILE", callback=_figure, help="Draw the effect sizes, as .svg, .png or .pdf."),
    ALSO,
)  # fmt: skip


@click.command("sensitivity", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternative", required=False, shell_complete=scenarios)
@options(QUESTION, WITHS, (SETS,), LENGTH_AND_LUCK, WORK, STORING, JSON)
def command(base: str, alternative: str | None, **given: Any) -> None:
    """Find which inputs move a result most when they go over their ranges.

    Morris screening looks at every input; --method sobol then divides the variance among those it puts first, or among
    the --input given. With ALTERNATIVE, or with changes given by --with, the result looked at is the difference from
    BASE. All points use the same random numbers.
    """
    paths = [base] if alternative is None else [base, alternative]
    everyone = everyone_of(paths, given)
    if len(everyone) > MOST_LOOKED_AT:
        told = ", ".join(one.label for one in everyone[1:])
        raise click.UsageError(f"sensitivity looks at one alternative at a time; named are {told}")
    settings = settings_of(everyone, given["runs"], given, "point")
    plan = Plan(given["method"], given["trajectories"], given["samples"], given["top"])
    found = sensitivity(everyone, given["measure"], settings, plan, given["wanted"], ranges_typed(given))
    if given["figure"] is not None:
        if found.screening is None:
            raise click.UsageError("--figure draws what the screening finds; use --method morris")
        _draw(found, given["figure"])
    if given["as_json_"]:
        say(as_json(sensitivity_shape(found, everyone)))
        return
    words = sensitivity_words(given["measure"], plan, given["wanted"], settings)
    command = doubt_command("sensitivity", everyone, words, settings, given["sets"], ranges_typed(given))
    say(sensitivity_text(found, everyone, command))


def _draw(found: Sensitivity, file: Path) -> None:
    """Draw what the page draws into a file."""
    from sim.charts.painting import write_view  # noqa: PLC0415  # plotly takes a third of a second to import
    from sim.questions.sensitivity.view import screening_view  # noqa: PLC0415

    write_view(screening_view(found), file)
