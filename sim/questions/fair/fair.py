"""Find whom a change reaches: pay, retention, promotion and leaving of groups of peers, small cells left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sim.results.blocks import Block, Floats, Rows, Sums
from sim.results.groups import DIMENSIONS, EVERYBODY, GROUPS, group_sums
from sim.results.measures.formulas import PER_100_YEARS, pseudo_values, ratio
from sim.results.spreads import BAND, Spread, middle, spread_of_moved
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
    single: Single | None = None  # of futures, where there are enough with FEWEST people and more


@dataclass(frozen=True)
class Single:
    """How far a cell is spread over single futures; of differences with the share of futures on either side."""

    value: Spread | None
    difference: Spread | None = None
    beside: Spread | None = None


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

    def hides(self, group: str) -> bool:
        """Whether nothing is told of a group: too few are behind every number."""
        return all(group in self._hidden(aspect.people) for aspect in ASPECTS)

    def cell(self, aspect: Aspect, group: str, case: int) -> Cell:
        """Return what is told of a group in one scenario, the base being the first."""
        if group in self._hidden(aspect.people):
            return Cell(NOTHING, NOTHING, NOTHING, hidden=True)
        own, base = self._values(aspect, group, case), self._values(aspect, group, 0)
        every = self._values(aspect, EVERYBODY, case) - self._values(aspect, EVERYBODY, 0)
        value = share_estimate(own) if aspect.unit == "share" else estimate(own)
        single = self._single(aspect, group, case)
        if not case:
            return Cell(value, NOTHING, NOTHING, hidden=False, single=single)
        within = self.answer.within
        beside = NOTHING if group == EVERYBODY else estimate(own - base - every, within=within)
        return Cell(value, estimate(own - base, within=within), beside, hidden=False, single=single)

    def _values(self, aspect: Aspect, group: str, case: int) -> Floats:
        """Return a value for each replication, found over all of them together."""
        sums = {name: self.collected.of(case, f"{name}.{group}") for name in (aspect.above, aspect.below)}
        return pseudo_values(ratio(aspect.above, aspect.below, aspect.times), sums)

    def _single(self, aspect: Aspect, group: str, case: int) -> Single | None:
        """Return how far a cell is spread; nothing where fewer than FEWEST people are behind it in one future of 20."""
        if not self.answer.over_futures or self._few_in_some(aspect.people, group):
            return None
        own, base = self._own(aspect, group, case), self._own(aspect, group, 0)
        every = self._own(aspect, EVERYBODY, case) - self._own(aspect, EVERYBODY, 0)
        if not case:
            return Single(middle(own))
        beside = None if group == EVERYBODY else spread_of_moved(own - base - every)
        return Single(middle(own), spread_of_moved(own - base), beside)

    def _own(self, aspect: Aspect, group: str, case: int) -> Floats:
        """Return what each future shows by itself; NaN where it has nobody to show it by."""
        sums = {name: self.collected.of(case, f"{name}.{group}") for name in (aspect.above, aspect.below)}
        return ratio(aspect.above, aspect.below, aspect.times)(sums)

    def _few_in_some(self, what: tuple[str, str], group: str) -> bool:
        """Whether single futures of a scenario, one of 20 or more, have too few people for a number to be told."""
        there = [self._people_each(what, group, case) for case in self._all]
        return any(float(np.quantile(people, BAND[0])) < FEWEST for people in there)

    def _people(self, what: tuple[str, str], group: str, case: int) -> float:
        return float(self._people_each(what, group, case).mean())

    def _people_each(self, what: tuple[str, str], group: str, case: int) -> Floats:
        """Return how many people there are, by replication."""
        above, by = what
        months = self.answer.base.loaded.scenario.horizon.months if by == "months" else 1
        return self.collected.of(case, f"{above}.{group}") / months

    def _hidden(self, what: tuple[str, str]) -> set[str]:
        """Return the groups of which too few are in any scenario, and those by which one of them could be found."""
        few = {group: min(self._people(what, group, case) for case in self._all) for group in self.groups}
        hidden = {group for group, people in few.items() if people < FEWEST}
        for groups in DIMENSIONS.values():
            ours = few.keys() & set(groups)
            if len(ours & hidden) == 1 and len(ours) > 1:  # it could be found as what is left of the whole
                hidden.add(min((group for group in groups if group in ours - hidden), key=few.__getitem__))
        return hidden


def collector(everyone: Sequence[Loaded]) -> Collected:
    """Return what adds up by group while scenarios are run, the base first."""
    return Collected(everyone, _of_block)


def fair_shares(everyone: Sequence[Loaded], settings: Settings) -> Fair:
    """Run scenarios, the base first, and return what they come to by group."""
    collected = collector(everyone)
    return Fair(ask(everyone[0], everyone[1:], settings, collected.keep), collected)


def _of_block(block: Block, numbers: Rows, both: tuple[EmployerPlan, EmployerPlan]) -> Sums:
    return group_sums(block, numbers, both[1].epochs[0][1])
