"""An employer remembers the last twelve closes, and no more."""

from __future__ import annotations

import numpy as np

from sim.model.world.seen import CLOSES_SEEN, MonthSeen, nothing_seen
from tests.unit.arrays import reals


def month(size: float = 1.0) -> MonthSeen:
    return MonthSeen(
        full_hours=reals(1000 * size, 0),
        productive=reals(800 * size, 0),
        certified=reals(600 * size, 0),
        used=reals(720 * size, 0),
        held=reals(7 * size, 2),
        funded=reals(10 * size, 10),
        recruiting_usd=reals(250 * size, 0),
        bonus_usd=reals(30 * size, 0),
    )


def test_shares_are_of_the_twelve_closes_and_one_where_nothing_was_there() -> None:
    seen = nothing_seen(2)
    seen.note(month())
    assert seen.productivity.tolist() == [0.8, 1.0]
    assert seen.certified_productivity.tolist() == [0.6, 1.0]
    assert seen.used_share.tolist() == [0.9, 1.0]
    assert seen.fill.tolist() == [0.7, 0.5]  # 2 of 10 posts filled counts as half
    assert seen.recruiting_usd_a_year.tolist() == [250.0, 0.0]


def test_a_long_month_weighs_more_and_the_thirteenth_close_is_forgotten() -> None:
    seen = nothing_seen(2)
    seen.note(MonthSeen(reals(3000, 0), *(reals(0, 0) for _ in range(7))))
    seen.note(month())
    assert seen.productivity[0] == 0.2  # 800 of 4000 hours
    for _ in range(CLOSES_SEEN - 1):
        seen.note(month())
    assert np.allclose(seen.productivity, [0.8, 1.0])
    assert seen.recruiting_usd_a_year[0] == 250.0 * CLOSES_SEEN
    assert seen.bonus_usd_a_year[0] == 30.0 * CLOSES_SEEN
