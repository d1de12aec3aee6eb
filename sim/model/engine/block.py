"""Hold a block: many employers of one kind side by side, the replications of an experiment among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any, TypeVar

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine.luck import BlockLuck
from sim.model.engine.payers import Books, Receipt
from sim.model.engine.scale import Moment, Scale, scale_of
from sim.model.rules import pay
from sim.model.rules.turnover import Baseline
from sim.model.world import log
from sim.model.world.employers import Employers
from sim.model.world.growth import Growth
from sim.model.world.log import Log
from sim.model.world.positions import stated_wages
from sim.model.world.roster import Roster
from sim.model.world.rows import chosen, per
from sim.model.world.terms import Terms, compile_terms, moving_fringe, units_per_paid_hour
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import FeeForService
from sim.scenario.tables.pay import LivingWageFloor, MinimumWageFloor, NoFloor, Pay
from sim.scenario.timeline import EmployerPlan
from sim.units import Cents, month_number

Found = TypeVar("Found")
ALWAYS = -math.inf
AnyFloor = NoFloor | MinimumWageFloor | LivingWageFloor

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """Hold what base and alternatives share: demand, baseline hazards, horizon; numbers, or arrays over employers."""

    horizon: Horizon
    feedback: bool
    demand: Any  # client-hours a month that the base's full workforce can give, used where a scenario states none
    baseline: Baseline
    caseload_posts: Any  # FTE the demand belongs to
    reference_wage: Any  # USD/hour: the base's wage at the start, at which fixed fringe and overhead are priced
    reference_shares: Floats | None = None  # of it, by post of the base; None where it is that of every post

    @property
    def start(self) -> int:
        """Return the first month as months since year 0."""
        return month_number(self.horizon.start)


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
    opening_cash: Any = 0  # cents
    passed_through: dict[str, Any] = field(default_factory=dict)  # USD/hour of the start, by entry wage's address
    own_terms: bool = False  # whether anybody came with a wage or hours of their own
    sign_on_since: Any = ALWAYS  # month from which the bonus holds
    stay_since: Any = ALWAYS
    growth: Growth = field(default_factory=Growth)
    floor_since: Any = 0
    funds: dict[str, Books] = field(default_factory=dict)
    pending: list[Receipt] = field(default_factory=list)
    sources: tuple[str, ...] = ()  # names, by the number the log knows them by
    of: Rows = field(init=False)  # the employer of every post
    found: dict[int, tuple[Any, Any]] = field(default_factory=dict)  # by what it was found from

    def __post_init__(self) -> None:
        """Number the employers of the posts."""
        self.of = np.repeat(np.arange(self.roster.employers), self.roster.posts)

    def once(self, source: Any, find: Callable[[], Found]) -> Found:
        """Return what follows from a part of the terms for all posts, found when it is first asked for."""
        if id(source) not in self.found:
            self.found[id(source)] = source, find()
        kept: Found = self.found[id(source)][1]
        return kept

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
        self.set_wages()

    def set_wages(self) -> None:
        """Set the wages of the block's month."""
        at = Moment(self.month, self.growth, self.passed_through, self.floor_since)
        self.scale = scale_of(self.terms, at)

    def post(self, when: Floats | float, kind: int, source: str, amount: Cents) -> None:
        """Move cash, and write the ledger lines that are not zero."""
        self.employers.cash += amount
        if kind >= log.FIRST_RECEIPT and source in self.funds:
            self.funds[source].receive(amount)
        if not self.projecting:
            return
        rows = np.flatnonzero(amount)
        place = self.sources.index(source) if source else log.NO_SOURCE
        self.log.lines.add(rows.size, per(when, rows), kind, place, rows, amount[rows])

    def expect(self, due: Floats | float, kind: int, source: str, amount: Cents) -> None:
        """Let a payment arrive at its exact time; what is due at the close arrives in it."""
        if not amount.any():
            return
        if isinstance(due, np.ndarray):
            self._expect_apart(due, kind, source, amount)
            return
        if due <= self.month + 1:
            self.post(due, kind, source, amount)
            return
        self.await_receipt(Receipt(due, kind, source, amount))

    def _expect_apart(self, due: Floats, kind: int, source: str, amount: Cents) -> None:
        """Let a payment arrive with each employer at its own time, taken up by the close that follows."""
        closes = np.maximum(np.ceil(due), self.month + 1.0)
        for close in np.unique(closes[amount != 0]).tolist():
            own = np.where(closes == close, amount, 0)
            if close == self.month + 1:
                self.post(due, kind, source, own)
            else:
                self.await_receipt(Receipt(close, kind, source, own, due))

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
        self.post(receipt.times, receipt.kind, receipt.source, receipt.cents)

    def fiscal_years_ended(self) -> int:
        """Return the number of the fiscal year that the month ends, counting from 1; 0 if it ends none."""
        return fiscal_years_begun(self, self.month + 1) if begins_fiscal_year(self, self.month + 1) else 0


