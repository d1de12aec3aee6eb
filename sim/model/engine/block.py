"""Hold a block: many employers of one kind side by side, the replications of an experiment among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, TypeVar

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine.luck.block_luck import BlockLuck
from sim.model.engine.market.course import WageCourse, opens_fiscal_year
from sim.model.engine.market.exchange import Exchange
from sim.model.engine.market.others import Others
from sim.model.engine.payers import Books, Receipt
from sim.model.engine.scale import Scale, scale_of
from sim.model.rules.turnover import Baseline
from sim.model.world import log
from sim.model.world.employers import Employers
from sim.model.world.log import Log
from sim.model.world.roster import Roster
from sim.model.world.rows import chosen, per
from sim.model.world.terms import Terms
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.pay import Pay
from sim.units import Cents, month_number

Found = TypeVar("Found")
ALWAYS = -math.inf

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Posts = Rows | slice  # places of posts, or EVERYWHERE: columns are then taken as they are, not copied
EVERYWHERE: Final = slice(None)


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
    others: Others | None = None  # what other employers pay, where employers of a portfolio meet

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
    own_terms: bool = False  # whether anybody came with a wage or hours of their own
    exchange: Exchange | None = None  # with the other employers, where people move between them
    sign_on_since: Any = ALWAYS  # month from which the bonus holds
    stay_since: Any = ALWAYS
    course: WageCourse = field(default_factory=WageCourse)
    funds: dict[str, Books] = field(default_factory=dict)
    pending: list[Receipt] = field(default_factory=list)
    sources: tuple[str, ...] = ()  # names, by the number the log knows them by
    of: Rows = field(init=False)  # the employer of every post
    number: Rows = field(init=False)  # its number among the employer's
    found: dict[int, tuple[Any, Any]] = field(default_factory=dict)  # by what it was found from

    def __post_init__(self) -> None:
        """Number the employers of the posts, and the posts of each."""
        self.of = np.repeat(np.arange(self.roster.employers), self.roster.posts)
        self.number = np.tile(np.arange(self.roster.posts), self.roster.employers)

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
            self.course.enter(month, before, self.terms, start=self.world.start)
            if month in self.epochs:
                adopt(self, before)
        if month >= 0:  # until the start wages are those of the start
            self.set_wages()

    def set_wages(self) -> None:
        """Set the wages of the block's month."""
        at, others = self.course.at(self.month), self.world.others
        self.scale = scale_of(self.terms, at if others is None else replace(at, others=others.at(self.month)))

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
        """Let go of all that is large, and of the clock, when the block has done its work and its log has been read.

        What is scheduled beyond the end refers to the block, and the block to the clock: left so, each block of a long
        run would stay in memory until the collector comes by.
        """
        self.funds.clear()
        self.found.clear()
        self.luck.forget_year()
        self.log = Log()
        vars(self.env).clear()

    def _arrive(self, receipt: Receipt) -> None:
        self.pending.remove(receipt)
        self.employers.receivable -= receipt.cents
        self.post(receipt.times, receipt.kind, receipt.source, receipt.cents)

    def fiscal_years_ended(self) -> int:
        """Return the number of the fiscal year that the month ends, counting from 1; 0 if it ends none."""
        return fiscal_years_begun(self, self.month + 1) if begins_fiscal_year(self, self.month + 1) else 0


def adopt(block: Block, before: Terms) -> None:
    """Let the terms that begin take hold: bonuses that they promise, and the number of posts."""
    old, new = before.given, block.terms.given
    hold_bonuses(block, old.pay, new.pay, block.month)
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


def fiscal_years_begun(block: Block, month: int) -> int:
    """Return how many fiscal years have begun after month 0 and by a month."""
    first = (block.terms.given.rules.fiscal_year_start_month - 1 - block.world.start) % 12
    first = first or 12
    return 0 if month < first else (month - first) // 12 + 1


def begins_fiscal_year(block: Block, month: int) -> bool:
    """Return whether a fiscal year begins with a month."""
    return opens_fiscal_year(block.terms, block.world.start + month)
