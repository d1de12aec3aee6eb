"""Add up a month of careers by employer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.services import Service

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
COUNTS = ("hires", "exits", "sign_ons", "stays")
Adding = Callable[[Floats], Floats]  # amounts of rows → sums by employer


def one_by_one(of: Rows, employers: int) -> Adding:
    """Add amounts of few rows up by employer, one after another."""
    return lambda amount: np.bincount(of, weights=amount, minlength=employers).astype(np.float64, copy=False)


def all_at_once(of: Rows, employers: int) -> Adding:
    """Add amounts of many rows up by employer, each employer's in pairs: quicker, and rounded less."""
    order = np.argsort(of, kind="stable")
    ordered = of[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    present = ordered[first]

    def add(amount: Floats) -> Floats:
        total = np.zeros(employers)
        if first.size:
            total[present] = np.add.reduceat(amount.take(order), first)
        return total

    return add


@dataclass
class Tally:
    """Add up a month, by employer; time in months of posts."""

    size: int
    in_post: Floats = field(init=False)
    on_leave: Floats = field(init=False)
    full_in_post: Floats = field(init=False)  # weighed by size, as all sums of work and pay are
    full_on_leave: Floats = field(init=False)
    priced_in_post: Floats = field(init=False)  # and by what the base's start pays in the post
    priced_on_leave: Floats = field(init=False)
    wage_time: Floats = field(init=False)  # USD/hour × months paid
    worked: Floats = field(init=False)  # months worked: in post less leave and absence
    worked_certified: Floats = field(init=False)
    productive: Floats = field(init=False)
    productive_certified: Floats = field(init=False)
    ramp_up: Floats = field(init=False)  # months worked that newcomers cannot give
    ramp_up_wages: Floats = field(init=False)  # USD/hour × the same
    caseload: Floats = field(init=False)  # months not spent supervising
    broken: Floats = field(init=False)  # full caseloads broken off
    voluntary: Floats = field(init=False)  # hazard × months at work
    to_use: Floats = field(init=False)
    hires: NDArray[np.int64] = field(init=False)
    exits: NDArray[np.int64] = field(init=False)
    sign_ons: NDArray[np.int64] = field(init=False)  # bonuses that fall due
    stays: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Start every sum at zero."""
        for one in fields(self):
            if not one.init:
                counted = one.name in COUNTS
                setattr(self, one.name, np.zeros(self.size, dtype=np.int64 if counted else np.float64))

    def add(self, name: str, adding: Adding, amount: Floats) -> None:
        """Add amounts to one sum."""
        getattr(self, name)[:] += adding(amount)

    def add_held(self, adding: Adding, time: Floats, size: Any, priced: Any, *, at_work: bool) -> None:
        """Add time in post or on leave: of people, of full size, and at what the base's start pays.

        Size and price are those of each row, or 1 where all posts are alike: their sums are then those of people.
        """
        people = adding(time)
        full = adding(time * size) if isinstance(size, np.ndarray) else people
        at_price = adding(time * size * priced) if isinstance(priced, np.ndarray) else full
        where = "in_post" if at_work else "on_leave"
        for name, total in ((where, people), (f"full_{where}", full), (f"priced_{where}", at_price)):
            getattr(self, name)[:] += total

    def count(self, name: str, of: Rows) -> None:
        """Count rows."""
        getattr(self, name)[:] += np.bincount(of, minlength=self.size)


@dataclass(frozen=True)
class MonthOfWork:
    """Hold what sources bill for: the month's sums, service and clients in care, by employer."""

    tally: Tally
    service: Service
    clients: Floats
