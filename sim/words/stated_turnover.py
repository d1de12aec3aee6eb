"""Where the base cannot show the turnover that was stated, with both numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sim.model.engine.baseline import Solved
from sim.model.engine.baselines import solved_once
from sim.model.engine.market.others import others_at_start
from sim.scenario.schema import Scenario
from sim.scenario.tables.people import ObservedTurnover
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import MONTHS_PER_YEAR
from sim.words.as_json import Shape
from sim.words.layout import listed

NOISE: Final = 0.02  # of what is stated: some three standard errors of a solution (docs/model.md, section 3)
# A workforce's states multiply the stated rate of return to use by about one; where even five times the rate is below
# what is stated, nothing has to be solved to know that it can be reached.
FAR_BELOW: Final = 5.0
PER_100: Final = 100.0


@dataclass(frozen=True)
class Unreached:
    """A stated level of turnover that cannot be shown; separations per 100 filled posts a year."""

    employer: str
    stated: float
    shown: float  # all of it is return to use


def unreached(base: Scenario) -> tuple[Unreached, ...]:
    """Return the kinds of employers of a base that show more than was stated, by more than noise."""
    doubtful = [plan.name for plan in plans(base) if _doubtful(plan)]
    return _found(base.model_dump_json(), tuple(doubtful)) if doubtful else ()


def _doubtful(plan: EmployerPlan) -> bool:
    turnover = plan.epochs[0][1].turnover
    if not isinstance(turnover.level, ObservedTurnover):
        return False
    return FAR_BELOW * PER_100 * turnover.return_to_use_per_year > turnover.level.separations_per_100_posts_year


@lru_cache(maxsize=64)
def _found(base: str, doubtful: tuple[str, ...]) -> tuple[Unreached, ...]:
    """Solve the doubtful kinds of a base, given as JSON so that the same base is solved once."""
    scenario = Scenario.model_validate_json(base)
    shown = [_shown(plan, scenario) for plan in plans(scenario) if plan.name in doubtful]
    return tuple(one for one in shown if one.shown > (1.0 + NOISE) * one.stated)


def _shown(plan: EmployerPlan, base: Scenario) -> Unreached:
    organization = plan.epochs[0][1]
    level = organization.turnover.level
    solved = solved_once(base, organization, others_at_start(base).get(plan.name))
    assert isinstance(level, ObservedTurnover)
    assert isinstance(solved, Solved)
    monthly = solved.quits + solved.involuntary + solved.others
    return Unreached(plan.name, level.separations_per_100_posts_year, PER_100 * MONTHS_PER_YEAR * monthly)


def turnover_lead(base: Scenario) -> str:
    """Return what was stated and what is shown instead; nothing where the stated level is reached."""
    found = unreached(base)
    told = [_told(one, several=bool(base.employer)) for one in found]
    if not told:
        return ""
    return f"{listed(told)}. Lower turnover.return_to_use_per_year, or state a level that includes it."


def _told(one: Unreached, *, several: bool) -> str:
    whose = f" at {one.employer.replace('_', ' ')}" if several else ""
    return (
        f"You stated {one.stated:,.4g} separations per 100 posts a year{whose}; return to use alone gives "
        f"{one.shown:,.1f}: the base shows {one.shown:,.1f}, all of them by return to use"
    )


def turnover_shape(base: Scenario) -> Shape:
    """Return the same for JSON; nothing where the stated level is reached."""
    found = [
        {
            "employer": one.employer,
            "stated_per_100_posts_year": one.stated,
            "return_to_use_alone_per_100_posts_year": one.shown,
            "shown_per_100_posts_year": one.shown,
        }
        for one in unreached(base)
    ]
    return {"turnover_not_reached": found} if found else {}
