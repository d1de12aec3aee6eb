"""Set wages: scale, rungs, floors, steps, pass-through, and what is earned elsewhere (docs/model.md, section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world.rows import anywhere, each, larger, table_of
from sim.units import MONTHS_PER_YEAR, whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


def living_wage_floor(wage: Any, target: Any, months_since: Any, phase_in_months: Any) -> Any:
    """Return the floor that lifts a wage to a target in equal monthly steps."""
    done = each(_phased_in, months_since, phase_in_months)
    return larger(wage, wage + (target - wage) * done)


def _phased_in(months_since: float, phase_in_months: float) -> float:
    return 1.0 if phase_in_months == 0 else min(1.0, max(0.0, months_since) / phase_in_months)


def rung_wages(entry: Any, steps: Sequence[tuple[str, Any]]) -> Floats:
    """Return the wage of every rung, entry first; a step is ("raise", share) or ("amount", USD/hour of the month).

    Shape (rungs,), or (rungs, employers) where employers differ.
    """
    wages = [entry]
    for kind, value in steps:
        wages.append(wages[-1] * (1.0 + value) if kind == "raise" else larger(value, wages[-1]))
    return table_of(wages)


def wage_of(rung_wage: Floats, tenure: Floats, certified: Flags, step_share: Any, steps: Any, premium: Any) -> Floats:
    """Return each peer's wage from the wage of the rung, whole years of tenure and the certificate."""
    wage = rung_wage
    if anywhere(step_share) and anywhere(steps):
        wage = wage * np.power(1.0 + step_share, np.clip(whole(tenure / MONTHS_PER_YEAR), 0, steps))
    return wage * (1.0 + premium * certified) if anywhere(premium) else wage


def passed_through(share: Any, rise_usd_per_unit: Any, units_per_paid_hour: Any, moving_fringe: Any) -> Any:
    """Return the raise in USD/hour that a rise of a rate per unit leaves for wages, after the fringe it brings."""
    return share * larger(0.0, rise_usd_per_unit) * units_per_paid_hour / (1.0 + moving_fringe)


def supervisors_wage(stated: Any, gap_share: Any, entry_wage: Any) -> Any:
    """Wage of supervisors outside the ladder: as stated, but never less than the gap above the peers' entry wage."""
    return larger(stated, (1.0 + gap_share) * entry_wage)


def peer_job_share(other_field_share: Any, out_of_work_share: Any) -> Any:
    """Return ω, the share of quitters who take another peer job."""
    return larger(0.0, 1.0 - other_field_share - out_of_work_share)


def outside_wage(other_fields: Any, peer_jobs: Any, in_reach: Any, part: Any) -> Any:
    """Return the outside wage where employers meet, USD/hour.

    Args:
        other_fields: the wage typed for the place.
        peer_jobs: ω.
        in_reach: share of those who look for another peer job that has an employer in reach.
        part: wages of the employers in reach, weighted so that the weights add to that share.
    """
    return (1.0 - peer_jobs * in_reach) * other_fields + peer_jobs * part
