"""`peerstay scenarios`: list the scenarios of a folder and what they ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sim.cli import BAD_INPUT
from sim.cli.manual import Manual
from sim.cli.terminal import say
from sim.evidence.paths import SCENARIOS
from sim.scenario.problems import ScenarioError
from sim.scenario.read.clean_layers import cleaned
from sim.scenario.read.layers import read_layers
from sim.scenario.read.library import scenario_files

FOLDER = "scenarios"


@click.command("scenarios", cls=Manual)
@click.argument("folder", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, folder: str | None, as_json: bool) -> None:
    """List the scenarios in FOLDER and the question each one asks.

    By default FOLDER is scenarios/ here, or else the library that came with the program.
    """
    listed = [_entry(file) for file in _files(folder)]
    found = [entry for entry in listed if "error" not in entry]
    for entry in listed:
        if "error" in entry:
            say(entry["error"], err=True)
    say(json.dumps(found, indent=2, ensure_ascii=False) if as_json else _text(found))
    if len(found) < len(listed):
        context.exit(BAD_INPUT)


def _files(folder: str | None) -> list[Path]:
    chosen = Path(folder) if folder is not None else Path(FOLDER) if Path(FOLDER).is_dir() else SCENARIOS
    if not chosen.is_dir():
        raise click.ClickException(f"{chosen}: no such folder")
    return scenario_files(chosen)


def _entry(file: Path) -> dict[str, Any]:
    """Return what a file says of itself, or of the file it extends; nothing else is checked."""
    try:
        layers, _ = cleaned(read_layers(file))
    except ScenarioError as fault:
        return {"error": str(fault)}
    said = {key: value for layer in layers for key, value in layer.data.items() if key in ("title", "question")}
    texts = {key: " ".join(str(said.get(key, "")).split()) for key in ("title", "question")}
    return {"name": file.stem, "path": str(file), **texts}


def _text(entries: list[dict[str, Any]]) -> str:
    """Return a line with name and title for each scenario, and its question under it."""
    width = max((len(entry["name"]) for entry in entries), default=0)
    lines = []
    for entry in entries:
        lines.append(f"{entry['name']:<{width}}  {entry['title']}".rstrip())
        if entry["question"]:
            lines.append(f"{'':<{width}}  {entry['question']}")
    return "\n".join(lines) or "no scenarios here"
