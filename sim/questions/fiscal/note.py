"""Make a fiscal note: what each payer spends and comes to owe, by state fiscal year, for a base and alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from sim.questions.fiscal.terms import Award, Match, awards_of, matches_of
from sim.results.blocks import Block, Floats, Rows, Sums, adder
from sim.results.books import Places, accrued_sums, book_sums
from sim.results.budget import TOTAL
from sim.results.fates import FATES
from sim.results.fiscal import FiscalYears
from sim.results.measures.measure import PAYERS
from sim.results.spreads import Spread, ranged, spread_of_moved
from sim.results.summary import Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.collected import Collected
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import month_number

BASES: Final = {"cash": "received", "accrual": "accrued"}  # how it is counted → the sums it is read from
HALF_A_CENT: Final = 0.005  # USD: sums over payers are not exact


@dataclass(frozen=True)
class Wanted:
    """How a fiscal note is to be made.

    `dollars_of` is the fiscal year in whose dollars amounts are told, None for those of each year; `growth` is by how
    much prices rise a year.
    """

    opens: int = 7  # the month in which a state fiscal year begins
    members: int | None = None
    dollars_of: int | None = None
    growth: float = 0.0
    typed: bool = False  # the growth was typed; else it is the base's own

    def factors(self, years: FiscalYears) -> Floats:
        """Return what each year's dollars are multiplied by, shape (years,)."""
        if self.dollars_of is None:
            return np.ones(years.number)
        return np.array([(1.0 + self.growth) ** (self.dollars_of - year.ends) for year in years])


def growth_of(base: Loaded) -> float:
    """Return by how much prices rise a year where nobody says it: as the base's living wage grows."""
    return plans(base.scenario)[0].epochs[0][1].place.living_wage_growth_per_year


@dataclass(frozen=True)
class Spending:
    """What the payers of one scenario spend: USD by replication and fiscal year, in the dollars of the note."""

    cash: dict[str, Floats]
    accrual: dict[str, Floats]
    awards: tuple[Award, ...]
    matches: tuple[Match, ...]

    def of(self, basis: str) -> dict[str, Floats]:
        """Return what is counted in one of the BASES by payer, all payers together last."""
        return self.cash if basis == "cash" else self.accrual


@dataclass(frozen=True)
class Note:
    """A fiscal note: the answer behind it, its years, and the spending of each scenario, the base first."""

    answer: Answer
    wanted: Wanted
    years: FiscalYears
    spending: tuple[Spending, ...]

    def payers(self, basis: str) -> list[str]:
        """Return the payers that spend something in any scenario, and all together last."""
        every = [one.of(basis) for one in self.spending]
        return [payer for payer in every[0] if payer == TOTAL or any(np.any(one[payer]) for one in every)]

    def amounts(self, basis: str, payer: str, case: int) -> list[Estimate]:
        """Return what a payer spends in each year in one scenario."""
        return [estimate(usd) for usd in self.spending[case].of(basis)[payer].T]

    def differences(self, basis: str, payer: str, case: int) -> list[Estimate]:
        """Return by how much a payer's spending differs from the base's in each year, run by run."""
        return [estimate(usd, within=self.answer.within) for usd in self._moved(basis, payer, case)]

    def spreads(self, basis: str, payer: str, case: int) -> list[Spread | None]:
        """Return how far those differences are spread over futures; None where assumptions are taken as known."""
        if not self.answer.settings.unknowns:
            return [None] * self.years.number
        return [spread_of_moved(usd) for usd in self._moved(basis, payer, case)]

    def _moved(self, basis: str, payer: str, case: int) -> Floats:
        """Return differences from the base, USD by year and run; what is less than half a cent is no money."""
        own, base = (self.spending[at].of(basis)[payer] for at in (case, 0))
        moved = (own - base).T
        return np.where(np.abs(moved) < HALF_A_CENT, 0.0, moved)

    def told_differences(self, basis: str, payer: str, case: int) -> list[Estimate]:
        """Return those differences with the range that is told: of single futures where there are any."""
        both = self.differences(basis, payer, case), self.spreads(basis, payer, case)
        return [ranged(one, spread) for one, spread in zip(*both, strict=True)]


def fiscal_note(everyone: Sequence[Loaded], settings: Settings, wanted: Wanted) -> Note:
    """Run scenarios, the base first, and return their fiscal note."""
    collected = collector(everyone, wanted)
    return note_in(ask(everyone[0], everyone[1:], settings, collected.keep), collected, wanted)


def collector(everyone: Sequence[Loaded], wanted: Wanted) -> Collected:
    """Return what keeps of runs what a note tells: its `keep` goes to `ask`."""
    return Collected(everyone, partial(spending_sums, _years(everyone, wanted)))


def note_in(answer: Answer, collected: Collected, wanted: Wanted) -> Note:
    """Return the note of an answer whose runs were kept."""
    years = _years(collected.everyone, wanted)
    factors = wanted.factors(years)
    spending = tuple(_spending(collected, case, factors) for case in range(len(collected.everyone)))
    return Note(answer, wanted, years, spending)


def _years(everyone: Sequence[Loaded], wanted: Wanted) -> FiscalYears:
    horizon = everyone[0].scenario.horizon
    return FiscalYears(month_number(horizon.start), horizon.months, wanted.opens)


def spending_sums(years: FiscalYears, block: Block, numbers: Rows, both: tuple[EmployerPlan, EmployerPlan]) -> Sums:
    """Return what one kind of employer receives and is owed, by fiscal year and payer."""
    add = adder(block, numbers)
    return book_sums(block, add, both, years) | accrued_sums(block, both, Places(add, years.place, years.number))


def _spending(collected: Collected, case: int, factors: Floats) -> Spending:
    scenario = collected.everyone[case].scenario
    counted = {}
    for basis, start in BASES.items():
        by_payer = {payer: collected.of(case, f"{start}.{payer}") * factors for payer in PAYERS}
        counted[basis] = by_payer | {TOTAL: np.asarray(np.sum(list(by_payer.values()), axis=0))}
    awards = awards_of(
        scenario, lambda name: {fate: float(collected.of(case, f"{fate}.{name}").mean()) for fate in FATES}
    )
    return Spending(counted["cash"], counted["accrual"], awards, matches_of(scenario))
