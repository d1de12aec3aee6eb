"""Set the hazards of leaving and say who leaves, when and why (docs/model.md, section 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.rows import anywhere, each, power
from sim.units import Reals

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]

CAUSES: Final = ("voluntary", "return_to_use", "dismissal", "other", "layoff", "closure")
VOLUNTARY, RETURN_TO_USE, DISMISSAL, OTHER, LAYOFF, CLOSURE = range(6)
DESTINATIONS: Final = ("other_field", "out_of_work", "other_peer_job")
OTHER_PEER_JOB: Final = DESTINATIONS.index("other_peer_job")


@dataclass(frozen=True)
class Baseline:
    """Hold the baseline hazards per month: one number each, or one an employer."""

    voluntary: Any
    dismissal: Any
    other: Any


@dataclass(frozen=True)
class Hazards:
    """Hold hazards per month, one array a cause; those no state moves may be one number."""

    voluntary: Floats
    return_to_use: Floats
    dismissal: Any
    other: Any

    @property
    def total(self) -> Floats:
        """Return the hazard of any exit or return to use."""
        return np.asarray(self.voluntary + self.return_to_use + self.dismissal + self.other)


@dataclass(frozen=True)
class HazardByTenure:
    """An employer's hazard of leaving by tenure alone, at its opening wage: numbers, or arrays over employers."""

    voluntary: Any  # per month at the tenure whose factor is 1, with the employer's own effect
    steady: Any  # per month, whatever the tenure
    shape: Any
    early_peak: Any
    peak_months: Any

    def at(self, tenure: Floats, employers: int) -> Floats:
        """Return the hazard per month at some tenures, shape (employers, tenures)."""
        voluntary, steady, shape, early_peak, peak_months = (
            np.broadcast_to(np.asarray(one, dtype=np.float64), (employers,))[:, None]
            for one in (self.voluntary, self.steady, self.shape, self.early_peak, self.peak_months)
        )
        x = tenure / peak_months
        peak = 1.0 + early_peak * np.square(x * np.exp(1.0 - x))
        return np.asarray(voluntary * ((tenure + 1.0) / 12.0) ** (shape - 1.0) * peak + steady)


def tenure_factor(tenure: Floats, shape: Reals, early_peak: Reals, peak_months: Reals) -> Floats:
    """Return how leaving depends on tenure: a Weibull-like decline with a peak in the first months."""
    x = tenure / peak_months
    decline = power((tenure + 1.0) / 12.0, shape - 1.0) if anywhere(shape != 1.0) else np.ones_like(tenure)
    return decline * (1.0 + early_peak * np.square(x * np.exp(1.0 - x)))


def wage_factor(
    form: str, effect: Reals, wage: Floats, outside_wage: Reals, living_wage: Reals, threshold_log_wage: Reals
) -> Floats:
    """Return how leaving answers to the wage, in one of three forms; effect is the log hazard per log wage.

    Below a threshold leaving is what a wage lower by `threshold_log_wage` makes it in the first form.
    """
    if form == "threshold":
        above: Reals = each(math.exp, -threshold_log_wage * effect)
        return np.where(wage < living_wage, above, 1.0)
    ratio = wage / outside_wage
    if form == "logistic":
        return np.asarray(2.0 / (1.0 + power(ratio, -2.0 * effect)))
    return power(ratio, effect)


def stay_bonus_factor(elasticity: Reals, share_of_pay: Floats, most_share: Reals) -> Floats:
    """Return how leaving answers to a bonus that is lost by leaving, as a share of pay until it is due.

    A bonus beyond `most_share` of pay does no more than one of that size: no study has seen a larger one.
    """
    return power(1.0 + np.minimum(most_share, share_of_pay), elasticity)


def promotion_bump(
    now: Floats | float, rung_since: Floats, hired: Floats, rung: Codes, bump: Reals, bump_months: Reals
) -> Floats:
    """Return the log hazard added in the months after a promotion."""
    recent = (rung > 0) & (rung_since > hired) & (now - rung_since < bump_months)
    return np.where(recent, bump, 0.0)


def cause_of(uniform: Floats, hazards: Hazards) -> Codes:
    """Return the cause of each exit, drawn in proportion to the hazards."""
    level = uniform * hazards.total
    first = hazards.voluntary
    second = first + hazards.return_to_use
    third = second + hazards.dismissal
    codes = (level > first).astype(np.int8)
    codes += level > second
    codes += level > third
    return codes


def looks_everywhere(uniform: Floats, elsewhere: Reals, reach: Reals) -> Flags:
    """Return which of those who take another peer job, by the uniform of their destination, look in every area.

    Args:
        uniform: the uniforms.
        elsewhere: share of quitters who take no other peer job.
        reach: share who look in every area.
    """
    return np.asarray(uniform - elsewhere <= reach * (1.0 - elsewhere))


def destination_of(uniform: Floats, other_field_share: Reals, out_of_work_share: Reals) -> Codes:
    """Return where each quitter goes, a code of `DESTINATIONS`."""
    codes = (uniform > other_field_share).astype(np.int8)
    codes += uniform > other_field_share + out_of_work_share
    return codes
