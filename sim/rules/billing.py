"""Turn service into units, claims and payments (docs/model.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.units import UNITS_PER_HOUR, Cents, cents, months_from_days, whole

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

PARTS: Final = 4
MINUTES_PER_UNIT: Final = 15
MINUTES_THAT_MAKE_A_UNIT: Final = 8
MINUTES_PER_HOUR: Final = 60


@dataclass(frozen=True)
class Claims:
    """Hold a month's claims by employer: units, and cents billed, denied, paid and recovered later."""

    units: Counts
    billed: Cents
    denied: Cents
    paid: Cents
    recovered: Cents


def capped(individual: Counts, group: Counts, caps: list[Counts]) -> tuple[Counts, Counts]:
    """Return units within every cap, individual units first."""
    for cap in caps:
        individual = np.minimum(individual, cap)
        group = np.minimum(group, cap - individual)
    return individual, group


def units(hours: Floats) -> Counts:
    """Return whole 15-minute units of billable hours."""
    return whole(UNITS_PER_HOUR * hours)


def units_of_a_visit(minutes: float, most: int | None) -> int:
    """Whole units a visit is billed in: eight minutes make a unit, and a client's day may hold `most` at the most."""
    made = int((minutes + MINUTES_PER_UNIT - MINUTES_THAT_MAKE_A_UNIT) // MINUTES_PER_UNIT)
    return made if most is None else min(made, most)


def visit_units(hours: Floats, minutes: float, most: int | None) -> Counts:
    """Units of hours spent in visits of so many minutes; a visit not finished in the month is not billed."""
    return units_of_a_visit(minutes, most) * whole(MINUTES_PER_HOUR * hours / minutes)


def billed_of_visits(minutes: float, most: int | None) -> float:
    """Part of the time in visits that is billed, before whole visits are counted."""
    return units_of_a_visit(minutes, most) * MINUTES_PER_UNIT / minutes


def settle(
    individual: Counts, group: Counts, rates: tuple[float, float], denial_share: float, recovered_share: float
) -> Claims:
    """Return what units bring at (individual, group) rates once denials are known."""
    billed = cents(individual * rates[0]) + cents(group * rates[1])
    denied = cents(billed * denial_share / 100.0)
    recovered = cents(denied * recovered_share / 100.0)
    return Claims(individual + group, billed, denied, billed - denied, recovered)


def rework_cost(claims: Claims, units_per_claim: float, denial_share: float, usd_per_claim: float) -> Cents:
    """Return the cost of sending denied claims again."""
    return cents(claims.units / units_per_claim * denial_share * usd_per_claim)


def arrivals(amount: Cents, lag_days: float, spread: float) -> list[tuple[float, Cents]]:
    """Return (months after the close, cents): payments spread evenly around the mean lag."""
    lag = months_from_days(lag_days)
    if lag == 0 or spread == 0:
        return [(lag, amount)]
    edges = [amount * part // PARTS for part in range(PARTS + 1)]
    middles = [(2 * part + 1) / PARTS - 1.0 for part in range(PARTS)]
    return [(lag * (1.0 + spread * middle), edges[part + 1] - edges[part]) for part, middle in enumerate(middles)]
