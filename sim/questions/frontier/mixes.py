"""Which mixes of inputs are tried: what varies over which range, what stays equal, and how the mixes are spread."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.model.world.positions import full_time_equivalents
from sim.questions.solve.constraints import known_keys
from sim.questions.solve.levers import Choice, Grid, Lever, grid_of, lever_of, valid_choices
from sim.questions.solve.question import Faults
from sim.results.measures.table import measure_of
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError, did_you_mean
from sim.streams import study

OBJECTIVES: Final = ("separations_standardized_per_100_posts_year", "hours_delivered_per_year")
PUBLIC_BILL, PUBLIC_SPENDING = "public_bill", "public_spending"
PARTS: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    PUBLIC_BILL: (("cost_usd_per_year", 1.0), ("spending_other_usd_per_year", -1.0)),
    PUBLIC_SPENDING: tuple((f"spending_{payer}_usd_per_year", 1.0) for payer in ("federal", "state", "county")),
}
POINTS: Final = 16
SPREAD: Final = (1, 0)  # of the stream that spreads mixes: another --seed judges the same ones
MOST_MIXES: Final = 400
MOST_INPUTS: Final = 8  # every corner of their ranges is checked beforehand
LEAST, MOST = 0.5, 2.0  # of today's value: how far the balancing input may move

Range = tuple[str, float, float]


@dataclass(frozen=True)
class Plan:
    """Which inputs are varied over which ranges, what is kept equal by moving which input, and the objectives.

    With `grid` every combination of so many values of each input is tried, else `points` mixes spread evenly (Sobol).
    """

    vary: tuple[Range, ...]
    measures: tuple[str, ...] = OBJECTIVES
    equal: str = PUBLIC_BILL
    balance: str = "posts.number"
    points: int = POINTS
    grid: int | None = None


@dataclass(frozen=True)
class Planned:
    """A plan that has been checked against its base."""

    plan: Plan
    levers: tuple[tuple[Lever, Grid], ...]
    balance: Lever
    places: Grid  # of the balancing input


def usual(base: Loaded) -> Iterator[Range]:
    """Yield the inputs that mixes usually are made of: wage, slots of the rungs, supervisors."""
    tables = base.scenario
    wage = tables.pay.wage_usd_per_hour
    yield "pay.wage_usd_per_hour", round(0.9 * wage, 2), round(1.1 * wage, 2)
    supervising = any(rung.supervising_share > 0 for rung in tables.ladder.values())
    for name, rung in sorted(tables.ladder.items(), key=lambda one: one[1].step):
        for key, low, most in (("share", 0.0, 1.0), ("number", 0.0, 1e5), ("peers", 0.5, 1e3)):
            today = getattr(rung.slots, key, None)
            if today:
                yield f"ladder.{name}.slots.{key}", low * today, min(most, 2 * today if key != "peers" else 1.5 * today)
    stated = tables.practices.other_supervisors_fte
    if not supervising and stated != 0:
        needed = stated or full_time_equivalents(tables) / tables.practices.peers_per_supervisor_standard
        yield "practices.other_supervisors_fte", round(0.5 * needed, 2), round(1.5 * needed, 2)


def read_plan(base: Loaded, plan: Plan) -> Planned:
    """Return a plan in the terms of its base; without inputs to vary, the usual ones are taken.

    Raises:
        ScenarioError: with everything that is wrong with it.
    """
    plan = plan if plan.vary else replace(plan, vary=tuple(usual(base)))
    faults, levers = Faults(), list[tuple[Lever, Grid]]()
    faults.problems += _faults(base, plan)
    for path, low, high in plan.vary:
        with faults.collected():
            lever = lever_of(base, path)
            levers.append((lever, grid_of(lever, (low, high), option="--vary")))
    balance = None
    with faults.collected():
        lever = lever_of(base, plan.balance, "--balance")
        balance = lever, _balance_grid(lever)
    faults.settle()
    assert balance is not None
    corners = itertools.product(*((grid.value(0), grid.value(grid.size - 1)) for _, grid in levers))
    paths = [lever.path for lever, _ in levers]
    valid_choices(base, [tuple(zip(paths, corner, strict=True)) for corner in corners])
    return Planned(plan, tuple(levers), *balance)


def _faults(base: Loaded, plan: Plan) -> Iterator[Problem]:
    known = known_keys(base.scenario)
    for key in plan.measures:
        if key not in known:
            yield Problem("--measure", None, key, None, "is not a measure", did_you_mean(key, known))
        elif measure_of(key).direction == "neither":
            yield Problem("--measure", None, key, None, "is neither better high nor better low", "choose another")
    if not 2 <= len(plan.measures) <= 3 or len({*plan.measures}) < len(plan.measures):
        yield Problem("--measure", None, ", ".join(plan.measures), None, "must be two or three different measures")
    if plan.equal not in PARTS and plan.equal not in known:
        names = [*PARTS, *known]
        yield Problem("--equal", None, plan.equal, None, "is not a measure", did_you_mean(plan.equal, names))
    yield from _faults_of_inputs(plan)


def _faults_of_inputs(plan: Plan) -> Iterator[Problem]:
    paths = [path for path, _, _ in plan.vary]
    if len(paths) > MOST_INPUTS:
        rule = f"{len(paths)} inputs are more than the {MOST_INPUTS} that can be mixed"
        yield Problem("--vary", None, "", None, rule, "leave some out")
    for path in sorted({path for path in paths if paths.count(path) > 1 or path == plan.balance}):
        yield Problem("--vary", None, path, None, "is named twice", "--balance is moved by itself; vary others")


def _balance_grid(lever: Lever) -> Grid:
    if not lever.today or lever.today < 0:
        rule = "has no value above 0 today from which it could be moved"
        raise ScenarioError([Problem("--balance", None, lever.path, None, rule, "name another input")])
    low, high = LEAST * lever.today, MOST * lever.today
    ends = (max(1.0, float(int(low))), float(int(high))) if lever.whole else (low, high)
    return grid_of(lever, ends, option="--balance")


def design(planned: Planned) -> list[Choice]:
    """Return the mixes: a full grid, or evenly spread points (scrambled Sobol; Owen 1998).

    Raises:
        ScenarioError: when they are too many.
    """
    plan, grids = planned.plan, [grid for _, grid in planned.levers]
    number = plan.points if plan.grid is None else plan.grid ** len(grids)
    if number > MOST_MIXES:
        rule = f"{number:,} mixes are more than the {MOST_MIXES} that can be tried"
        raise ScenarioError([Problem("--points" if plan.grid is None else "--grid", None, "", None, rule)])
    shares = _spread(len(grids), plan.points) if plan.grid is None else _full(len(grids), plan.grid)
    rows = [[grid.at(share) for share, grid in zip(row, grids, strict=True)] for row in shares]
    paths = [lever.path for lever, _ in planned.levers]
    return list(dict.fromkeys(tuple(zip(paths, row, strict=True)) for row in rows))


def _full(inputs: int, values: int) -> Sequence[Sequence[float]]:
    return list(itertools.product(np.linspace(0.0, 1.0, values).tolist(), repeat=inputs))


def _spread(inputs: int, points: int) -> Sequence[Sequence[float]]:
    from scipy.stats import qmc  # noqa: PLC0415  # takes a second to import

    doublings = max(1, (points - 1).bit_length())
    shares: list[list[float]] = qmc.Sobol(inputs, rng=study(*SPREAD)).random_base2(doublings)[:points].tolist()
    return shares
