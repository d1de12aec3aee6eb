"""Read constraints such as `exits_per_year <= 12`, and judge how surely a result meets them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.results import intervals
from sim.results.blocks import Floats, Sums
from sim.results.measures.measure import REPLACING
from sim.results.measures.table import MEASURES, Measure, measure_of
from sim.results.summary import WITHIN, Estimate, difference_of, estimate, estimate_of, row_value_at, value_at
from sim.scenario.problems import Problem, ScenarioError, did_you_mean, shown
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans

Operator = Literal[">=", "<=", ">", "<"]
Sureness = Literal[-1, 0, 1]  # surely unmet, cannot be told from luck, surely met

WISH = re.compile(r"\s*([a-z0-9_.]+)\s*(>=|<=|>|<)\s*(.+?)\s*")
NUMBER = r"[$]?([0-9][0-9,_]*(?:\.[0-9]*)?|\.[0-9]+)(?:e([+-]?\d+))?\s*(%?)"
TARGET = re.compile(rf"(-?)\s*{NUMBER}")
AGAINST = re.compile(rf"base(?:\s*([-+*])\s*{NUMBER})?")
HOW = 'write MEASURE >= VALUE, for example "exits_per_year <= 12" or "exits_per_year <= base - 2" or "… <= base * 0.9"'
ROUNDING: Final = 1e-9  # of a value's size: what is nearer than that is equal
Z: Final = intervals.normal_quantile(WITHIN)


@dataclass(frozen=True)
class Wish:
    """One constraint: a measure against factor · base + offset."""

    key: str
    operator: Operator
    factor: float  # 0 when the base does not matter
    offset: float

    @property
    def wants_more(self) -> bool:
        """Whether larger values meet it."""
        return self.operator.startswith(">")

    @property
    def strict(self) -> bool:
        """Whether being equal is not enough."""
        return len(self.operator) == 1

    @property
    def text(self) -> str:
        """Return it as it may be written on the command line."""
        against = "base" if self.factor == 1.0 else f"base * {self.factor:.12g}"
        beyond = f" {'-' if self.offset < 0 else '+'} {abs(self.offset):.12g}" if self.offset else ""
        return f"{self.key} {self.operator} " + (f"{against}{beyond}" if self.factor else f"{self.offset:.12g}")

    def margins(self, values: Floats, base: Floats) -> Floats:
        """Return by how much each replication is on the right side; NaN where a value is undefined."""
        wished = self.factor * base + self.offset if self.factor else np.full_like(values, self.offset)
        gap = values - wished if self.wants_more else wished - values
        near = np.abs(gap) <= ROUNDING * np.maximum(np.abs(values), np.abs(wished))
        return np.where(near, 0.0, gap)

    def held(self, margin: float) -> bool:
        """Whether a margin is on the right side."""
        return margin > 0 if self.strict else margin >= 0


def wish_of(text: str, scenario: Scenario) -> Wish:
    """Return a condition from its text.

    Raises:
        ScenarioError: when it cannot be read, or names no measure.
    """
    found = WISH.fullmatch(text)
    if found is None:
        raise _fault(text, "is no condition", HOW)
    key, operator, target = found.groups()
    known = list(known_keys(scenario))
    if key not in known:
        raise _fault(text, f"{key} is not a measure", did_you_mean(key, known) or "peerstay measures lists them")
    factor, offset = _target(text, target)
    return Wish(key, operator, factor, offset)  # type: ignore[arg-type]  # the pattern knows the four


def known_keys(scenario: Scenario) -> Sequence[str]:
    """Return the keys of all measures of a scenario, parts after the whole."""
    names = {name for plan in plans(scenario) for _, tables in plan.epochs for name in tables.place.households}
    own = {"household": tuple(sorted(names)) if len(names) > 1 else ()}
    parts = {"cause": CAUSES, "destination": DESTINATIONS, "cost": REPLACING} | own
    return [
        key for one in MEASURES.values() for key in (one.key, *(f"{one.key}.{part}" for part in parts.get(one.by, ())))
    ]


def check_chance(wishes: Sequence[Wish], scenario: Scenario) -> None:
    """See that each condition means something in a single replication.

    Raises:
        ScenarioError: with every one that does not.
    """
    employers = sum(plan.count for plan in plans(scenario))
    problems = [
        Problem("--until", None, shown(wish.text), None, rule, fix)
        for wish in wishes
        for rule, fix in _meaningless(wish, measure_of(wish.key), employers)
    ]
    if problems:
        raise ScenarioError(problems)


def _meaningless(wish: Wish, measure: Measure, employers: int) -> Sequence[tuple[str, str]]:
    if measure.how == "hazard":
        rule = "is found over all projected futures together; in one of them too few newcomers are followed for it"
        fix = "leave --with-chance out, or ask for exits_per_year or stability_12_months"
    elif is_yes_no(wish.key) and employers == 1 and not (wish.operator == "<=" and not wish.factor and not wish.offset):
        rule = "is a chance already: in a single projected future it either happens or does not"
        fix = f'with --with-chance write "{wish.key} <= 0" (it does not happen); without it, the chance you accept'
    else:
        return ()
    return ((rule, fix),)


def is_yes_no(key: str) -> bool:
    """Whether an employer either has it or has it not in a replication."""
    return key.startswith("chance_of_")


def _target(text: str, target: str) -> tuple[float, float]:
    """Return factor and offset."""
    plain, against = TARGET.fullmatch(target), AGAINST.fullmatch(target)
    if plain is not None:
        size = _number(*plain.groups()[1:])
        return 0.0, -size if plain.group(1) else size
    if against is None:
        raise _fault(text, f"{target} is no value", HOW)
    sign = against.group(1)
    if sign is None:
        return 1.0, 0.0
    size = _number(*against.groups()[1:])
    if sign == "*" and size == 0:
        raise _fault(text, "base * 0 is 0", "write 0")
    return (size, 0.0) if sign == "*" else (1.0, -size if sign == "-" else size)


def _number(digits: str, exponent: str | None, percent: str) -> float:
    size = float(digits.replace(",", "").replace("_", "") + (f"e{exponent}" if exponent else ""))
    return size / 100.0 if percent else size


def _fault(text: str, rule: str, fix: str) -> ScenarioError:
    return ScenarioError([Problem("--until", None, shown(text), None, rule, fix)])


# judging ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """How a result compares with the constraints.

    `measured` and `margins` are a mean and interval for each constraint. With a chance asked for, `chance` is the share
    of replications in which all constraints hold together, with its Wilson interval, and decides; else the means do.
    `score` is larger the nearer a result comes to meeting the constraints; `leans` tells by how much it meets them,
    surely does, and does not surely fail to.
    """

    measured: tuple[Estimate, ...]
    margins: tuple[Estimate, ...]
    chance: Estimate | None
    met: bool
    sure: Sureness
    score: tuple[float, float]
    leans: tuple[float, float, float]


def judged(wishes: Sequence[Wish], chance: float | None, sums: Sums, base: Sums) -> Verdict:
    """Return the verdict on what the sums of a result, and those of the base, say."""
    values = [(value_at(wish.key, sums), value_at(wish.key, base)) for wish in wishes]
    measured = tuple(estimate_of(wish.key, own) for wish, (own, _) in zip(wishes, values, strict=True))
    margins = tuple(_margin(wish, *pair) for wish, pair in zip(wishes, values, strict=True))
    sizes = [_size(wish, before) for wish, (_, before) in zip(wishes, values, strict=True)]
    nearest, *_ = leans = _least(margins, sizes)
    if chance is None:
        met = all(one.mean is not None and wish.held(one.mean) for wish, one in zip(wishes, margins, strict=True))
        return Verdict(measured, margins, None, met, _sureness(wishes, margins), (float(met), nearest), leans)
    share = wilson(*_counted(wishes, sums, base))
    found, low, high = (end or 0.0 for end in (share.mean, share.low, share.high))
    leans, decided = (found - chance, low - chance, high - chance), _at_least(share.mean, chance)
    return Verdict(measured, margins, share, decided, _against(share, chance), (found, nearest), leans)


def _least(margins: Sequence[Estimate], sizes: Sequence[float]) -> tuple[float, float, float]:
    """The least of the margins, of their low and of their high ends, each by the size of its target."""
    mean, low, high = (
        min(-math.inf if end is None else end / size for end, size in zip(ends, sizes, strict=True))
        for ends in zip(*((one.mean, one.low, one.high) for one in margins), strict=True)
    )
    return mean, low, high


def wilson(events: int, trials: int) -> Estimate:
    """Return a share with its Wilson score interval, sound near 0 and 1 too."""
    share = events / trials
    return Estimate(share, *intervals.wilson(share, trials, Z), trials)


def runs_needed(chance: float) -> int:
    """Return how many replications can show a chance at all: those with which Wilson's lower end reaches it."""
    return math.ceil(chance * Z * Z / (1 - chance) - ROUNDING)


