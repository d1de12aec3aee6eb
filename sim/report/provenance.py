"""Stamp a result with what made it, so that it can be made again."""

from __future__ import annotations

import platform
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim import __version__
from sim.experiment.answer import Answer


@dataclass(frozen=True)
class Stamp:
    """Say by which version, from which inputs and with which luck a result was made."""

    version: str
    fingerprints: dict[str, str]  # by name of the scenario, the base first
    seed: int
    replications: int
    months: int
    made: str  # UTC, ISO 8601
    command: str

    def manifest(self) -> dict[str, Any]:
        """Return what goes with stored results."""
        return {
            "version": self.version,
            "scenarios": self.fingerprints,
            "seed": self.seed,
            "replications": self.replications,
            "months": self.months,
            "made": self.made,
            "command": self.command,
            "python": platform.python_version(),
            "numpy": np.__version__,
        }


def stamp(answer: Answer, command: str) -> Stamp:
    """Return the stamp of an answer."""
    return Stamp(
        version=__version__,
        fingerprints={case.name: case.loaded.fingerprint for case in answer.cases},
        seed=answer.settings.seed,
        replications=answer.settings.replications,
        months=answer.base.loaded.scenario.horizon.months,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        command=command,
    )


def command_line(answer: Answer, sets: tuple[str, ...]) -> str:
    """Return the command that makes an answer again, whatever the files' own seed and replications become."""
    verb = "compare" if answer.alternatives else "run"
    scenario = answer.base.loaded.scenario
    words = ["peerstay", verb, *(str(case.loaded.path) for case in answer.cases)]
    words += [word for setting in sets for word in ("--set", setting)]
    words += ["--months", str(scenario.horizon.months)]
    words += ["--replications", str(answer.settings.replications), "--seed", str(answer.settings.seed)]
    return shlex.join(words)
