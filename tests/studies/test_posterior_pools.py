"""Wages and vacancies are pooled as their closed forms say, and scores are what a hand would count."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.streams import study as named
from studies.observations import load_studies
from studies.posterior import vacancies, wages
from studies.posterior.scores import Published, crps, crps_normal, scored
from studies.posterior.vacancies import Vacancy
from studies.posterior.wage_effect import Translation
from studies.posterior.wages import FORMS, Estimate

FOUND = wages.estimates(load_studies())


@pytest.mark.parametrize("form", FORMS)
def test_two_estimates_of_a_place_are_one_of_half_the_variance(form: wages.Form) -> None:
    """They share the place's elasticity, so that only their mean tells of center and spread."""
    others = [one for one in FOUND if one.place != "England"]
    two = [Estimate("here", "a", -0.8, 0.3), Estimate("here", "b", -1.2, 0.3)]
    one = [Estimate("here", "a", -1.0, 0.3 / math.sqrt(2))]
    assert wages.pooled([*others, *two], form).chance == pytest.approx(wages.pooled([*others, *one], form).chance)


def test_estimates_of_many_places_pull_the_center_to_their_mean() -> None:
    many = [Estimate(str(place), str(place), -2.0 + 0.1 * (place % 3 - 1), 0.05) for place in range(60)]
    found = wages.pooled(many, "normal")
    assert (found.chance.sum(axis=1) @ found.centers) == pytest.approx(-2.0, abs=0.05)
    assert (found.chance.sum(axis=0) @ found.spreads) < 0.15


def test_a_lognormal_place_never_loses_people_by_a_raise() -> None:
    pools = [wages.pooled(FOUND, form) for form in FORMS]
    assert wages.new_places(pools[1:2], 5000, named(2, 1)).max() < 0.0
    assert wages.weights(pools).sum() == pytest.approx(1.0)


def test_studies_speak_against_one_response_everywhere_and_it_takes_nothing_from_the_draws() -> None:
    """Its weight is so small that 512 new places are those of the two forms with a spread, to the bit."""
    pools = [wages.pooled(FOUND, form) for form in FORMS]
    assert wages.weights(pools)[2] < 1e-6
    assert pools[2].spreads.max() == 0.0
    with_all, of_two = (wages.new_places(some, 512, named(2, 3)) for some in (pools, pools[:2]))
    np.testing.assert_array_equal(with_all, of_two)


def test_one_response_is_the_mean_by_precision_where_the_prior_says_little() -> None:
    found = [Estimate("a", "a", -1.0, 0.1), Estimate("b", "b", -1.3, 0.2)]
    one = wages.pooled(found, "one response")
    precise = np.array([1 / 0.1**2, 1 / 0.2**2, 1.0])  # the prior is normal with mean -1.25 and SD 1
    assert one.chance.sum(axis=1) @ one.centers == pytest.approx(
        precise @ [-1.0, -1.3, -1.25] / precise.sum(), abs=1e-3
    )


def test_without_the_warehouse_study_a_raise_does_less() -> None:
    fewer = [one for one in FOUND if one.study != "emanuel_harrington_2020"]
    medians = [
        np.median(wages.new_places([wages.pooled(found, "lognormal")], 20_000, named(2, 2))) for found in (FOUND, fewer)
    ]
    assert medians[0] < medians[1] < 0.0


def test_a_vacancy_is_separations_times_time_to_fill() -> None:
    """At 30 a year and 113 days 8.5 % of posts stand empty (docs/calibration.md)."""
    assert math.exp(Vacancy("US", "x", 0.085, 0.30).log_days) == pytest.approx(113.1, abs=0.1)


def test_the_center_of_a_cell_is_that_of_normal_conditioning() -> None:
    """The center and the figures are normal together; condition on the figures."""
    seen = [Vacancy("a", "x", 0.08, 0.4), Vacancy("a", "y", 0.10, 0.4), Vacancy("b", "z", 0.2, 0.4)]
    found = vacancies.filled(seen)
    cell = 777
    values = np.array([one.log_days for one in seen])
    same = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    cover = vacancies.MEAN_SD**2 + same * found.between[cell] ** 2 + np.eye(3) * found.leftover[cell] ** 2
    pull = np.linalg.solve(cover, values - vacancies.MEAN)
    assert found.center[cell] == pytest.approx(vacancies.MEAN + vacancies.MEAN_SD**2 * pull.sum())
    left = vacancies.MEAN_SD**2 - vacancies.MEAN_SD**4 * np.linalg.inv(cover).sum()
    assert found.center_sd[cell] ** 2 == pytest.approx(left)


def test_predicted_vacancies_hold_what_was_seen() -> None:
    """Every vacancy of the tables lies within the range of a new place's, 1 to 99 %."""
    found = vacancies.vacancies(load_studies())
    drawn = vacancies.predicted(vacancies.filled(found), 20_000, 0.4, named(2, 3))
    low, high = np.quantile(drawn, (0.01, 0.99))
    assert all(low < one.share < high for one in found)


def test_the_score_of_draws_is_that_of_their_distribution() -> None:
    drawn = named(2, 4).standard_normal(40_000)
    for value in (-0.3, 0.0, 1.7):
        assert crps(value, drawn) == pytest.approx(crps_normal(value, 0.0, 1.0), abs=0.01)
    assert crps(0.7, np.array([0.2])) == pytest.approx(0.5)


def test_a_score_holds_what_lies_in_its_band() -> None:
    figure = Published("s", "kept", "leaving", 0.62, (0.5, 0.45, 0.55), (0.4, 0.8))
    one = scored(figure, np.linspace(0.0, 1.0, 1001))
    assert [one.holds(band) for band in (50, 80, 90)] == [True, True, True]
    assert one.bands[0] == pytest.approx((0.25, 0.75))
    assert one.first_crps == pytest.approx(crps_normal(0.62, 0.5, 0.1 / 3.2897), rel=1e-4)
    assert one.others_crps == pytest.approx(crps_normal(0.62, 0.6, math.sqrt(0.08)))


def test_effects_of_wages_go_through_what_was_seen_and_on_in_lines() -> None:
    turned = Translation(np.array([-2.0, -1.0, 0.0]), np.array([-1.7, -1.0, -0.2]), np.zeros(3))
    asked = np.array([-2.4, -1.7, -0.6, -0.2, 0.2])
    assert turned.effect_of(asked) == pytest.approx([-3.0, -2.0, -0.5, 0.0, 0.5])
