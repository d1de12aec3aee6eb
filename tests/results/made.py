"""Results made by hand: facts, ledger and panel as the engine would write them, small enough to count on fingers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import CAUSES, DESTINATIONS, HazardByTenure
from sim.model.world import log
from sim.model.world.log import Table

END = 24.0
PANEL = (
    *("in_post", "leave_time", "paid_hours", "wage_time", "hires", "exits", "broken", "clients", "capacity", "asked"),
    *("demand", "wanted", "delivered", "dropped", "backlog", "lost", "workload", "supervision_penalty"),
    *("funding_certainty", "cost", "payroll", "turnover_cost", "posts", "living_wage", "peers", "burned_out"),
    *("wage_sum", "median_wage", "wage_ratio_sum", "below_living_wage", "living_wage_gap", "white", "white_wage_sum"),
    *("burnout_sum", "satisfaction_sum", "role_clarity_sum", "recovery_sum", "filled", "on_leave", "funded"),
    *("frozen", "closed", "cash", "receivable", "liquidity", "due"),
    *("separation_cost", "hiring_cost", "cover_cost", "ramp_up_usd", "uncertified_hours"),
)
IN_CENTS = (
    *("cost", "payroll", "turnover_cost", "cash", "receivable", "liquidity", "due"),
    *("separation_cost", "hiring_cost", "cover_cost"),
)


@dataclass
class Made:
    """One kind of employer; each employer belongs to the replication of its number unless told otherwise."""

    employers: int = 1
    months: int = 24
    posts: int = 10
    kind: str = "employer"
    rungs: tuple[str, ...] = ("entry", "senior", "lead")
    sources: tuple[str, ...] = ()
    replications: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    owners: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    people: list[tuple[Any, ...]] = field(default_factory=list)
    ledger: list[tuple[Any, ...]] = field(default_factory=list)
    awards: list[tuple[Any, ...]] = field(default_factory=list)
    panel: Table = field(default_factory=dict)
    leaving: HazardByTenure = field(default_factory=lambda: HazardByTenure(0.02, 0.01, 0.8, 1.0, 3.0))

    def __post_init__(self) -> None:
        self.replications = self.replications if self.replications.size else np.arange(self.employers)
        self.owners = np.zeros(self.employers, dtype=np.int64)
        shape = (self.months, self.employers)
        for name in PANEL:
            self.panel.setdefault(name, np.zeros(shape, dtype=np.int64 if name in IN_CENTS else float))
        self.panel["posts"] = np.full(shape, self.posts)
        self.panel["billed.medicaid"] = np.zeros(shape, dtype=np.int64)

    def fact(self, kind: int, time: float, person: tuple[int, int], hired: float, **more: Any) -> None:
        """Write one fact; a person is (row, ordinal)."""
        detail = CAUSES.index(more["cause"]) if "cause" in more else log.NO_DETAIL
        rung, wage = more.get("rung", 0), more.get("wage", 20.0)
        where = DESTINATIONS.index(more["destination"]) if "destination" in more else log.NO_DETAIL
        self.people.append((time, kind, *person, detail, where, rung, wage, hired, 2))

    def job(self, person: tuple[int, int], hired: float, left: float | None = None, cause: str = "voluntary") -> None:
        """Write a job's beginning and, if it ends, its end."""
        self.fact(log.OPENING if hired <= 0 else log.HIRED, hired, person, hired)
        if left is not None:
            self.fact(log.LEFT, left, person, hired, cause=cause)

    def line(self, kind: str, time: float, employer: int, cents: int, source: int = 0) -> None:
        """Write one ledger line; the only source there is, is Medicaid."""
        self.sources = ("medicaid",)
        self.ledger.append((time, log.LINE_KINDS.index(kind), source, employer, cents))

    @property
    def facts(self) -> Table:
        return _table(log.FACT_COLUMNS, self.people)

    @property
    def lines(self) -> Table:
        return _table(log.LINE_COLUMNS, self.ledger)

    @property
    def funding(self) -> Table:
        return _table(log.FUNDING_COLUMNS, self.awards)


def _table(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Table:
    floats = {"time", "wage", "hired"}
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return {
        name: np.array(column, dtype=float if name in floats else np.int64)
        for name, column in zip(columns, values, strict=True)
    }
