"""What a scenario leaves out follows from its place."""

from statistics import median

import pytest

from sim.evidence.places import load_places, place
from sim.scenario.timeline import plans
from tests.scenario.texts import BASE, loaded


def test_wages_left_out_are_those_of_the_state() -> None:
    filled = loaded('place.state = "PA"\n' + BASE).scenario.place
    known = place("PA")
    assert known.fair_market_rents_usd_per_month[1] * 12 / 0.3 / 2080 == pytest.approx(23.3077, abs=0.0001)
    assert filled.living_wage_usd_per_hour == 23.83  # nine months on, April 2026 to January 2027: 23.3077 × 1.03^0.75
    codes = ("41_2031", "53_7065", "31_1120")
    mean = sum(known.wages_usd_per_hour[code] for code in codes) / 3
    assert filled.outside_wage_usd_per_hour == pytest.approx(mean * 1.03 ** (44 / 12), abs=0.005)  # since May 2023
    assert filled.minimum_wage_usd_per_hour == known.minimum_wage_usd_per_hour


def test_without_a_state_they_are_the_median_over_the_areas() -> None:
    filled = loaded(BASE).scenario.place
    rents = [one.fair_market_rents_usd_per_month[1] for code, one in load_places().items() if code != "US"]
    assert median(rents) == 1234  # 1,234 × 12 / 0.3 / 2,080 = 23.7308, × 1.03^0.75 = 24.26
    assert filled.living_wage_usd_per_hour == 24.26
    assert filled.minimum_wage_usd_per_hour == 7.25


@pytest.mark.parametrize(
    ("start", "growth", "living"),
    [("2026-04", 0.03, 23.31), ("2027-04", 0.03, 24.01), ("2025-04", 0.03, 22.63), ("2027-04", 0.0, 23.31)],
)
def test_a_rent_is_brought_to_the_start_at_the_growth_the_scenario_states(
    start: str, growth: float, living: float
) -> None:
    """23.3077 in April 2026: a year on × 1.03 = 24.0069, a year before / 1.03 = 22.6288."""
    sets = ["place.state=PA", f"horizon.start={start}", f"place.living_wage_growth_per_year={growth}"]
    assert loaded(BASE, sets).scenario.place.living_wage_usd_per_hour == living


def test_what_is_typed_in_stays() -> None:
    text = "place = { state = 'PA', outside_wage_usd_per_hour = 18.0, minimum_wage_usd_per_hour = 0.0 }\n" + BASE
    filled = loaded(text).scenario.place
    assert (filled.outside_wage_usd_per_hour, filled.minimum_wage_usd_per_hour) == (18.0, 0.0)


def test_every_place_has_wages() -> None:
    for state in load_places():
        filled = loaded(BASE, [f"place.state={state}"]).scenario.place
        assert (filled.living_wage_usd_per_hour or 0) > 8
        assert (filled.outside_wage_usd_per_hour or 0) > 10
        assert (filled.minimum_wage_usd_per_hour or 0) >= 7.25


def test_a_kind_in_another_state_has_the_wages_of_that_state() -> None:
    text = 'place.state = "PA"\n' + BASE + '[[employer]]\nname = "a"\n[[employer]]\nname = "b"\nplace.state = "NC"'
    here, there = (plan.epochs[0][1].place for plan in plans(loaded(text).scenario))
    assert here.outside_wage_usd_per_hour == loaded(BASE, ["place.state=PA"]).scenario.place.outside_wage_usd_per_hour
    assert there.outside_wage_usd_per_hour == loaded(BASE, ["place.state=NC"]).scenario.place.outside_wage_usd_per_hour


def test_a_kind_that_leaves_a_typed_wage_out_has_the_wage_of_its_state() -> None:
    text = "place.outside_wage_usd_per_hour = 30.0\n" + BASE
    kinds = '[[employer]]\nname = "a"\n[[employer]]\nname = "b"\nplace.outside_wage_usd_per_hour = "off"'
    here, there = (plan.epochs[0][1].place for plan in plans(loaded(text + kinds).scenario))
    assert here.outside_wage_usd_per_hour == 30.0
    assert there.outside_wage_usd_per_hour == loaded(BASE).scenario.place.outside_wage_usd_per_hour


def test_a_dated_minimum_wage_reaches_every_kind_that_does_not_say_its_own() -> None:
    text = BASE + '[[change]]\nat = "2028-01"\nset = { place.minimum_wage_usd_per_hour = 15.0 }\n'
    kinds = '[[employer]]\nname = "a"\n[[employer]]\nname = "b"\nplace.state = "NY"'
    unfolded = plans(loaded(text + kinds).scenario)
    here, there = ([tables.place.minimum_wage_usd_per_hour for _, tables in plan.epochs] for plan in unfolded)
    assert here == [7.25, 15.0]
    assert there == [place("NY").minimum_wage_usd_per_hour]


def test_kinds_with_one_source_each_need_no_order() -> None:
    block = '{ kind = "grant", amount_usd_per_year = 1e5, start = "2027-01" }'
    other = f'[[employer]]\nname = "b"\nfunding.medicaid = "off"\nfunding.block = {block}'
    text = BASE + '[[employer]]\nname = "a"\n' + other
    orders = [plan.epochs[0][1].rules.braiding for plan in plans(loaded(text).scenario)]
    assert orders == [("medicaid",), ("block",)]


def test_an_employer_without_sources_is_possible() -> None:
    assert loaded("pay.wage_usd_per_hour = 20").scenario.rules.braiding == ()


def test_time_constants_that_are_not_set_keep_their_value() -> None:
    constants = loaded("effects.months_to_adjust.burnout = 4\n" + BASE).scenario.effects.months_to_adjust
    assert constants == {"burnout": 4.0, "satisfaction": 6.0, "role_clarity": 4.0, "recovery": 12.0}


def test_supervisors_left_out_stay_left_out() -> None:
    assert loaded(BASE).scenario.practices.other_supervisors_fte is None
