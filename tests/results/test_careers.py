"""Careers read from facts written by hand."""

from __future__ import annotations

from sim.model.world import log
from sim.results.careers import Career, careers, telling
from tests.results.made import Made

HIGH = 0.25


def made() -> Made:
    """One employer of ten posts, 24 months."""
    block = Made()
    block.job((0, 2), hired=-30.0)  # there all the time
    block.job((1, 0), hired=-6.0, left=20.0, cause="layoff")
    block.fact(log.PROMOTED, 5.0, (1, 0), -6.0, rung=1)
    block.job((1, 1), hired=21.0, left=22.5, cause="voluntary")
    block.job((3, 0), hired=2.0)
    block.fact(log.LEAVE, 6.0, (3, 0), 2.0)
    block.fact(log.RETURNED, 8.0, (3, 0), 2.0)
    return block


def by_name(found: list[Career]) -> dict[tuple[int, int], Career]:
    return {(one.post, one.occupant): one for one in found}


def test_each_occupant_of_each_post_has_a_career_in_order_of_time() -> None:
    found = careers(made())
    assert [(one.post, one.occupant) for one in found] == [(0, 2), (1, 0), (1, 1), (3, 0)]
    assert [event.what for event in by_name(found)[1, 0].events] == ["opening", "promoted", "left"]
    assert [event.what for event in by_name(found)[3, 0].events] == ["hired", "leave", "returned"]


def test_a_career_lasts_from_the_hire_to_the_exit_or_the_end() -> None:
    found = by_name(careers(made()))
    assert (found[0, 2].months, found[1, 0].months, found[1, 1].months) == (54.0, 26.0, 1.5)
    assert found[0, 2].exit is None
    left = found[1, 0].exit
    assert left is not None
    assert left.cause == "layoff"


def test_examples_show_different_fates_of_different_people() -> None:
    found = careers(made())
    picked = telling(found, HIGH)
    assert {label: (one.post, one.occupant) for label, one in picked.items()} == {
        "promoted": (1, 0),
        "left within half a year": (1, 1),
        "back from leave": (3, 0),
        "longest stay": (0, 2),
    }
    assert telling([], HIGH) == {}


def test_months_above_a_threshold_count_only_what_was_seen() -> None:
    one = Career(
        "e", 0, 0, 0, 0.0, 3.0, careers(made())[0].events, 0, (0.3, float("nan"), 0.2), (0.0, 0.0, 0.0), (1.0, 2.0, 3.0)
    )
    assert one.months_above(HIGH) == 1
    assert (one.wage_from(2.0), one.wage_from(9.0)) == (2.0, None)
