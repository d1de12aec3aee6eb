"""`peerstay rate`: build the rate that pays for a wage, or find the wage that a rate carries."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, WITHS, WORK, options
from sim.cli.study_options import to_files
from sim.cli.terminal import progress, say
from sim.evidence.facts import load_facts
from sim.questions.rate.rate import WAGE, Wanted, rate_study
from sim.questions.rate.text import rate_shape, rate_text
from sim.runs.answer import settings_of
from sim.runs.safe_files import write_whole
from sim.scenario.problems import did_you_mean, printable
from sim.scenario.read.what_if import Asked
from sim.takeaway.rate.word import rate_word
from sim.takeaway.rate.workbook import rate_workbook
from sim.words.as_json import as_json
from sim.words.provenance import command_line, luck_only

WRITERS = {".xlsx": "xlsxwriter", ".docx": "docx"}  # what a file is written by
HOURLY = "USD/hour"


def _sizes(context: click.Context, option: click.Parameter, text: str) -> tuple[int, ...]:
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdecimal() and 1 <= int(word) <= 50 for word in words):
        raise click.BadParameter(f"{printable(text)}: write sizes from 1 to 50, as 4,6,8", context, option)
    return tuple(dict.fromkeys(int(word) for word in words))


QUESTION = (
    click.option(
        "--wage", "wages", multiple=True, metavar="USD|FACT",
        help="Find the rate that pays this entry wage: a number, or a key of data/wages.csv. Repeatable.",
    ),
    click.option(
        "--rate", type=click.FloatRange(0.0, 500.0), metavar="USD",
        help="Find the wage that this rate for a 15-minute unit can pay in BASE.",
    ),
    click.option(
        "--source", metavar="NAME",
        help="Payer whose terms apply (billing, certificate, caps, denials); by default the first paid by the unit.",
    ),
    click.option(
        "--wage-source", default="", metavar="TEXT",
        help="Source of the wage, printed with it: survey, percentile, year.",
    ),
    click.option(
        "--sizes", default="2,3,4,6,8,10,12", show_default=True, callback=_sizes, metavar="N,N,…",
        help="Group sizes to show rates for.",
    ),
    to_files(
        WRITERS, "a build-up",
        "Also write the table as a workbook with live formulas, or all of it as a Word document.",
    ),
)  # fmt: skip


@click.command("rate", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE]...", shell_complete=scenarios)
@options(QUESTION, WITHS, SCENARIO, LUCK_ONLY, WORK, JSON)
def command(base: str, alternatives: tuple[str, ...], **given: Any) -> None:
    """Build the rate for a 15-minute unit that pays for a wage, line by line, in BASE and in each ALTERNATIVE.

    The cost of turnover per unit (replacing people, their first months, vacant posts) comes from simulated runs, so the
    table shows how much of a raise lower turnover pays for. --rate works the other way around.
    """
    wages, sources = _wages(given["wages"])
    asked = [*alternatives, *given["withs"], *wages]
    if given["rate"] is not None and asked:
        raise click.UsageError("--rate asks about BASE alone: use --set, or a file that extends it")
    pairs = zip(wages, given["wages"], strict=True)
    typed = [Asked(f"wage {wage:g}: {WAGE}={wage!r}", f"--wage {text.strip()}") for wage, text in pairs]
    everyone = everyone_of([base, *alternatives], given | {"withs": (*given["withs"], *typed)})
    settings = settings_of(everyone[0], given["jobs"], progress(), given["cluster"])
    settings = replace(settings, unknowns=not given["luck_only"])
    wanted = Wanted(given["rate"], given["source"], given["sizes"], given["wage_source"] or "; ".join(sources))
    study = rate_study(everyone, settings, wanted)
    filed = everyone[: len(everyone) - len(wages)]
    said = f"{command_line(filed, settings, given['sets'], 'rate')} {shlex.join(_said(given))}".strip() + luck_only(
        settings
    )
    for file in given["files"]:
        made = rate_word if file.suffix.lower() == ".docx" else rate_workbook
        write_whole(file, made(study, everyone[0], said))
    if given["as_json_"]:
        say(as_json(rate_shape(study, everyone)))
        return
    say(rate_text(study, everyone, said))
    for file in given["files"]:
        say(f"\nwrote {file}")


def _wages(texts: Sequence[str]) -> tuple[list[float], list[str]]:
    """Return the wages that are asked about, and what is known of those that are facts of data/wages.csv."""
    wages, sources, facts = list[float](), list[str](), load_facts("wages")
    usable = {key: fact for key, fact in facts.items() if fact.unit == HOURLY and fact.value is not None}
    for text in texts:
        fact = usable.get(text.strip())
        wages.append(_typed(text, usable) if fact is None or fact.value is None else fact.value)
        if fact is not None:
            sources.append(f"{fact.fact}, {fact.place}, {fact.year} ({fact.source}, quality {fact.quality})")
    if len(set(wages)) < len(wages):
        raise click.BadParameter("the same wage stands twice", param_hint="--wage")
    return wages, sources


def _typed(text: str, usable: Iterable[str]) -> float:
    """The wage that is typed as a number."""
    try:
        wage = float(text.strip().removeprefix("$"))
    except ValueError:
        wage = math.nan
    if not math.isfinite(wage):
        hint = did_you_mean(text, usable) or "write a number, or a key of data/wages.csv in USD/hour"
        raise click.BadParameter(f"{printable(text)} is no wage; {hint}", param_hint="--wage")
    return wage


def _said(given: dict[str, Any]) -> list[str]:
    """Return the words of the command that say what is asked."""
    words = [word for wage in given["wages"] for word in ("--wage", wage)]
    for name in ("rate", "source", "wage_source"):
        if given[name] not in (None, ""):
            words += [f"--{name.replace('_', '-')}", f"{given[name]:g}" if name == "rate" else given[name]]
    sizes = ",".join(map(str, given["sizes"]))
    return words if sizes == "2,3,4,6,8,10,12" else [*words, "--sizes", sizes]
