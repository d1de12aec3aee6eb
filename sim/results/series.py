"""Follow results month by month, one row a replication: for charts, and for what is asked before a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.log import Table
from sim.results.blocks import Adder, Block, Floats, adder, replications_of
from sim.results.measures.formulas import divided
from sim.results.measures.people import SATISFACTION_NORM, SATISFACTION_SD

Column = Callable[[Table], NDArray[Any]]
CENTS = 100.0


def _of(name: str, unit: float = 1.0) -> Column:
    return lambda panel: np.asarray(panel[name] / unit)


def _filled(panel: Table) -> NDArray[Any]:
    return np.asarray(panel["in_post"] + panel["leave_time"])


def _posts(panel: Table) -> NDArray[Any]:
    return np.asarray(np.maximum(panel["posts"], _filled(panel)))


def _vacant(panel: Table) -> NDArray[Any]:
    return np.asarray(_posts(panel) - _filled(panel))


def _satisfaction(panel: Table) -> NDArray[Any]:
    """Return satisfaction on the scale of the measure, added up over peers."""
    return np.asarray(SATISFACTION_NORM * panel["peers"] + SATISFACTION_SD * panel["satisfaction_sum"])


def _negative_so_far(panel: Table) -> NDArray[Any]:
    return np.asarray(np.maximum.accumulate(panel["cash"] < 0, axis=0))


TOTALS: Final[Mapping[str, Column]] = MappingProxyType(  # added up over employers
    {
        "headcount": _filled,
        "cash_usd": _of("cash", CENTS),
        "cost_usd": _of("cost", CENTS),
        "payroll_usd": _of("payroll", CENTS),
        "people_hired": _of("hires"),
        "people_who_left": _of("exits"),
        "hours_delivered": _of("delivered"),
        "backlog_hours": _of("backlog"),
        "funded_posts": _of("funded"),
    }
)
SHARES: Final[Mapping[str, tuple[Column, Column]]] = MappingProxyType(  # one sum over another
    {
        "vacancy_rate": (_vacant, _posts),
        "burnout_prevalence": (_of("burned_out"), _of("peers")),
        "satisfaction_mean": (_satisfaction, _of("peers")),
        "mean_wage_usd_per_hour": (_of("wage_sum"), _of("peers")),
        "share_below_living_wage": (_of("below_living_wage"), _of("peers")),
        "wage_to_living_wage": (_of("wage_ratio_sum"), _of("peers")),
        "months_of_reserve": (_of("cash"), _of("payroll")),
        "chance_of_negative_cash": (_negative_so_far, lambda panel: np.ones_like(panel["cash"])),
        "chance_of_closure": (_of("closed"), lambda panel: np.ones_like(panel["cash"])),
        "share_frozen": (_of("frozen"), lambda panel: np.ones_like(panel["cash"])),
    }
)


def by_month(blocks: Sequence[Block], name: str) -> Floats:
    """Return a series at each month's close, shape (replications, months); NaN where it is undefined.

    `chance_of_negative_cash` is the share of employers whose cash has been below zero at any close up to then.

    Raises:
        KeyError: when there is no such series.
    """
    if name in TOTALS:
        return added(blocks, TOTALS[name])
    above, below = SHARES[name]
    return divided(added(blocks, above), added(blocks, below))


def added(blocks: Sequence[Block], column: Column) -> Floats:
    """Return a column of the panel added up over the employers of each replication, shape (replications, months)."""
    numbers = replications_of(blocks)
    parts = [_by_replication(adder(block, numbers), column(block.panel)) for block in blocks]
    return np.asarray(np.sum(parts, axis=0))


def _by_replication(add: Adder, column: NDArray[Any]) -> Floats:
    return np.stack([add.employers(month) for month in column], axis=1)
