"""Run as often as `--precision` takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import click

from sim.cli.amounts import precisions
from sim.runs.answer import in_all
from sim.runs.precision import FEWEST, LOOK_AHEAD, Enough, PrecisionError
from sim.runs.replicate import Kept, Settings, drawing
from sim.runs.rounds import enough_replications
from sim.scenario.files import Loaded

MOST: Final = 2_000  # replications
PRECISION = (
    click.option(
        "--precision",
        multiple=True,
        metavar="MEASURE=HALFWIDTH",
        callback=precisions,
        help="Run until half the width of the measure's 95 % interval (of the difference, in a comparison) is at most "
        "this: in the measure's unit, or as 5% of the base's mean; repeatable.",
    ),
    click.option(
        "--most",
        type=click.IntRange(FEWEST + LOOK_AHEAD),
        metavar="N",
        help=f"Most replications that --precision may use; by default {MOST:,}.",
    ),
)


def check_sizing(given: dict[str, Any]) -> None:
    """See that the options do not contradict one another; raise UsageError with all that do."""
    asked, faults = given["precision"], []
    if given["most"] is not None and not asked:
        faults.append("--most caps --precision: give that too, or --replications for a fixed number")
    if asked and given["replications"] is not None:
        faults.append("--precision finds the number of replications: leave out --replications, or cap it with --most")
    if asked and given["shard"] is not None:
        faults.append("--shard needs a number of replications that is known: leave out --precision")
    if faults:
        raise click.UsageError("\n".join(faults))


def allowed(settings: Settings, given: dict[str, Any]) -> Settings:
    """Return the settings with the most replications that may be run."""
    return replace(settings, replications=given["most"] or MOST) if given["precision"] else settings


def sized(everyone: Sequence[Loaded], settings: Settings, given: dict[str, Any], kept: Kept) -> Enough | None:
    """Run until every interval is narrow enough; None when no precision was asked for."""
    if not given["precision"]:
        return None
    asked = in_all(everyone, loop_off=given["loop_off"])
    scenarios = [loaded.scenario for loaded in asked]
    most, judged = settings.replications, len(everyone)
    try:
        return enough_replications(scenarios, drawing(settings, asked), given["precision"], most, kept, judged)
    except PrecisionError as fault:
        raise click.BadParameter(str(fault), param_hint="'--precision'") from fault
