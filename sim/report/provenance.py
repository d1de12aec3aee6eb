"""Stamp a result with what made it, so that it can be made again."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim import __version__
from sim.experiment.answer import Answer
from sim.experiment.replicate import Settings
from sim.scenario.files import Loaded


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


def command_line(everyone: Sequence[Loaded], settings: Settings, sets: Sequence[str]) -> str:
    """Return the command that makes an answer again, whatever the files' own seed and replications become."""
    words = ["peerstay", "run" if len(everyone) == 1 else "compare", *(str(loaded.path) for loaded in everyone)]
    words += [word for setting in sets for word in ("--set", setting)]
    words += ["--months", str(everyone[0].scenario.horizon.months)]
    words += ["--replications", str(settings.replications), "--seed", str(settings.seed)]
    return shlex.join(words)
