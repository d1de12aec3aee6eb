"""What clients want is delivered, dropped or still waited for, and no number is one that cannot be."""

from __future__ import annotations

import numpy as np

from tests.property.reading import World, in_every_world

ROUNDING = 1e-9
MAY_BE_NEGATIVE = (
    "cash",
    "liquidity",
    "workload",
    "funding_certainty",
    "burnout_sum",
    "satisfaction_sum",
    "role_clarity_sum",
    "recovery_sum",
)


@in_every_world(12)
def test_what_is_wanted_is_delivered_dropped_or_waits(world: World) -> None:
    for run in world:
        panel = run.panel
        waiting = panel["wanted"] - panel["demand"]  # at the month's start
        np.testing.assert_allclose(waiting[1:], panel["backlog"][:-1], rtol=ROUNDING, atol=ROUNDING)
        change = panel["backlog"] - waiting
        total = panel["delivered"] + panel["dropped"] + change
        np.testing.assert_allclose(panel["demand"], total, rtol=ROUNDING, atol=ROUNDING)


@in_every_world(12)
def test_no_more_is_delivered_than_wanted_or_than_there_is_capacity_for(world: World) -> None:
    for run in world:
        panel = run.panel
        room = 1.0 + ROUNDING
        assert (panel["delivered"] <= panel["capacity"] * room).all()
        assert (panel["delivered"] <= panel["wanted"] * room + ROUNDING).all()
        assert (panel["demand"] <= panel["asked"]).all()
        dropped = [run.terms(month).services.backlog_dropout_share for month in range(run.months)]
        unserved = np.maximum(0.0, panel["wanted"] - panel["delivered"])
        np.testing.assert_allclose(panel["dropped"], np.array(dropped)[:, None] * unserved, atol=1e-7)


@in_every_world(20, observed=True)
def test_every_number_is_one_that_can_be(world: World) -> None:
    for run in world:
        for table in (run.result.facts, run.result.funding, run.result.lines, run.panel):
            for name, column in table.items():
                if name != "median_wage":
                    assert np.isfinite(column).all(), name
        for name, column in run.panel.items():
            if name not in MAY_BE_NEGATIVE and name != "median_wage":
                assert (column >= 0).all(), name
        panel = run.panel
        np.testing.assert_array_equal(np.isnan(panel["median_wage"]), panel["peers"] == 0)
        assert ((panel["workload"] >= -2) & (panel["workload"] <= 3)).all()
        assert ((panel["funding_certainty"] >= -2) & (panel["funding_certainty"] <= 0)).all()
        assert (panel["supervision_penalty"] <= 3).all()


@in_every_world(12)
def test_no_peer_is_paid_less_than_the_legal_minimum_where_a_floor_holds(world: World) -> None:
    for run in world:
        for month in range(run.months):
            terms = run.terms(month)
            if terms.pay.floor.kind != "none":
                place = terms.place
                assert place.minimum_wage_usd_per_hour is not None
                growth = (1.0 + place.minimum_wage_growth_per_year) ** (month / 12)
                least = place.minimum_wage_usd_per_hour * growth * (1.0 - ROUNDING)
                assert (run.panel["wage_sum"][month] >= run.panel["peers"][month] * least).all()


@in_every_world(12)
def test_without_feedback_nothing_acts_back_on_the_peers(world: World) -> None:
    for run in world:
        if not run.scenario.experiment.feedback:
            for name in ("workload", "supervision_penalty", "funding_certainty"):
                assert not run.panel[name].any()
