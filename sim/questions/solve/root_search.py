"""Look for the place where a row of yes and no turns: a scan, then ever finer steps, many places at a time.

Places are whole numbers from 0, the way things are today, outwards. What is asked of a place is its `Mark`. Nothing
here knows what a place stands for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

INSIDE: Final = 3  # places tried beside the best one at a time, where none will do yet
FAR: Final = 8  # steps: in a gap that is wider a guess may be far off, and the middle is tried too
LEAST: Final = 3  # places of a side in the first scan
PEAK_ROUNDS: Final = 4  # finer looks around the best place when none will do
WILL_DO, SURELY_DOES, MAY_DO = range(3)  # what may turn between two places, in the order of `Mark.leans`
END_SHARE: Final = 20  # the ends of the range are found to this part of its width


class Mark(Protocol):
    """Whether a place meets the constraints, how surely, and how near it comes."""

    @property
    def met(self) -> bool:
        """Whether the place will do."""

    @property
    def sure(self) -> int:
        """Return 1 where it surely will do, -1 where it surely will not, 0 where luck may decide."""

    @property
    def leans(self) -> tuple[float, float, float]:
        """Return by how much it will do, surely will do, and does not surely fail: 0 or more where it does."""

    @property
    def score(self) -> tuple[float, ...]:
        """Return a value that is larger the nearer the place comes to meeting the constraints."""


Marks = Mapping[int, Mark]
Look = Callable[[Sequence[int]], Marks]  # mark these places, and return all marks there are


@dataclass(frozen=True)
class Crossing:
    """The first place that will do.

    `before` is the place one step less, which will not. `low` and `high` are the first and last place that cannot be
    told from it: low is 0 where even that is not surely unmet, high None where no place is surely met. `again` holds
    stretches of places further out that surely fail, and of those behind that hold again, as first and last place
    tried.
    """

    place: int
    before: int
    low: int
    high: int | None
    fails: tuple[int, int] | None
    again: tuple[int, int] | None


def scanned(last: int, number: int) -> list[int]:
    """Return about so many places, evenly spread, both ends among them."""
    if last < number:
        return list(range(1, last + 1))
    return sorted({1 + round((last - 1) * place / (number - 1)) for place in range(number)} if number > 1 else {last})


def inside(first: int, last: int, most: int = INSIDE) -> list[int]:
    """Return evenly spread places strictly between two."""
    number = min(most, last - first - 1)
    return [first + round((last - first) * place / (number + 1)) for place in range(1, number + 1)]


def refined(marks: Marks) -> list[int]:
    """Return the places to try next so that the crossing and its range become known; none when they are."""
    met = _first(place for place in sorted(marks) if marks[place].met)
    if met is None:
        return []
    wide = {gap: told for gap, told in _gaps(marks, met).items() if gap[1] - gap[0] > told[1]}
    return sorted({place for gap, told in wide.items() for place in _guessed_in(marks, gap, *told)})


def _gaps(marks: Marks, met: int) -> dict[tuple[int, int], tuple[int, int]]:
    """The gaps in which the crossing and the ends of its range lie, with which lean turns there and how fine it is."""
    gaps = {(_below(marks, met), met): (WILL_DO, 1)}
    unsure, sure = _low_gap(marks, met), _high_gap(marks, met)
    width = (sure[1] if sure else max(marks)) - (unsure[0] if unsure else 0)
    for gap, turns in ((unsure, MAY_DO), (sure, SURELY_DOES)):
        if gap is not None:
            gaps.setdefault(gap, (turns, max(1, width // END_SHARE)))
    return gaps


def _guessed_in(marks: Marks, gap: tuple[int, int], turns: int, fine: int) -> list[int]:
    first, last = gap
    return guessed(first, last, (marks[first].leans[turns], marks[last].leans[turns]), fine)


def guessed(first: int, last: int, leans: tuple[float, float], fine: int) -> list[int]:
    """Return places strictly inside a gap, a step apart around where a straight line between its ends turns."""
    below, above = leans
    share = below / (below - above) if math.isfinite(below - above) and below < 0 <= above else 0.5
    aim = min(last - 1, max(first + 1, first + int(share * (last - first)) - (fine - 1) // 2))
    middle = {(first + last) // 2} if last - first > FAR * fine else set[int]()
    return sorted({aim, min(last - 1, aim + fine)} | middle)


def peaked(marks: Marks) -> list[int]:
    """Return places to try around the best one, where none will do yet and one between two tried might."""
    places = sorted(marks)
    if len({marks[place].score for place in places}) < 2:
        return []
    best = max(places, key=lambda place: marks[place].score)
    at = places.index(best)
    ends = [(places[near], places[near + 1]) for near in (at - 1, at) if 0 <= near < len(places) - 1]
    return sorted({place for first, last in ends for place in inside(first, last)})


def crossing(marks: Marks) -> Crossing | None:
    """Return the first place that will do, None where none does."""
    met = _first(place for place in sorted(marks) if marks[place].met)
    if met is None:
        return None
    unsure, sure = _low_gap(marks, met), _high_gap(marks, met)
    fails, again = _beyond(marks, met)
    low = 0 if unsure is None else min(met, unsure[0] + 1)
    return Crossing(met, _below(marks, met), low, None if sure is None else sure[1], fails, again)


def search(looks: Sequence[tuple[int, Look]], scan: int) -> None:
    """Scan all sides, then refine those that will do; where none does, look more closely around the best place.

    Args:
        looks: for each side its last place and what marks its places.
        scan: how many places are tried at first, shared between the sides by their length.
    """
    length = sum(last for last, _ in looks)
    marks = [look(scanned(last, max(LEAST, round(scan * last / length)))) for last, look in looks]
    _look_closer(looks, marks)
    for side, (_, look) in enumerate(looks):
        while more := [place for place in refined(marks[side]) if place not in marks[side]]:
            marks[side] = look(more)


def _look_closer(looks: Sequence[tuple[int, Look]], marks: list[Marks]) -> None:
    """Look around the best place for as long as none will do."""
    for _ in range(PEAK_ROUNDS):
        if any(mark.met for side in marks for mark in side.values()):
            break
        best = max(range(len(marks)), key=lambda side: max(mark.score for mark in marks[side].values()))
        more = peaked(marks[best])
        if not more:
            break
        marks[best] = looks[best][1](more)


def _first(places: Iterable[int]) -> int | None:
    return next(iter(places), None)


def _below(marks: Marks, place: int) -> int:
    return max(other for other in marks if other < place)


def _low_gap(marks: Marks, met: int) -> tuple[int, int] | None:
    """Return the last place before the crossing that surely fails, and the next one tried."""
    failing = [place for place in marks if place < met and marks[place].sure < 0]
    if not failing:
        return None
    return max(failing), min(place for place in marks if place > max(failing))


def _high_gap(marks: Marks, met: int) -> tuple[int, int] | None:
    """Return the first place from the crossing on that surely does, and the one tried before it.

    A place behind a stretch that surely fails is another crossing's.
    """
    decided = _first(place for place in sorted(marks) if place >= met and marks[place].sure)
    return None if decided is None or marks[decided].sure < 0 else (_below(marks, decided), decided)


def _beyond(marks: Marks, met: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the first stretch behind the crossing that surely fails, and what of it does again behind that."""
    places = [place for place in sorted(marks) if place > met]
    failing = _first(place for place in places if marks[place].sure < 0)
    if failing is None:
        return None, None
    back = _first(place for place in places if place > failing and marks[place].met)
    if not back:
        return (failing, places[-1]), None
    return (failing, _below(marks, back)), (back, places[-1])
