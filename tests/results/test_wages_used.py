"""Wages used, each in the dollars of its month."""

from __future__ import annotations

from sim.results.on_paper.wages_used import wages_used
from sim.scenario.timeline import plans
from sim.units import month_number
from tests.worlds import quiet


def used(**tables: object) -> list[tuple[int, float]]:
    scenario = quiet(**tables)
    horizon = scenario.horizon
    told = wages_used(plans(scenario)[0], month_number(horizon.start), horizon.months)
    return [(one.month, round(one.entry, 4)) for one in told]


def test_a_dated_wage_is_paid_as_typed_and_grows_from_there() -> None:
    change = [{"at": "2028-01", "set": {"pay.wage_usd_per_hour": 28.0}}]
    pay = {"wage_usd_per_hour": 20.0, "cost_of_living_share": 0.02}
    told = used(horizon={"start": "2027-07", "months": 24}, pay=pay, change=change)
    assert told == [(0, 20.0), (6, 28.0), (12, 28.56)]


def test_wages_that_never_move_are_told_once() -> None:
    assert used(horizon={"start": "2027-07", "months": 36}) == [(0, 20.0)]


def test_a_floor_that_is_reached_in_steps_lifts_the_entry_wage_month_by_month() -> None:
    pay = {"wage_usd_per_hour": 20.0, "floor": {"kind": "living_wage", "phase_in_months": 24.0}}
    place = {"living_wage_usd_per_hour": 26.0, "living_wage_source": "typed"}
    told = used(horizon={"start": "2027-07", "months": 24}, pay=pay, place=place)
    assert told == [(0, 20.25), (12, 23.25)]  # 6 dollars in 24 steps; the first is taken at once


def test_a_position_with_a_wage_of_its_own_is_told_beside_the_scale() -> None:
    scenario = quiet(
        horizon={"start": "2027-07", "months": 24},
        pay={"wage_usd_per_hour": 20.0, "cost_of_living_share": 0.02},
        positions={"night": {"number": 3, "wage_usd_per_hour": 24.0}, "day": {"number": 2}},
        change=[{"at": "2028-01", "set": {"positions.night.wage_usd_per_hour": 26.0}}],
    )
    told = wages_used(plans(scenario)[0], month_number("2027-07"), 24)
    own = [(one.month, round(one.entry, 4), {name: round(wage, 4) for name, wage in one.positions}) for one in told]
    assert own == [(0, 20.0, {"night": 24.0}), (6, 20.0, {"night": 26.0}), (12, 20.4, {"night": 26.52})]
