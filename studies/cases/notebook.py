"""The example of a notebook of experiments: what came out of it is run again, what a person wrote stays."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

from sim.evidence.paths import SCENARIOS
from sim.runs.answer import ask
from sim.runs.experiments import NAME, Came, Result, experiments_in
from sim.runs.notebook import of_answer
from sim.runs.replicate import Settings
from sim.runs.toml import written
from sim.scenario.files import load
from sim.takeaway.bundle import shape_of, text_of
from sim.words.as_json import as_json
from sim.words.provenance import stamp

EXAMPLE: Final = SCENARIOS / NAME
RUN_AGAIN: Final = ("found", "run", "answer", "scenarios")


def run_again(file: Path = EXAMPLE) -> str:
    """Return a notebook as it would stand if its experiments were run today."""
    text = file.read_text(encoding="utf-8")
    for one in experiments_in(text.encode(), file.name):
        for noted in one.results:
            came = _came(noted)
            for name in RUN_AGAIN:
                text = text.replace(written({name: getattr(noted, name)}), written({name: getattr(came, name)}))
    return text


def _came(noted: Result) -> Came:
    """Return what comes out of the command of a result."""
    base, *alternatives = [load(name) for name in _scenarios(noted.command)]
    answer = ask(base, alternatives, Settings(noted.replications, base.scenario.experiment.seed, 1, unknowns=True))
    stamped = stamp(answer, noted.command)
    return of_answer(answer, noted.command, text_of(answer, stamped), as_json(shape_of(answer)))


def _scenarios(command: str) -> list[str]:
    """Return the scenarios of a `peerstay compare`, which stand before its options."""
    words = shlex.split(command)[2:]
    return words[: words.index("--months")]
