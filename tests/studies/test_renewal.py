"""Renewal gives closed forms exactly where there are any, and what the engine shows where there are none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.questions.fit.survival import AGES, MONTHS
from sim.results.blocks import Floats, Rows
from sim.results.tenure import STILL_THERE, jobs
from sim.units import DAYS_PER_MONTH
from studies.renewal import NoLevelError, Rates, Shape, at_level, flows
from tests.worlds import quiet, run_one

Flags = NDArray[np.bool_]
PLAIN = Shape(fill_months=2.0)
SPREAD = Shape(tenure_shape=0.8, early_peak=0.8, worker_spread=0.4, employer_spread=0.7, fill_months=2.0)


def test_a_constant_hazard_is_a_poisson_process() -> None:
    """Two of a hundred leave a month: kept exp(-0.02 months), vacant 2 of 52 months, 24 separations a year."""
    found = flows(PLAIN, Rates(0.015, 0.005))
    assert found.newcomers_kept(12) == pytest.approx(math.exp(-0.24))
    assert found.in_post_kept(12) == pytest.approx(math.exp(-0.24), rel=1e-3)  # jobs end after forty years
    assert found.separations == pytest.approx(24.0, rel=1e-3)
    assert 1.0 - found.filled == pytest.approx(2.0 / 52.0, rel=1e-3)
    assert found.in_post_quit(12) == pytest.approx(0.75 * (1.0 - math.exp(-0.24)), rel=1e-3)
    assert found.leaving_rate(24, 60) == pytest.approx(0.24, rel=1e-4)


def test_leavers_and_stock_by_tenure_add_up() -> None:
    """Everybody who leaves was a newcomer once: leavers under a year are newcomers not kept a year."""
    found = at_level(SPREAD, 30.0, 0.75)
    assert found.leavers_under(12) == pytest.approx(1.0 - found.newcomers_kept(12))
    assert found.stock_under(MONTHS) == pytest.approx(1.0)
    assert found.in_post_kept(12) > found.newcomers_kept(12)
    years = (found.leaving_rate(0, 12) * found.stock_under(12), found.leaving_rate(12, MONTHS) * found.in_post_kept(12))
    # people who reach forty years leave then and are in no rate
    assert sum(years) * 100.0 == pytest.approx(found.separations, rel=2e-3)


@pytest.mark.parametrize("reach", ["quits", "all exits"])
@pytest.mark.parametrize("level", [8.0, 30.0, 68.0])
def test_the_level_asked_for_is_shown(level: float, reach: str) -> None:
    """Whatever the spreads, separations and the share of quits come out as stated."""
    shape = Shape(1.1, 0.5, 0.4, 0.8, 2.3, "quits" if reach == "quits" else "all exits")
    found = at_level(shape, level, 0.75)
    assert found.separations == pytest.approx(level, rel=1e-6)
    assert found.quit_share == pytest.approx(0.75, rel=1e-6)


def test_a_level_below_jobs_of_forty_years_is_refused() -> None:
    """Jobs of a hundred years cannot be: they end after forty."""
    with pytest.raises(NoLevelError, match="no hazards show a level of 1 "):
        at_level(PLAIN, 1.0, 0.75)


def test_spread_between_employers_alone_makes_leaving_fall_with_tenure() -> None:
    """At a constant hazard within each employer those who stay long are at employers few leave."""
    found = at_level(Shape(employer_spread=0.8, fill_months=2.0), 40.0, 0.75)
    assert found.leaving_rate(0, 12) > 1.3 * found.leaving_rate(36, 120)


def test_centers_alike_lose_half_as_a_poisson_number_of_coins_says() -> None:
    """More heads than tails in a Poisson number of fair coins: half of all but those with as many of both."""
    found = flows(PLAIN, Rates(math.log(2.0) / 12.0, 0.0))
    even = sum(math.exp(-4.0) * 4.0**k / math.factorial(k) ** 2 for k in range(1, 30))
    some = 1.0 - math.exp(-4.0)
    assert found.centers_losing_half(4) == pytest.approx((1.0 - even / some) / 2.0, rel=2e-3)


def test_centers_alike_never_and_again_follow_from_one_year() -> None:
    """Where all centers are alike the years are coins of one chance."""
    found = flows(PLAIN, Rates(0.05, 0.0))
    once = found.centers_losing_half(9)
    assert found.centers_never(9, 3) == pytest.approx((1.0 - once) ** 3)
    assert found.centers_again(9, 3) == pytest.approx(3.0 * once**2 - 2.0 * once**3)


@pytest.mark.parametrize("shape", [SPREAD, Shape(1.3, 0.1, 0.9, 1.2, 2.3)])
def test_ages_that_widen_lose_nothing(shape: Shape) -> None:
    """The mean length of a job by quarters late in it is that by half months throughout."""
    found = flows(shape, Rates(0.02, 0.006))
    fine = np.arange(0.0, MONTHS + 0.25, 0.5)
    kept = np.array([np.exp(np.interp(fine, AGES, np.log(one))) for one in found.kept])
    assert found.job_months == pytest.approx(np.trapezoid(kept, fine, axis=1), rel=2e-3)


def test_the_level_is_of_those_the_study_counted() -> None:
    """A third of the people in post, of an employer's on average, or of newcomers: each comes out as stated."""
    shown = (
        at_level(SPREAD, 33.0, 0.75, "people in post").stock_under(12),
        at_level(SPREAD, 33.0, 0.75, "employers").centers_lost_mean(),
        at_level(SPREAD, 33.0, 0.75, "newcomers").leavers_under(12),
    )
    assert shown == pytest.approx((0.33, 0.33, 0.33), rel=1e-5)


