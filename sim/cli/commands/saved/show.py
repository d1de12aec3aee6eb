"""`peerstay show`: print the answer of a run that is kept."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.against import AGAINST
from sim.cli.asking import shown
from sim.cli.manual import Manual
from sim.cli.options import JSON, STORE, options
from sim.cli.terminal import aside, say
from sim.runs.catalog import Entry, find, printed, reopened
from sim.runs.store import default_store
from sim.scenario.read.clean_text import clean


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


def _old(entry: Entry, *, as_json_: bool) -> None:
    text, shape = printed(entry)
    made = entry.question["version"]
    aside(f"note: made by another peerstay ({made}), shown as it was printed; ask again for a new one")
    say(clean(shape if as_json_ else text))  # whoever wrote it may have had no gate
