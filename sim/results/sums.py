"""Add up what happened, by replication: all that measures are made from.

A sum has one row a replication. Everything is added in the same order whatever else a block holds, so that sums
have the same bits in any block size; rows of several blocks are simply put one after another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.model.world.log import Table
from sim.results.blocks import Adder, Block, Rows, Sums, adder, months_of, replications_of
from sim.results.books import BOOK, book_sums
from sim.results.fiscal import fiscal_years
from sim.results.kinds.sums import apart
from sim.results.measures.formulas import OF_BASE, STANDARD
from sim.results.money import money_sums
from sim.results.people import job_sums, people_sums, rung_sums
from sim.scenario.rows import Ran, plans_of
from sim.units import MONTHS_PER_YEAR

PER_MONTH = (  # columns of the panel whose sum over months is all that is needed
    "paid_hours",
    "asked",
    "delivered",
    "dropped",
    "broken",
    "clients",
    "peers",
    "burned_out",
    "burnout_sum",
    "satisfaction_sum",
    "role_clarity_sum",
    "recovery_sum",
    "wage_sum",
    "wage_ratio_sum",
    "below_living_wage",
    "living_wage_gap",
    "white",
    "white_wage_sum",
)
MOVES = ("moved_in", "moved_out")  # columns there are only where people move between employers
BY_HOUSEHOLD = (("household.", "peers."), ("below.", "below_living_wage."))


def gather(blocks: Sequence[Block], scenario: Ran, base: Ran | None = None) -> Sums:
    """Return the sums of one scenario's result, one block a kind of employer.

    Args:
        blocks: what `simulate` returned for the scenario.
        scenario: the scenario that was run.
        base: the scenario whose opening it started from, which knows who pays its claims still unpaid.
    """
    numbers = replications_of(blocks)
    kinds = {plan.name: plan for plan in plans_of(scenario)}
    opening = {plan.name: plan for plan in plans_of(base or scenario)}
    years = fiscal_years(base or scenario, months_of(blocks[0]))
    total: Sums = _time(blocks, numbers)
    for block in blocks:
        add = adder(block, numbers)
        own = _panel_sums(block, add) | people_sums(block, add)
        _add(total, own)
        total |= apart(block, own) if len(blocks) > 1 else {}
        both = (kinds[block.kind], opening[block.kind])
        _add(total, money_sums(block, add, both))
        _add(total, {BOOK + name: values for name, values in book_sums(block, add, both, years).items()})
    total["months_open"] = total.pop("open_months") / total["employers"]
    total["years_open"] = total["months_open"] / MONTHS_PER_YEAR
    return total | job_sums(blocks, numbers) | rung_sums(blocks, numbers)


def beside_base(own: Sums, base: Sums) -> Sums:
    """Return the sums of a scenario with those of its base by which leaving is standardized."""
    return own | {STANDARD + name: values for name, values in base.items() if name in OF_BASE}


def all_beside_base(everyone: Sequence[Sums]) -> tuple[Sums, ...]:
    """Return the sums of several scenarios, the base first, each with what is standardized on the base."""
    return tuple(beside_base(own, everyone[0]) for own in everyone)


def joined(parts: Sequence[Sums]) -> Sums:
    """Return the sums of several blocks of replications as one."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _add(total: Sums, more: Mapping[str, np.ndarray]) -> None:
    for name, values in more.items():
        total[name] = total[name] + values if name in total else values


def open_months(panel: Table) -> NDArray[np.bool_]:
    """Return which months each employer lived, shape (months, employers): that of its closing is the last."""
    closed = np.roll(panel["closed"], 1, axis=0).astype(bool)  # a month's column tells of its close
    closed[0] = False
    return ~closed


def _time(blocks: Sequence[Block], numbers: Rows) -> Sums:
    months = float(months_of(blocks[0]))
    employers = sum(block.replications.size for block in blocks) / numbers.size
    constants = {"months": months, "years": months / MONTHS_PER_YEAR, "employers": employers}
    return {name: np.full(numbers.size, value) for name, value in constants.items()}


def _panel_sums(block: Block, add: Adder) -> Sums:
    """Return sums over the months, and what stands at the end."""
    panel = block.panel
    sums = {name: add.months(panel[name]) for name in PER_MONTH}
    for prefix, name in BY_HOUSEHOLD:
        sums |= {name + key.removeprefix(prefix): add.months(panel[key]) for key in panel if key.startswith(prefix)}
    filled = panel["in_post"] + panel["leave_time"]
    sums["filled_months"] = add.months(filled)
    sums["filled_years"] = sums["filled_months"] / MONTHS_PER_YEAR
    lived = open_months(panel)
    sums["open_months"] = add.months(lived)
    sums["post_months"] = add.months(np.where(lived, np.maximum(panel["posts"], filled), 0.0))
    sums["median_wage_sum"] = add.months(np.where(panel["peers"] > 0, panel["median_wage"], 0.0) * panel["peers"])
    sums["backlog_end"] = add.employers(panel["backlog"][-1])
    frozen = np.roll(panel["frozen"], 1, axis=0)  # a month's column tells of the month that follows
    frozen[0] = False
    sums["frozen_months"] = add.months(frozen)
    nobody = np.zeros_like(filled)
    return sums | {name: add.months(panel.get(name, nobody)) for name in MOVES}
