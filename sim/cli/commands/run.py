"""`peerstay run`: run one scenario and print its measures."""

from __future__ import annotations

import shlex
from typing import Any

import click

from sim.cli.asking import answer_command
from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, KEEPING, LUCK_ONLY, SCENARIO, WORK, options
from sim.cli.sizing import PRECISION, check_sizing
from sim.questions.compare.shapes import run_shape
from sim.questions.compare.text import run_text

MISTAKEN = (click.option("--with", "withs", multiple=True, hidden=True),)  # said where it belongs


@click.command("run", cls=Manual)
@click.argument("scenario", shell_complete=scenarios)
@options(MISTAKEN, SCENARIO, LUCK_ONLY, PRECISION, WORK, KEEPING, JSON)
def command(scenario: str, **given: Any) -> None:
    """Run one scenario and print its measures with ranges.

    A projection repeats the future of an organization, or of a portfolio, many times with different random numbers.
    --set describes a different organization: --set posts.number=12 is one with twelve posts and the same stated
    turnover. To see this organization after a change to twelve posts, compare: peerstay compare SCENARIO --with
    posts.number=12

    Runs are saved: asking the same question again is instant, more --replications extend the run, and an interrupted
    run continues where it stopped. `peerstay runs` lists saved runs.
    """
    if given["withs"]:
        asked = " ".join(f"--with {shlex.quote(text)}" for text in given["withs"])
        raise click.UsageError(
            f"run tells of one organization as it stands, and --with is what it might do instead: "
            f"peerstay compare {shlex.quote(scenario)} {asked}"
        )
    check_sizing(given)
    answer_command(everyone_of([scenario], given), given, run_text, run_shape)
