"""Add up the ledger, the awards and what claims bring, by replication; sums in USD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world import log
from sim.model.world.rows import anywhere, by_month, chosen, per
from sim.results.blocks import Adder, Block, Floats, Sums, months_of
from sim.results.measures.measure import PAYERS
from sim.results.on_paper.break_even import BreakEven, HourValue, entry_wage, fee_for_service, hour_value
from sim.results.replacing import tables_by_month, turnover_sums
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import Source
from sim.scenario.timeline import EmployerPlan
from sim.units import UNITS_PER_HOUR, cents

CENTS = 100.0
Plans = tuple[EmployerPlan, EmployerPlan]  # of the scenario, and of the base whose opening it took over


def money_sums(block: Block, add: Adder, both: Plans) -> Sums:
    """Return receipts, cost, cash, spending by payer, and what a billed hour brings."""
    told = _ledger_sums(block, add) | _cash_sums(block, add)
    told |= turnover_sums(block, add, both[0])
    return told | _payer_sums(block, add, both) | _hour_sums(block, add, both[0])


def _ledger_sums(block: Block, add: Adder) -> Sums:
    lines, funding, panel = block.lines, block.funding, block.panel
    place = add.place[lines["employer"].astype(np.int64)]
    came_in = lines["kind"] >= log.FIRST_RECEIPT
    wages = lines["kind"] == log.COST_KINDS.index("wages")
    lapsed, closed = funding["kind"] == log.LAPSED, funding["kind"] == log.CLOSED
    of_award = add.place[funding["employer"].astype(np.int64)]
    denied = [add.months(panel[name]) for name in panel if name.startswith("denied.")]
    return {
        "revenue": add.of(place[came_in], lines["cents"][came_in]) / CENTS,
        "cost": -add.of(place[~came_in], lines["cents"][~came_in]) / CENTS,
        "wages": -add.of(place[wages], lines["cents"][wages]) / CENTS,
        "lapsed": add.of(of_award[lapsed], funding["cents"][lapsed]) / CENTS,
        "closures": add.of(of_award[closed]),
        "denied": np.sum(denied, axis=0) / CENTS if denied else np.zeros(add.size),
    }


def _cash_sums(block: Block, add: Adder) -> Sums:
    cash, payroll = block.panel["cash"], block.panel["payroll"]
    return {
        "cash_end": add.employers(cash[-1]) / CENTS,
        "payroll_end": add.employers(payroll[-1]) / CENTS,
        "ever_short": add.employers(np.any(block.panel["liquidity"] < 0, axis=0)),
        "ever_negative": add.employers(np.any(cash < 0, axis=0)),
    }


# who paid --------------------------------------------------------------------------------------------------------


def _payer_sums(block: Block, add: Adder, both: Plans) -> Sums:
    """Return what each level of government paid; the federal part of a payment is rounded to the cent."""
    lines = block.lines
    sums = {f"spending.{payer}": np.zeros(add.size) for payer in PAYERS}
    came_in = lines["kind"] >= log.FIRST_RECEIPT
    for number, name in enumerate(block.sources):
        for source, when in terms(name, both, lines["time"]):
            chosen = came_in & (lines["source"] == number) & when
            amount, of = lines["cents"][chosen], lines["employer"][chosen].astype(np.int64)
            federal, place = cents(amount * per(source.federal_share, of) / CENTS), add.place[of]
            sums["spending.federal"] += add.of(place, federal) / CENTS
            sums[f"spending.{source.payer}"] += add.of(place, amount - federal) / CENTS
    return sums


def terms(name: str, both: Plans, time: Floats) -> list[tuple[Source, NDArray[np.bool_]]]:
    """Return a source's terms and at which times they hold; claims from before the start keep the base's."""
    epochs = both[0].epochs if name in both[0].epochs[0][1].funding else both[1].epochs[:1]
    starts = [-np.inf, *(float(month) for month, _ in epochs[1:]), np.inf]
    spans = zip(epochs, starts[:-1], starts[1:], strict=True)
    return [(tables.funding[name], (time > since) & (time <= until)) for (_, tables), since, until in spans]


# what an hour brings ---------------------------------------------------------------------------------------------


def _hour_sums(block: Block, add: Adder, plan: EmployerPlan) -> Sums:
    """Return cost, paid hours and value of hours in the months in which claims are paid by the unit."""
    panel, tables = block.panel, tables_by_month(plan, months_of(block))
    values = [hour_value(one) for one in tables]
    worth = by_month([0.0 if value is None else value.kept for value in values])
    paid = np.where(worth > 0, panel["paid_hours"], 0.0)
    pays, share = _break_even_at_start(tables[0], values[0])
    employers = add.employers(np.full(block.replications.size, float(tables[0].posts.number)))
    return {
        "unit_paid_hours": add.months(paid),
        "unit_hours_worth": add.months(paid * worth),
        "unit_payroll": add.months(np.where(worth > 0, panel["payroll"], 0.0)) / CENTS,
        "unit_cost": add.months(np.where(worth > 0, panel["cost"], 0.0)) / CENTS,
        "billed_hours": add.months(np.where(worth > 0, _billed_hours(block, tables), 0.0)),
        "start_hours": employers * add.own(pays),
        "start_shares": employers * add.own(share),
    }


def _break_even_at_start(tables: Organization, value: HourValue | None) -> tuple[Any, Any]:
    """Whether an hour billed at the start brings anything, and then the share of paid hours to bill; by employer."""
    if value is None or not anywhere(value.kept > 0):
        return 0.0, 0.0
    pays, start = value.kept > 0, BreakEven(entry_wage(tables), tables.benefits.fringe_share, value)
    return pays, pays * (start.cost / chosen(pays, value.kept, 1.0))


def _billed_hours(block: Block, tables: Sequence[Organization]) -> Floats:
    """Return hours billed, shape (months, employers); what groups bring counts as one-to-one hours worth as much."""
    total = np.zeros_like(block.panel["paid_hours"])
    for month, table in enumerate(tables):
        for name, source in fee_for_service(table):
            rate = np.where(source.rate_usd_per_unit > 0, source.rate_usd_per_unit, np.inf)
            total[month] += block.panel[f"billed.{name}"][month] / CENTS / (UNITS_PER_HOUR * rate)
    return total
