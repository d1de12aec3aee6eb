"""Find the input that is varied: its address, its unit, what it is today, and the grid of values that are tried."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from sim.evidence.effects import load_effects
from sim.scenario.check.faults import unknown_key
from sim.scenario.describe import NUMBERS, type_of
from sim.scenario.files import Loaded, load_table
from sim.scenario.patch import find, merge, split
from sim.scenario.problems import Path, Problem, ScenarioError, did_you_mean, shown
from sim.scenario.schema import Scenario
from sim.scenario.shape import TABLES, Shape, shape_at
from sim.scenario.timeline import base_tables, kind_table

Number = int | float
Choice = tuple[tuple[str, Number], ...]  # addresses and the values tried there; () is the base
START: Final[Choice] = (
    ("", 0),
)  # where every alternative starts, nothing varied: the base, or what --with makes of it

DIGITS = re.compile(r"\d")  # a rule that names the value tried is the same rule
CENTS = Decimal("0.01")
DOLLAR_STEPS, STEPS = 100_000, 1_000  # in a range, at most, unless a step is asked for
NOT_VARIED = {
    ("horizon",): "is the frame of base and alternatives alike, so no alternative changes it",
    ("experiment",): "is how the question is asked, not what is decided",
    ("turnover", "level", "separations_per_100_posts_year"): "describes the past, from which all scenarios start",
    ("turnover", "level", "voluntary_share"): "describes the past, from which all scenarios start",
    ("turnover", "level", "involuntary_share"): "describes the past, from which all scenarios start",
}


@dataclass(frozen=True)
class Lever:
    """One input that may be varied; `today` is its value in the base, None where it is left out there."""

    path: str
    about: str
    unit: str
    today: Number | None
    whole: bool
    dated: tuple[str, ...] = ()  # months in which the scenario itself sets it anew

    @property
    def in_dollars(self) -> bool:
        """Whether its unit is dollars."""
        return self.unit.startswith("USD")


@dataclass(frozen=True)
class Grid:
    """The values that are tried, from low to high; the last step is shorter where it does not fit."""

    low: Decimal
    high: Decimal
    step: Decimal
    whole: bool

    @property
    def size(self) -> int:
        """Return how many values there are."""
        return math.ceil((self.high - self.low) / self.step) + 1

    def value(self, place: int) -> Number:
        """Return the value at a place from 0."""
        found = min(self.low + place * self.step, self.high)
        return int(found) if self.whole else float(found)

    def above(self, value: Number) -> int:
        """Return the first place whose value is above another; the size where there is none."""
        if Decimal(str(value)) >= self.high:
            return self.size
        return max(0, math.floor((Decimal(str(value)) - self.low) / self.step) + 1)

    def at(self, share: float) -> Number:
        """Return the value nearest to a share of the way from low to high."""
        return self.value(self.nearest(float(self.low) + share * float(self.high - self.low)))

    def nearest(self, value: float) -> int:
        """Return the place whose value is nearest."""
        place = (Decimal(str(value)) - self.low) / self.step
        return max(0, min(self.size - 1, int(place.to_integral_value(ROUND_HALF_EVEN))))


def lever_of(base: Loaded, path: str, option: str = "--vary") -> Lever:
    """Return the input at an address.

    Raises:
        ScenarioError: when there is no such input, or when no alternative may change it.
    """
    inner, tables = _tables(base.scenario, path, option)
    for fixed, rule in NOT_VARIED.items():
        if inner[: len(fixed)] == fixed:
            raise _fault(option, path, rule, "vary what an alternative decides")
    shape = _shape(inner, tables, path, option)
    if not shape.is_value or type_of(shape) not in NUMBERS:
        raise _fault(option, path, f"is a {type_of(shape)}", "only a number can be varied")
    unit, about = _unit_and_words(shape)
    dated = tuple(change.at for change in base.scenario.change if path in change.set)
    return Lever(path, about or path, unit, _today(inner, tables), type_of(shape) == "whole number", dated)


def _unit_and_words(shape: Shape) -> tuple[str, str]:
    if shape.field is None:
        return "", ""
    extra = shape.field.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else "", shape.field.description or ""


def grid_of(lever: Lever, between: tuple[float, float], step: float | None = None, option: str = "--between") -> Grid:
    """Return the values to try between two ends.

    Left to itself a step is a cent for dollars and 1 for whole numbers; elsewhere, and in wide ranges of dollars, a
    power of ten that gives at most a thousand steps (of dollars a hundred thousand).

    Raises:
        ScenarioError: when the ends or the step make no sense for the input.
    """
    problems = list(_grid_problems(lever, between, step, option))
    if problems:
        raise ScenarioError(problems)
    low, high = (Decimal(str(end)) for end in between)
    return Grid(low, high, _step(lever, high - low) if step is None else Decimal(str(step)), lever.whole)


def varied(base: Loaded, choice: Choice) -> Loaded:
    """Return the base, or what --with makes of it, with some inputs set from the first day on.

    Raises:
        ScenarioError: with every fault that the new values make.
    """
    if choice in ((), START):
        return base
    try:
        loaded = load_table(base.raw, [f"{path}={value!r}" for path, value in choice])
    except ScenarioError as fault:
        raise ScenarioError(_told(problem, base) for problem in fault.problems) from None
    return replace(loaded, path=base.path)


def valid_choices(base: Loaded, choices: Iterable[Choice]) -> dict[Choice, Loaded]:
    """Return the scenario of each choice.

    Raises:
        ScenarioError: with every fault of all of them, each rule told once.
    """
    made: dict[Choice, Loaded] = {}
    problems: dict[tuple[str, str], Problem] = {}
    for choice in choices:
        try:
            made[choice] = varied(base, choice)
        except ScenarioError as fault:
            for one in fault.problems:
                if one.severity == "error":
                    problems.setdefault((one.path, DIGITS.sub("", one.rule)), _with_choice(one, choice))
    if problems:
        raise ScenarioError(problems.values())
    return made


def _told(problem: Problem, base: Loaded) -> Problem:
    return replace(problem, file="--vary" if problem.file == "--set" else base.label)


def _with_choice(problem: Problem, choice: Choice) -> Problem:
    """Return a fault with the values that were tried, unless it names one of them itself."""
    if any(problem.path == path for path, _ in choice):
        return problem
    tried = " and ".join(f"{path} = {value:g}" for path, value in choice)
    return replace(problem, rule=f"{problem.rule} (tried with {tried})")


def _fault(option: str, path: str, rule: str, fix: str = "") -> ScenarioError:
    return ScenarioError([Problem(option, None, path, None, rule, fix)])


def _tables(scenario: Scenario, path: str, option: str) -> tuple[Path, Mapping[str, Any]]:
    """Return an address inside an employer's tables, and those tables at the start."""
    parts, top = split(path), next(base_tables(scenario))[1]
    if parts[0] != "employer":
        return parts, top
    kinds = {kind.name: kind for kind in scenario.employer}
    if len(parts) < 3 or parts[1] not in kinds:
        name = parts[1] if len(parts) > 1 else ""
        fix = did_you_mean(name, kinds) or f"kinds are {', '.join(kinds) or 'none'}"
        raise _fault(option, path, "names no input of an [[employer]]", fix)
    if parts[2] in ("name", "count"):
        raise _fault(option, path, "is the frame of base and alternatives alike: employers are compared one by one")
    return parts[2:], merge(top, kind_table(scenario, kinds[parts[1]], 0))


