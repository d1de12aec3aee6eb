"""`peerstay run`: run one scenario and print its measures."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.asking import answer_command
from sim.cli.options import JSON, KEEPING, SCENARIO, WORK, options
from sim.cli.sizing import PRECISION
from sim.report.shapes import run_shape
from sim.report.text import run_text


@click.command("run")
@click.argument("scenario")
@options(SCENARIO, PRECISION, WORK, KEEPING, JSON)
def command(scenario: str, **given: Any) -> None:
    """Run one scenario and print its measures with 95 % ranges.

    A projection repeats the future of an organisation, or of a portfolio, under different luck. --set takes the address
    of any input: --set pay.wage_usd_per_hour=21.5

    What was run is kept: the same question is answered at once, more --replications extend it, and a run that is
    broken off goes on where it was. `peerstay runs` lists what is kept.
    """
    answer_command([scenario], given, run_text, run_shape)
