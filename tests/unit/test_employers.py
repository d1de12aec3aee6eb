"""Employers begin with no money, no backlog and all posts funded."""

from __future__ import annotations

import numpy as np

from sim.model.world.employers import Employers, new_employers
from tests.unit.arrays import counts, flags, reals


def three() -> Employers:
    return new_employers(reals(0.5, -0.5, 0.0), posts=20, rungs=3)


def test_a_new_employer_has_all_its_posts_funded_and_nothing_else() -> None:
    employers = three()
    assert employers.funded.tolist() == [20, 20, 20]
    assert employers.own_effect.tolist() == [0.5, -0.5, 0.0]
    assert employers.queue.shape == (3, 3)
    for nothing in (employers.cash, employers.receivable, employers.backlog, employers.frozen, employers.closed):
        assert not nothing.any()


def test_a_new_employer_has_never_laid_anyone_off() -> None:
    assert (three().months_since_layoff > 12 * 100).all()


def test_funded_posts_are_those_budgeted_but_not_those_cut_and_none_once_closed() -> None:
    employers = three()
    employers.budgeted, employers.cut = counts(12, 18, 12), counts(4, 4, 0)
    employers.closed = flags(0, 0, 1)
    assert employers.funded.tolist() == [12, 16, 0]
    employers.cut = counts(25, 0, 0)
    assert employers.funded.tolist() == [0, 18, 0]


def test_a_copy_shares_nothing() -> None:
    employers = three()
    employers.units_this_year["medicaid"] = counts(1, 2, 3)
    other = employers.copy()
    other.cash += 100
    other.units_this_year["medicaid"] += 1
    other.recent_exits[0] = 9
    assert not employers.cash.any()
    assert not employers.recent_exits.any()
    assert employers.units_this_year["medicaid"].tolist() == [1, 2, 3]


def test_without_feedback_what_the_last_close_found_is_forgotten() -> None:
    employers = three()
    employers.workload, employers.funding_certainty = reals(1, 2, 3), reals(-1, 0, -2)
    employers.supervision_penalty = reals(3, 0, 1)
    employers.backlog = reals(7, 8, 9)
    employers.feel_nothing()
    for forgotten in (employers.workload, employers.funding_certainty, employers.supervision_penalty):
        assert not forgotten.any()
    assert np.array_equal(employers.backlog, reals(7, 8, 9))
