"""Find the best mixes of several inputs at equal cost: those that no other mix beats on every objective.

A mix beats another only so far as random variation lets them be told apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from sim.questions.frontier.equal_cost import Balanced, Tries, balanced, between, brought
from sim.questions.frontier.mixes import PARTS, PUBLIC_SPENDING, Plan, Planned, design, read_plan
from sim.questions.solve.levers import Choice
from sim.questions.solve.probes import BASE, Probes, Progress, probing, silent
from sim.results.blocks import Floats
from sim.results.measures.table import measure_of
from sim.results.spreads import Spread, spread_between
from sim.results.student import t_quantile
from sim.results.summary import Estimate, difference_of, estimate, estimate_of, row_value_at, value_at
from sim.runs.answer import Answer
from sim.runs.replicate import Settings, drawing
from sim.scenario.files import Loaded

TOLD: Final = ("margin_usd_per_year", "cost_usd_per_year", "headcount", "cash_end_usd", "chance_of_negative_cash")
PROBES_A_MIX: Final = 3


@dataclass(frozen=True)
class Mix:
    """One mix of inputs at the base's cost.

    `values` holds the objectives, what is kept equal, and what else is told, one value a replication; empty where no
    value of the balancing input brings the dollars to the base's: `gaps` says how far they stayed away at the places
    tried. The base is the mix without settings.
    """

    settings: Choice
    balance: Balanced | None
    gaps: Mapping[int, float]
    values: dict[str, Floats] = field(default_factory=dict, compare=False, repr=False)
    own: dict[str, Floats] = field(default_factory=dict, compare=False, repr=False)  # of futures, each by itself
    beaten_by: tuple[int, ...] = ()

    @property
    def is_base(self) -> bool:
        """Whether this is the base as it stands."""
        return not self.settings

    @property
    def comparable(self) -> bool:
        """Whether it costs what the base costs."""
        return bool(self.values)

    @property
    def on_frontier(self) -> bool:
        """Whether no other mix is better on every objective."""
        return self.comparable and not self.beaten_by


@dataclass(frozen=True)
class Frontier:
    """All mixes, the base first, and how they were made."""

    base: Loaded
    planned: Planned
    mixes: tuple[Mix, ...]
    settings: Settings
    tried: int
    answer: Answer  # the base alone
    start: Loaded  # what every mix is laid over: the base, or what --with makes of it

    @property
    def best(self) -> tuple[int, ...]:
        """Return the numbers of the mixes on the frontier, ordered by the first objective."""
        first = self.planned.plan.measures[0]
        numbers = [number for number, mix in enumerate(self.mixes) if mix.on_frontier]
        return tuple(sorted(numbers, key=lambda number: self.estimate(number, first).mean or 0.0))

    def estimate(self, number: int, key: str) -> Estimate:
        """Return a measure of a mix."""
        values = self.mixes[number].values[key]
        return estimate(values) if key == PUBLIC_SPENDING else estimate_of(key, values)

    def difference(self, number: int, key: str) -> Estimate:
        """Return how a measure of a mix differs from the base, run by run."""
        base, own = (self.mixes[place].values[key] for place in (0, number))
        return estimate(own - base) if key == PUBLIC_SPENDING else difference_of(key, base, own)

    def spread(self, number: int, key: str) -> Spread | None:
        """Return how far that difference is spread over futures; None where assumptions are taken as known."""
        base, own = (self.mixes[place].own.get(key) for place in (0, number))
        if base is None or own is None:
            return None
        return spread_between(PARTS[key][0][0] if key in PARTS else key, base, own)


def frontier(
    base: Loaded, plan: Plan, settings: Settings, progress: Progress = silent, start: Loaded | None = None
) -> Frontier:
    """Return the mixes of inputs that no other mix beats at the dollars of the base.

    Args:
        base: the scenario as it stands; every mix is an alternative from its opening, with the same random numbers.
        plan: what is mixed, what is kept equal, and the objectives; without inputs to vary, the usual ones.
        settings: replications, seed, who does the work.
        progress: called with the number of alternatives tried so far.
        start: what every mix is laid over, if that is not the base: what --with makes of it.

    Raises:
        ScenarioError: with everything that is wrong with the plan.
    """
    planned = read_plan(start or base, plan)
    choices = design(planned)
    with probing(base, settings, PROBES_A_MIX * len(choices), progress, start) as probes:
        return _Mixes(planned, probes).frontier(choices)


class _Mixes:
    """Run the mixes, bring them to the base's dollars and compare them."""

    def __init__(self, planned: Planned, probes: Probes) -> None:
        self._planned, self._probes = planned, probes
        self._keys = tuple(dict.fromkeys((*planned.plan.measures, *TOLD)))

    def frontier(self, choices: Sequence[Choice]) -> Frontier:
        """Return all mixes, the base first, and which of them no other beats."""
        base, settings, measures = self._probes.base, self._probes.settings, self._planned.plan.measures
        mixes = [Mix(BASE, None, {}, self._values_of(BASE), self._own_of(BASE)), *self._balanced(choices)]
        comparable = [number for number, mix in enumerate(mixes) if mix.comparable]
        objectives = [[mixes[number].values[key] for key in measures] for number in comparable]
        upward = [measure_of(key).direction == "higher" for key in measures]
        for number, by in zip(comparable, beaten(objectives, upward), strict=True):
            mixes[number] = replace(mixes[number], beaten_by=tuple(comparable[one] for one in by))
        settings = drawing(settings, [base])
        answer = Answer(self._probes.case(BASE, base.path.stem), (), settings)
        return Frontier(base, self._planned, tuple(mixes), settings, self._probes.number, answer, self._probes.start)

    def _balanced(self, choices: Sequence[Choice]) -> list[Mix]:
        places, today, equal = self._planned.places, self._planned.balance.today, self._dollars(BASE)
        assert today is not None

        def run(todo: Tries) -> Mapping[tuple[int, int], float]:
            wanted = {(mix, place): self._at(choices[mix], place) for mix, place in todo}
            self._probes.run(wanted.values())
            return {one: float(np.mean(self._dollars(choice) - equal)) for one, choice in wanted.items()}

        gaps: list[dict[int, float]] = [{} for _ in choices]
        brought(gaps, places, places.nearest(today), float(np.mean(equal)), run)
        return [self._mix(choice, known) for choice, known in zip(choices, gaps, strict=True)]

    def _mix(self, choice: Choice, gaps: Mapping[int, float]) -> Mix:
        found = balanced(gaps)
        if found is None:
            return Mix(choice, None, gaps)
        low, high = (self._at(choice, place) for place in (found.below, found.above))
        dollars, equal = (self._dollars(low), self._dollars(high)), self._dollars(BASE)

        def at_equal(told: Callable[[Choice], dict[str, Floats]]) -> dict[str, Floats]:
            ours, theirs = told(low), told(high)
            return {key: between((ours[key], theirs[key]), dollars, equal, found.share) for key in ours}

        return Mix(choice, found, gaps, at_equal(self._values_of), at_equal(self._own_of))

    def _at(self, choice: Choice, place: int) -> Choice:
        return (*choice, (self._planned.balance.path, self._planned.places.value(place)))

    def _values_of(self, choice: Choice) -> dict[str, Floats]:
        sums = self._probes[choice].sums
        return {key: value_at(key, sums) for key in self._keys} | {PUBLIC_SPENDING: self._sum(choice, PUBLIC_SPENDING)}

    def _own_of(self, choice: Choice) -> dict[str, Floats]:
        """Return the same of each future by itself, where assumptions are drawn anew in each."""
        if not self._probes.settings.unknowns:
            return {}
        sums = self._probes[choice].sums
        own = {key: row_value_at(key, sums) for key in self._keys}
        return own | {PUBLIC_SPENDING: self._sum(choice, PUBLIC_SPENDING)}

    def _dollars(self, choice: Choice) -> Floats:
        return self._sum(choice, self._planned.plan.equal)

    def _sum(self, choice: Choice, key: str) -> Floats:
        sums = self._probes[choice].sums
        return np.asarray(sum(sign * value_at(part, sums) for part, sign in PARTS.get(key, ((key, 1.0),))))


