"""Find what a served client would have to avoid a year for a change to pay for itself, and what a typed worth makes.

Nothing is worth anything here by default: a worth is typed, with where it comes from, or none is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final, Literal

import numpy as np

from sim.model.world.positions import full_time_equivalents
from sim.model.world.terms import full_staff_client_hours
from sim.questions.fiscal.note import spending_sums
from sim.results.blocks import Block, Floats, Rows, Sums, adder
from sim.results.fiscal import FiscalYears
from sim.results.measures.formulas import pseudo_values, ratio
from sim.results.measures.measure import PAYERS
from sim.results.money import CENTS
from sim.results.spreads import Spread, ranged, spread_of_moved
from sim.results.summary import NOTHING, Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.collected import Collected
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.schema import Organization
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import MONTHS_PER_YEAR, month_number

ALL: Final = "all"
MOST_AVERTED: Final = 1e6  # USD a year that somebody may type
MOST: Final = 0.9  # of futures in which money must come back, for an amount that is safe to name
LEAST_USD, LEAST_SERVED = 0.005, 1e-6  # what is less is the rounding of sums
Finding = Literal["needs", "free", "gives up", "cannot", "unclear"]
Way = Literal["more", "less", "same", "open"]
FINDINGS: Final[dict[tuple[Way, Way], Finding]] = {  # of spending and clients; where either is open, so is the whole
    ("more", "more"): "needs", ("more", "same"): "cannot", ("more", "less"): "cannot", ("same", "less"): "cannot",
    ("less", "less"): "gives up", ("less", "same"): "free", ("less", "more"): "free", ("same", "more"): "free",
    ("same", "same"): "free",
}  # fmt: skip


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
    payers: Spread | None = None
    own: Spread | None = None


@dataclass(frozen=True)
class Case:
    """What is spent and whom peers serve in one scenario, and how that differs from the base, over all months.

    `needed` is what a served client must avoid a year: of the base, to bring back all that is spent; of an alternative,
    to bring back what it adds. `finding` says how `needed` is to be read. `spent` is what payers spend and, where all
    are asked for, what the employer pays out of its own cash: `own`, where that is above 0 in the mean. What the
    employer gains comes back to no payer, and is taken off nothing.
    """

    spent: Estimate  # USD
    served: Estimate  # client-years
    needed: Estimate  # USD a client-year
    finding: Finding
    averted: Estimate  # USD, by the typed worth; nothing without one
    net: Estimate  # what is averted less what is spent
    payers: Estimate = NOTHING  # USD that payers come to owe
    own: Estimate = NOTHING  # cost above what payers come to owe; below 0 what the employer gains; of all payers alone
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
            payers=ranged(self.payers, one.payers),
            own=ranged(self.own, one.own),
        )

    @property
    def own_counts(self) -> bool:
        """Whether the employer pays out of its own cash, which then is part of what is spent."""
        return (self.own.mean or 0.0) > 0.0


AMOUNTS: Final = ("spent", "payers", "own", "served", "needed", "averted", "net")


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
    answer = spending.answer
    base, *others = (_lived(spending.collected, case, payer) for case in range(len(answer.cases)))
    told = partial(_parted, typed=typed, over_futures=answer.over_futures)
    return Worth(answer, payer, typed, (told(base, None), *(told(one.less(base), answer.within) for one in others)))


def nobody_pays(everyone: Sequence[Loaded]) -> bool:
    """Whether no scenario has a source of money, so that nothing could come back to anybody."""
    return not any(
        tables.funding for loaded in everyone for plan in plans(loaded.scenario) for _, tables in plan.epochs
    )


def hours_a_year(base: Organization) -> Any:
    """Return the hours with a peer that a client takes in a year: what a full, experienced staff can give, by place."""
    return MONTHS_PER_YEAR * full_staff_client_hours(base) / places(base)


def places(base: Organization) -> Any:
    """Return for how many clients a full staff has a place."""
    return base.services.caseload_per_peer * full_time_equivalents(base)


def _of_block(years: FiscalYears, block: Block, numbers: Rows, both: tuple[EmployerPlan, EmployerPlan]) -> Sums:
    told, add = spending_sums(years, block, numbers, both), adder(block, numbers)
    sums = {payer: told[f"accrued.{payer}"].sum(axis=1) for payer in PAYERS}
    owed: Floats = np.sum(list(sums.values()), axis=0)
    hours = np.asarray(hours_a_year(both[1].epochs[0][1]))
    client_years = block.panel["delivered"] / np.where(hours > 0.0, hours, np.inf)
    return sums | {"own": add.months(block.panel["cost"]) / CENTS - owed, "served": add.months(client_years)}


@dataclass(frozen=True)
class _Lived:
    """What payers spend, what the employer pays itself (None: not asked), and client-years, one number a run."""

    payers: Floats
    own: Floats | None
    served: Floats

    def less(self, base: _Lived) -> _Lived:
        """Return the differences from a base."""
        own = None if self.own is None or base.own is None else _told(self.own - base.own, LEAST_USD)
        usd, served = _told(self.payers - base.payers, LEAST_USD), _told(self.served - base.served, LEAST_SERVED)
        return _Lived(usd, own, served)

    @property
    def spent(self) -> Floats:
        """Return what is spent; what the employer gains in the mean is taken off nothing."""
        return self.payers if self.own is None or self.own.mean() <= 0.0 else self.payers + self.own


def _told(moved: Floats, least: float) -> Floats:
    """Return differences without what is left by the rounding of sums."""
    return np.where(np.abs(moved) < least, 0.0, moved)


def _lived(collected: Collected, case: int, payer: str) -> _Lived:
    names = PAYERS if payer == ALL else (payer,)
    usd = np.asarray(np.sum([collected.of(case, name) for name in names], axis=0))
    return _Lived(usd, collected.of(case, "own") if payer == ALL else None, collected.of(case, "served"))


def _parted(own: _Lived, within: float | None, typed: Typed | None, *, over_futures: bool) -> Case:
    """Return a scenario, with what payers spend and what the employer pays itself apart."""
    case = _case(own.spent, own.served, within, typed)
    payers, paid = (NOTHING if usd is None else estimate(usd, **_wide(within)) for usd in (own.payers, own.own))
    case = replace(case, payers=payers, own=paid)
    if not over_futures:
        return case
    single = _single(case, own.spent, own.served, typed)
    payer, employer = (None if usd is None else spread_of_moved(usd) for usd in (own.payers, own.own))
    return replace(case, single=replace(single, payers=payer, own=employer))


def _wide(within: float | None) -> dict[str, float]:
    """Return of which chance ranges are, where it is said."""
    return {} if within is None else {"within": within}


def _case(spent: Floats, served: Floats, within: float | None, typed: Typed | None) -> Case:
    """Return a scenario; with `within`, of which chance ranges are, spent and served are differences from the base."""
    wide = _wide(within)
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
    """Return how money and people go together; what cannot be told of either is not taken for nothing."""
    return FINDINGS.get((way(spent), way(served)), "unclear")


def way(one: Estimate) -> Way:
    """Return which way an amount goes beyond random variation; a single run is taken at its word."""
    mean = one.mean or 0.0
    low, high = (mean if end is None else end for end in (one.low, one.high))
    if low > 0.0:
        return "more"
    if high < 0.0:
        return "less"
    return "same" if low == high == 0.0 else "open"


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
