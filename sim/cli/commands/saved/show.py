"""`peerstay show`: print the answer of a run that is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from sim.cli.against import AGAINST, also_against, with_against
from sim.cli.asking import say_notes
from sim.cli.manual import Manual
from sim.cli.options import JSON, STORE, options
from sim.cli.terminal import aside, say
from sim.questions.compare.shapes import run_shape
from sim.questions.compare.text import run_text
from sim.runs.answer import ask, settings_of
from sim.runs.catalog import Entry, NoRunError, find, printed, reopened
from sim.runs.pieces import missing
from sim.runs.store import Run, default_store
from sim.scenario.read.clean_text import clean
from sim.words.as_json import as_json
from sim.words.layout import counted
from sim.words.provenance import stamp


@click.command("show", cls=Manual)
@click.argument("run", metavar="ID")
@options(AGAINST, STORE, JSON)
def command(run: str, against: str | None, store: Path | None, as_json_: bool) -> None:
    """Print the answer of a saved run by its ID, as listed by `peerstay runs`; `last` is the latest.

    Nothing is run. An interrupted run shows what was saved of it; a run made by another version shows its answer as it
    was printed then.
    """
    entry = find(store or default_store(), run)
    if entry.current:
        say(shown(reopened(entry), as_json_=as_json_, against=against))
    else:
        _old(entry, as_json_=as_json_)


def shown(run: Run, *, as_json_: bool, against: str | None = None) -> str:
    """Return the answer that the kept replications give, from the first to the first that is missing."""
    text, shape = also_against(against, [str(loaded.path) for loaded in run.everyone])
    gaps = missing(range(run.replications), [piece.numbers for piece in run.pieces()])
    upto = gaps[0].start if gaps else run.replications
    say_notes(run)
    if gaps:
        told = ", ".join(f"{gap.start}–{gap.stop - 1}" for gap in gaps)
        aside(f"note: of {counted(run.replications, 'replication')} asked for, {told} are missing")
    if upto == 0:
        raise NoRunError(f"{run.key}: the first replications are missing, so there is nothing to show yet")
    settings = replace(settings_of(run.everyone[0]), replications=upto, seed=run.seed, unknowns=run.unknowns)
    answer = ask(run.everyone[0], run.everyone[1:], settings, kept=run, loop_off=run.loop_off)
    if not answer.alternatives:
        text, shape = run_text, run_shape
    stamped = stamp(answer, with_against(run.command, against))
    return as_json(shape(answer)) if as_json_ else text(answer, stamped)


def _old(entry: Entry, *, as_json_: bool) -> None:
    text, shape = printed(entry)
    made = entry.question["version"]
    aside(f"note: made by another peerstay ({made}), shown as it was printed; ask again for a new one")
    say(clean(shape if as_json_ else text))  # whoever wrote it may have had no gate
