"""Turn sums into values, and let a value of all replications together be one for each of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.results.blocks import Floats, Sums
from sim.results.tenure import kept

Formula = Callable[[Sums], Floats]  # keeps the leading axis: one value for each row of the sums


def divided(above: Floats, below: Floats) -> Floats:
    """Return above/below, NaN where below is 0."""
    return np.where(below != 0, above / np.where(below != 0, below, 1.0), np.nan)


def amount(name: str) -> Formula:
    """Return a sum as it is."""
    return lambda sums: sums[name]


def ratio(above: str, below: str, times: float = 1.0) -> Formula:
    """Return one sum over another."""
    return lambda sums: times * divided(sums[above], sums[below])


def per_year(name: str) -> Formula:
    """Return a sum by year of the projection."""
    return ratio(name, "years")


def less(value: float, formula: Formula) -> Formula:
    """Return value − formula."""
    return lambda sums: value - formula(sums)


def linear(formula: Formula, zero: float, unit: float) -> Formula:
    """Return a value in SD on a reporting scale: zero + unit·value."""
    return lambda sums: zero + unit * formula(sums)


def yearly_margin(sums: Sums) -> Floats:
    """Return receipts less cost, by year."""
    return divided(sums["revenue"] - sums["cost"], sums["years"])


def yearly_unmet(sums: Sums) -> Floats:
    """Return client-hours wanted and not given, by year."""
    return divided(sums["asked"] - sums["delivered"], sums["years"])


def group_wage_gap(sums: Sums) -> Floats:
    """Return how far the mean wage of the other groups is below that of White peers, as a share of it."""
    white = divided(sums["white_wage_sum"], sums["white"])
    others = divided(sums["wage_sum"] - sums["white_wage_sum"], sums["peers"] - sums["white"])
    return 1.0 - divided(others, white)


def retention(months: int, since: str = "by_tenure") -> Formula:
    """Return the share still there after some months in the job, or since another start that exits are counted from."""

    def formula(sums: Sums) -> Floats:
        curve = kept(sums[f"exits_{since}"][..., :months], sums[f"lived_{since}"][..., :months])
        return np.asarray(curve[..., -1])

    return formula


def pseudo_values(formula: Formula, sums: Sums) -> Floats:
    """Return a value for each replication whose mean and spread are those of the formula on all of them together.

    With θ the value of all n replications together and θ₋ᵢ that of all but the i-th, the i-th is θ + (n−1)·(m − θ₋ᵢ), m
    the mean of the θ₋ᵢ: the jackknife's pseudo-value, whose spread gives the standard error of θ, less the jackknife's
    correction of bias. That correction can carry a share below 0 or above 1 where runs are few (their mean n·θ −
    (n−1)·m is no average of possible values); θ cannot leave its range. Its bias shrinks as 1/n, faster than the error.
    Where leaving one out leaves nothing to divide by, the spread is unknown: θ stands once, and NaN for the others.
    """
    total = {name: values.sum(axis=0, keepdims=True) for name, values in sums.items()}
    together = formula(total)
    number = next(iter(sums.values())).shape[0]
    if number == 1:
        return together
    without = formula({name: total[name] - values for name, values in sums.items()})
    if np.isnan(without).any():
        return np.concatenate((together, np.full(number - 1, np.nan)))
    return np.asarray(together + (number - 1) * (without.mean(axis=0, keepdims=True) - without))
