"""Keep one row an employer and month: what results are measured from beside the facts and the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import EVERYWHERE, Block
from sim.model.engine.causes import BLACK, WHITE, MonthStart
from sim.model.engine.costs import MonthCost
from sim.model.engine.funding.awards import AwardFund
from sim.model.engine.holders import sizes
from sim.model.engine.liquidity import at_hand
from sim.model.engine.tally import MonthOfWork
from sim.model.world.log import Table
from sim.model.world.rows import looked_up, per, table_of
from sim.model.world.terms import FULL_TIME_FTE, Terms
from sim.units import Reals

BURNED_OUT_ABOVE = 0.2533471031357997  # SD: 40 % of the reference workforce lies above


@dataclass
class PanelRow:
    """Hold a month of the panel until its decisions are made."""

    row: Table

    start: MonthStart
    terms: Terms
    living_wage: Any  # one number, or one an employer

    def finish(self, block: Block) -> None:
        """Add what the close's decisions made and who is there now, and keep the month."""
        employers, roster = block.employers, block.roster
        self.row |= self._by_peer(block)
        self.row["exits"] = self.row["exits"] + employers.late_exits
        self.row["workload"] = employers.workload.copy()
        self.row["supervision_penalty"] = employers.supervision_penalty.copy()
        self.row["funding_certainty"] = employers.funding_certainty.copy()
        self.row["filled"] = roster.count(roster.filled)
        self.row["on_leave"] = roster.count(roster.on_leave)
        self.row["funded"] = employers.funded
        self.row["frozen"] = employers.frozen.copy()
        self.row["closed"] = employers.closed.copy()
        self.row["cash"] = employers.cash.copy()
        self.row["receivable"] = employers.receivable.copy()
        money, open_ = at_hand(block), np.where(employers.closed, 0, 1)
        self.row["liquidity"] = money.liquidity * open_
        self.row["due"] = money.due * open_
        for name, fund in block.funds.items():
            if isinstance(fund, AwardFund):
                self.row[f"available.{name}"] = fund.room()
        block.log.panel.append(self.row)

    def _by_peer(self, block: Block) -> Table:
        """Return sums over the peers in post at the close; pay is the month's."""
        roster, grid = block.roster, block.roster.by_employer
        present, wage = roster.in_post, self.start.wage
        size = sizes(block, EVERYWHERE, self.terms)

        def total(values: Reals) -> NDArray[np.float64]:
            return np.asarray(grid(np.where(present, values, 0.0)).sum(axis=1))

        of, ratios = block.of, table_of([ratio for _, ratio in self.terms.households])
        living = per(self.living_wage, of)
        need = looked_up(ratios, roster.household, of) * living
        gap = np.maximum(0.0, need - wage)
        supervising = block.terms.supervising_of(roster.rung, of)
        columns: Table = {
            "peers": roster.count(present),
            "burned_out": roster.count(present & (roster.states[0] > BURNED_OUT_ABOVE)),
            "wage_sum": total(wage),
            "median_wage": _medians(grid(wage), grid(present)),
            "wage_ratio_sum": total(wage / living),
            "below_living_wage": roster.count(present & (gap > 0)),
            "living_wage_gap": total(gap * size * per(self.terms.hours, of)),
            "certified": roster.count(present & (roster.certified_at <= block.month)),
            "supervisor_fte": total(supervising * size) * self.terms.given.posts.fte,
        }
        groups = {
            "white": roster.group == WHITE,
            "black": roster.group == BLACK,
            "full_time": size * per(self.terms.given.posts.fte, of) >= FULL_TIME_FTE,
        }
        for name, ours in groups.items():
            columns[name] = roster.count(present & ours)
            columns[f"{name}_wage_sum"] = total(np.where(ours, wage, 0.0))
        for number, state in enumerate(("burnout", "satisfaction", "role_clarity", "recovery")):
            columns[f"{state}_sum"] = total(roster.states[number])
        return columns | self._heads(block, gap > 0)

    def _heads(self, block: Block, below: NDArray[np.bool_]) -> Table:
        """Count the peers in post by rung and by household, and of each household those below its living wage."""
        roster = block.roster
        present, columns = roster.in_post, Table()
        for number, name in enumerate(block.terms.rung_names):
            columns[f"rung.{name}"] = roster.count(present & (roster.rung == number))
        for number, name in enumerate(sorted(self.terms.given.place.households)):
            ours = present & (roster.household == number)
            columns[f"household.{name}"] = roster.count(ours)
            columns[f"below.{name}"] = roster.count(ours & below)
        return columns


