"""Posts and who is in them: one element a post, employer by employer."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from sim.model.world.roster import NEVER, Roster, empty_roster
from tests.unit.arrays import flags, reals


def two_employers() -> Roster:
    """Return two employers with three posts each, four of them filled and one peer on leave."""
    roster = empty_roster(2, 3)
    roster.filled = flags(1, 1, 0, 1, 0, 1)
    roster.on_leave = flags(0, 1, 0, 0, 0, 0)
    roster.hired = reals(-1, -2, 0, -4, 0, -6)
    roster.states[:] = np.arange(24).reshape(4, 6)
    return roster


def test_an_empty_roster_has_posts_that_nobody_was_hired_for() -> None:
    roster = empty_roster(2, 3)
    assert roster.filled.size == 6
    assert not roster.filled.any()
    assert (roster.ordinal == -1).all()
    assert (roster.hire_at == NEVER).all()
    assert roster.states.shape == (4, 6)
    assert roster.trait_push.shape == (6, 6)


def test_peers_on_leave_hold_their_post_but_are_not_at_work() -> None:
    roster = two_employers()
    assert roster.in_post.tolist() == [True, False, False, True, False, True]
    assert roster.count(roster.filled).tolist() == [2, 2]
    assert roster.count(roster.in_post).tolist() == [1, 2]


def test_arrays_over_posts_can_be_read_by_employer() -> None:
    roster = two_employers()
    assert roster.by_employer(roster.hired).tolist() == [[-1, -2, 0], [-4, 0, -6]]
    assert roster.by_employer(roster.states).shape == (4, 2, 3)


def test_a_copy_shares_nothing() -> None:
    roster = two_employers()
    other = roster.copy()
    for field in fields(roster):
        if field.name not in {"employers", "posts"}:
            assert not np.shares_memory(getattr(roster, field.name), getattr(other, field.name)), field.name
    other.filled[:] = True
    assert not roster.filled.all()


def test_added_posts_are_vacant_and_leave_the_others_as_they_were() -> None:
    roster = two_employers()
    wide = roster.widened(5)
    assert (wide.employers, wide.posts) == (2, 5)
    assert wide.by_employer(wide.filled).tolist() == [[1, 1, 0, 0, 0], [1, 0, 1, 0, 0]]
    for field in fields(roster):
        if field.name not in {"employers", "posts"}:
            old, new = getattr(roster, field.name), getattr(wide, field.name)
            np.testing.assert_array_equal(wide.by_employer(new)[..., :3], roster.by_employer(old))
    assert (wide.by_employer(wide.ordinal)[:, 3:] == -1).all()
