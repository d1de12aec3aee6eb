"""Hazards solved by the engine show, in the plain reference, the turnover that was stated."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.engine.baseline import solve_baseline
from sim.model.engine.opening import world_of
from sim.scenario.timeline import plans
from tests.reference import scenarios as parts
from tests.reference.hazards import Baseline
from tests.reference.model import Pilot

NEW = {"posts": {"number": 6, "roster": [{"hired": "2026-12"}] * 6}}
SHORT = {"horizon": {"warm_up_months": 6}, "posts": {"number": 20}}


@pytest.mark.parametrize("more", [NEW, SHORT], ids=["newly-hired", "short-warm-up"])
def test_the_engines_hazards_show_what_is_stated_in_the_reference(more: dict[str, Any]) -> None:
    """Of some 4,000 posts 1,200 leave: standard error 3 %, with employers' spread 4 %."""
    scenario = parts.made(parts.FEE_FOR_SERVICE, more)
    plan = plans(scenario)[0]
    world = world_of(plan.epochs[0][1], scenario.horizon, feedback=scenario.experiment.feedback)
    solved = solve_baseline(world, plan.epochs[0][1])
    plain = Baseline(solved.voluntary, solved.dismissal, solved.other)
    quits, to_use, at_work = Pilot(plan, scenario).first_year(plain)
    shown = quits + to_use + at_work * (plain.dismissal + plain.other)
    assert 1200.0 * shown == pytest.approx(30.0, rel=0.08)
