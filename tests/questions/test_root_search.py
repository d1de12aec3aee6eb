"""The place where no turns into yes is found, to the step, in few looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from sim.questions.solve.root_search import Crossing, Marks, crossing, inside, scanned, search


@dataclass
class Stand:
    margin: float
    luck: float = 0.0

    @property
    def met(self) -> bool:
        return self.margin >= 0

    @property
    def sure(self) -> int:
        return 0 if abs(self.margin) < self.luck else 1 if self.met else -1

    @property
    def leans(self) -> tuple[float, float, float]:
        return self.margin, self.margin - self.luck, self.margin + self.luck

    @property
    def score(self) -> tuple[float, ...]:
        return (float(self.met), self.margin)


def looked(margin: Callable[[int], float], last: int, scan: int = 9, luck: float = 0.0) -> dict[int, Stand]:
    marks = {0: Stand(margin(0), luck)}

    def look(places: Sequence[int]) -> Marks:
        assert not set(places) & marks.keys(), "nothing is looked at twice"
        assert all(0 < place <= last for place in places)
        marks.update({place: Stand(margin(place), luck) for place in places})
        return marks

    search([(last, look)], scan)
    return marks


@pytest.mark.parametrize("last", [1, 2, 5, 8, 9, 10, 100, 99_999])
@pytest.mark.parametrize("share", [0.0001, 0.3, 0.5, 0.999, 1.0])
def test_the_first_place_that_will_do_is_found_to_the_step(last: int, share: float) -> None:
    edge = max(1, round(share * last))
    marks = looked(lambda place: place - edge, last)
    found = crossing(marks)
    assert found == Crossing(edge, edge - 1, edge, edge, None, None)
    assert len(marks) < 60


def test_a_scan_holds_both_ends_and_nothing_twice() -> None:
    for last in range(1, 40):
        for number in range(2, 12):
            places = scanned(last, number)
            assert places[0] == 1
            assert places[-1] == last
            assert places == sorted(set(places))


def test_places_inside_a_gap_are_strictly_inside() -> None:
    assert inside(3, 4) == []
    assert inside(3, 5) == [4]
    assert inside(0, 100) == [25, 50, 75]


def test_the_range_holds_every_place_that_luck_cannot_tell_from_the_wish() -> None:
    marks = looked(lambda place: place - 500, 1000, luck=40.0)
    found = crossing(marks)
    assert found is not None
    assert found.place == 500
    assert found.high is not None
    assert 454 <= found.low <= 461
    assert 540 <= found.high <= 546


def test_where_even_today_may_do_the_range_starts_with_today() -> None:
    found = crossing(looked(lambda place: place - 5, 100, luck=10.0))
    assert found is not None
    assert (found.place, found.low) == (5, 0)


def test_where_nothing_is_sure_the_range_has_no_end() -> None:
    found = crossing(looked(lambda place: place - 90, 100, luck=20.0))
    assert found is not None
    assert found.place == 90
    assert found.high is None


def test_a_stretch_that_fails_again_is_told_and_what_is_behind_it_is_no_part_of_the_range() -> None:
    found = crossing(looked(lambda place: 100.0 - abs(place - 300) if place < 800 else place - 800.0, 1000))
    assert found is not None
    assert found.place == 200
    assert found.fails is not None
    assert 400 < found.fails[0] <= found.fails[1] < 800
    assert found.again is not None
    assert 800 <= found.again[0] <= found.again[1] == 1000


def test_a_narrow_window_between_the_places_of_the_scan_is_found_around_the_best() -> None:
    found = crossing(looked(lambda place: 12.0 - abs(place - 437), 1000))
    assert found is not None
    assert found.place == 425


def test_where_nothing_will_do_there_is_no_crossing_and_the_search_ends() -> None:
    marks = looked(lambda place: -1.0 - abs(place - 437), 1000)
    assert crossing(marks) is None
    assert len(marks) < 40


def test_where_nothing_moves_nothing_more_is_tried() -> None:
    assert len(looked(lambda _: -1.0, 1000)) == 1 + 9


def test_several_sides_share_the_scan_by_their_length() -> None:
    sides: list[dict[int, Stand]] = [{0: Stand(-1.0)}, {0: Stand(-1.0)}]

    def looking(side: int, edge: int) -> Callable[[Sequence[int]], Marks]:
        def look(places: Sequence[int]) -> Marks:
            sides[side].update({place: Stand(float(place - edge)) for place in places})
            return sides[side]

        return look

    search([(900, looking(0, 700)), (100, looking(1, 50))], 10)
    found = [crossing(side) for side in sides]
    assert [one.place for one in found if one] == [700, 50]