def adopt(block: Block, before: Terms) -> None:
    """Let the terms that begin take hold: rises of rates pass through to wages, a wage that was set stands as typed."""
    old, new = before.given, block.terms.given
    rise, month = rise_passed_through(old, new) / block.growth.scale[block.month], block.month
    block.passed_through = {
        wage: 0.0 if block.terms.dates.get(wage) == month else block.passed_through.get(wage, 0.0) + rise
        for wage in stated_wages(new)
    }
    hold_bonuses(block, old.pay, new.pay, month)
    block.floor_since = chosen(_differ(old.pay.floor, new.pay.floor), block.month, block.floor_since)
    if old.posts.number != new.posts.number:
        block.employers.posts = new.posts.number
        block.employers.budgeted = np.full_like(block.employers.budgeted, new.posts.number)


def hold_bonuses(block: Block, old: Pay, new: Pay, month: int) -> None:
    """Note since when bonuses hold: newly promised ones from a month on (docs/model.md, section 8)."""
    begun = (new.sign_on_bonus_usd > 0) & (old.sign_on_bonus_usd == 0)
    block.sign_on_since = chosen(begun, month, block.sign_on_since)
    terms = (old.stay_bonus_months, old.stay_bonus_payments), (new.stay_bonus_months, new.stay_bonus_payments)
    begun = (new.stay_bonus_usd > 0) & ((old.stay_bonus_usd == 0) | (terms[0] != terms[1]))
    block.stay_since = chosen(begun, month, block.stay_since)


def _differ(old: AnyFloor, new: AnyFloor) -> Any:
    """Whether a floor is another: for all employers, or for each where they differ."""
    if type(old) is not type(new):
        return True
    pairs = [(getattr(old, name), getattr(new, name)) for name in type(old).model_fields]
    return reduce(lambda found, pair: found | (pair[0] != pair[1]), pairs, False)


def rise_passed_through(old: Organization, new: Organization) -> Any:
    """Return what rises of fee-for-service rates add to the wage, USD/hour of their month."""
    added: Any = 0.0
    for name, source in new.funding.items():
        before = old.funding.get(name)
        if isinstance(source, FeeForService) and isinstance(before, FeeForService):
            rise = source.rate_usd_per_unit - before.rate_usd_per_unit
            yielding = units_per_paid_hour(new, source)
            added = added + pay.passed_through(new.pay.pass_through_share, rise, yielding, moving_fringe(new))
    return added


def fiscal_years_begun(block: Block, month: int) -> int:
    """Return how many fiscal years have begun after month 0 and by a month."""
    first = (block.terms.given.rules.fiscal_year_start_month - 1 - block.world.start) % 12
    first = first or 12
    return 0 if month < first else (month - first) // 12 + 1


def begins_fiscal_year(block: Block, month: int) -> bool:
    """Return whether a fiscal year begins with a month."""
    return (block.world.start + month) % 12 == block.terms.given.rules.fiscal_year_start_month - 1


def compiled(plan: EmployerPlan) -> dict[int, Terms]:
    """Return the terms of every epoch of a plan, by its first month."""
    spans = zip(plan.epochs, plan.dates, strict=True)
    return {month: compile_terms(organization, dates) for (month, organization), dates in spans}
