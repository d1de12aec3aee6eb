"""Answer to money: budget, layoffs, freeze, closure (docs/model.md, section 12)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.units import MONTHS_PER_YEAR, TOLERANCE, Cents, Reals, whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class BudgetLines:
    """Hold what a yearly budget expects, in USD."""

    revenue_per_post_month: Floats  # of a filled post
    cost_per_post_month: Floats  # of a filled post
    fixed_cost_year: Floats
    fixed_income_year: Floats
    usable_reserve: Floats
    fill: Floats  # share of funded posts that are filled


def budgeted_posts(lines: BudgetLines, least: Counts, number: int) -> Counts:
    """Return the posts next year's money can carry, by employer: all, where a post pays for itself."""
    margin = MONTHS_PER_YEAR * (lines.revenue_per_post_month - lines.cost_per_post_month) * lines.fill
    free = lines.fixed_income_year + lines.usable_reserve - lines.fixed_cost_year
    carried = whole(free / np.where(margin < 0, -margin, 1.0))
    return np.where(margin >= 0, number, np.clip(carried, np.minimum(least, number), number))


def fewest_posts(filled: Counts, most_cut_share: Reals) -> Counts:
    """Return the posts that one budget leaves at the least."""
    fewest: Counts = np.ceil((1.0 - most_cut_share) * filled - TOLERANCE).astype(np.int64)
    return fewest


def usable_reserve(cash: Cents, payroll: Cents, minimum_months: Reals, use_share: Reals) -> Floats:
    """Return the USD of the reserve a budget may plan to spend."""
    return np.asarray(use_share * np.maximum(0.0, cash - minimum_months * payroll) / 100.0)


def below(liquidity: Cents, payroll: Cents, months: Reals | str) -> Flags:
    """Return where liquidity is below so many months of payroll; nowhere, if the rule is off."""
    if isinstance(months, str):
        return np.zeros(liquidity.shape, dtype=bool)
    return np.asarray(liquidity < months * payroll)


def to_lay_off(filled: Counts, share: Reals) -> Counts:
    """Return how many peers a layoff takes."""
    numbers: Counts = np.ceil(share * filled - TOLERANCE).astype(np.int64)
    return numbers


def laid_off(filled: Flags, hired: Floats, rung: NDArray[np.int8], numbers: Counts, order: str) -> Flags:
    """Return who is laid off, shape (employers, posts); ties go to the higher post.

    Args:
        filled: posts that hold a peer.
        hired: time of hire.
        rung: rung number.
        numbers: how many, by employer.
        order: last_hired, or lowest_rung and within it the last hired.
    """
    chosen = np.zeros_like(filled)
    for employer in np.flatnonzero(numbers > 0):
        posts = np.flatnonzero(filled[employer])[::-1]
        newest = np.argsort(-hired[employer, posts], kind="stable")
        if order == "lowest_rung":
            newest = newest[np.argsort(rung[employer, posts[newest]], kind="stable")]
        chosen[employer, posts[newest[: numbers[employer]]]] = True
    return chosen
