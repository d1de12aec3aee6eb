"""`peerstay fit`: say what an employer's own history tells of who leaves."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.completion import scenarios
from sim.cli.manual import Manual
from sim.cli.options import JSON, options
from sim.cli.terminal import aside, say
from sim.questions.fit.cells import DAY_FIRST, MONTH_FIRST
from sim.questions.fit.columns import MEANT
from sim.questions.fit.excel import is_workbook, need_reader
from sim.questions.fit.fit import fit
from sim.questions.fit.reading import Asked, Person, Read
from sim.questions.fit.span import Observed, history_read
from sim.questions.fit.text import fit_shape, fit_text, reading_lines
from sim.questions.fit.written import NOTHING_STATED, people_text, scenario_text
from sim.runs.workers.apart import read_apart
from sim.scenario.files import load
from sim.scenario.problems import ScenarioError, shown
from sim.scenario.read.layers import at_most
from sim.scenario.read.library import PREFIX, file_named
from sim.units import month_number, month_text
from sim.words.as_json import as_json

SCENARIO_END: Final = ".toml"
LIST_END: Final = ".csv"


def _month(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    try:
        return month_number(value)
    except ValueError as fault:
        raise click.BadParameter(str(fault), context, option) from fault


def _pairs(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in value]
    for text, (name, equals, told) in zip(value, pairs, strict=True):
        if not equals or not name.strip() or not told.strip():
            raise click.BadParameter(f"{text!r} must be NAME=VALUE", context, option)
    return {name.strip(): told.strip() for name, _, told in pairs}


READING = (
    click.option(
        "--column", "columns", multiple=True, callback=_pairs, metavar="NAME=HEADING",
        help=f"Which heading is what, where the guess is wrong. NAME is {', '.join(MEANT)}. Repeatable.",
    ),
    click.option(
        "--dates", type=click.Choice((MONTH_FIRST, DAY_FIRST)),
        help="How dates such as 11/03/2023 are written, where no other date in the file shows it.",
    ),
    click.option(
        "--since", callback=_month, metavar="YYYY-MM",
        help="Month from which everybody who left is in the file; by default January of the first leaving date's year.",
    ),
    click.option(
        "--until", callback=_month, metavar="YYYY-MM",
        help="Last month that the file tells of; by default that of its last date.",
    ),
    click.option("--sheet", metavar="NAME", help="Sheet of a workbook; by default the first that holds anything."),
    click.option("--yes", is_flag=True, help="Take the columns as guessed, without asking."),
)  # fmt: skip
WRITING = (
    click.option(
        "--to", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.toml",
        help="Write a scenario that extends --extends and states what the history says.",
    ),
    click.option(
        "--extends", "base", metavar="SCENARIO", shell_complete=scenarios, help="The scenario that --to extends."
    ),
    click.option(
        "--people", "listed", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.csv",
        help="Write those still in post as the list of people that the page takes: month of hire, rung, FTE, wage.",
    ),
    click.option(
        "--rung", "rungs", multiple=True, callback=_pairs, metavar="TITLE=RUNG",
        help="The rung of a job title in --people; titles that are not named are on rung entry. Repeatable.",
    ),
)  # fmt: skip


@click.command("fit", cls=Manual)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options(READING, WRITING, JSON)
def command(file: Path, **given: Any) -> None:
    """Compare turnover in your own records with what studies say.

    FILE (CSV or Excel) lists people, a row each: date of hire, date of leaving (empty: still there), and if you have
    them job title, FTE and wage; no names are needed and none are read. Or it has yearly counts: year, people in post
    on average, how many left. Title rows, other columns, decimal commas and every unambiguous form of a
    date are accepted.

    The answer shows how long newcomers stay and how many leave, with ranges, and for each year what the
    years before would have predicted, beside what happened. Nothing of the file is stored.
    """
    _check_targets(given)
    asked = Asked(given["columns"], given["dates"], given["sheet"])
    reading = partial(history_read, asked=asked, since=given["since"], until=given["until"])
    read, seen = _read(at_most(file), str(file), reading)
    _confirm(read, seen, given)
    found = fit(seen.years)
    again = shlex.join(["peerstay", "fit", str(file), *_said(given)])
    say(as_json(fit_shape(read, seen, found)) if given["as_json_"] else fit_text(read, seen, found, again))
    if given["to"] is not None:
        title = f"{load(given['base']).scenario.title}, with its own history"
        _write_scenario(given["to"], scenario_text(found, _extended(given), title))
    if given["listed"] is not None:
        assert seen.span is not None
        _write(given["listed"], people_text(read.people, seen.span, given["rungs"]))
        for note in _people_notes(read.people, given["rungs"]):
            aside(f"note: {note}")


def _read(content: bytes, label: str, function: Callable[[bytes, str], tuple[Read, Observed]]) -> tuple[Read, Observed]:
    """Return what a file holds; a workbook, which may unpack to anything, is read apart and within limits."""
    if not is_workbook(content):
        return function(content, label)
    need_reader()
    found: tuple[Read, Observed] = read_apart(function, content, label)
    return found


def _check_targets(given: dict[str, Any]) -> None:
    """Refuse files that cannot be written, before any work."""
    if (given["to"] is None) != (given["base"] is None):
        raise click.UsageError("--to and --extends go together: the file to write, and the scenario it extends")
    for path, ending in ((given["to"], SCENARIO_END), (given["listed"], LIST_END)):
        if path is not None:
            _check_target(path, ending)


def _check_target(path: Path, ending: str) -> None:
    if path.suffix != ending:
        raise click.UsageError(f"{path}: its name must end in {ending}")
    if path.exists():
        raise click.UsageError(f"{path}: is there already, and nothing is written over it; name another file")
    if not path.parent.is_dir():
        raise click.UsageError(f"{path}: there is no folder {path.parent}; make it first")


def _confirm(read: Read, seen: Observed, given: dict[str, Any]) -> None:
    """Show how the file is read; on a terminal, ask whether that is right."""
    if given["listed"] is not None and seen.span is None:
        raise click.UsageError("--people needs a list of people, and this file has yearly counts")
    if given["to"] is not None and seen.few:
        raise click.UsageError(f"--to: {NOTHING_STATED}")
    if not given["yes"] and sys.stdin.isatty() and sys.stdout.isatty():
        _ask(read, seen)


def _ask(read: Read, seen: Observed) -> None:
    for line in reading_lines(read, seen):
        say(f"  {line}", err=True)
    if not click.confirm("Is the file to be read so?", default=True, err=True):
        raise click.UsageError("name columns with --column, dates with --dates, the time with --since and --until")


def _said(given: dict[str, Any]) -> Iterator[str]:
    for option, pairs in (("--column", given["columns"]), ("--rung", given["rungs"])):
        for name, told in pairs.items():
            yield from (option, f"{name}={told}")
    for option in ("sheet", "dates", "since", "until"):
        if given[option] is not None:
            value = given[option]
            yield from (f"--{option}", value if isinstance(value, str) else month_text(value))


def _extended(given: dict[str, Any]) -> str:
    """Return the base as the new file names it: one of the library by name, a file beside or below it, or in full."""
    file, called = file_named(given["base"])
    if file.resolve() != Path(called).resolve():
        return f"{PREFIX}{called.removeprefix(PREFIX)}"
    file, folder = file.resolve(), given["to"].resolve().parent
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)


def _write_scenario(path: Path, text: str) -> None:
    """Write a scenario that holds with its base; leave nothing where it does not."""
    _write(path, text)
    try:
        load(path)
    except ScenarioError:
        path.unlink()
        raise
    aside(f"wrote {path}; then say\n  peerstay run {path}")


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as new:
        new.write(text)


def _people_notes(people: tuple[Person, ...], rungs: dict[str, str]) -> Iterator[str]:
    titles = [title for title in dict.fromkeys(one.rung for one in people) if title and title not in rungs]
    if titles:
        yield f"job titles taken as rung entry: {', '.join(map(shown, titles))}; name others with --rung TITLE=RUNG"
    if all(one.certified is None for one in people):
        yield "no column says who is certified: all are taken to be; add a column certified with yes or no"