# which mixes no other beats ------------------------------------------------------------------------------------------

WRONGLY_BEATEN = 0.05  # at most this chance for a result that no other beats


def beaten(results: Sequence[Sequence[Floats]], upward: Sequence[bool]) -> list[tuple[int, ...]]:
    """Return for each result those that beat it: better on every objective, beyond the interval of the difference.

    Differences are paired, replication by replication. A result that is truly beaten by none has as many chances to be
    called beaten as it has rivals, so the intervals are widened for that number (Bonferroni): whatever the objectives,
    the chance stays below 5 %. Being better on all of them at once is asked for, which makes it smaller still.

    Args:
        results: for each result its objectives, each one value a replication.
        upward: for each objective whether more is better.
    """
    quantiles = max(1, len(results) - 1)
    return [
        tuple(
            rival for rival in range(len(results)) if rival != one and _beats(results, (rival, one), upward, quantiles)
        )
        for one in range(len(results))
    ]


def _beats(results: Sequence[Sequence[Floats]], pair: tuple[int, int], upward: Sequence[bool], rivals: int) -> bool:
    better, worse = (results[place] for place in pair)
    signed = ((a - b) if up else (b - a) for a, b, up in zip(better, worse, upward, strict=True))
    return all(low_end(gain, rivals) > 0 for gain in signed)


def low_end(gains: Floats, rivals: int = 1) -> float:
    """Return the lower end of the interval of a mean gain, widened for a number of rivals; −inf where it has none."""
    known = gains[~np.isnan(gains)]
    if known.size < 2:
        return -math.inf
    half = (
        t_quantile(1.0 - WRONGLY_BEATEN / 2.0 / rivals, known.size - 1) * np.std(known, ddof=1) / math.sqrt(known.size)
    )
    return float(np.mean(known) - half)
