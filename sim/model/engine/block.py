"""Hold a block: many employers of one kind side by side, the replications of an experiment among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine.luck import BlockLuck
from sim.model.engine.tally import MonthOfWork
from sim.model.rules import pay
from sim.model.rules.turnover import Baseline
from sim.model.world import log
from sim.model.world.employers import Employers
from sim.model.world.growth import Growth
from sim.model.world.log import Log
from sim.model.world.roster import Roster
from sim.model.world.terms import AnySource, Terms, compile_terms, moving_fringe, units_per_paid_hour
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import FeeForService
from sim.scenario.tables.work import RaiseOverBelow
from sim.scenario.timeline import EmployerPlan
from sim.units import Cents, month_number

WAGE = "pay.wage_usd_per_hour"

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """Hold what base and alternatives share: demand, baseline hazards, horizon."""

    horizon: Horizon
    feedback: bool
    demand: float  # client-hours a month that the base's full workforce can give, used where a scenario states none
    baseline: Baseline
    caseload_posts: float  # FTE the demand belongs to
    reference_wage: float  # USD/hour: the base's wage at the start, at which fixed fringe and overhead are priced

    @property
    def start(self) -> int:
        """Return the first month as months since year 0."""
        return month_number(self.horizon.start)


@dataclass(frozen=True)
class Scale:
    """Hold a month's wages: of every rung, outside, legal minimum and living wage, USD/hour."""

    rung: Floats
    outside: float
    living: float
    factor: float  # of the cost-of-living rule
    supervisor: float  # of supervisors outside the ladder
    supervisor_stated: float  # the same before the gap to the peers is kept
    raise_log: Floats  # log wage of the next rung over this one; NaN on the top rung
    months_needed: Floats  # in the rung, for the next


NO_SCALE = Scale(np.zeros(1), 1.0, 1.0, 1.0, 0.0, 0.0, np.zeros(1), np.zeros(1))


class Books(Protocol):
    """Say what a block asks of each funding source's books; `funds.Fund` and its kinds fill it."""

    units: Counts
    billed: Cents
    denied: Cents
    rework_cost: Cents
    charged_now: Cents
    received: Cents  # (12, employers): payments in the last 12 closes

    def end_month(self) -> None:
        """Make room for the payments of the next month."""

    def receive(self, amount: Cents) -> None:
        """Note a payment that arrived in the month."""

    def bill(self, work: MonthOfWork) -> None:
        """Bill the month's work, if the source pays for work."""

    def charge(self, remaining: Cents) -> None:
        """Take over what cost the source may pay, lowering `remaining` (kinds, employers)."""

    def close(self) -> None:
        """End the source's month, after charging."""

    def begin_due(self, now: float) -> None:
        """Begin what begins by now."""

    def close_down(self, closing: Flags) -> None:
        """Let go of employers that close: work already done is paid for, and nothing else."""

    def due_cents(self, after: float, until: float) -> Cents | int:
        """Cents sure to arrive after a time and until another that are not receivables yet."""

    def expected_usd(self, first: int, months: int) -> Floats | float:
        """USD expected of the source, whatever work is done, in some months from one on."""

    def posts_at_risk(self, now: float, source: AnySource) -> Floats | float:
        """Posts that may end with an award, each weighed by the chance and its nearness, under a month's terms."""


@dataclass(eq=False)
class Receipt:
    """Hold one expected payment to every employer of a block."""

    due: float
    kind: int
    source: str
    cents: NDArray[np.int64]


@dataclass
class Block:
    """Hold everything a block of employers needs to live a month."""

    env: simpy.Environment
    world: World
    epochs: Mapping[int, Terms]  # first month → terms, ascending
    luck: BlockLuck
    roster: Roster
    employers: Employers
    log: Log
    scale: Scale
    rules_on: bool
    projecting: bool  # False in the warm-up
    terms: Terms
    month: int = 0
    opening_cash: int = 0  # cents
    passed_through: float = 0.0  # USD/hour of the start that rate rises have added to the wage
    growth: Growth = field(default_factory=Growth)
    floor_since: int = 0
    funds: dict[str, Books] = field(default_factory=dict)
    pending: list[Receipt] = field(default_factory=list)
    sources: tuple[str, ...] = ()  # names, by the number the log knows them by
    of: Rows = field(init=False)  # the employer of every post

    def __post_init__(self) -> None:
        """Number the employers of the posts."""
        self.of = np.repeat(np.arange(self.roster.employers), self.roster.posts)

    def terms_at(self, month: float) -> Terms:
        """Return the terms in force in a month."""
        begun = [first for first in self.epochs if first <= month]
        return self.epochs[max(begun)] if begun else self.terms

    def enter(self, month: int) -> None:
        """Begin a month: dated changes take effect and its wages are set."""
        self.month = month
        if self.projecting:
            before, self.terms = self.terms, self.epochs.get(month, self.terms)
            self.growth.enter(before.given, self.terms.given, starts_fiscal_year=begins_fiscal_year(self, month))
            if month in self.epochs:
                adopt(self, before)
        self.scale = scale_of(self)

    def post(self, when: float, kind: int, source: str, amount: Cents) -> None:
        """Move cash, and write the ledger lines that are not zero."""
        self.employers.cash += amount
        if kind >= log.FIRST_RECEIPT and source in self.funds:
            self.funds[source].receive(amount)
        if not self.projecting:
            return
        rows = np.flatnonzero(amount)
        place = self.sources.index(source) if source else log.NO_SOURCE
        self.log.lines.add(rows.size, when, kind, place, rows, amount[rows])

    def expect(self, due: float, kind: int, source: str, amount: Cents) -> None:
        """Let a payment arrive at its exact time; what is due at the close arrives in it."""
        if not amount.any():
            return
        if due <= self.month + 1:
            self.post(due, kind, source, amount)
            return
        self.await_receipt(Receipt(due, kind, source, amount))

    def await_receipt(self, receipt: Receipt) -> None:
        """Put a payment on the clock."""
        self.employers.receivable += receipt.cents
        self.pending.append(receipt)
        self.at(receipt.due, partial(self._arrive, receipt))

    def at(self, when: float, action: Callable[[], None]) -> None:
        """Let something happen at an exact time; what falls on a close comes before it."""
        event = self.env.timeout(when - self.env.now)
        event.callbacks.append(lambda _: action())

    def dissolve(self) -> None:
        """Let go of the clock and the funds, when the block has done its work and its log has been read.

        What is scheduled beyond the end refers to the block, and the block to the clock: left so, each block of a long
        run would stay in memory until the collector comes by.
        """
        self.funds.clear()
        vars(self.env).clear()

    def _arrive(self, receipt: Receipt) -> None:
        self.pending.remove(receipt)
        self.employers.receivable -= receipt.cents
        self.post(receipt.due, receipt.kind, receipt.source, receipt.cents)

    def fiscal_years_ended(self) -> int:
        """Return the number of the fiscal year that the month ends, counting from 1; 0 if it ends none."""
        return fiscal_years_begun(self, self.month + 1) if begins_fiscal_year(self, self.month + 1) else 0


