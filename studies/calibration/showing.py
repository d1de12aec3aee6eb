"""Show every target's mean and interval at a point, part by part on several processes.

A module of its own: processes started afresh find no function of a package's `__main__`.
"""

from __future__ import annotations

from typing import Final

from sim.results.blocks import Floats
from sim.results.summary import Estimate, estimate
from studies.calibration.flows import flows
from studies.calibration.search import Point, Spread
from studies.calibration.survey import survey
from studies.calibration.trials import PAIR, TEAM, contagion_trial, wage_trial

FOLLOWED, SURVEYED, TRIED = range(8), range(4), range(8)  # replications of the report
PARTS: Final = ("survey", "flows", "contagion_pair", "contagion", "wage_elasticity")  # the longest first


def shown(point: Point, spread: Spread = map) -> dict[str, Estimate]:
    """Return every target's mean and interval at a point; an empty one has the schema's defaults."""
    values: dict[str, Floats] = {}
    for part in spread(_part, [(name, point) for name in PARTS]):
        values |= part
    return {name: estimate(found) for name, found in values.items()}


def _part(task: tuple[str, Point]) -> dict[str, Floats]:
    name, point = task
    match name:
        case "survey":
            return survey(point, SURVEYED)
        case "flows":
            return flows(point, FOLLOWED)
        case "wage_elasticity":
            return {name: wage_trial(point, FOLLOWED)}
        case _:
            return {name: contagion_trial(PAIR if name == "contagion_pair" else TEAM, TRIED)}
