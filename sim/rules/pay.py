"""Set wages: scale, rungs, floors, steps and pass-through (docs/model.md, section 8)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.units import MONTHS_PER_YEAR, whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


def grown(amount: float, growth_per_year: float, month: int) -> float:
    """Return an amount grown to a month; nothing grows before month 0."""
    return float(amount * (1.0 + growth_per_year) ** (max(month, 0) / MONTHS_PER_YEAR))


def living_wage_floor(wage: float, target: float, months_since: float, phase_in_months: float) -> float:
    """Return the floor that lifts a wage to a target in equal monthly steps."""
    done = 1.0 if phase_in_months == 0 else min(1.0, max(0.0, months_since) / phase_in_months)
    return max(wage, wage + (target - wage) * done)


def rung_wages(entry: float, steps: Sequence[tuple[str, float]], scale: float) -> Floats:
    """Return the wage of every rung, entry first; a step is ("raise", share) or ("amount", USD/hour unscaled)."""
    wages = [entry]
    for kind, value in steps:
        wages.append(wages[-1] * (1.0 + value) if kind == "raise" else max(value * scale, wages[-1]))
    return np.array(wages)


def wage_of(
    rung_wage: Floats, tenure: Floats, certified: Flags, step_share: float, steps: int, premium: float
) -> Floats:
    """Return each peer's wage from the wage of the rung, whole years of tenure and the certificate."""
    wage = rung_wage
    if step_share and steps:
        wage = wage * np.power(1.0 + step_share, np.clip(whole(tenure / MONTHS_PER_YEAR), 0, steps))
    return wage * (1.0 + premium * certified) if premium else wage


def passed_through(share: float, rise_usd_per_unit: float, units_per_paid_hour: float, fringe_share: float) -> float:
    """Return the raise in USD/hour that a rise of a rate per unit leaves for wages, after fringe."""
    return share * max(0.0, rise_usd_per_unit) * units_per_paid_hour / (1.0 + fringe_share)
