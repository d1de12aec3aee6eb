"""`peerstay fiscal`: write a fiscal note."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, WITHS, WORK, options
from sim.cli.study_options import FISCAL_YEAR, MEMBERS, to_files
from sim.cli.terminal import progress, say
from sim.questions.fiscal.note import Wanted, fiscal_note, growth_of
from sim.questions.fiscal.text import fiscal_shape, fiscal_text
from sim.runs.answer import settings_of
from sim.runs.safe_files import write_whole
from sim.takeaway.fiscal_note import fiscal_word, fiscal_workbook
from sim.words.as_json import as_json
from sim.words.provenance import command_line, luck_only

TOLD = ("year_starts", "members", "dollars_of", "deflator")
WRITERS: Final = {".docx": "docx", ".xlsx": "xlsxwriter"}  # what a file is written by


QUESTION = (
    FISCAL_YEAR,
    MEMBERS,
    click.option(
        "--dollars-of", type=click.IntRange(1900, 2200), metavar="YEAR",
        help="Show all amounts in dollars of this fiscal year; by default in dollars of each year.",
    ),
    click.option(
        "--deflator", type=click.FloatRange(-0.5, 1.0), metavar="SHARE",
        help="Assumed inflation a year (0.025); by default the growth of the living wage that the base states.",
    ),
    to_files(
        WRITERS, "a note", "Also write the note as a Word document of two pages, or as a workbook with live totals."
    ),
)  # fmt: skip


@click.command("fiscal", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(QUESTION, WITHS, SCENARIO, LUCK_ONLY, WORK, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Write a fiscal note: what each payer spends in each state fiscal year, in BASE and in each ALTERNATIVE.

    Payers are federal, state, county and other; amounts are shown both as cash when paid and as accrual when owed.
    Each difference from the base has the range that holds the middle 90 % of projected futures, and in how many of 100
    futures it goes the same way as its mean.
    """
    if given["deflator"] is not None and given["dollars_of"] is None:
        raise click.UsageError("--deflator takes amounts to dollars of one year: say which with --dollars-of")
    everyone = everyone_of([base, *alternatives], given)
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    settings = replace(settings, unknowns=not given["luck_only"])
    growth = growth_of(everyone[0]) if given["deflator"] is None else given["deflator"]
    wanted = Wanted(given["year_starts"], given["members"], given["dollars_of"], growth, given["deflator"] is not None)
    note = fiscal_note(everyone, settings, wanted)
    again = f"{command_line(everyone, settings, given['sets'], 'fiscal')} {_said(given)}{luck_only(settings)}"
    for file in given["files"]:
        write_whole(file, (fiscal_word if file.suffix.lower() == ".docx" else fiscal_workbook)(note, again))
    if given["as_json_"]:
        say(as_json(fiscal_shape(note)))
        return
    say("\n\n".join((fiscal_text(note, again), *(f"wrote {file}" for file in given["files"]))))


def _said(given: Mapping[str, Any]) -> str:
    """The options of this command alone that were given, as they were typed."""
    options = ((f"--{name.replace('_', '-')}", str(given[name])) for name in TOLD if given[name] is not None)
    return shlex.join(word for option in options for word in option)
