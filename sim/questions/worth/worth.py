"""Find what a served client would have to avoid a year for payers' money to come back, and what a typed worth makes.

Nothing is worth anything here by default: a worth is typed, with where it comes from, or none is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np

from sim.questions.fiscal.note import spending_sums
from sim.results.blocks import Block, Floats, Rows, Sums, adder
from sim.results.fiscal import FiscalYears
from sim.results.measures.formulas import pseudo_values, ratio
from sim.results.measures.measure import PAYERS
from sim.results.summary import NOTHING, Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.collected import Collected
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.timeline import EmployerPlan
from sim.units import MONTHS_PER_YEAR, month_number

ALL: Final = "all"
Finding = Literal["needs", "free", "gives up", "cannot", "unclear"]


@dataclass(frozen=True)
class Typed:
    """What somebody says a served client avoids a year, USD, and where that comes from."""

    usd: float
    source: str


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


@dataclass(frozen=True)
class Worth:
    """The answer behind it, whose spending counts, what was typed, and the scenarios, the base first."""

    answer: Answer
    payer: str
    typed: Typed | None
    cases: tuple[Case, ...]


def worth_of(everyone: Sequence[Loaded], settings: Settings, payer: str = ALL, typed: Typed | None = None) -> Worth:
    """Run scenarios, the base first, and return what a served client must avoid, and what a typed worth makes of it.

    Spending is accrued: what payers come to owe for the projection's service and cost, whenever they pay it.
    """
    horizon = everyone[0].scenario.horizon
    years = FiscalYears(month_number(horizon.start), horizon.months, 1)
    collected = Collected(everyone, partial(_of_block, years))
    answer = ask(everyone[0], everyone[1:], settings, collected.keep)
    names = PAYERS if payer == ALL else (payer,)
    spent = [np.sum([collected.of(case, name) for name in names], axis=0) for case in range(len(everyone))]
    served = [collected.of(case, "served") for case in range(len(everyone))]
    cases = [_case(spent[0], served[0], None, typed)]
    cases += [
        _case(usd - spent[0], clients - served[0], answer.within, typed)
        for usd, clients in zip(spent[1:], served[1:], strict=True)
    ]
    return Worth(answer, payer, typed, tuple(cases))


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
