"""Mixes are brought to equal dollars, to the step, in few rounds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from sim.questions.frontier.equal_cost import Tries, balanced, between, brought
from sim.questions.solve.levers import Grid
from sim.streams import study

POSTS = Grid(Decimal(20), Decimal(80), Decimal(1), whole=True)
WISHED = 4_000.0


def search(cost: Callable[[float], float], start: int = 20) -> dict[int, float]:
    gaps: dict[int, float] = {}

    def run(todo: Tries) -> dict[tuple[int, int], float]:
        assert not {place for _, place in todo} & gaps.keys(), "nothing is run twice"
        return {(mix, place): cost(float(POSTS.value(place))) - WISHED for mix, place in todo}

    brought([gaps], POSTS, start, WISHED, run)
    return gaps


COSTS: dict[str, Callable[[float], float]] = {
    "straight": lambda posts: 100.0 * posts,
    "steep": lambda posts: 117.3 * posts,
    "flat": lambda posts: 61.0 * posts,
    "fixed cost": lambda posts: 1_000.0 + 83.0 * posts,
    "bent up": lambda posts: 2.1 * posts**2,
    "bent down": lambda posts: 700.0 * posts**0.5,
    "falling": lambda posts: 9_000.0 - 100.0 * posts,
}
OUT_OF_REACH: dict[str, Callable[[float], float]] = {
    "cheap": lambda posts: 10.0 * posts,
    "dear": lambda posts: 500.0 * posts,
    "without effect": lambda _: 1.0,
}


@pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)
def test_the_two_neighbors_around_equal_dollars_are_found(cost: Callable[[float], float]) -> None:
    gaps = search(cost)
    found = balanced(gaps)
    assert found is not None
    assert found.above - found.below == (0 if found.gap_below == 0 else 1)
    ends = sorted(cost(float(POSTS.value(place))) for place in (found.below, found.above))
    assert ends[0] <= WISHED <= ends[1]
    assert len(gaps) <= 9
    assert abs(found.nearest[1]) == min(abs(found.gap_below), abs(found.gap_above))


def test_a_straight_cost_is_balanced_exactly() -> None:
    found = balanced(search(lambda posts: 117.3 * posts))
    assert found is not None
    assert found.value(POSTS) == pytest.approx(WISHED / 117.3)


@pytest.mark.parametrize("cost", OUT_OF_REACH.values(), ids=OUT_OF_REACH)
def test_what_cannot_be_balanced_in_the_range_is_given_up(cost: Callable[[float], float]) -> None:
    assert balanced(search(cost)) is None


def test_luck_in_the_dollars_is_taken_out_of_what_is_measured() -> None:
    """Hours that follow dollars one for one are certain at equal dollars, however much luck moves both."""
    luck = study(1, 78).normal(size=50)
    low, high, base = 90.0 + luck, 110.0 + luck, 100.0 + 0.0 * luck
    share = float((100.0 - low.mean()) / 20.0)
    hours = between((2 * low, 2 * high), (low, high), base, share)
    assert hours.mean() == pytest.approx(200.0)
    assert hours.std() == pytest.approx(0.0, abs=1e-9)
