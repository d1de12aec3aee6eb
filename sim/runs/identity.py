"""Which model and which data a result comes from, identified by their contents, not by their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim import __version__
from sim.evidence.paths import DATA
from sim.runs.futures.rows import Question
from sim.scenario.fingerprint import digest, fingerprint
from sim.scenario.schema import Scenario

MODEL: Final = ("units.py", "streams.py", "scenario", "evidence", "model", "results")
HEX_DIGITS: Final = 16


@cache
def model_version() -> str:
    """Return 16 hex digits over the code that decides results."""
    home = Path(__file__).parent.parent
    files = (
        file for name in MODEL for file in ([home / name] if name.endswith(".py") else (home / name).rglob("*.py"))
    )
    return _digest(home, files)


@cache
def data_version() -> str:
    """Return 16 hex digits over the data tables."""
    return _digest(DATA, (file for file in DATA.iterdir() if file.suffix in {".csv", ".toml", ".npz"}))


def versions() -> dict[str, str]:
    """Return everything that two machines must share to give the same bits."""
    return {"version": __version__, "model": model_version(), "data": data_version(), "numpy": np.__version__}


def question_key(scenarios: Sequence[Scenario], seed: int, futures: Question | None = None) -> str:
    """Return 16 hex digits that name a question: what is simulated, with which luck, by which model on which data.

    The number of replications is left out: more of them extend an answer.
    """
    asked: dict[str, Any] = {"scenarios": [fingerprint(scenario) for scenario in scenarios], "seed": seed}
    drawn = {} if futures is None else {"futures": futures.meaning()}
    return digest(asked | drawn | versions())


def _digest(home: Path, files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for file in sorted(files):
        text = file.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{file.relative_to(home).as_posix()} {len(text)}\n".encode() + text)
    return whole.hexdigest()[:HEX_DIGITS]
