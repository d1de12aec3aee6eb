"""Add up a month of careers by employer."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.services import Service

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass
class Tally:
    """Add up a month, by employer; time in months of posts."""

    size: int
    in_post: Floats = field(init=False)
    on_leave: Floats = field(init=False)
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

    def __post_init__(self) -> None:
        """Start every sum at zero."""
        for one in fields(self):
            if not one.init:
                counted = one.name in ("hires", "exits")
                setattr(self, one.name, np.zeros(self.size, dtype=np.int64 if counted else np.float64))

    def add(self, name: str, of: Rows, amount: Floats) -> None:
        """Add amounts to one sum."""
        getattr(self, name)[:] += np.bincount(of, weights=amount, minlength=self.size)

    def count(self, name: str, of: Rows) -> None:
        """Count rows."""
        getattr(self, name)[:] += np.bincount(of, minlength=self.size)


@dataclass(frozen=True)
class MonthOfWork:
    """Hold what sources bill for: the month's sums, service and clients in care, by employer."""

    tally: Tally
    service: Service
    clients: Floats
