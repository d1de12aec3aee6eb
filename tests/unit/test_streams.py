"""Luck has names: the same name gives the same numbers, whatever else was drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.streams import NORMALS, UNIFORMS, Luck, Purpose

Floats = NDArray[np.float64]
Draw = Callable[[Luck, int, int, int], Floats]  # luck, employer, layer, posts

DRAWS: dict[str, Draw] = {
    "traits": lambda luck, employer, layer, posts: luck.traits(employer, layer, posts),
    "decisions": lambda luck, employer, layer, posts: luck.decisions(employer, layer, posts),
    "shocks": lambda luck, employer, layer, posts: luck.shocks(employer, layer, posts),
    "promotions": lambda luck, employer, layer, posts: luck.promotions(employer, layer, posts),
}
NAMED = pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
UNIFORM = pytest.mark.parametrize("draw", [DRAWS["decisions"], DRAWS["promotions"]], ids=["decisions", "promotions"])


@NAMED
def test_the_same_name_gives_the_same_numbers_again(draw: Draw) -> None:
    luck = Luck(7, 3)
    first = draw(luck, 2, 5, 4)
    luck.traits(9, 9, 9)
    luck.source(1, "medicaid", 0)
    np.testing.assert_array_equal(draw(luck, 2, 5, 4), first)
    np.testing.assert_array_equal(draw(Luck(7, 3), 2, 5, 4), first)


@NAMED
def test_more_posts_leave_the_luck_of_the_others_alone(draw: Draw) -> None:
    luck = Luck(7, 3)
    np.testing.assert_array_equal(draw(luck, 0, 1, 12)[:5], draw(luck, 0, 1, 5))


@NAMED
def test_another_seed_replication_employer_or_layer_is_other_luck(draw: Draw) -> None:
    first = draw(Luck(7, 3), 0, 1, 4)
    for other in (draw(Luck(8, 3), 0, 1, 4), draw(Luck(7, 4), 0, 1, 4)):
        assert not (other == first).any()
    for employer, layer in ((1, 1), (0, 2)):
        assert not (draw(Luck(7, 3), employer, layer, 4) == first).any()


def test_each_purpose_has_luck_of_its_own() -> None:
    luck = Luck(7, 3)
    assert not (luck.decisions(0, 0, 5)[:, :12] == luck.promotions(0, 0, 5)).any()
    assert not np.isin(luck.traits(0, 0, 5), luck.shocks(0, 0, 5)).any()
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose)


def test_numbers_come_one_row_a_post_and_one_column_a_name() -> None:
    luck = Luck(1, 0)
    assert luck.traits(0, 0, 6).shape == (6, len(NORMALS))
    assert luck.decisions(0, 0, 6).shape == (6, len(UNIFORMS))
    assert luck.shocks(0, 0, 6).shape == (6, 12, 4)
    assert luck.promotions(0, 0, 6).shape == (6, 12)
    assert luck.source(0, "medicaid", 0).shape == (3,)
    assert len({*NORMALS, *UNIFORMS}) == len(NORMALS) + len(UNIFORMS)


@UNIFORM
@given(seed=st.integers(0, 2**63 - 1))
def test_a_uniform_is_never_zero_so_its_logarithm_is_finite(draw: Draw, seed: int) -> None:
    numbers = draw(Luck(seed, 0), 0, 0, 20)
    assert (numbers > 0).all()
    assert (numbers <= 1).all()


def test_the_years_before_the_start_have_luck_of_their_own() -> None:
    luck = Luck(1, 0)
    years = [luck.shocks(0, year, 3) for year in (-20, -1, 0, 1, 50)]
    for place, year in enumerate(years):
        assert not any((year == other).any() for other in years[place + 1 :])


def test_a_source_keeps_its_luck_when_another_is_added() -> None:
    luck = Luck(1, 0)
    medicaid = luck.source(0, "medicaid", 2)
    assert not (luck.source(0, "grant", 2) == medicaid).any()
    assert not (luck.source(0, "medicaid", 3) == medicaid).any()
    assert not (luck.source(1, "medicaid", 2) == medicaid).any()
    np.testing.assert_array_equal(luck.source(0, "medicaid", 2), medicaid)


def test_the_numbers_themselves_do_not_change_from_version_to_version() -> None:
    luck = Luck(1, 0)
    assert luck.traits(0, 0, 2)[:, 0] == pytest.approx([0.39582254, -1.24444862], abs=1e-8)
    assert luck.decisions(0, 0, 1)[0, :3] == pytest.approx([0.73002542, 0.18796105, 0.17063136], abs=1e-8)
    assert luck.shocks(0, 0, 1)[0, 0, :2] == pytest.approx([0.7959456, 1.1303003], abs=1e-7)
    assert luck.employer(0) == pytest.approx(1.4813941359816278, abs=1e-12)
    assert luck.source(0, "medicaid", 0) == pytest.approx([0.96491466, 0.63873661, 0.23303123], abs=1e-8)
    assert luck.promotions(0, 0, 1)[0, :2] == pytest.approx([0.50126262, 0.93000274], abs=1e-8)