def adopt(block: Block, before: Terms) -> None:
    """Let the terms that begin take hold: rises of rates pass through to wages, a wage that was set stands as typed."""
    old, new = before.given, block.terms.given
    block.passed_through += rise_passed_through(old, new) / block.growth.scale[block.month]
    if block.terms.dates.get(WAGE) == block.month:
        block.passed_through = 0.0
    if old.pay.floor != new.pay.floor:
        block.floor_since = block.month
    if old.posts.number != new.posts.number:
        block.employers.posts = new.posts.number
        block.employers.budgeted = np.full_like(block.employers.budgeted, new.posts.number)


def rise_passed_through(old: Organization, new: Organization) -> float:
    """Return what rises of fee-for-service rates add to the wage, USD/hour of their month."""
    added = 0.0
    for name, source in new.funding.items():
        before = old.funding.get(name)
        if isinstance(source, FeeForService) and isinstance(before, FeeForService):
            rise = source.rate_usd_per_unit - before.rate_usd_per_unit
            yielding = units_per_paid_hour(new, source)
            added += pay.passed_through(new.pay.pass_through_share, rise, yielding, moving_fringe(new))
    return added


def scale_of(block: Block) -> Scale:
    """Return the wages of the block's month."""
    given, month = block.terms.given, block.month
    place, grown = given.place, partial(_grown, block)
    living = grown("place.living_wage_usd_per_hour", _known(place.living_wage_usd_per_hour))
    minimum = grown("place.minimum_wage_usd_per_hour", _known(place.minimum_wage_usd_per_hour))
    outside = grown("place.outside_wage_usd_per_hour", _known(place.outside_wage_usd_per_hour))
    factor = block.growth.scale[max(month, 0)]
    scaled = grown(WAGE, given.pay.wage_usd_per_hour) + block.passed_through * factor
    entry, floor = scaled, given.pay.floor
    if floor.kind != "none":
        entry = max(entry, minimum)
    if floor.kind == "living_wage":
        months = month + 1 - block.floor_since
        entry = max(entry, pay.living_wage_floor(scaled, floor.ratio * living, months, floor.phase_in_months))
    names = block.terms.rung_names[1:]
    steps = [
        ("raise", rung.pay.share)
        if isinstance(rung.pay, RaiseOverBelow)
        else ("amount", grown(f"ladder.{name}.pay.usd_per_hour", rung.pay.usd_per_hour))
        for name, rung in zip(names, block.terms.rungs, strict=True)
    ]
    rung = pay.rung_wages(entry, steps)
    needed = np.array([*(float(r.months_in_rung_below) for r in block.terms.rungs), 0.0])
    practices = given.practices
    stated = grown("practices.supervisor_wage_usd_per_hour", practices.supervisor_wage_usd_per_hour)
    supervisor = pay.supervisors_wage(stated, practices.supervisor_gap_share, entry)
    raise_log = np.append(np.log(rung[1:] / rung[:-1]), np.nan)
    return Scale(rung, outside, living, factor, supervisor, stated, raise_log, needed)


def _grown(block: Block, address: str, amount: float) -> float:
    """An amount as it is in the block's month, grown since the month in whose dollars it is."""
    return amount * block.growth.since(address, block.terms.dates.get(address, 0), max(block.month, 0))


def fiscal_years_begun(block: Block, month: int) -> int:
    """Return how many fiscal years have begun after month 0 and by a month."""
    first = (block.terms.given.rules.fiscal_year_start_month - 1 - block.world.start) % 12
    first = first or 12
    return 0 if month < first else (month - first) // 12 + 1


def begins_fiscal_year(block: Block, month: int) -> bool:
    """Return whether a fiscal year begins with a month."""
    return (block.world.start + month) % 12 == block.terms.given.rules.fiscal_year_start_month - 1


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("the place is not resolved: load the scenario with sim.scenario.files.load")
    return value


def compiled(plan: EmployerPlan) -> dict[int, Terms]:
    """Return the terms of every epoch of a plan, by its first month."""
    spans = zip(plan.epochs, plan.dates, strict=True)
    return {month: compile_terms(organization, dates) for (month, organization), dates in spans}