def test_who_is_lost_quits_as_often_as_stated() -> None:
    """Of the people in post who are gone after a year the share stated has quit."""
    found = at_level(SPREAD, 33.2, 0.751, "people in post")
    assert found.in_post_quit(12) == pytest.approx(0.332 * 0.751, rel=1e-5)


POSTS, EMPLOYERS, FOLLOWED = 20, 900, 24
ENGINE = (
    (Shape(0.72, 1.3, 0.3, 0.3, 2.3), Rates(0.018, 0.006)),
    (Shape(1.1, 0.5, 0.4, 0.8, 2.3), Rates(0.02, 0.008)),
)


@pytest.mark.parametrize(("shape", "rates"), ENGINE)
def test_the_engine_shows_the_same_flows(shape: Shape, rates: Rates) -> None:
    """Newcomers kept, leavers by tenure and the level, each within four standard errors of 900 employers."""
    scenario = quiet(
        horizon={"months": 2 * FOLLOWED, "warm_up_months": 240},
        posts={"number": POSTS},
        turnover={
            "level": {
                "kind": "hazards",
                "voluntary_per_year": 12 * rates.quits,
                "dismissal_per_year": 0.0,
                "other_per_year": 12 * rates.others,
            },
            "tenure_shape": shape.tenure_shape,
            "early_peak": shape.early_peak,
            "worker_spread_sd": shape.worker_spread,
            "employer_spread_sd": shape.employer_spread,
        },
        recruitment={"days_to_fill": shape.fill_months * DAYS_PER_MONTH},
    )
    result = run_one(scenario, EMPLOYERS)
    spells = jobs(result, np.arange(EMPLOYERS))
    found = flows(shape, rates)
    began = (spells.since >= 0) & (spells.since < FOLLOWED)
    left = spells.cause != STILL_THERE
    for months in (6, 12, 24):
        stayed = ~(left & (spells.until < months))
        assert agrees(spells.place, began & stayed, began, found.newcomers_kept(months))
        assert agrees(spells.place, left & (spells.until < months), left, found.leavers_under(months))
    exits, filled = (np.asarray(result.panel[name], dtype=float).sum(axis=0) for name in ("exits", "in_post"))
    assert within_error(exits, filled / 1200, found.separations)


def agrees(place: Rows, part: Flags, whole: Flags, exact: float) -> bool:
    """Whether a share over all employers is within four standard errors of the exact one."""
    counts = (np.bincount(place[chosen], minlength=EMPLOYERS).astype(float) for chosen in (part, whole))
    return within_error(*counts, exact)


def within_error(part: Floats, whole: Floats, exact: float) -> bool:
    """Whether a ratio of sums over employers is within four standard errors of the exact one."""
    found = part.sum() / whole.sum()
    error = (part - found * whole).std(ddof=1) / whole.mean() / math.sqrt(whole.size)
    return bool(abs(found - exact) <= 4.0 * error)