def keep_panel(block: Block, work: MonthOfWork, cost: MonthCost, start: MonthStart) -> PanelRow:
    """Return the month's row, decisions not yet made."""
    tally, service, employers = work.tally, work.service, block.employers
    hours = block.terms.hours
    row: Table = {
        "in_post": tally.in_post,
        "leave_time": tally.on_leave,
        "paid_hours": tally.full_in_post * hours,
        "worked_hours": tally.worked * hours,
        "ramp_up_hours": tally.ramp_up * hours,
        "productive_hours": tally.productive * hours,
        "wage_time": tally.wage_time,
        "hires": tally.hires,
        "exits": tally.exits,
        "broken": tally.broken * block.terms.given.services.caseload_per_peer * block.terms.given.posts.fte,
        "clients": work.clients,
        "capacity": service.capacity,
        "asked": np.full(tally.size, _asked(block)),
        "demand": service.demand,
        "wanted": service.wanted,
        "delivered": service.delivered,
        "dropped": service.dropped,
        "backlog": employers.backlog.copy(),
        "lost": employers.lost_demand.copy(),
        "cost": cost.by_kind.sum(axis=0),
        "payroll": cost.payroll,
        "turnover_cost": cost.of("recruiting"),
        "separation_cost": cost.separation,
        "hiring_cost": cost.hiring,
        "cover_cost": cost.cover,
        "bonuses": cost.bonuses,
        "ramp_up_usd": tally.ramp_up_wages * hours,
        "uncertified_hours": (tally.productive - tally.productive_certified) * hours,
        "posts": np.full(tally.size, block.terms.given.posts.number),
        "living_wage": np.full(tally.size, block.scale.living),
        "billable_hours_share": np.full(tally.size, block.terms.working_share),
    }
    row |= _by_source(block) | _market(block)
    return PanelRow(row, start, block.terms, block.scale.living)


def _asked(block: Block) -> Any:
    """Return the client-hours wanted in the month, those of clients who left care included."""
    stated = block.terms.given.services.demand_client_hours_per_month
    return block.world.demand if stated is None else stated


def _by_source(block: Block) -> Table:
    columns: Table = {}
    for name, fund in block.funds.items():
        columns[f"units.{name}"] = fund.units
        columns[f"billed.{name}"] = fund.billed
        columns[f"denied.{name}"] = fund.denied
        columns[f"charged.{name}"] = fund.charged_now
        if isinstance(fund, AwardFund):
            columns[f"awarded.{name}"] = fund.awarded_now
    return columns


def _market(block: Block) -> Table:
    """Return who came from other employers and went to them, where people move, and how many the area's pool has."""
    exchange = block.exchange
    if exchange is None:
        return {}
    return {"moved_in": exchange.won, "moved_out": exchange.lost, "pool": exchange.pool}


def _medians(values: NDArray[np.float64], present: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the median of each employer's peers; NaN where there are none."""
    ordered = np.sort(np.where(present, values, np.inf), axis=1)
    number = present.sum(axis=1)
    rows = np.arange(number.size)
    low, high = (
        ordered[rows, np.maximum(0, (number - 1) // 2)],
        ordered[rows, np.minimum(number // 2, values.shape[1] - 1)],
    )
    return np.where(number > 0, (low + np.where(np.isinf(high), low, high)) / 2.0, np.nan)
