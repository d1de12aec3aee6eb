"""How far differences are spread over futures, and on which side of zero they lie."""

from __future__ import annotations

import numpy as np
import pytest

from sim.results.spreads import spread_of_moved


@pytest.mark.parametrize("scale", [1.0, 1e6])
def test_what_rounding_leaves_of_a_difference_has_no_sign(scale: float) -> None:
    moved = np.concatenate((np.full(30, -2.0), np.full(10, 1.0), np.tile([1e-16, -1e-15, 0.0], 20))) * scale
    found = spread_of_moved(moved)
    assert found is not None
    assert (found.below, found.above) == (0.3, 0.1)


def test_nothing_but_rounding_lies_on_no_side() -> None:
    found = spread_of_moved(np.tile([1e-16, -1e-15], 20))
    assert found is not None
    assert (found.below, found.above) == (0.0, 0.0)


def test_small_differences_of_shares_keep_their_sign() -> None:
    found = spread_of_moved(np.concatenate((np.full(25, 1e-6), np.full(75, -1e-6))))
    assert found is not None
    assert (found.below, found.above) == (0.75, 0.25)
