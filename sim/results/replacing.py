"""Add up what replacing those who leave costs, part by part, by replication; sums in USD.

Besides what is paid out (separation, hiring, cover of vacant posts), a newcomer is paid for hours that cannot be given
yet, and gives hours that may not be billed yet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.rules.billing import claims_of_a_post
from sim.model.rules.costs import fringe_of
from sim.model.world.rows import by_month
from sim.results.blocks import Adder, Block, Floats, Sums, months_of
from sim.results.measures.formulas import divided
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import claims_of
from sim.scenario.timeline import EmployerPlan

CENTS = 100.0


def turnover_sums(block: Block, add: Adder, plan: EmployerPlan) -> Sums:
    """Return the cost of turnover and its parts, named as in `sim.results.measures.measure.REPLACING`."""
    panel, tables = block.panel, tables_by_month(plan, months_of(block))
    loaded = by_month([1.0 + fringe_of(one).moving for one in tables])
    parts = {
        "separation": add.months(panel["separation_cost"]) / CENTS,
        "hiring": add.months(panel["hiring_cost"]) / CENTS,
        "cover": add.months(panel["cover_cost"]) / CENTS,
        "ramp_up": add.months(panel["ramp_up_usd"] * loaded),
        "not_billable": add.months(panel["uncertified_hours"] * _certified_hours_bring(block, tables)),
    }
    whole: Floats = np.sum(list(parts.values()), axis=0)
    return {"turnover_cost": whole} | {f"turnover_cost.{name}": usd for name, usd in parts.items()}


def tables_by_month(plan: EmployerPlan, months: int) -> list[Organization]:
    """Return the tables that hold in each month."""
    return [[tables for since, tables in plan.epochs if since <= month][-1] for month in range(months)]


def _certified_hours_bring(block: Block, tables: Sequence[Organization]) -> Floats:
    """USD that a productive hour brings from sources that ask for the certificate, shape (months, employers).

    Clients use as much of it as they used of all that could be given in the month; denials are settled.
    """
    capacity, delivered = block.panel["capacity"], block.panel["delivered"]
    used = np.nan_to_num(divided(delivered, capacity))
    return np.stack([_hour_brings(table, used[month]) for month, table in enumerate(tables)])


def _hour_brings(table: Organization, used: Floats) -> Floats:
    total = np.zeros_like(used)
    for source in claims_of(table.funding).values():
        if source.pays_certified_hours:
            _, kept = claims_of_a_post(source, table, 1.0, used)
            total = total + kept
    return total
