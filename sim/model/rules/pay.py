"""Set wages: scale, rungs, floors, steps and pass-through (docs/model.md, section 8)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.units import MONTHS_PER_YEAR, whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


def living_wage_floor(wage: float, target: float, months_since: float, phase_in_months: float) -> float:
    """Return the floor that lifts a wage to a target in equal monthly steps."""
    done = 1.0 if phase_in_months == 0 else min(1.0, max(0.0, months_since) / phase_in_months)
    return max(wage, wage + (target - wage) * done)


def rung_wages(entry: float, steps: Sequence[tuple[str, float]]) -> Floats:
    """Return the wage of every rung, entry first; a step is ("raise", share) or ("amount", USD/hour of the month)."""
    wages = [entry]
    for kind, value in steps:
        wages.append(wages[-1] * (1.0 + value) if kind == "raise" else max(value, wages[-1]))
    return np.array(wages)


def wage_of(
    rung_wage: Floats, tenure: Floats, certified: Flags, step_share: float, steps: int, premium: float
) -> Floats:
    """Return each peer's wage from the wage of the rung, whole years of tenure and the certificate."""
    wage = rung_wage
    if step_share and steps:
        wage = wage * np.power(1.0 + step_share, np.clip(whole(tenure / MONTHS_PER_YEAR), 0, steps))
    return wage * (1.0 + premium * certified) if premium else wage


def passed_through(share: float, rise_usd_per_unit: float, units_per_paid_hour: float, moving_fringe: float) -> float:
    """Return the raise in USD/hour that a rise of a rate per unit leaves for wages, after the fringe it brings."""
    return share * max(0.0, rise_usd_per_unit) * units_per_paid_hour / (1.0 + moving_fringe)


def supervisors_wage(stated: float, gap_share: float, entry_wage: float) -> float:
    """Wage of supervisors outside the ladder: as stated, but never less than the gap above the peers' entry wage."""
    return max(stated, (1.0 + gap_share) * entry_wage)
