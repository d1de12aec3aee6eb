"""How much of the spread over futures comes from assumptions: held against shares that are known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.questions.compare.find_out import ranks
from sim.questions.compare.share_of_spread import explained

FUTURES, UNKNOWNS = 400, 40


def orders(seed: int) -> list[np.ndarray]:
    return [ranks(row) for row in np.random.default_rng(seed).uniform(size=(UNKNOWNS, FUTURES))]


def gain(known: list[np.ndarray], noise: float, seed: int) -> np.ndarray:
    """Three assumptions of equal weight, standard deviation 1 together, and random variation beside them."""
    from_known = sum(one - one.mean() for one in known[:3])
    return np.asarray(from_known / np.std(from_known) + noise * np.random.default_rng(seed).normal(size=FUTURES))


@pytest.mark.parametrize(("noise", "share"), [(0.5, 0.80), (1.0, 0.50), (2.0, 0.20)])
def test_the_share_is_that_which_was_put_in(noise: float, share: float) -> None:
    """Variance 1 of assumptions, noise² of random variation; orders instead of values cost a little."""
    found = [explained(gain(known, noise, seed), known) for seed in range(20) for known in [orders(1000 + seed)]]
    assert np.mean([one for one in found if one is not None]) == pytest.approx(share, abs=0.04)


def test_random_variation_alone_is_explained_by_nothing() -> None:
    """Without adjustment 40 assumptions would explain 40 of 399 parts by chance."""
    found = [
        explained(np.random.default_rng(seed).normal(size=FUTURES), orders(2000 + seed)) or 0.0 for seed in range(20)
    ]
    assert np.mean(found) < 0.03


def test_too_few_futures_and_values_alike_tell_nothing() -> None:
    known = orders(3)
    assert explained(np.full(FUTURES, 7.0), known) is None
    assert explained(np.where(np.arange(FUTURES) < 80, gain(known, 1.0, 4), np.nan), known) is None
    assert explained(gain(known, 1.0, 4), []) is None
