"""Answer `compare --unknowns`: each run a future of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from sim.cli.study_options import settings_of
from sim.questions.uncertainty.flat import flat
from sim.questions.uncertainty.flat_text import flat_shape, flat_text, headlines
from sim.scenario.files import Loaded
from sim.words.as_json import as_json
from sim.words.provenance import command_line

FUTURES: Final = 400
FEWEST: Final = 20  # for a middle 90 %
ELSEWHERE: Final = ("against", "loop_off", "precision", "most", "shard", "out", "figure")


def futures_answer(everyone: Sequence[Loaded], given: dict[str, Any]) -> str:
    """Return the answer over random variation and uncertain assumptions.

    Raises:
        UsageError: naming options of `compare` that it does not have.
    """
    refused = [f"--{name.replace('_', '-')}" for name in ELSEWHERE if given.get(name)]
    if refused:
        raise click.UsageError(f"--unknowns has no {', '.join(refused)}: leave one of the two out")
    number = given["replications"] or FUTURES
    if number < FEWEST:
        raise click.UsageError(f"--unknowns needs {FEWEST} futures at least for a middle 90 %, not {number}")
    settings = settings_of(everyone, number, given, "futures")
    found = flat(everyone, settings)
    keys = headlines(found)
    if given["as_json_"]:
        return as_json(flat_shape(found, keys))
    return flat_text(found, keys, f"{command_line(everyone, settings, given['sets'])} --unknowns")
