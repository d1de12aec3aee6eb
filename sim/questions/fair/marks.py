"""What the model makes of a person's group: rows of the effects table that stand for unequal conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.evidence.effects import load_effects
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans

CAUSES: Final = ("black_identity", "non_white_identity", "rural", "full_time")


@dataclass(frozen=True)
class Mark:
    """A row of the effects table that makes groups differ, as a scenario has it."""

    key: str  # cause.outcome
    effect: float  # SD for one SD of the cause, scaled
    typed: bool  # by the scenario; else the table's
    grade: str
    source: str


def marks_of(scenario: Scenario) -> tuple[Mark, ...]:
    """Return the marks at the start of the projection, once for each value that a kind of employer has."""
    found: dict[Mark, None] = {}
    for plan in plans(scenario):
        effects = plan.epochs[0][1].effects
        typed, rows = effects.overrides(), load_effects().values()
        for row in (one for one in rows if one.cause in CAUSES):
            effect = effects.scale * typed.get(row.key, row.effect)
            found[Mark(row.key, effect, row.key in typed, row.grade, row.source)] = None
    return tuple(found)
