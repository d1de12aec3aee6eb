"""`peerstay notebook`: remember experiments beside the scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from sim.cli.manual import ManualGroup
from sim.cli.options import JSON, STORE, options
from sim.cli.terminal import say
from sim.evidence.paths import SCENARIOS
from sim.runs import notebook
from sim.runs.catalog import find
from sim.runs.experiments import NAME, Experiment, Result
from sim.runs.store import default_store
from sim.scenario.read.library import PREFIX
from sim.words.as_json import as_json
from sim.words.layout import clipped, command_lines, counted, paragraph, table

EXAMPLE: Final = f"{PREFIX}{Path(NAME).stem}"


def _read(context: click.Context, option: click.Parameter, value: Path) -> Path:  # noqa: ARG001
    """Return a notebook that is read, the example by its name."""
    return SCENARIOS / NAME if str(value) == EXAMPLE else value


FILE = (
    click.option(
        "--file", type=click.Path(dir_okay=False, path_type=Path), default=NAME, show_default=True,
        help="The notebook; it is made when the first question is added.",
    ),
)  # fmt: skip
READ = (
    click.option(
        "--file", type=click.Path(dir_okay=False, path_type=Path), default=NAME, show_default=True, callback=_read,
        help=f"The notebook; `{EXAMPLE}` is the example that came with the program.",
    ),
)  # fmt: skip
NUMBER = click.argument("number", type=click.IntRange(1))
WIDTH: Final = 60
RUN_DIGITS: Final = 8
STANDING: Final = {
    "same": "kept here, and its answer is the one that was noted",
    "changed": "kept here, but its answer is another now: it was extended, or made anew",
    "gone": "not kept here; the command makes it again",
}


@click.group("notebook", cls=ManualGroup)
def command() -> None:
    """Remember experiments in a file beside the scenarios: what was asked, expected, found and decided.

    Write down what you expect before you run; the file only grows, so it stays as you wrote it.
    """


@command.command("add")
@click.argument("question")
@click.option("--expected", required=True, metavar="TEXT", help="What you expect, before you run it.")
@options(FILE)
def add(question: str, expected: str, file: Path) -> None:
    """Add a question and what you expect; prints its number."""
    number = notebook.ask(file, question, expected)
    say(f"experiment {number} in {file}; when you have run it: peerstay notebook result {number} --run last")


@command.command(
    "result", short_help="Add what came out of experiment NUMBER, with the run's ID and a digest of its answer."
)
@NUMBER
@click.option("--run", metavar="ID", help="The saved run it came out of, as in `peerstay runs`; `last` is the latest.")
@click.option("--found", default="", metavar="TEXT", help="What came out; by default how the run's answer begins.")
@options(FILE, STORE)
def result(number: int, run: str | None, found: str, file: Path, store: Path | None) -> None:
    """Add what came out of experiment NUMBER, with the run's ID and a digest of its answer."""
    if run is None and not found.strip():
        raise click.UsageError("what came out? name the run with --run, or say it with --found")
    notebook.note_result(file, number, found, None if run is None else find(store or default_store(), run))
    say(f"noted in {file}; then say what follows: peerstay notebook decide {number} TEXT")


@command.command("decide")
@NUMBER
@click.argument("decided", metavar="TEXT")
@options(FILE)
def decide(number: int, decided: str, file: Path) -> None:
    """Add what was decided after experiment NUMBER."""
    notebook.decide(file, number, decided)
    say(f"noted in {file}")


@command.command("list")
@options(READ, JSON)
def listed(file: Path, as_json_: bool) -> None:
    """List the experiments, the oldest first."""
    known = notebook.experiments(file)
    if as_json_:
        say(as_json({"file": str(file), "experiments": [_shape(one) for one in known]}))
    elif known:
        rows = [(str(one.asked.number), one.asked.on, _state(one), clipped(one.asked.question, WIDTH)) for one in known]
        say(table(("", "asked", "state", "question"), rows, left=4))
    else:
        say(f"No experiments in {file}.")


@command.command("show", short_help="Show experiment NUMBER, and whether the run behind its result is still the same.")
@NUMBER
@options(READ, STORE, JSON)
def show(number: int, file: Path, store: Path | None, as_json_: bool) -> None:
    """Show experiment NUMBER, and whether the run behind its result is still the same."""
    one = notebook.experiment(file, number)
    runs = [(note, notebook.standing(note, store or default_store())) for note in one.results]
    if as_json_:
        shape = _shape(one)
        for told, standing in zip(shape["results"], runs, strict=True):
            told["standing"] = standing[1]
        say(as_json(shape))
        return
    parts = [f"EXPERIMENT {number}, asked on {one.asked.on}", _part("Question", one.asked.question)]
    parts += [_part("Expected", one.asked.expected)]
    parts += [_result(note, standing) for note, standing in runs]
    parts += [_part(f"Decided on {note.on}", note.decided) for note in one.decisions]
    say("\n\n".join(parts))


def _result(note: Result, standing: str) -> str:
    told = _part(f"Came out on {note.on}", note.found)
    if standing == "none":
        return told
    runs = counted(note.replications, "replication")
    run = f"  Run {note.run[:RUN_DIGITS]}, {runs}, answer {note.answer}: {STANDING[standing]}."
    return f"{told}\n{run}\n{command_lines(note.command)}"


def _part(title: str, text: str) -> str:
    return f"{title}\n" + "\n".join(paragraph(line, "  ") for line in text.splitlines())


def _state(one: Experiment) -> str:
    return "decided" if one.decisions else "run" if one.results else "asked"


def _shape(one: Experiment) -> dict[str, Any]:
    return {
        **one.asked.model_dump(),
        "state": _state(one),
        "results": [note.model_dump(exclude={"experiment"}) for note in one.results],
        "decisions": [note.model_dump(exclude={"experiment"}) for note in one.decisions],
    }
