"""Whether the values kept from the last fit stay, where a search ends elsewhere.

Different points meet the targets nearly alike, and which of them is nearest changes with the luck of the runs. So where
the search ended and what is kept are held to the targets again, on other luck: defaults move for more than luck alone.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from studies.calibration.flows import flows
from studies.calibration.reference import Parameter
from studies.calibration.search import REPLICATIONS, Found, Point, Seen, Spread, distance, evaluate, on_grid

LUCKS: Final = 8  # times that both are held to the targets, none of them with the search's own luck
ERRORS: Final = 2.0  # standard errors by which the end of the search has to be nearer


@dataclass(frozen=True)
class Staying:
    """The values kept and the end of the search; how much nearer the latter is on other luck, with standard error."""

    kept: Found
    ended: Found
    nearer: float = 0.0
    error: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether the end of the search is nearer by more than luck tells."""
        return self.nearer > ERRORS * self.error

    @property
    def best(self) -> Found:
        """Return what is taken."""
        return self.ended if self.moves else self.kept


@dataclass(frozen=True)
class Fit:
    """What the search found: what moves what, what is taken, and the fit if separations were free in their band."""

    slopes: dict[str, dict[str, float]]
    priors: Found
    start: Found
    staying: Staying
    free: Found

    @property
    def best(self) -> Found:
        """Return the fit."""
        return self.staying.best


def staying(ended: Found, searched: list[Parameter], fit: Path, spread: Spread) -> Staying:
    """Compare the end of a search with the values that a file keeps."""
    parameters = tomllib.loads(fit.read_text(encoding="utf-8"))["parameter"]
    point = on_grid({one.name: parameters[one.name]["value"] for one in searched}, searched)
    if point == ended.point:
        return Staying(ended, ended)
    (seen,) = spread(evaluate, [point])
    kept = Found(point, seen, distance(seen, point, searched))
    tasks = [(found.point, luck) for luck in range(1, LUCKS + 1) for found in (kept, ended)]
    found = zip(tasks, spread(_on_other_luck, tasks), strict=True)
    distances = np.array([distance(shown, at, searched) for (at, _), shown in found]).reshape(LUCKS, 2)
    nearer = distances[:, 0] - distances[:, 1]
    return Staying(kept, ended, float(nearer.mean()), float(nearer.std(ddof=1)) / math.sqrt(LUCKS))


def _on_other_luck(task: tuple[Point, int]) -> Seen:
    point, luck = task
    replications = range(luck * REPLICATIONS, (luck + 1) * REPLICATIONS)
    return {name: float(values.mean()) for name, values in flows(point, replications).items()}