def _at_least(share: float | None, chance: float) -> bool:
    return share is not None and share >= chance - ROUNDING


def _against(share: Estimate, chance: float) -> Sureness:
    if _at_least(share.low, chance):
        return 1
    return 0 if _at_least(share.high, chance) else -1


def _margin(wish: Wish, values: Floats, base: Floats) -> Estimate:
    """Return the margin's mean and interval; of a chance from the interval of its share, or of the paired difference.

    Against a multiple of the base's chance the multiple is taken as it was found.
    """
    found = estimate(wish.margins(values, base))
    if not is_yes_no(wish.key) or found.n < 2:
        return found
    beyond = (wish.factor - 1.0) * float(np.nanmean(base)) + wish.offset
    one = difference_of(wish.key, base, values) if wish.factor else estimate_of(wish.key, values)
    wished = beyond if wish.factor else wish.offset
    ends = [(end - wished) * (1.0 if wish.wants_more else -1.0) for end in (one.low or 0.0, one.high or 0.0)]
    return Estimate(found.mean, min(ends), max(ends), found.n)


def _sureness(wishes: Sequence[Wish], margins: Sequence[Estimate]) -> Sureness:
    """Return -1 where one constraint is surely unmet, 1 where all are surely met."""
    pairs = list(zip(wishes, margins, strict=True))
    if any(one.high is not None and not wish.held(one.high) for wish, one in pairs):
        return -1
    return 1 if all(one.low is not None and wish.held(one.low) for wish, one in pairs) else 0


def _counted(wishes: Sequence[Wish], sums: Sums, base: Sums) -> tuple[int, int]:
    """Return in how many replications all constraints hold together, of how many."""
    margins = np.array([wish.margins(row_value_at(wish.key, sums), row_value_at(wish.key, base)) for wish in wishes])
    strict = np.array([[wish.strict] for wish in wishes])
    holds = np.where(strict, margins > 0, margins >= 0).all(axis=0)
    return int(holds.sum()), int(holds.size)


def _size(wish: Wish, base: Floats) -> float:
    """Return the size of a constraint's target, by which margins of several constraints are compared."""
    mean = estimate(base).mean if wish.factor else None
    return abs(wish.factor * (mean or 0.0) + wish.offset) or 1.0
