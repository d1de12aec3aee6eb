"""Sort the effects table by where a cause lives, so that rules can add effects up without looking names up.

Causes live with the employer (one value an employer), with the peer for good (traits, one value an occupant) or with
the peer for now (states and circumstances, one value a peer and month).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from sim.model.world.rows import alike, anywhere
from sim.scenario.tables.work import LEVELS

STATES: Final = ("burnout", "satisfaction", "role_clarity", "recovery")
OUTCOMES: Final = (*STATES, "return_to_use", "exit_voluntary")
PRACTICES: Final = LEVELS
FIXED_CAUSES: Final = (*PRACTICES, "peer_background_of_supervisor", "out_of_role_work", "rural", "full_time")
EMPLOYER_CAUSES: Final = (
    *FIXED_CAUSES,
    "workload",
    "funding_certainty",
    "team_exits_3_months",
)
NORMAL_TRAITS: Final = (
    "age",
    "field_experience",
    "self_care",
    "external_support",
    "recovery_specific_support",
    "spirituality",
    "clinical_mental_health_support",
)
TRAITS: Final = (*NORMAL_TRAITS, "black_identity", "non_white_identity")
PEER_CAUSES: Final = (*STATES, "pay_adequacy", "prospects", "onboarding_strain", "boundary_difficulty")
WAGE_CAUSE: Final = "log_wage_over_outside_wage"

Row = tuple[str, int, Any]  # cause, outcome's number, effect: one for all employers, or an array over them


@dataclass(frozen=True)
class Effects:
    """Hold the effects in force, those that are zero for all employers left out."""

    employer: tuple[Row, ...]
    traits: tuple[Row, ...]
    peer: tuple[Row, ...]
    on_prospects: tuple[tuple[str, Any], ...]
    burnout_on_boundary: Any
    wage: Any
    noise_sd: tuple[Any, Any, Any, Any]

    def same_as(self, other: Effects) -> bool:
        """Whether all effects are the same for every employer."""
        return all(alike(getattr(self, one.name), getattr(other, one.name)) for one in fields(self))


def sort_effects(values: Mapping[str, Any], noise_sd: Mapping[str, Any]) -> Effects:
    """Return the effects `{"cause.outcome": effect}` sorted by where the cause lives.

    Raises:
        ValueError: when the model has no place for a row.
    """
    rows: dict[str, list[Row]] = {"employer": [], "traits": [], "peer": []}
    on_prospects: list[tuple[str, Any]] = []
    for key, effect in values.items():
        cause, outcome = key.split(".")
        if outcome == "prospects" and cause in FIXED_CAUSES:
            on_prospects.append((cause, effect))
        elif anywhere(effect) and outcome in OUTCOMES and cause != WAGE_CAUSE:
            rows[_home(cause)].append((cause, OUTCOMES.index(outcome), effect))
        elif anywhere(effect) and key not in {f"{WAGE_CAUSE}.exit_voluntary", "burnout.boundary_difficulty"}:
            raise ValueError(f"effects.{key}: the model has no place for this effect")
    return Effects(
        tuple(rows["employer"]),
        tuple(rows["traits"]),
        tuple(rows["peer"]),
        tuple(on_prospects),
        values.get("burnout.boundary_difficulty", 0.0),
        values.get(f"{WAGE_CAUSE}.exit_voluntary", 0.0),
        (noise_sd["burnout"], noise_sd["satisfaction"], noise_sd["role_clarity"], noise_sd["recovery"]),
    )


def _home(cause: str) -> str:
    for home, causes in (("employer", EMPLOYER_CAUSES), ("traits", TRAITS), ("peer", PEER_CAUSES)):
        if cause in causes:
            return home
    raise ValueError(f"effects.{cause}: the model has no such cause")
