"""Find which inputs move a result most: Morris screening over all, then Sobol' indices of those that matter.

All points meet the same replications, so what differs between two of them is due to the inputs, and to what they
change in what the same random numbers lead to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.questions.sensitivity.morris import Moved, elementary, screened, star
from sim.questions.sensitivity.sobol import Indices, indices, rows
from sim.questions.uncertainty.study import Ran, Study, run_study
from sim.questions.uncertainty.variance_shares import ignorance_of, whole_of
from sim.runs.answer import case_names, check
from sim.runs.futures.draws import triangular, value_at
from sim.runs.futures.fitting import Values
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.futures.unknowns import Stated, Unknown
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError, did_you_mean
from sim.streams import study as random_numbers
from sim.words.stand_in import told_label

Floats = NDArray[np.float64]
Method = Literal["morris", "sobol"]

SCREEN_RESAMPLES, SOBOL_POINTS, SOBOL_RESAMPLES, TRAJECTORIES = range(1, 5)  # numbers of the studies' random numbers
APART: Final = 1 << 20  # trajectories of a study


@dataclass(frozen=True)
class Screening:
    """How far each input moves one measure, the largest first."""

    key: str
    inputs: tuple[tuple[Unknown, Moved], ...]


@dataclass(frozen=True)
class Portions:
    """The Sobol' indices of the inputs that were varied, the largest total first.

    `luck` is the share of the variance between points that is luck turning out otherwise, and not the inputs.
    """

    key: str
    inputs: tuple[tuple[Unknown, Indices], ...]
    samples: int
    variance: float
    luck: float


@dataclass(frozen=True)
class Sensitivity:
    """The findings on one measure of a base, or of the difference an alternative makes."""

    key: str
    label: str  # what the measure is called for these scenarios
    names: tuple[str, ...]
    screening: Screening | None
    portions: Portions | None
    trajectories: int
    replications: int
    refused: Counter[str]
    fitted: int
    seed: int


def chosen_inputs(
    everyone: Sequence[Loaded], wanted: Sequence[str], also: Sequence[Stated]
) -> tuple[tuple[Unknown, ...], bool]:
    """Return the inputs to vary, and whether what is stated is varied too.

    Args:
        everyone: the base, and perhaps an alternative.
        wanted: addresses, beginnings of them, or evidence keys; none means all that is not known.
        also: ranges the user gave.

    Raises:
        ScenarioError: with everything that is wrong with `wanted` and `also`.
    """
    if not wanted:
        return unknowns_of(everyone, also), False
    known = unknowns_of(everyone, also, stated=True)
    meant = {word: [one for one in known if _meant(one, word)] for word in wanted}
    missing = [word for word, found in meant.items() if not found]
    if missing:
        raise _without_range(missing, known)
    return tuple({one.path: one for found in meant.values() for one in found}.values()), True


def _without_range(missing: Sequence[str], known: Sequence[Unknown]) -> ScenarioError:
    words = sorted({one.path for one in known} | {one.evidence for one in known})
    return ScenarioError(
        Problem("--input", None, word, None, "has no range to move over", _fix(word, words)) for word in missing
    )


def _meant(one: Unknown, word: str) -> bool:
    return word in (one.path, one.evidence) or one.path.startswith(f"{word}.")


def _fix(word: str, words: Sequence[str]) -> str:
    return did_you_mean(word, words) or f"give it one: --also {word} LOW HIGH"


# Morris ----------------------------------------------------------------------------------------------------------


def screen(study: Study, trajectories: int, stays: frozenset[str] = frozenset()) -> tuple[dict[str, Screening], Ran]:
    """Return how far each input moves every measure that is asked for; alternatives tell by their difference.

    Args:
        study: what is run at every point.
        trajectories: how many stars.
        stays: inputs that stay as they are taken while others move.
    """

    def points(number: int) -> list[Values]:
        return _points(study.unknowns, _chances(study, number, stays), over_its_range)

    ran = run_study(study, points, trajectories)
    chances = [_chances(study, number, stays) for number in ran.numbers]
    return {key: _screening(key, study, ran, chances) for key in study.keys}, ran


def _chances(study: Study, number: int, stays: frozenset[str]) -> Floats:
    generator = random_numbers(study.settings.seed, TRAJECTORIES * APART + number)
    kept = {
        place: (one.likely - one.low) / (one.high - one.low)  # where a triangle has its peak
        for place, one in enumerate(study.unknowns)
        if one.path in stays
    }
    return star(len(study.unknowns), generator, kept)


def _points(unknowns: Sequence[Unknown], chances: Floats, at: Callable[[Unknown, float], float]) -> list[Values]:
    return [
        {one.path: at(one, float(chance)) for one, chance in zip(unknowns, point, strict=True)} for point in chances
    ]


def over_its_range(one: Unknown, chance: float) -> float:
    """Return an input's value at a chance for the screening, which moves each over its whole range.

    Futures draw half of all values on each side of the value taken: of a range that begins at it half of them are that
    value, and most moves would move nothing.
    """
    value = triangular(one.low, one.likely, one.high, chance)
    return float(round(value)) if one.whole else value


def _screening(key: str, study: Study, ran: Ran, chances: Sequence[Floats]) -> Screening:
    results = _told(ran.of(key), key)
    points = [_points(study.unknowns, one, over_its_range) for one in chances]
    effects = np.array(
        [elementary(_places(study.unknowns, one), own) for one, own in zip(points, results, strict=True)]
    )
    moved = screened(effects, random_numbers(study.settings.seed, SCREEN_RESAMPLES))
    pairs = sorted(zip(study.unknowns, moved, strict=True), key=lambda pair: -pair[1].size)
    return Screening(key, tuple(pairs))


def _told(table: Floats, key: str) -> Floats:
    """Return the base's results, or the difference of the alternative, where they are defined at every point."""
    own = table[:, :, 0] if table.shape[2] == 1 else table[:, :, 1] - table[:, :, 0]
    known = ~np.isnan(own).any(axis=(0, 1))
    if known.sum() < max(2, own.shape[2] / 2):
        rule = f"is undefined in {own.shape[2] - int(known.sum())} of {own.shape[2]} replications at some point"
        raise ScenarioError([Problem("--measure", None, key, None, rule, "take more replications, or another measure")])
    return np.asarray(own[:, :, known])


