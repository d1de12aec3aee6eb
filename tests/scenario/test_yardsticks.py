"""Which living wage counts for whom: the user's own figure first, then a typed ratio, then a rent."""

from __future__ import annotations

import pytest

from sim.evidence.places import place
from sim.model.world.terms import compile_terms
from sim.scenario.timeline import plans
from sim.scenario.yardsticks import Yardstick, yardsticks
from tests.scenario.texts import BASE, loaded, warned

FAMILIES = """
[place]
state = "MD"
[place.households]
alone = { share = 0.4 }
child = { share = 0.3, bedrooms = 2 }
couple = { share = 0.2, living_wage_ratio = 0.7 }
parent = { share = 0.1, living_wage_usd_per_hour = 40.0, living_wage_source = "a calculator, 2026" }
"""
OWN = ("place.living_wage_usd_per_hour=20.0", "place.living_wage_source=a county table, 2026")


def found(text: str, *sets: str) -> dict[str, Yardstick]:
    (plan,) = plans(loaded(text + BASE, list(sets)).scenario)
    return {one.household: one for one in yardsticks(plan.epochs[0][1])}


def test_a_household_is_one_adult_with_one_bedroom_unless_it_says_otherwise() -> None:
    (one,) = found('place.state = "PA"\n').values()
    assert (one.household, one.share, one.bedrooms, one.method) == ("one_adult", 1.0, 1, "rent")
    assert one.usd_per_hour == one.one_adult == 23.83  # 23.3077 × 1.03^0.75, April 2026 to January 2027
    assert not one.own_one_adult


def test_without_own_figures_each_household_has_the_housing_wage_of_its_bedrooms() -> None:
    for bedrooms, rent in enumerate(place("MD").fair_market_rents_usd_per_month):
        one = found(FAMILIES, f"place.households.child.bedrooms={bedrooms}")["child"]
        assert one.usd_per_hour == pytest.approx(rent * 12 / 0.3 / 2080 * 1.03**0.75, abs=0.01)


def test_the_users_own_figure_comes_before_ratio_and_ratio_before_rent() -> None:
    households = found(FAMILIES)
    assert [households[name].method for name in ("child", "couple", "parent")] == ["rent", "own ratio", "own figure"]
    assert households["parent"].usd_per_hour == pytest.approx(40.0)
    assert households["couple"].usd_per_hour == pytest.approx(0.7 * households["alone"].usd_per_hour)
    both = found(FAMILIES, "place.households.couple.living_wage_usd_per_hour=15")["couple"]
    assert (both.usd_per_hour, both.method) == (pytest.approx(15.0), "own figure")


def test_a_typed_living_wage_of_one_adult_is_scaled_by_rents() -> None:
    households = found(FAMILIES, *OWN)
    rents = place("MD").fair_market_rents_usd_per_month
    assert households["alone"].usd_per_hour == 20.0
    assert households["child"].usd_per_hour == pytest.approx(20.0 * rents[2] / rents[1])
    assert households["child"].own_one_adult
    assert households["child"].source == "a county table, 2026"
    assert households["parent"].source == "a calculator, 2026"


def test_an_own_figure_stays_what_it_is_when_the_living_wage_of_one_adult_changes() -> None:
    text = FAMILIES + BASE + '[[change]]\nat = "2028-01"\nset = { place.living_wage_usd_per_hour = 50.0 }\n'
    (plan,) = plans(loaded(text).scenario)
    later = plan.epochs[-1][1]
    by_name = {one.household: one for one in yardsticks(later)}
    assert by_name["alone"].usd_per_hour == 50.0
    assert by_name["parent"].usd_per_hour == pytest.approx(40.0)


def test_the_model_measures_each_household_by_its_yardstick() -> None:
    (plan,) = plans(loaded(FAMILIES + BASE).scenario)
    tables = plan.epochs[0][1]
    ratios = [ratio for _, ratio in compile_terms(tables).households]
    assert ratios == pytest.approx([one.usd_per_hour / one.one_adult for one in yardsticks(tables)])


@pytest.mark.parametrize("bedrooms", [-1, 3, 1.5])
def test_only_bedrooms_with_a_known_rent_are_taken(bedrooms: float) -> None:
    with pytest.raises(Exception, match=r"place\.households\.child\.bedrooms"):
        found(FAMILIES, f"place.households.child.bedrooms={bedrooms}")


def test_what_an_own_figure_makes_idle_is_named() -> None:
    idle = warned(FAMILIES + BASE, ["place.households.parent.bedrooms=2", "place.households.couple.bedrooms=0"])
    told = "\n".join(map(str, idle))
    assert "parent.bedrooms" in told
    assert "living_wage_usd_per_hour is set" in told
    assert "couple.bedrooms" in told
    assert "living_wage_ratio is set" in told


def test_an_own_figure_without_a_source_is_warned_of() -> None:
    told = "\n".join(map(str, warned(FAMILIES.replace(', living_wage_source = "a calculator, 2026"', "") + BASE)))
    assert "place.households.parent.living_wage_usd_per_hour" in told
    assert "has no source" in told
