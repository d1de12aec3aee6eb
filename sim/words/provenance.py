"""Stamp a result with what made it, so that it can be made again."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from sim import __version__
from sim.runs.answer import Answer
from sim.runs.identity import data_version, model_version
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.read.clean_text import clean
from sim.scenario.read.what_if import OPTION as WITH
from sim.scenario.read.what_if import UNNAMED, typed_as

LUCK_ONLY: Final = " --luck-only"  # at the end of a command whose assumptions are taken as known


@dataclass(frozen=True)
class Stamp:
    """The version, inputs and random seed that made a result."""

    version: str
    fingerprints: dict[str, str]  # by name of the scenario, the base first
    seed: int
    replications: int
    months: int
    made: str  # UTC, ISO 8601
    command: str
    model: str = ""  # digests
    data: str = ""

    def digests(self) -> str:
        """Return the digests of model and data in words, if they are known."""
        return f"Model {self.model}, data {self.data}. " if self.model else ""

    def inputs(self) -> str:
        """Return the digests of model, data and scenarios in words."""
        prints = ", ".join(f"{name} {fingerprint}" for name, fingerprint in self.fingerprints.items())
        return f"{self.digests()}Fingerprints: {prints}."

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
        model=model_version(),
        data=data_version(),
    )


def named(everyone: Sequence[Loaded]) -> list[str]:
    """Return the words of a command that name scenarios: files, then alternatives that were typed."""
    files = [str(one.path) for one in everyone if one.what_if is None]
    typed = [text.text for one in everyone if one.what_if is not None for text in one.what_if.assignments]
    return [*files, *(word for text in typed for word in (WITH, text))]


def what_if_of(base: Loaded, start: Loaded, changes: Iterable[tuple[str, int | float]], name: str = "") -> Loaded:
    """Return an alternative as somebody would type it, for `named` and `command_line` alone.

    Args:
        base: the scenario of a file.
        start: the base, or what --with makes of it.
        changes: addresses and values on top of that.
        name: what the alternative is called; left out, as `start` is.
    """
    texts = [one.said for one in start.what_if.assignments] if start.what_if else []
    called = name or (start.what_if.name if start.what_if else UNNAMED)
    return replace(base, what_if=typed_as(called, [*texts, *(f"{path}={value!r}" for path, value in changes)]))


def luck_only(settings: Settings) -> str:
    """Return what a command ends with whose assumptions are taken as known."""
    return "" if settings.unknowns else LUCK_ONLY


def command_line(everyone: Sequence[Loaded], settings: Settings, sets: Sequence[str], verb: str = "") -> str:
    """Return the command that makes an answer again, whatever the files' own seed and replications become."""
    words = ["peerstay", verb or ("run" if len(everyone) == 1 else "compare"), *named(everyone)]
    words += [word for setting in sets for word in ("--set", setting)]
    words += ["--months", str(everyone[0].scenario.horizon.months)]
    words += ["--replications", str(settings.replications), "--seed", str(settings.seed)]
    return shlex.join(map(clean, words))  # settings are read clean, so the clean command asks the same