def _shape(inner: Path, tables: Mapping[str, Any], path: str, option: str) -> Shape:
    for depth in range(len(inner)):
        _see_step(inner, depth, tables, path, option)
    shape = shape_at(inner, tables, TABLES)
    if inner[0] == "effects" and len(inner) == 3 and inner[1] != "months_to_adjust":
        known = {f"effects.{name}" for name in load_effects()}
        if path.removeprefix("employer.").partition("effects.")[2] not in load_effects():
            raise _fault(option, path, "is not a row of the effects table", did_you_mean(path, known))
    if shape is None:
        raise _fault(option, path, "is not an input")
    return shape


def _see_step(inner: Path, depth: int, tables: Mapping[str, Any], path: str, option: str) -> None:
    """See that one step of an address leads on: a key that there is, and a named table that is there."""
    key = inner[depth]
    around, table = shape_at(inner[:depth], tables, TABLES), find(tables, inner[:depth])[0]
    if around is None or around.child(key, table) is None:
        raise _fault(option, path, *unknown_key(key, around or TABLES, table))
    if around.entries is not None and around.entries.tables and key not in table:
        there = ", ".join(table) or "none"
        raise _fault(option, path, f"there is no {key}", did_you_mean(str(key), table) or f"there are: {there}")


def _today(inner: Path, tables: Mapping[str, Any]) -> Number | None:
    value, depth = find(tables, inner)
    if depth < len(inner) and inner[0] == "effects":
        return load_effects()[".".join(map(str, inner[1:]))].effect
    is_number = depth == len(inner) and isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None


def _grid_problems(lever: Lever, between: tuple[float, float], step: float | None, option: str) -> Iterable[Problem]:
    low, high = between
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        yield Problem(option, None, lever.path, f"{low:g} {high:g}", "must be two numbers, the lower one first")
    if lever.whole and not (float(low).is_integer() and float(high).is_integer()):
        yield Problem(option, None, lever.path, f"{low:g} {high:g}", f"must be whole numbers ({lever.unit})")
    if step is not None:
        yield from _step_problems(lever, step)


def _step_problems(lever: Lever, step: float) -> Iterable[Problem]:
    if not (math.isfinite(step) and step > 0):
        yield Problem("--step", None, lever.path, shown(step), "must be above 0")
    elif lever.whole and not float(step).is_integer():
        yield Problem("--step", None, lever.path, shown(step), f"must be a whole number ({lever.unit})")


def _step(lever: Lever, width: Decimal) -> Decimal:
    if lever.whole:
        return Decimal(1)
    finest = width / (DOLLAR_STEPS if lever.in_dollars else STEPS)
    coarse = Decimal(10) ** math.ceil(finest.log10())
    return max(CENTS, coarse) if lever.in_dollars else coarse
