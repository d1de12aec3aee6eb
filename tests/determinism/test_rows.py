"""A row of a block that differs in every number from the others is, to the last bit, what it is alone.

Of each scenario of the library two draws share a block by day, at night (`PEERSTAY_WHOLE=1`) three.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from sim.model.engine.run import simulate
from sim.runs.futures.draws import drawn
from sim.runs.futures.fitting import at_values, fitting
from sim.runs.futures.unknown_inputs import unknowns_of
from sim.scenario.files import load, load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.rows import UnlikeRowsError, rows_of, side_by_side
from sim.scenario.schema import Scenario
from tests.determinism.busy import (
    audited,
    busy,
    busy_portfolio,
    crowded,
    endowed,
    market,
    moving,
    poor,
    positioned,
    renewing,
)
from tests.determinism.digest import digest_of
from tests.determinism.rows import of_row, strays
from tests.determinism.varied import numbers, varied
from tests.scenarios.library import NAMES, file_of
from tests.worlds import merged

SHORT = {"horizon": {"months": 9, "warm_up_months": 3}}
STEPS = {"pay": {"annual_steps": 3, "annual_step_share": 0.03, "certification_premium_share": 0.05}}
FLOOR = {"pay": {"floor": {"kind": "living_wage", "phase_in_months": 6.0, "ratio": 0.95}}}
DRAWS = 3 if os.environ.get("PEERSTAY_WHOLE") else 2
FORMS = ("elasticity", "logistic", "threshold")


@pytest.mark.parametrize(
    "world", [busy, busy_portfolio, market, moving, poor, endowed, crowded, audited, renewing, positioned]
)
def test_rows_that_differ_in_every_number_are_what_they_are_alone(world: Callable[[], Scenario]) -> None:
    assert strays(list(zip(varied(world(), 5, seed=3), varied(world(), 5, seed=4), strict=True))) == []


def test_the_wage_of_one_position_alone_may_differ() -> None:
    rows = [positioned(positions={"night": {"wage_usd_per_hour": wage}}) for wage in (22.0, 25.0)]
    assert strays([(one, one) for one in rows]) == []


@pytest.mark.parametrize("form", FORMS)
def test_any_answer_to_the_wage_and_any_floor_may_differ_by_row(form: str) -> None:
    world = busy(**merged(STEPS, FLOOR), turnover={"wage_response": form})
    later = busy(**merged(STEPS, FLOOR), turnover={"wage_response": form}, change=_later())
    assert strays(list(zip(varied(world, 5, seed=1), varied(later, 5, seed=2), strict=True))) == []


def _later() -> list[dict[str, Any]]:
    floor = {"pay.floor.phase_in_months": 3.0, "pay.floor.ratio": 1.1}
    return [{"at": "2027-10", "set": floor | {"effects.burnout.exit_voluntary": 0.5, "posts.number": 11}}]


def draws(name: str, wanted: int) -> list[Scenario]:
    """Return draws of everything that a scenario of the library leaves open, over a short time."""
    raw = {**merged(dict(load(file_of(name)).raw), SHORT)}
    one = load_table(raw)
    unknowns = unknowns_of([one])
    defaults = {name: getattr(one.scenario, name).model_dump() for name in ("time_use", "turnover", "place")}
    found: list[Scenario] = []
    for number in range(1, 50):
        try:
            found.append(at_values(raw, fitting(drawn(unknowns, 7, number), defaults)[0]))
        except ScenarioError:
            continue
        if len(found) == wanted:
            return found
    raise AssertionError(f"{name}: too few of its draws are possible")


@pytest.mark.parametrize("name", NAMES)
def test_a_draw_of_everything_unknown_is_among_others_what_it_is_alone(name: str) -> None:
    own = draws(name, DRAWS)
    assert strays([(one, one) for one in own]) == []


def test_rows_solve_their_own_turnover() -> None:
    seen = {"turnover": {"level": {"kind": "observed", "separations_per_100_posts_year": 60.0}}}
    rows = varied(busy(**seen, horizon={"months": 6, "warm_up_months": 2}), 2, seed=6)
    among = simulate(rows_of(rows), [], range(2), 1)[0]
    alone = [simulate(one, [], [row], 1)[0] for row, one in enumerate(rows)]
    assert [of_row(among, row) for row in range(2)] == [of_row(one, row) for row, one in enumerate(alone)]
    assert len({of_row(one, row) for row, one in enumerate(alone)}) == 2


def test_rows_of_one_scenario_are_that_scenario() -> None:
    base, other = busy_portfolio(), busy_portfolio(pay={"wage_usd_per_hour": 18.25})
    rows = simulate(rows_of((base,) * 3), [rows_of((other,) * 3)], range(3), 5)
    assert list(map(digest_of, rows)) == list(map(digest_of, simulate(base, [other], range(3), 5)))


def test_rows_differ_in_many_numbers_here() -> None:
    scenario = busy(**merged(STEPS, FLOOR))
    merged_rows = side_by_side(varied(scenario, 40, seed=3))
    plain = [address for address, value, least in numbers(scenario) if value and not _differs(merged_rows, address)]
    assert len(numbers(scenario)) > 200
    assert {one for one in plain if not one.startswith("effects.")} <= {
        "pay.stay_bonus_months",
        "pay.stay_bonus_payments",
        "posts.number",
        "rules.fiscal_year_start_month",
        "funding.grant.term_months",
        "funding.grant.posts_paid",
        "ladder.senior.step",
        "ladder.lead.step",
        "place.households.one_adult.bedrooms",
        "place.households.one_child.bedrooms",
    }


def _differs(tables: Any, address: str) -> bool:
    for name in address.split("."):
        tables = tables[name] if isinstance(tables, dict) else getattr(tables, name)
    return hasattr(tables, "shape")


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ({"posts": {"number": 8}}, "posts.number"),
        ({"funding": {"medicaid": {"billable": ["individual"]}}}, "funding.medicaid.billable"),
        ({"rules": {"freeze_below_months": "off"}}, "rules.freeze_below_months"),
        ({"funding": {"grant": {"term_months": 18}}}, "funding.grant.term_months"),
        ({"ladder": {"senior": {"slots": {"kind": "open"}}}}, "ladder.senior.slots"),
        ({"services": {"demand_client_hours_per_month": 900.0}}, "services.demand_client_hours_per_month"),
    ],
)
def test_rows_of_another_structure_are_refused_by_name(more: dict[str, Any], address: str) -> None:
    with pytest.raises(UnlikeRowsError, match=address):
        side_by_side([busy(), busy(**more)])
