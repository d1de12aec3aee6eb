"""Random variation and uncertain assumptions: run scenarios under draws of them, and find what spreads a measure.

Every draw is run with the same replications for every scenario, so scenarios differ by their decisions alone, and
draws by what is assumed alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.questions.uncertainty.evppi import SHUFFLES, Decision, Worth
from sim.questions.uncertainty.study import Ran, Study, run_study
from sim.questions.uncertainty.variance_shares import Guess, Screen, Whole, all_of, ignorance_of, luck_of, whole_of
from sim.results.intervals import Share, chance_of
from sim.results.measures.measure import Measure
from sim.results.measures.table import measure_of
from sim.runs.answer import case_names, check
from sim.runs.futures.draws import drawn, terms
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.futures.unknowns import GROUPS, Stated, Unknown
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError
from sim.streams import study as random_numbers
from sim.words.stand_in import told_label

Floats = NDArray[np.float64]
Prefer = Literal["less", "more"]

BAND: Final = (0.05, 0.95)
WITHIN: Final = 0.95  # of intervals of chances over draws
FEWEST_DEFINED: Final = 0.5  # of the replications


@dataclass(frozen=True)
class Band:
    """The middle 90 %."""

    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """How wide the spread of a measure, or of its difference from the base, is, and where it comes from.

    `luck` is random variation between replications, `ignorance` the uncertainty of the assumptions. Shares are of the
    variance of one run; groups also have their share of the assumptions' variance. A chance already averages over
    replications, so it has neither a band nor a share of luck. `together` is what assumptions do only jointly, or
    otherwise than as a straight line or a parabola.
    """

    name: str
    taken: float  # with every assumption at the value that is taken for it
    mean: float
    luck_error: float  # of the mean: other replications would give another
    both: Band | None
    luck: Band | None
    ignorance: Band
    luck_share: Guess | None
    groups: dict[str, tuple[Guess, Guess]]  # share of all, share of ignorance
    together: tuple[float, float]
    single: dict[str, Guess]  # share of ignorance of each assumption
    whole: Whole


@dataclass(frozen=True)
class Choice:
    """How sure the choice of the best scenario is, and what it would be worth to know more.

    Chances are shares of draws, with 95 % intervals for the draws that were not made.
    """

    prefer: Prefer
    best: str
    chance_best: dict[str, Share]
    order_changes: Share  # chance that the assumptions put the scenarios in another order than their means
    everything: Guess
    groups: dict[str, Worth]
    single: dict[str, Worth]


@dataclass(frozen=True)
class Uncertainty:
    """The findings on one measure."""

    key: str
    label: str  # what the measure is called for these scenarios
    names: tuple[str, ...]  # scenarios, the base first
    unknowns: tuple[Unknown, ...]
    draws: int
    replications: int  # of every draw, those in which the measure is defined
    undefined: int
    levels: tuple[Spread, ...]  # each scenario
    differences: tuple[Spread, ...]  # each alternative less the base
    choice: Choice | None
    refused: Counter[str]
    fitted: int
    seed: int


def uncertainty(
    everyone: Sequence[Loaded],
    key: str,
    settings: Settings,
    draws: int,
    also: Sequence[Stated] = (),
    prefer: Prefer | None = None,
) -> Uncertainty:
    """Return where the spread of a measure comes from.

    Args:
        everyone: the base and its alternatives.
        key: the measure.
        settings: replications of every draw, seed, who does the work.
        draws: how many draws of the assumptions.
        also: inputs that are not known although they are stated.
        prefer: which side of the measure is better, where the measure itself does not say.

    Raises:
        ScenarioError: when scenarios cannot be compared, a range is no range, or the measure is hardly ever defined.
    """
    check(everyone)
    unknowns = unknowns_of(everyone, also)
    study = Study(tuple(everyone), unknowns, open_in(everyone, unknowns, also), (key,), settings)
    ran = run_study(study, lambda number: [drawn(unknowns, settings.seed, number)], draws + 1)
    return told(study, ran, key, prefer)


def told(study: Study, ran: Ran, key: str, prefer: Prefer | None = None) -> Uncertainty:
    """Return what a study's draws tell about a measure."""
    table, undefined = _defined(ran.of(key)[:, 0].swapaxes(0, 1), key)
    taken, table = table[:, 0].mean(axis=1), table[:, 1:]
    names, measure = case_names(study.everyone), measure_of(key)
    units = _terms(study.unknowns, ran)
    over = table[1:] - table[0]
    spread = partial(_spread, _Asked(units, study.unknowns, measure))
    levels = tuple(map(spread, names, taken, table))
    differences = tuple(map(partial(spread, difference=True), names[1:], taken[1:] - taken[0], over))
    side = prefer or {"lower": "less", "higher": "more"}.get(measure.direction)
    choice = None
    if len(over) and side is not None:
        choice = _choice(names, over if side == "more" else -over, units, study, "more" if side == "more" else "less")
    return Uncertainty(
        key=key,
        label=told_label(key, study.everyone),
        names=names,
        unknowns=study.unknowns,
        draws=table.shape[1],
        replications=table.shape[2],
        undefined=undefined,
        levels=levels,
        differences=differences,
        choice=choice,
        refused=ran.refused,
        fitted=ran.fitted,
        seed=study.settings.seed,
    )


