"""Find what a served client would have to avoid a year for payers' money to come back, and what a typed worth makes.

Nothing is worth anything here by default: a worth is typed, with where it comes from, or none is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Final, Literal

import numpy as np

from sim.questions.fiscal.note import spending_sums
from sim.results.blocks import Block, Floats, Rows, Sums, adder
from sim.results.fiscal import FiscalYears
from sim.results.measures.formulas import pseudo_values, ratio
from sim.results.measures.measure import PAYERS
from sim.results.spreads import Spread, ranged, spread_of_moved
from sim.results.summary import NOTHING, Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.collected import Collected
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import MONTHS_PER_YEAR, month_number

ALL: Final = "all"
MOST_AVERTED: Final = 1e6  # USD a year that somebody may type
MOST: Final = 0.9  # of futures in which money must come back, for an amount that is safe to name
Finding = Literal["needs", "free", "gives up", "cannot", "unclear"]


@dataclass(frozen=True)
class Typed:
    """What somebody says a served client avoids a year, USD, and where that comes from."""

    usd: float
    source: str


@dataclass(frozen=True)
class Single:
    """What single futures show of a scenario; of an alternative, of its differences from the base.

    `needed` is spread where every future serves more, or every one fewer, as the mean does; else no single amount
    stands for a future.
    """

    spent: Spread | None
    served: Spread | None
    needed: Spread | None
    averted: Spread | None
    net: Spread | None
    back: float | None  # share of futures in which the money comes back at `needed`
    most: float | None  # what a client must avoid (or, giving up, may) for that in MOST of them; None: no amount does
    never: float  # share of futures in which no amount does: more is spent, no more served


@dataclass(frozen=True)
class Case:
    """What payers spend and whom peers serve in one scenario, and how that differs from the base, over all months.

    `needed` is what a served client must avoid a year: of the base, to bring back all that is spent; of an alternative,
    to bring back what it adds. `finding` says how `needed` is to be read.
    """

    spent: Estimate  # USD
    served: Estimate  # client-years
    needed: Estimate  # USD a client-year
    finding: Finding
    averted: Estimate  # USD, by the typed worth; nothing without one
    net: Estimate  # what is averted less what is spent
    single: Single | None = None  # of futures, where there are enough

    @cached_property
    def told(self) -> Case:
        """Return the same with the ranges that are told: of single futures where there are any."""
        one = self.single
        if one is None:
            return self
        return replace(
            self,
            spent=ranged(self.spent, one.spent),
            served=ranged(self.served, one.served),
            needed=ranged(self.needed, one.needed),
            averted=ranged(self.averted, one.averted),
            net=ranged(self.net, one.net),
        )


AMOUNTS: Final = ("spent", "served", "needed", "averted", "net")


@dataclass(frozen=True)
class Worth:
    """The answer behind it, whose spending counts, what was typed, and the scenarios, the base first."""

    answer: Answer
    payer: str
    typed: Typed | None
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Spending:
    """The answer behind it, and by scenario what each payer spends and whom peers serve; see `collector`."""

    answer: Answer
    collected: Collected


def collector(everyone: Sequence[Loaded]) -> Collected:
    """Return what adds up spending and client-years while scenarios are run, the base first."""
    horizon = everyone[0].scenario.horizon
    return Collected(everyone, partial(_of_block, FiscalYears(month_number(horizon.start), horizon.months, 1)))


def spending_of(everyone: Sequence[Loaded], settings: Settings) -> Spending:
    """Run scenarios, the base first, and return what payers spend and whom peers serve."""
    collected = collector(everyone)
    return Spending(ask(everyone[0], everyone[1:], settings, collected.keep), collected)


def worth_of(everyone: Sequence[Loaded], settings: Settings, payer: str = ALL, typed: Typed | None = None) -> Worth:
    """Run scenarios, the base first, and return what a served client must avoid, and what a typed worth makes of it."""
    return worth_in(spending_of(everyone, settings), payer, typed)


def worth_in(spending: Spending, payer: str = ALL, typed: Typed | None = None) -> Worth:
    """Return what a served client must avoid in scenarios that were run, and what a typed worth makes of it.

    Spending is accrued: what payers come to owe for the projection's service and cost, whenever they pay it.
    """
    answer, of = spending.answer, spending.collected.of
    names, places = PAYERS if payer == ALL else (payer,), range(len(answer.cases))
    spent = [np.sum([of(case, name) for name in names], axis=0) for case in places]
    served = [of(case, "served") for case in places]
    moved = [(usd - spent[0], clients - served[0]) for usd, clients in zip(spent[1:], served[1:], strict=True)]
    cases = [_case(spent[0], served[0], None, typed), *(_case(*one, answer.within, typed) for one in moved)]
    if answer.over_futures:
        own = [(spent[0], served[0]), *moved]
        cases = [replace(one, single=_single(one, *of_case, typed)) for one, of_case in zip(cases, own, strict=True)]
    return Worth(answer, payer, typed, tuple(cases))


def nobody_pays(everyone: Sequence[Loaded]) -> bool:
    """Whether no scenario has a source of money, so that nothing could come back to anybody."""
    return not any(
        tables.funding for loaded in everyone for plan in plans(loaded.scenario) for _, tables in plan.epochs
    )


def _of_block(years: FiscalYears, block: Block, numbers: Rows, both: tuple[EmployerPlan, EmployerPlan]) -> Sums:
    told = spending_sums(years, block, numbers, both)
    sums = {payer: told[f"accrued.{payer}"].sum(axis=1) for payer in PAYERS}
    return sums | {"served": adder(block, numbers).months(block.panel["clients"]) / MONTHS_PER_YEAR}


def _case(spent: Floats, served: Floats, within: float | None, typed: Typed | None) -> Case:
    """Return a scenario; with `within`, of which chance ranges are, spent and served are differences from the base."""
    wide = {} if within is None else {"within": within}
    usd, clients = estimate(spent, **wide), estimate(served, **wide)
    finding = _finding(usd, clients)
    needed = NOTHING
    if finding in ("needs", "gives up"):
        needed = estimate(pseudo_values(ratio("spent", "served"), {"spent": spent, "served": served}), **wide)
    if typed is None:
        return Case(usd, clients, needed, finding, NOTHING, NOTHING)
    averted = typed.usd * served
    return Case(usd, clients, needed, finding, estimate(averted, **wide), estimate(averted - spent, **wide))


def _finding(spent: Estimate, served: Estimate) -> Finding:
    """Return how money and people go together, as far as runs tell."""
    more_spent, fewer_spent = _way(spent)
    more_served, fewer_served = _way(served)
    if more_spent:
        return "needs" if more_served else "cannot"
    if fewer_spent and fewer_served:
        return "gives up"
    return "free" if not fewer_served and (more_served or fewer_spent) else "unclear"


def _way(one: Estimate) -> tuple[bool, bool]:
    """Whether an amount is above and below zero, beyond random variation; a single run is taken at its word."""
    mean = one.mean or 0.0
    sure = one.excludes_zero or one.n == 1
    return sure and mean > 0.0, sure and mean < 0.0


# single futures --------------------------------------------------------------------------------------------------


def _single(case: Case, spent: Floats, served: Floats, typed: Typed | None) -> Single:
    """Return what single futures show of a scenario."""
    averted = None if typed is None else typed.usd * served
    needed = _needs(spent, served) if case.finding in ("needs", "gives up") else None
    amount = case.needed.mean
    return Single(
        spent=spread_of_moved(spent),
        served=spread_of_moved(served),
        needed=None if needed is None else spread_of_moved(needed),
        averted=None if averted is None else spread_of_moved(averted),
        net=None if averted is None else spread_of_moved(averted - spent),
        back=None if amount is None else float(_back(spent, served, np.array([amount]))[0]),
        most=None if amount is None else _for_most(spent, served, up=case.finding == "needs"),
        never=float(np.mean((spent > 0.0) & (served <= 0.0))),
    )


def _needs(spent: Floats, served: Floats) -> Floats | None:
    """Return what a client must avoid in each future; None where some serve more and some do not."""
    one_way = np.all(served > 0.0) or np.all(served < 0.0)
    return spent / served if one_way else None


def _back(spent: Floats, served: Floats, amounts: Floats) -> Floats:
    """Return for each amount that a client avoids the share of futures in which the money comes back."""
    own = spent / np.where(served != 0.0, served, 1.0)
    more, fewer = np.sort(own[served > 0.0]), np.sort(own[served < 0.0])
    always = np.count_nonzero((served == 0.0) & (spent <= 0.0))
    enough = np.searchsorted(more, amounts, side="right") + fewer.size - np.searchsorted(fewer, amounts, side="left")
    return np.asarray((enough + always) / spent.size)


def _for_most(spent: Floats, served: Floats, *, up: bool) -> float | None:
    """Return the least amount at which the money comes back in MOST futures; giving up, the largest."""
    told = served != 0.0
    amounts = np.unique(np.append(spent[told] / served[told], 0.0))
    amounts = amounts[amounts >= 0.0]
    enough = amounts[_back(spent, served, amounts) >= MOST]
    if not enough.size:
        return None
    return float(enough[0] if up else enough[-1])
