"""Make organizations at random that state their turnover, and measure what their first year shows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.baseline import Solved
from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import Baseline
from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.streams import Generator, study

Floats = NDArray[np.float64]

FIRST_YEAR = 12
EMPLOYERS_AT_ONCE = 400
START = 2027 * 12  # months since year 0
LADDER = {
    "senior": {"step": 1, "slots": {"kind": "share", "share": 0.4}, "months_in_rung_below": 9.0},
    "lead": {"step": 2, "slots": {"kind": "per_peers", "peers": 6.0}, "supervising_share": 0.3},
}


@dataclass(frozen=True)
class FirstYear:
    """What one kind of employer shows in its first year: separations per 100 filled posts."""

    stated: float
    solved: Baseline
    seen: float
    error: float  # standard error of what is seen

    @property
    def z(self) -> float:
        """Return the standard errors between what is seen and what was stated."""
        return (self.seen - self.stated) / self.error

    @property
    def expected(self) -> float:
        """Return what the solution says will be seen."""
        assert isinstance(self.solved, Solved)
        return 1200.0 * (self.solved.quits + self.solved.involuntary + self.solved.others)


def undecided(scenario: Scenario) -> Scenario:
    """Return a scenario's first year with nothing new decided: no dated changes, rules off."""
    return scenario.model_copy(
        update={
            "horizon": scenario.horizon.model_copy(update={"months": FIRST_YEAR}),
            "rules": scenario.rules.model_copy(update={"enforce": False}),
            "employer": tuple(_undecided(kind) for kind in scenario.employer),
            "change": (),
        }
    )


def _undecided(kind: Any) -> Any:
    differs = {**kind.differs, "rules": {**kind.differs.get("rules", {}), "enforce": False}}
    return kind.model_copy(update={"differs": differs})


def first_years(scenario: Scenario, replications: int, seed: int = 1) -> dict[str, FirstYear]:
    """Return what every kind of employer of a scenario shows in its first year."""
    scenario = undecided(scenario)
    solved: dict[str, Baseline] = {}
    employers = sum(plan.count for plan in plans(scenario))
    step = max(1, EMPLOYERS_AT_ONCE // employers)
    parts = [
        simulate(scenario, [], range(first, min(first + step, replications)), seed, solved)[0]
        for first in range(0, replications, step)
    ]
    kinds = zip(plans(scenario), zip(*parts, strict=True), strict=True)
    return {plan.name: _shown(_stated(plan.epochs[0][1]), solved[plan.name], blocks) for plan, blocks in kinds}


def _stated(organization: Any) -> float:
    return float(organization.turnover.level.separations_per_100_posts_year)


def _shown(stated: float, solved: Baseline, blocks: tuple[BlockResult, ...]) -> FirstYear:
    """Return the ratio of exits to years filled over all employers, with the standard error of a ratio."""
    exits, filled = (np.concatenate(column) for column in zip(*map(_by_employer, blocks), strict=True))
    rate = exits.sum() / filled.sum()
    left_over = exits - rate * filled
    error = left_over.std(ddof=1) / filled.mean() / math.sqrt(exits.size)
    return FirstYear(stated, solved, 100.0 * float(rate), 100.0 * float(error))


def _by_employer(block: BlockResult) -> tuple[Floats, Floats]:
    panel = {name: np.asarray(block.panel[name], dtype=np.float64) for name in ("exits", "in_post", "leave_time")}
    return panel["exits"].sum(axis=0), (panel["in_post"] + panel["leave_time"]).sum(axis=0) / FIRST_YEAR


def organizations(number: int, seed: int) -> Iterator[Scenario]:
    """Yield organizations of 5 to 500 posts that state 5 to 100 separations, rosters and ladders among them."""
    generator = study(seed, 0)
    for _ in range(number):
        yield load_table(_tables(generator)).scenario


def _tables(generator: Generator) -> dict[str, Any]:
    posts = round(math.exp(generator.uniform(math.log(5), math.log(500))))
    outside = generator.uniform(15.0, 25.0)
    tables: dict[str, Any] = {
        "horizon": {"start": "2027-01", "months": FIRST_YEAR, "warm_up_months": int(generator.integers(0, 61))},
        "place": {"state": "PA", "outside_wage_usd_per_hour": outside},
        "posts": {"number": posts},
        "pay": {"wage_usd_per_hour": outside * generator.uniform(0.85, 1.25)},
        "turnover": {
            "level": {"separations_per_100_posts_year": math.exp(generator.uniform(math.log(5), math.log(100)))},
            "employer_spread_sd": generator.uniform(0.0, 0.9),
        },
        "recruitment": {"days_to_fill": generator.uniform(20.0, 150.0)},
    }
    if generator.random() < 0.5:
        tables["ladder"] = LADDER
    if generator.random() < 0.5:
        tables["posts"]["roster"] = list(_roster(generator, posts))
    return tables


def _roster(generator: Generator, posts: int) -> Iterator[dict[str, str]]:
    """Yield people hired within some months, one to 180, before the start; up to a fifth of the posts are vacant."""
    longest = math.exp(generator.uniform(0.0, math.log(180)))
    for _ in range(math.ceil(posts * generator.uniform(0.8, 1.0))):
        month = START - 1 - int(generator.uniform(0.0, longest))
        yield {"hired": f"{month // 12}-{month % 12 + 1:02d}"}
