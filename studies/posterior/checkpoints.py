"""Keep what took long, so that a run that is broken off goes on from there; the same code and data find it again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.evidence.paths import DATA, ROOT
from studies.renewal import Floats

FOLDER: Final = ROOT / "build" / "posterior"
READS: Final = (
    "sim/model/rules/turnover.py",
    "studies/renewal.py",
    "studies/careers.py",
    "studies/posterior/predicting.py",
    "studies/posterior/emulator.py",
    "studies/posterior/tenure.py",
    "studies/posterior/sampling.py",
    "studies/posterior/fits.py",
)
Arrays = dict[str, Floats]


def kept(name: str, make: Callable[[], Arrays]) -> Arrays:
    """Return arrays made before by the same code from the same studies, or make and keep them."""
    path = FOLDER / f"{name}-{_digest()}.npz"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npz")
        arrays: dict[str, Any] = make()
        np.savez(unfinished, **arrays)
        unfinished.rename(path)
    with np.load(path) as found:
        return {key: found[key] for key in found.files}


@cache
def _digest() -> str:
    files = [ROOT / one for one in READS]
    return digest_of([*files, *sorted((DATA / "studies").glob("*.toml"))])


def digest_of(files: Iterable[Path]) -> str:
    """Return a short digest of what files hold."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()[:16]
