"""Convert between the measures the model speaks in: months, days, hours, units, dollars, cents, hazards."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

DAYS_PER_MONTH = 365.25 / 12
WORKING_DAYS_PER_MONTH = DAYS_PER_MONTH * 5 / 7
MONTHS_PER_YEAR = 12
UNITS_PER_HOUR = 4  # a Medicaid unit is 15 minutes
TOLERANCE = 1e-6  # a count this close below a whole number is that number: sums arrive in floating point

Cents = NDArray[np.int64]
Reals = NDArray[Any] | float
MOST = 10**14  # cents or things of one employer at once: what is more was never meant, and sums of it would not fit
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


class UnfitAmountError(ArithmeticError):
    """A simulated amount is not a number, or is larger than any that is meant."""

    def __init__(self, amount: float) -> None:
        """Name the amount and what leads there."""
        super().__init__(amount)
        self.amount = amount

    def __str__(self) -> str:
        """Write it so that a user can act on it."""
        return (
            f"the simulation came to an amount of {self.amount:.3g} cents or units, more than the {MOST:.0e} of one "
            "employer that can be counted: every input lies within its limits, but together they grow beyond all "
            "meaning; look at raises and growth over many years, wages, rates, posts and effects"
        )


class EndlessMonthError(UnfitAmountError):
    """More people hold one post within a month, one after another, than anybody can mean."""

    def __str__(self) -> str:
        """Write it so that a user can act on it."""
        return (
            f"more than {self.amount:.0f} people came and went in one post within a month: posts are filled at once, "
            "and those who leave draw others after them without end; every input lies within its limits, but together "
            "they have no meaning; look at recruitment.days_to_fill, the turnover stated and the effects on leaving"
        )


def months_from_days(days: float) -> float:
    """Return a span in days as months of 30.4375 days."""
    return days / DAYS_PER_MONTH


def whole(amount: NDArray[Any]) -> NDArray[np.int64]:
    """Return how many whole things (units, posts, slots) an amount holds, rounding down.

    Raises:
        UnfitAmountError: when an amount is not finite or beyond `MOST`; so do `cents` and the two for plain numbers.
    """
    return _counted(np.floor(np.asarray(amount, dtype=np.float64) + TOLERANCE))


def cents(dollars: Reals) -> Cents:
    """Return dollars as whole cents, half a cent rounding up."""
    return _counted(np.floor(np.asarray(dollars, dtype=np.float64) * 100.0 + 0.5 + TOLERANCE))


def _counted(amount: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return whole amounts as integers; what is not finite or too large would become any number in silence."""
    if not np.abs(amount).max(initial=0.0) <= MOST:  # false for what is no number, too
        raise UnfitAmountError(_unfit(amount))
    return amount.astype(np.int64)


def _unfit(amount: NDArray[np.float64]) -> float:
    """Return the first amount that cannot be counted."""
    return float(amount[~(np.abs(amount) <= MOST)].flat[0])


def whole_number(amount: float) -> int:
    """Return `whole` of one plain number."""
    return _counted_one(amount + TOLERANCE)


def cents_of(dollars: float) -> int:
    """Return `cents` of one plain number."""
    return _counted_one(dollars * 100.0 + 0.5 + TOLERANCE)


def _counted_one(amount: float) -> int:
    if not abs(amount) <= MOST:
        raise UnfitAmountError(amount)
    return math.floor(amount)


def hazard_from_yearly_rate(events_per_year: float) -> float:
    """Return the hazard per month of a yearly rate (events per person-year)."""
    return events_per_year / MONTHS_PER_YEAR


def chance_within(hazard_per_month: float, months: float) -> float:
    """Return the chance that a constant hazard strikes within a span."""
    return -math.expm1(-hazard_per_month * months)


def month_number(text: str) -> int:
    """Return a month written `YYYY-MM` as months since year 0.

    Raises:
        ValueError: when the text is not a month.
    """
    match = _MONTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a month: write it as YYYY-MM, for example 2028-07")
    return int(match[1]) * MONTHS_PER_YEAR + int(match[2]) - 1


def month_text(number: int) -> str:
    """Return months since year 0 as `YYYY-MM`."""
    return f"{number // MONTHS_PER_YEAR:04d}-{number % MONTHS_PER_YEAR + 1:02d}"
