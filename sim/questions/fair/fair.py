"""Find whom a change reaches: pay, retention, promotion and leaving of groups of peers, small cells left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sim.results.blocks import Block, Floats, Rows, Sums
from sim.results.groups import DIMENSIONS, EVERYBODY, GROUPS, group_sums
from sim.results.measures.formulas import PER_100_YEARS, pseudo_values, ratio
from sim.results.summary import NOTHING, Estimate, estimate, share_estimate
from sim.runs.answer import Answer, ask
from sim.runs.collected import Collected
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.timeline import EmployerPlan

FEWEST: Final = 11  # people behind a number that is told


@dataclass(frozen=True)
class Aspect:
    """One thing told of every group: a sum over another, and whose number must not be small."""

    key: str
    label: str
    unit: str
    above: str
    below: str
    people: tuple[str, str]  # a sum over another: how many people a cell is about, in a run
    times: float = 1.0


IN_POST: Final = ("lived", "months")
ASPECTS: Final = (
    Aspect("pay", "Pay an hour", "USD/hour", "wages", "peers", ("peers", "months")),
    Aspect("kept", "In post at the start, kept 12 months", "share", "stayed", "start_seen", ("start", "runs")),
    Aspect("left", "Leaving, all causes", "per 100 people a year", "left", "lived", IN_POST, PER_100_YEARS),
    Aspect("quit", "Leaving by choice", "per 100 people a year", "quit", "lived", IN_POST, PER_100_YEARS),
    Aspect("promoted", "Promotions", "per 100 people a year", "promoted", "lived", IN_POST, PER_100_YEARS),
)


@dataclass(frozen=True)
class Cell:
    """What is told of a group in one scenario: its value, how it differs from the base's, and that beside everybody's.

    All are empty where fewer than FEWEST people are behind the number, or another group could be found by subtraction.
    """

    value: Estimate
    difference: Estimate
    beside: Estimate  # the difference less everybody's
    hidden: bool


@dataclass(frozen=True)
class Fair:
    """The answer behind it, and what it comes to by group."""

    answer: Answer
    collected: Collected

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Return the groups there are anybody in, everybody first; a division into one group is none."""
        there = [group for group in GROUPS if any(self._people(("lived", "months"), group, case) for case in self._all)]
        by_dimension = {name: [one for one in groups if one in there] for name, groups in DIMENSIONS.items()}
        return (EVERYBODY, *(one for groups in by_dimension.values() if len(groups) > 1 for one in groups))

    @property
    def _all(self) -> range:
        return range(len(self.answer.cases))

    def people(self, group: str, case: int = 0) -> float:
        """Return how many of a group are in post, on average over the projection."""
        return self._people(IN_POST, group, case)

    def told_people(self, group: str) -> float | None:
        """Return how many of a group are in post in the base; None where they are too few to be told."""
        return None if group in self._hidden(IN_POST) else self.people(group)

    def cell(self, aspect: Aspect, group: str, case: int) -> Cell:
        """Return what is told of a group in one scenario, the base being the first."""
        if group in self._hidden(aspect.people):
            return Cell(NOTHING, NOTHING, NOTHING, hidden=True)
        own, base = self._values(aspect, group, case), self._values(aspect, group, 0)
        every = self._values(aspect, EVERYBODY, case) - self._values(aspect, EVERYBODY, 0)
        value = share_estimate(own) if aspect.unit == "share" else estimate(own)
        if not case:
            return Cell(value, NOTHING, NOTHING, hidden=False)
        within = self.answer.within
        beside = NOTHING if group == EVERYBODY else estimate(own - base - every, within=within)
        return Cell(value, estimate(own - base, within=within), beside, hidden=False)

    def _values(self, aspect: Aspect, group: str, case: int) -> Floats:
        """Return a value for each replication, found over all of them together."""
        sums = {name: self.collected.of(case, f"{name}.{group}") for name in (aspect.above, aspect.below)}
        return pseudo_values(ratio(aspect.above, aspect.below, aspect.times), sums)

    def _people(self, what: tuple[str, str], group: str, case: int) -> float:
        above, by = what
        months = self.answer.base.loaded.scenario.horizon.months if by == "months" else 1
        return float(self.collected.of(case, f"{above}.{group}").mean()) / months

    def _hidden(self, what: tuple[str, str]) -> set[str]:
        """Return the groups of which too few are in any scenario, and those by which one of them could be found."""
        few = {group: min(self._people(what, group, case) for case in self._all) for group in self.groups}
        hidden = {group for group, people in few.items() if people < FEWEST}
        for groups in DIMENSIONS.values():
            ours = [group for group in groups if group in few]
            if len(hidden.intersection(ours)) == 1 and len(ours) > 1:
                hidden.add(min((group for group in ours if group not in hidden), key=few.__getitem__))
        return hidden


def fair_shares(everyone: Sequence[Loaded], settings: Settings) -> Fair:
    """Run scenarios, the base first, and return what they come to by group."""
    collected = Collected(everyone, _of_block)
    return Fair(ask(everyone[0], everyone[1:], settings, collected.keep), collected)


def _of_block(block: Block, numbers: Rows, both: tuple[EmployerPlan, EmployerPlan]) -> Sums:
    return group_sums(block, numbers, both[1].epochs[0][1])