def _defined(table: Floats, key: str) -> tuple[Floats, int]:
    """Return the replications in which a measure is defined in every draw and scenario, and how many are not."""
    known = ~np.isnan(table).any(axis=(0, 1))
    if known.sum() < max(4, FEWEST_DEFINED * known.size):
        rule = f"is undefined in {known.size - int(known.sum())} of {known.size} replications under some draw"
        raise ScenarioError([Problem("--measure", None, key, None, rule, "take more replications, or another measure")])
    return table[:, :, known], int((~known).sum())


def _terms(unknowns: Sequence[Unknown], ran: Ran) -> Floats:
    columns = [np.array([block[0][one.path] for block in ran.points[1:]]) for one in unknowns]
    return np.stack([terms(one, column) for one, column in zip(unknowns, columns, strict=True)], axis=1)


def members(unknowns: Sequence[Unknown]) -> dict[str, list[int]]:
    """Return the places of the assumptions of each group that there is."""
    groups = {group: [at for at, one in enumerate(unknowns) if one.group == group] for group in GROUPS}
    return {group: places for group, places in groups.items() if places}


# spread ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """What is the same for all scenarios: the terms of the assumptions, the assumptions, the measure."""

    terms: Floats
    unknowns: Sequence[Unknown]
    measure: Measure


def _spread(asked: _Asked, name: str, taken: float, table: Floats, *, difference: bool = False) -> Spread:
    screen, whole, measure = Screen(asked.terms, table), whole_of(table), asked.measure
    groups = {group: screen.explained(places) for group, places in members(asked.unknowns).items()}
    over = {group: (whole.share(one, all_of), whole.share(one, ignorance_of)) for group, one in groups.items()}
    rest = [1.0 - sum(pair[place].value for pair in over.values()) for place in (0, 1)]
    luck_share = whole.ratio(luck_of, all_of)
    limits = (None, None) if difference else (measure.lowest, measure.highest)
    paths = [one.path for one in asked.unknowns]
    spread = Spread(
        name=name,
        taken=float(taken),
        mean=whole.parts.mean,
        luck_error=float(np.std(table.mean(axis=0), ddof=1)) / table.shape[1] ** 0.5,
        both=_band(table, limits),
        luck=_band(_luck_only(table), limits),
        ignorance=_band(_calm(table.mean(axis=1), whole), limits),
        luck_share=luck_share,
        groups=over,
        together=(rest[0] - luck_share.value, rest[1] if whole.parts.ignorance > 0 else 0.0),
        single={path: whole.share(screen.explained([place]), ignorance_of) for place, path in enumerate(paths)},
        whole=whole,
    )
    if not measure.is_chance:
        return spread
    return replace(spread, both=None, luck=None, luck_share=None)  # a run tells yes or no: no band of single runs


def _band(values: Floats, limits: tuple[float | None, float | None]) -> Band:
    low, high = np.quantile(np.clip(values, *limits) if limits != (None, None) else values, BAND).tolist()
    return Band(low, high)


def _luck_only(table: Floats) -> Floats:
    """Return runs without what their draw's assumptions make of them."""
    return np.asarray(table - table.mean(axis=1, keepdims=True) + table.mean())


def _calm(means: Floats, whole: Whole) -> Floats:
    """Return the draws' means with no more spread than the assumptions cause."""
    seen = float(np.var(means, ddof=1))
    scale = (max(whole.parts.ignorance, 0.0) / seen) ** 0.5 if seen > 0 else 0.0
    return np.asarray(whole.parts.mean + (means - whole.parts.mean) * scale)


# the choice ------------------------------------------------------------------------------------------------------


def _choice(names: Sequence[str], gains: Floats, units: Floats, study: Study, prefer: Prefer) -> Choice:
    decision = Decision(gains, units)
    expected = np.concatenate((np.zeros((1, gains.shape[1])), decision.expected()))
    overall = np.concatenate(([0.0], gains.mean(axis=(1, 2))))
    best = expected.argmax(axis=0)
    order = np.argsort(-overall, kind="stable")
    changes = (np.argsort(-expected, axis=0, kind="stable") != order[:, None]).any(axis=0)
    generator = random_numbers(study.settings.seed, 0)
    orders = [generator.permutation(gains.shape[1]) for _ in range(SHUFFLES)]
    places = members(study.unknowns)
    alone = [[place] for place in range(len(study.unknowns))]
    noise, noise_of_groups = decision.noise(alone, orders), decision.noise(list(places.values()), orders)
    return Choice(
        prefer=prefer,
        best=names[int(order[0])],
        chance_best={name: chance_of((best == at).astype(np.float64), WITHIN) for at, name in enumerate(names)},
        order_changes=chance_of(changes.astype(np.float64), WITHIN),
        everything=decision.of_everything(),
        groups={group: decision.of(own, noise_of_groups) for group, own in places.items()},
        single={one.path: decision.of(own, noise) for one, own in zip(study.unknowns, alone, strict=True)},
    )
