"""Time in post becomes service: hours, demand, backlog, relationships."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.services import lost_demand, month_of_service, ramp, still_lost, working_share
from tests.unit.arrays import reals

AMOUNTS = st.just(0.0) | st.floats(0.01, 1e6)


def test_leave_and_absence_are_not_worked_and_absence_rises_with_burnout() -> None:
    share = working_share(reals(0.0, 1.0, -1.0), 0.09, 0.03, 0.23)
    assert share == pytest.approx([0.88, 0.91 - 0.03 * math.exp(0.23), 0.91 - 0.03 * math.exp(-0.23)], abs=1e-15)


def test_absence_is_half_of_paid_hours_at_most_and_work_never_negative() -> None:
    assert working_share(reals(50.0), 0.09, 0.03, 0.23).tolist() == pytest.approx([0.41], abs=1e-15)
    assert working_share(reals(50.0), 0.7, 0.03, 0.23).tolist() == [0.0]


def test_productivity_grows_evenly_over_the_ramp_up() -> None:
    assert ramp(reals(0.0, 1.5, 3.0, 30.0), 3.0).tolist() == [0.0, 0.5, 1.0, 1.0]
    assert ramp(reals(0.0, 1.5), 0.0).tolist() == [1.0, 1.0]


def test_capacity_above_what_is_wanted_stands_idle() -> None:
    month = month_of_service(reals(100.0), 0.5, reals(30.0), reals(10.0), 0.3)
    assert month.capacity.tolist() == [50.0]
    assert month.wanted.tolist() == [40.0]
    assert month.used_share.tolist() == [0.8]
    assert month.delivered.tolist() == [40.0]
    assert (month.dropped.tolist(), month.backlog.tolist()) == ([0.0], [0.0])


def test_what_cannot_be_served_waits_or_is_given_up() -> None:
    month = month_of_service(reals(100.0), 0.5, reals(70.0), reals(10.0), 0.3)
    assert month.used_share.tolist() == [1.0]
    assert month.delivered.tolist() == [50.0]
    assert month.dropped.tolist() == [9.0]
    assert month.backlog.tolist() == [21.0]


def test_without_capacity_nothing_is_delivered() -> None:
    month = month_of_service(reals(0.0), 0.5, reals(70.0), reals(10.0), 0.25)
    assert (month.used_share.tolist(), month.delivered.tolist()) == ([0.0], [0.0])
    assert (month.dropped.tolist(), month.backlog.tolist()) == ([20.0], [60.0])


@given(AMOUNTS, st.integers(0, 100).map(lambda tenths: tenths / 10), AMOUNTS, AMOUNTS, st.floats(0, 1))
def test_demand_is_delivered_dropped_or_added_to_the_backlog(
    hours: float, per_hour: float, demand: float, backlog: float, dropout: float
) -> None:
    month = month_of_service(reals(hours), per_hour, reals(demand), reals(backlog), dropout)
    change = month.backlog[0] - backlog
    assert demand == pytest.approx(month.delivered[0] + month.dropped[0] + change, rel=1e-9, abs=1e-6)
    assert min(month.delivered[0], month.dropped[0], month.backlog[0]) >= 0


def test_clients_who_leave_care_are_missing_until_new_ones_come() -> None:
    lost = lost_demand(reals(10.0, 0.0), reals(20.0, 0.0), 4.0, 0.25, still_lost(6.0))
    assert lost == pytest.approx([(10 + 20 * 0.25 * 4) * math.exp(-1 / 6), 0.0], abs=1e-14)
