"""Rows solve their own turnover by small pilots: without bias, with employers by quadrature, to the same bits alone."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.engine import baseline, pilot, row_pilot
from sim.model.engine.baseline import solve_baseline
from sim.model.engine.luck.pilot_luck import lucks_of
from sim.model.engine.opening import world_of
from sim.model.engine.row_pilot import Frame, anchor_of, solve_rows
from sim.scenario.rows import UnlikeRowsError, rows_of, side_by_side
from sim.scenario.schema import Organization, Scenario
from sim.scenario.timeline import plans
from tests.determinism.busy import busy

SEEN = {"kind": "observed", "separations_per_100_posts_year": 30.0}
FRAME_MONTHS = {"months": 12, "warm_up_months": 24}
NAMES = ("voluntary", "dismissal", "other")


def scenario(spread: float, level: float = 30.0, **more: object) -> Scenario:
    turnover = {"employer_spread_sd": spread, "level": SEEN | {"separations_per_100_posts_year": level}}
    return busy(turnover=turnover | {"return_to_use_per_year": 0.045}, horizon=FRAME_MONTHS, change=[], **more)


def tables(one: Scenario) -> Organization:
    return plans(one)[0].epochs[0][1]


@pytest.fixture(scope="module")
def frame() -> Frame:
    return Frame(scenario(0.3).horizon, feedback=True)


def test_rows_show_the_turnover_stated_whatever_the_spread_between_employers(frame: Frame) -> None:
    """Small pilots scatter by some 5 %; over all lucks, each with four levels, they must not be off."""
    taken = tables(scenario(0.3))
    lucks = lucks_of(taken.posts.number)
    anchor = anchor_of(frame, taken, solve_baseline(frame.world(taken), taken))
    for spread in (0.3, 0.9):
        levels = (20.0, 25.0, 30.0, 40.0)
        own = [tables(scenario(spread, level)) for level in levels]
        which = np.arange(lucks * len(own))
        rows = side_by_side([own[place % len(own)] for place in which])
        found = solve_rows(frame, rows, which // len(own), anchor)
        exact = np.array([solve_baseline(frame.world(one), one).voluntary for one in own])
        errors = np.log(found.voluntary / exact[which % len(own)]).reshape(lucks, len(own))
        by_luck = errors.mean(axis=1)
        assert abs(errors.mean()) < 3.0 * max(by_luck.std(ddof=1) / lucks**0.5, 0.01), (spread, errors.round(3))


def test_employers_larger_than_a_block_are_lived_one_by_one(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    """Employers of 9 posts beside blocks of 2: more blocks than employers, as with 50,000 posts of one employer."""
    own = [tables(scenario(spread, level)) for spread, level in ((0.2, 22.0), (0.5, 35.0))]
    whole = solve_baseline(frame.world(own[0]), own[0])
    anchor = anchor_of(frame, own[0], whole)
    among = solve_rows(frame, side_by_side(own), np.array([4, 13]), anchor)
    monkeypatch.setattr(pilot, "POSTS_AT_ONCE", 2)
    monkeypatch.setattr(row_pilot, "POSTS_AT_ONCE", 2)
    monkeypatch.setattr(baseline, "FEWEST_POSTS", 90)
    monkeypatch.setattr(baseline, "POST_MONTHS", 1)
    apart = solve_baseline(frame.world(own[0]), own[0])  # other luck: each employer is a block of its own
    assert apart.voluntary == pytest.approx(whole.voluntary, rel=0.5)
    found = solve_rows(frame, side_by_side(own), np.array([4, 13]), anchor)
    assert all(np.array_equal(getattr(found, name), getattr(among, name)) for name in NAMES)


def test_a_row_solves_the_same_bits_alone_as_among_others_and_in_any_place(frame: Frame) -> None:
    taken = tables(scenario(0.3))
    anchor = anchor_of(frame, taken, solve_baseline(frame.world(taken), taken))
    own = [tables(scenario(spread, level)) for spread, level in ((0.2, 22.0), (0.5, 35.0), (0.9, 28.0))]
    among = solve_rows(frame, side_by_side(own), np.array([4, 13, 30]), anchor)
    for place, number in ((2, 30), (0, 4)):
        alone = solve_rows(frame, own[place], np.array([number]), anchor)
        assert [getattr(alone, name)[0] for name in NAMES] == [getattr(among, name)[place] for name in NAMES]


def test_stated_hazards_need_no_pilot(frame: Frame) -> None:
    stated = [tables(busy(turnover={"level": {"kind": "hazards", "voluntary_per_year": own}})) for own in (0.5, 0.6)]
    assert anchor_of(frame, stated[0], solve_baseline(frame.world(stated[0]), stated[0])) is None
    found = solve_rows(frame, side_by_side(stated), np.arange(2), None)
    assert found.voluntary.tolist() == [0.5 / 12, 0.6 / 12]


def test_rows_keep_their_numbers_wherever_they_are_taken_out() -> None:
    rows = rows_of([scenario(spread) for spread in (0.2, 0.5, 0.9)])
    assert [one.turnover.employer_spread_sd for one in rows.alone("employer")] == [0.2, 0.5, 0.9]
    assert rows.part(range(1, 3)).alone("employer")[1] == tables(scenario(0.9))
    assert world_of(rows.alone("employer")[0], rows.horizon, feedback=True).demand > 0


def test_what_is_found_as_taken_is_the_same_beside_rows_and_apart(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tables(scenario(0.3))
    whole = solve_baseline(frame.world(taken), taken)
    rows = side_by_side([tables(scenario(spread, level)) for spread, level in ((0.2, 22.0), (0.5, 35.0))])
    beside, apart = anchor_of(frame, taken, whole), anchor_of(frame, taken, whole)
    assert beside is not None
    assert apart is not None
    found = [solve_rows(frame, rows, which, beside) for which in (np.array([4, 13]), np.array([13, 5]))]

    def unlike(*_: object) -> Organization:
        raise UnlikeRowsError("funding")

    monkeypatch.setattr(row_pilot, "side_by_side", unlike)
    again = [solve_rows(frame, rows, which, apart) for which in (np.array([4, 13]), np.array([13, 5]))]
    for one, other in zip(found, again, strict=True):
        assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in NAMES)
    assert np.flatnonzero(~np.isnan(beside.missed)).tolist() == [4, 5, 13]  # what no row needs is not lived
    assert np.array_equal(beside.missed, apart.missed, equal_nan=True)
