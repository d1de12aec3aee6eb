"""Numbers of which a block has one for all employers, or one for each."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.world.rows import alike, anywhere, chosen, each, larger, looked_up, per, power, smaller, table_of

OF = np.array([0, 0, 1, 2])
OWN = np.array([0.1, 0.7, 2.0])


def test_a_number_by_employer_is_looked_up_for_every_post_and_one_for_all_is_itself() -> None:
    assert per(OWN, OF).tolist() == [0.1, 0.1, 0.7, 2.0]
    assert per(3.5, OF) == 3.5


def test_a_function_of_plain_numbers_has_the_same_bits_for_each_as_alone() -> None:
    elasticities = np.random.default_rng(1).uniform(-1.5, 0.0, 200)
    found = each(lambda ratio, elasticity: ratio**elasticity, 1.37, elasticities)
    assert found.tolist() == [1.37**one for one in elasticities.tolist()]
    assert found.tolist() != np.power(1.37, elasticities).tolist()  # what it is there for
    assert each(math.exp, 0.5) == math.exp(0.5)


@pytest.mark.parametrize("exponent", [-2.0, -1.0, -0.28, 0.0, 0.5, 1.0, 2.0, 3.0])
def test_a_power_has_the_same_bits_beside_other_exponents_as_alone(exponent: float) -> None:
    base = np.random.default_rng(2).uniform(0.01, 15.0, 5000)
    beside = np.where(np.arange(base.size) % 2 == 0, exponent, 0.77)
    mixed = power(base, beside)
    assert np.array_equal(mixed[::2], np.power(base, exponent)[::2])
    assert np.array_equal(mixed[1::2], np.power(base, 0.77)[1::2])


def test_the_larger_and_the_smaller_of_two_stay_plain_where_both_are() -> None:
    assert (larger(1.0, 2.0), smaller(1.0, 2.0)) == (2.0, 1.0)
    assert isinstance(larger(1.0, 2.0), float)
    assert larger(0.5, OWN).tolist() == [0.5, 0.7, 2.0]
    assert smaller(OWN, 0.5).tolist() == [0.1, 0.5, 0.5]


def test_one_or_another_number_is_chosen_for_all_or_for_each() -> None:
    assert chosen(True, 3, 4) == 3
    assert chosen(OWN > 0.5, 3, 4).tolist() == [4, 3, 3]


def test_numbers_are_alike_only_if_they_are_for_every_employer() -> None:
    assert alike(0.5, np.array([0.5, 0.5]))
    assert not alike(0.5, np.array([0.5, 0.6]))
    assert alike((("cause", 1, OWN), 2.0), (("cause", 1, OWN.copy()), 2.0))
    assert not alike((1.0,), (1.0, 1.0))
    assert anywhere(np.array([0.0, 0.1]))
    assert not anywhere(np.zeros(2))


def test_a_table_by_place_grows_a_column_for_each_employer_only_where_they_differ() -> None:
    rungs = np.array([1, 0, 1, 1], dtype=np.int8)
    assert looked_up(table_of([1.0, 2.0]), rungs, OF).tolist() == [2.0, 1.0, 2.0, 2.0]
    assert table_of([1.0, OWN]).shape == (2, 3)
    assert looked_up(table_of([1.0, OWN]), rungs, OF).tolist() == [0.1, 1.0, 0.7, 2.0]
