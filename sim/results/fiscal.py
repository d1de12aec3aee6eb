"""Part a projection by fiscal year; the first and the last may be short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.results.blocks import Rows
from sim.scenario.rows import Ran, plans_of
from sim.units import MONTHS_PER_YEAR, month_number


@dataclass(frozen=True)
class FiscalYear:
    """One fiscal year of a projection; months are counted since year 0."""

    first: int
    months: int
    ends: int  # the calendar year in which the whole fiscal year ends, by which it is called

    @property
    def last(self) -> int:
        """Return its last month in the projection."""
        return self.first + self.months - 1

    @property
    def whole(self) -> bool:
        """Whether all its months are projected."""
        return self.months == MONTHS_PER_YEAR


@dataclass(frozen=True)
class FiscalYears:
    """Which fiscal year each month of a projection is in."""

    start: int  # the projection's first month, counted since year 0
    months: int
    opens: int  # month of the calendar year in which a fiscal year begins, 1 to 12

    @property
    def place(self) -> Rows:
        """Return the place of each month's fiscal year, shape (months,)."""
        gone = (self.start - (self.opens - 1)) % MONTHS_PER_YEAR
        return (gone + np.arange(self.months)) // MONTHS_PER_YEAR

    @property
    def number(self) -> int:
        """Return how many fiscal years the projection touches."""
        return int(self.place[-1]) + 1

    @property
    def closes(self) -> Rows:
        """Return the last month, since the start, of each fiscal year."""
        return np.searchsorted(self.place, np.arange(self.number), side="right") - 1

    def __iter__(self) -> Iterator[FiscalYear]:
        """Yield the fiscal years in their order."""
        firsts = np.searchsorted(self.place, np.arange(self.number))
        for first, last in zip(firsts, self.closes, strict=True):
            begins = self.start + int(first)
            whole_ends = begins + (self.opens - 2 - begins) % MONTHS_PER_YEAR
            yield FiscalYear(begins, int(last - first) + 1, whole_ends // MONTHS_PER_YEAR)


def fiscal_years(base: Ran, months: int | None = None) -> FiscalYears:
    """Return the fiscal years of an answer: those of the base's first employer, for all scenarios alike."""
    opens = plans_of(base)[0].epochs[0][1].rules.fiscal_year_start_month
    return FiscalYears(month_number(base.horizon.start), months or base.horizon.months, opens)