def _places(unknowns: Sequence[Unknown], points: Sequence[Values]) -> Floats:
    """Return where points lie in the ranges, 0 at the low and 1 at the high end."""
    return np.array([[(point[one.path] - one.low) / (one.high - one.low) for one in unknowns] for point in points])


# Sobol' ----------------------------------------------------------------------------------------------------------


def part(study: Study, samples: int) -> tuple[Portions, Ran]:
    """Return the Sobol' indices of a study's inputs for its first measure; the others stay as they are taken."""
    points = _Rows(study, samples)
    ran = run_study(study, points, samples)
    results = _told(ran.of(study.keys[0]), study.keys[0])
    found = indices(results.mean(axis=2), random_numbers(study.settings.seed, SOBOL_RESAMPLES))
    pairs = sorted(zip(study.unknowns, found, strict=True), key=lambda pair: -pair[1].total.value)
    apart = whole_of(results[:, :2].reshape(-1, results.shape[2])).parts
    seen = float(np.var(results[:, :2].mean(axis=2)))
    luck = min(1.0, max(0.0, 1.0 - ignorance_of(apart) / seen)) if seen > 0 else 0.0
    return Portions(study.keys[0], tuple(pairs), samples, seen, luck), ran


class _Rows:
    """The points of each row of the design; further rows stand ready for those that are refused."""

    def __init__(self, study: Study, samples: int) -> None:
        self._unknowns = study.unknowns
        generator = random_numbers(study.settings.seed, SOBOL_POINTS)
        self._rows = rows(len(study.unknowns), 2 * samples, generator)

    def __call__(self, number: int) -> Sequence[Values]:
        return _points(self._unknowns, self._rows[number % len(self._rows)], value_at)


# both ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What is done: the trajectories of the screening, the rows of Sobol', and how many inputs go on to it."""

    method: Method
    trajectories: int
    samples: int
    top: int


def sensitivity(
    everyone: Sequence[Loaded],
    key: str,
    settings: Settings,
    plan: Plan,
    wanted: Sequence[str] = (),
    also: Sequence[Stated] = (),
) -> Sensitivity:
    """Return which inputs move a measure most.

    Args:
        everyone: the base, and an alternative whose difference is looked at.
        key: the measure.
        settings: replications at every point, seed, who does the work.
        plan: which method, how much of it.
        wanted: inputs to vary; for Sobol' none means those that the screening puts first.
        also: ranges the user gave.

    Raises:
        ScenarioError: when scenarios cannot be compared or an input has no range.
    """
    check(everyone)
    unknowns, stated = chosen_inputs(everyone, wanted, also)
    study_of: Callable[[Sequence[Unknown]], Study] = partial(_study, everyone, key, settings, also, stated=stated)
    screening, portions, everything_ran = None, None, list[Ran]()
    if plan.method == "morris" or not wanted:
        screenings, ran = screen(study_of(unknowns), plan.trajectories)
        screening = screenings[key]
        everything_ran.append(ran)
    if plan.method == "sobol":
        chosen = unknowns if screening is None else [one for one, _ in screening.inputs[: plan.top]]
        portions, ran = part(study_of(chosen), plan.samples)
        everything_ran.append(ran)
    refused = sum((ran.refused for ran in everything_ran), Counter[str]())
    fitted = sum(ran.fitted for ran in everything_ran)
    label, names = told_label(key, everyone), case_names(everyone)
    told = (plan.trajectories, settings.replications, refused, fitted, settings.seed)
    return Sensitivity(key, label, names, screening, portions, *told)


def _study(
    everyone: Sequence[Loaded],
    key: str,
    settings: Settings,
    also: Sequence[Stated],
    unknowns: Sequence[Unknown],
    *,
    stated: bool,
) -> Study:
    own = open_in(everyone, unknowns, also, stated=stated)
    return Study(tuple(everyone), tuple(unknowns), own, (key,), settings)
