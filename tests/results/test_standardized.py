"""Leaving with the base's mix of tenure: worked by hand, and adding up."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.rules.turnover import HazardByTenure
from sim.model.world import log
from sim.results.measures.formulas import (
    from_the_mix,
    kept_as_new,
    kept_unless_lost,
    pseudo_values,
    retention,
    standardized,
    standardized_leaving,
)
from sim.results.summary import measure_all, values_of
from sim.results.sums import BANDS, all_beside_base, beside_base, gather, job_sums
from sim.results.tenure import in_bands, in_year, jobs
from sim.scenario.schema import Scenario
from tests.results.made import Made
from tests.worlds import quiet, run_one

ONLY = np.array([0])
LEAVING = {
    "level": {"kind": "hazards", "voluntary_per_year": 0.6},
    "tenure_shape": 0.6,
    "return_to_use_per_year": 0.0,
    "early_peak": 1.0,
    "employer_spread_sd": 0.0,
}


def sums(
    exits: list[float], lived: list[float], closed: float = 0.0, expected: list[float] | None = None
) -> dict[str, np.ndarray]:
    """Return the sums of one replication: exits, months lived and exits expected (left out: alike) by band."""
    years = np.array([sum(lived) / 12.0])
    told = {"exits_by_band": np.array([exits]), "lived_by_band": np.array([lived])}
    told["expected_by_band"] = np.array([[0.05 * month for month in lived] if expected is None else expected])
    told |= {"left.layoff": np.array([0.0]), "left.closure": np.array([closed])}
    return told | {"left": np.array([sum(exits) + closed]), "filled_years": years}


def test_newcomers_who_leave_as_often_count_with_the_bases_share_of_them() -> None:
    """Base: 40 exits in 200 months of newcomers, 60 in 1,800 of others; then half the newcomers, who leave as often."""
    base, other = sums([40.0, 60.0], [200.0, 1800.0]), sums([20.0, 76.0], [100.0, 1900.0])
    beside = beside_base(other, base)
    assert standardized(base) == pytest.approx([60.0])  # 100 exits in 2,000 months, by 1,200
    assert standardized(beside) == pytest.approx([1200.0 * (200.0 * 0.2 + 1800.0 * 0.04) / 2000.0])  # 67.2
    assert from_the_mix(beside) == pytest.approx([57.6 - 67.2])
    assert from_the_mix(base) == pytest.approx([0.0])


def test_fewer_people_at_an_employer_that_loses_many_are_no_people_kept() -> None:
    """Half the base's 100 months are with an employer that loses 0.08 a month, half with one that loses 0.02.

    The alternative has 10 months with the former and 50 with the latter, where as many leave as are expected: the
    plain rate falls from 60 to 36 per 100 and nobody is kept longer. Where a quarter fewer leave than expected, 45.
    """
    base, other = sums([5.0], [100.0], expected=[5.0]), sums([1.8], [60.0], expected=[1.8])
    fewer_leave = sums([1.35], [60.0], expected=[1.8])
    assert standardized(base) == pytest.approx([60.0])
    assert standardized(other) == pytest.approx([36.0])
    assert standardized(beside_base(other, base)) == pytest.approx([60.0])
    assert from_the_mix(beside_base(other, base)) == pytest.approx([36.0 - 60.0])
    assert standardized(beside_base(fewer_leave, base)) == pytest.approx([45.0])


def test_cells_in_which_hardly_anybody_is_in_sight_have_one_rate_together() -> None:
    """One exit where 0.001 were expected, none where 4 were, 20 where 20 were: the base's 50, 10 and 30 expected.

    The first two are one cell, though both are below 5 expected, and so is the next larger, since they have not 5
    together: 21/24.001 of the base's 90. With 2 more expected in the second, the third stands alone.
    """
    base = sums([40.0, 12.0, 33.0], [1000.0, 200.0, 600.0], expected=[50.0, 10.0, 30.0])
    other = sums([1.0, 0.0, 20.0], [0.02, 80.0, 400.0], expected=[0.001, 4.0, 20.0])
    more = sums([1.0, 0.0, 20.0], [0.02, 120.0, 400.0], expected=[0.001, 4.999, 20.0])
    assert standardized(beside_base(other, base)) == pytest.approx([1200.0 * 90.0 * 21.0 / 24.001 / 1800.0])
    assert standardized(beside_base(more, base)) == pytest.approx([1200.0 * (60.0 / 5.0 + 30.0) / 1800.0])
    assert standardized(base) == pytest.approx([1200.0 * 85.0 / 1800.0])  # its own exits, however few


def test_where_nothing_is_expected_months_lived_count() -> None:
    base, other = sums([2.0], [100.0], expected=[0.0]), sums([1.0], [25.0], expected=[0.0])
    assert standardized(beside_base(other, base)) == pytest.approx([1200.0 * 1.0 / 25.0])


def test_expected_are_months_lived_times_the_hazard_of_the_employer() -> None:
    """Two kinds: 0.02 a month whatever the tenure, and 0.10; a month and a half with each, the second hired anew."""
    calm, hasty = (Made(months=12, posts=1, kind=kind) for kind in ("calm", "hasty"))
    calm.leaving, hasty.leaving = HazardByTenure(0.0, 0.02, 1.0, 0.0, 3.0), HazardByTenure(0.0, 0.10, 1.0, 0.0, 3.0)
    calm.job((0, 0), hired=-30.0, left=1.5)
    hasty.job((0, 0), hired=3.0, left=4.5)
    told = job_sums([calm, hasty], ONLY)
    bands = len(BANDS)
    assert told["expected_by_band"].shape == (1, 2 * bands)  # a year of the one, then of the other
    assert told["expected_by_band"][0, :bands].sum() == pytest.approx(0.03)
    assert told["expected_by_band"][0, bands : bands + 3].tolist() == pytest.approx([0.1, 0.05, 0.0])
    assert told["expected_as_new"][0, 12:15].tolist() == pytest.approx([0.1, 0.05, 0.0])


def test_the_hazard_by_tenure_is_the_models() -> None:
    """0.02·g(tenure)·own effect + 0.01, with g of docs/model.md, section 6: at 3 months (4/12)^−0.2·2, at 11 months."""
    by_tenure = HazardByTenure(np.array([0.02, 0.04]), 0.01, 0.8, 1.0, 3.0).at(np.array([3.0, 11.0]), 2)
    at_three = (1 / 3) ** -0.2 * 2.0
    at_eleven = 1.0 + (11 / 3 * np.exp(1 - 11 / 3)) ** 2
    expected = [[0.02 * at_three + 0.01, 0.02 * at_eleven + 0.01], [0.04 * at_three + 0.01, 0.04 * at_eleven + 0.01]]
    assert by_tenure == pytest.approx(np.array(expected))


def test_where_the_scenario_has_nobody_the_bases_rate_stands() -> None:
    base, other = sums([2.0, 3.0], [10.0, 90.0]), sums([0.0, 3.0], [0.0, 100.0])
    assert standardized(beside_base(other, base)) == pytest.approx([1200.0 * (2.0 + 90.0 * 0.03) / 100.0])


def test_posts_lost_are_added_over_the_scenarios_own_time() -> None:
    base, other = sums([2.0, 3.0], [10.0, 90.0]), sums([1.0, 2.0], [5.0, 45.0], closed=10.0)
    leaving_alone = 10.0 * 0.2 + 90.0 * 2.0 / 45.0
    assert standardized(beside_base(other, base)) == pytest.approx([12.0 * leaving_alone + 1200.0 * 10.0 / 50.0])


def test_layoffs_apart_leaves_what_people_leave_by_and_both_together_are_all() -> None:
    """2 + 3 exits and 10 layoffs in 100 months: 60 of 180 per 100 are leaving. Of newcomers 0.2 leave, 0.1 are lost."""
    told = sums([2.0, 3.0], [10.0, 90.0], closed=10.0)
    assert standardized(told) == pytest.approx([180.0])
    assert standardized_leaving(told) == pytest.approx([60.0])
    none = [0.0] * 11
    new = {"exits_as_new": np.array([[2.0, *none]]), "lived_as_new": np.array([[10.0] * 12])}
    new |= {"expected_as_new": np.array([[1.0] * 12]), "posts_lost_as_new": np.array([[0.0, 1.0, *none[1:]]])}
    assert kept_unless_lost(new) == pytest.approx([np.exp(-0.2)])
    assert kept_as_new(new) == pytest.approx([np.exp(-0.3)])


def test_of_those_there_at_the_start_who_is_laid_off_is_followed_until_then() -> None:
    """Of three one leaves at 1.5 months, with 2.5 of the second month lived, one is laid off at 6: exp(−1/2.5)."""
    made = Made(months=24)
    made.job((0, 0), hired=-5.0, left=1.5)
    made.job((1, 0), hired=-20.0, left=6.0, cause="layoff")
    made.job((2, 0), hired=-1.0, left=18.0)
    made.job((3, 0), hired=2.0, left=3.0)  # no one there at the start
    told = job_sums([made], ONLY)
    assert told["exits_from_start"].tolist() == [[0.0, 1.0, *[0.0] * 10]]
    assert told["lived_from_start"].tolist() == [[3.0, 2.5, 2.0, 2.0, 2.0, 2.0, *[1.0] * 6]]
    assert retention(12, "from_start")(told) == pytest.approx([np.exp(-1 / 2.5)])


def test_an_employer_that_closes_late_loses_those_hired_in_its_last_year() -> None:
    """One hire a month, none leaves; all go when it closes after 50 months: of those hired, 38 of 50 are kept."""
    base, closing = Made(months=60, posts=60), Made(months=60, posts=60)
    for month in range(60):
        base.job((month, 0), hired=month + 0.5)
        if month < 50:
            closing.job((month, 0), hired=month + 0.5, left=50.0, cause="closure")
    own, other = all_beside_base([gather([one], quiet(horizon={"months": 60})) for one in (base, closing)])
    assert kept_as_new(own) == pytest.approx([1.0])
    assert kept_as_new(other) == pytest.approx([38.0 / 50.0], abs=0.03)


def test_with_nobody_in_post_it_is_undefined() -> None:
    assert np.isnan(standardized(beside_base(sums([0.0, 0.0], [0.0, 0.0]), sums([2.0, 3.0], [10.0, 90.0])))).all()


def test_exits_and_months_are_parted_by_year_and_band_and_add_up() -> None:
    made = Made(months=30)
    made.job((0, 0), hired=-200.0, left=12.0, cause="layoff")  # at a year's end: in the year that ends
    made.job((1, 0), hired=10.5, left=14.0)
    made.job((2, 0), hired=25.0)
    spells = jobs(made, ONLY)
    first, second, third = (in_bands(in_year(spells, year), 1, BANDS) for year in range(3))
    assert [exits.sum() for exits, _ in (first, second, third)] == [1.0, 1.0, 0.0]
    assert first[0][0, -1] == 1.0  # ten years and more in the job
    assert first[1][0].tolist() == [1.0, 0.5, *[0.0] * 12, 12.0]
    assert second[1][0].tolist() == [0.0, 0.5, 1.0, 0.5, *[0.0] * 11]
    assert second[0][0, 3] == 1.0
    assert third[1][0].tolist() == [1.0, 1.0, 1.0, 1.0, 1.0, *[0.0] * 10]


def test_newcomers_of_each_year_count_as_in_the_base() -> None:
    """Year by year 2 of 10 and 4 of 10 newcomers leave in the first month; hired in the first year alone, 2 of 10."""
    none = [0.0] * 11
    lived, others = [10.0, *none, 10.0, *none], [40.0, *none, 0.0, *none]
    lived, others = ([month + (index % 12 > 0) for index, month in enumerate(one)] for one in (lived, others))
    same, fewer = ({"expected_as_new": 0.1 * np.array([one])} for one in (lived, others))
    kept_on = {"posts_lost_as_new": np.zeros((1, 12))}
    base = kept_on | same | {"exits_as_new": np.array([[2.0, *none, 4.0, *none]]), "lived_as_new": np.array([lived])}
    early = kept_on | fewer | {"exits_as_new": np.array([[8.0, *none, 0.0, *none]]), "lived_as_new": np.array([others])}
    assert kept_as_new(base) == pytest.approx([np.exp(-0.3)])
    assert kept_as_new(early) == pytest.approx([np.exp(-0.2)])  # by itself it seems to keep more
    assert kept_as_new(beside_base(early, base)) == pytest.approx([np.exp(-0.3)])


def test_of_a_base_it_is_the_curve_of_all_newcomers() -> None:
    told = gather([run_one(leaving(), 6)], leaving())
    assert kept_as_new(told) == pytest.approx(retention(12)(told), nan_ok=True)
    together = {name: one.sum(axis=0, keepdims=True) for name, one in told.items()}
    assert np.isfinite(kept_as_new(together)).all()


def leaving(**more: object) -> Scenario:
    return quiet(turnover=LEAVING, horizon={"months": 30, "warm_up_months": 12}, **more)


def test_a_base_is_its_own_standard_and_its_exposure_is_the_time_its_posts_are_filled() -> None:
    told = gather([run_one(leaving(), 6)], leaving())
    assert told["lived_by_band"].sum(axis=1) == pytest.approx(told["filled_months"])
    lost = told["left.layoff"] + told["left.closure"]
    assert told["exits_by_band"].sum(axis=1) + lost == pytest.approx(told["left"])
    values = values_of(told)
    same = values["separations_standardized_per_100_posts_year"]
    assert np.mean(same) == pytest.approx(np.mean(values["separations_per_100_posts_year"]))
    assert values["separations_from_tenure_mix_per_100_posts_year"] == pytest.approx(np.zeros(6), abs=1e-9)


def test_the_parts_of_a_change_in_separations_add_up_run_by_run() -> None:
    runs = (run_one(leaving(recruitment={"days_to_fill": days}), 6) for days in (60.0, 400.0))
    everyone = all_beside_base([gather([one], leaving()) for one in runs])
    base, other = (
        {name: pseudo_values(formula, own) for name, formula in (("same", standardized), ("mix", from_the_mix))}
        for own in everyone
    )
    raw = [values_of(own)["separations_per_100_posts_year"] for own in everyone]
    assert (other["same"] - base["same"]) + (other["mix"] - base["mix"]) == pytest.approx(raw[1] - raw[0])


def test_who_is_in_post_at_the_start_is_followed_for_a_year() -> None:
    made = Made(months=24)
    made.job((0, 0), hired=-5.0)
    made.job((1, 0), hired=-5.0, left=6.0, cause="closure")
    made.job((2, 0), hired=0.5, left=20.0)
    values = measure_all([made], quiet(horizon={"months": 24}))
    assert values["retention_in_post_12_months"].tolist() == [0.5]


def test_a_projection_of_less_than_a_year_tells_nothing_of_it() -> None:
    made = Made(months=11)
    made.job((0, 0), hired=-5.0)
    assert np.isnan(measure_all([made], quiet(horizon={"months": 24}))["retention_in_post_12_months"]).all()


def test_those_hired_and_promoted_are_counted_once_and_those_there_before_are_not() -> None:
    made = Made(months=36)
    made.job((0, 0), hired=-5.0)
    made.fact(log.PROMOTED, 3.0, (0, 0), -5.0, rung=1)
    made.job((1, 0), hired=1.0)
    made.fact(log.PROMOTED, 13.0, (1, 0), 1.0, rung=1)
    made.fact(log.PROMOTED, 25.0, (1, 0), 1.0, rung=2)
    for post in range(2, 5):
        made.job((post, 0), hired=2.0)
    values = measure_all([made], quiet(horizon={"months": 36}))
    assert values["hired_and_promoted_share"].tolist() == [0.25]
