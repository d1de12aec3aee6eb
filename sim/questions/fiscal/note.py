"""Make a fiscal note: what each payer spends and comes to owe, by state fiscal year, for a base and alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sim.questions.fiscal.terms import Award, Match, awards_of, matches_of
from sim.results.accrued import accrued_sums
from sim.results.blocks import Floats, Sums, adder, replications_of
from sim.results.books import Places, book_sums
from sim.results.budget import TOTAL
from sim.results.fiscal import FiscalYears
from sim.results.measures.measure import PAYERS
from sim.results.summary import Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.blocks import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.timeline import plans
from sim.units import month_number

BASES: Final = {"cash": "received", "accrual": "accrued"}  # how it is counted → the sums it is read from


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
        own, base = (self.spending[at].of(basis)[payer] for at in (case, 0))
        return [estimate(usd, within=self.answer.within) for usd in (own - base).T]


@dataclass
class Collected:
    """Add up each scenario's spending, block after block; pass `keep` to `ask`."""

    everyone: Sequence[Loaded]
    years: FiscalYears
    parts: list[list[Sums]] = field(default_factory=list)

    def keep(self, piece: Piece) -> None:
        """Take over one block of replications."""
        opening = {plan.name: plan for plan in plans(self.everyone[0].scenario)}
        self.parts.append([])
        for loaded, blocks in zip(self.everyone, piece.results or (), strict=True):
            kinds, numbers, total = plans(loaded.scenario), replications_of(blocks), Sums()
            own = {plan.name: plan for plan in kinds}
            for block in blocks:
                add, both = adder(block, numbers), (own[block.kind], opening[block.kind])
                places = Places(add, self.years.place, self.years.number)
                found = book_sums(block, add, both, self.years) | accrued_sums(block, both, places)
                for name, values in found.items():
                    total[name] = total[name] + values if name in total else values
            self.parts[-1].append(total)

    def of(self, case: int, name: str) -> Floats:
        """Return one sum of a scenario over all replications."""
        return np.concatenate([part[case][name] for part in self.parts])


def fiscal_note(everyone: Sequence[Loaded], settings: Settings, wanted: Wanted) -> Note:
    """Run scenarios, the base first, and return their fiscal note."""
    horizon = everyone[0].scenario.horizon
    years = FiscalYears(month_number(horizon.start), horizon.months, wanted.opens)
    collected = Collected(everyone, years)
    answer = ask(everyone[0], everyone[1:], settings, collected.keep)
    factors = wanted.factors(years)
    spending = tuple(_spending(collected, case, factors) for case in range(len(everyone)))
    return Note(answer, wanted, years, spending)


def _spending(collected: Collected, case: int, factors: Floats) -> Spending:
    scenario = collected.everyone[case].scenario
    counted = {}
    for basis, start in BASES.items():
        by_payer = {payer: collected.of(case, f"{start}.{payer}") * factors for payer in PAYERS}
        counted[basis] = by_payer | {TOTAL: np.asarray(np.sum(list(by_payer.values()), axis=0))}
    awards = awards_of(scenario, lambda name: float(collected.of(case, f"ended.{name}").mean()))
    return Spending(counted["cash"], counted["accrual"], awards, matches_of(scenario))
