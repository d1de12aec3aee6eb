"""Put labels so that they cover neither points nor one another, as far as there is room: in a field, or at its edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

Point = tuple[float, float]  # pixels
Box = tuple[float, float, float, float]  # left, bottom, right, top

DIRECTIONS: Final = ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
REACHES: Final = (9, 17, 26)  # pixels from the point
LETTER, HEIGHT, MARK = 8, 14, 6  # pixels: a letter's width, a label's height, half a mark


def shifts(points: Sequence[Point], texts: Sequence[str], others: Sequence[Point], size: Point) -> list[Point]:
    """Return how far each label's middle is moved from its point.

    Args:
        points: which are labeled.
        texts: of each label.
        others: points without a label.
        size: width and height of the plot.
    """
    taken = [_around(point, 2 * MARK, 2 * MARK) for point in (*points, *others)]
    found = []
    for point, text in zip(points, texts, strict=True):
        wide = LETTER * len(text)
        moves = [_move(direction, reach, wide) for reach in REACHES for direction in DIRECTIONS]
        move = min(moves, key=lambda one: _cost(_box(point, one, wide), taken, size))
        taken.append(_box(point, move, wide))
        found.append(move)
    return found


def _move(direction: tuple[int, int], reach: int, wide: int) -> Point:
    across, up = direction
    return across * (reach + wide / 2 - MARK / 2), up * (reach + HEIGHT / 2 - MARK / 2)


def _box(point: Point, move: Point, wide: int) -> Box:
    return _around((point[0] + move[0], point[1] + move[1]), wide, HEIGHT)


def _around(middle: Point, wide: float, high: float) -> Box:
    return middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2


def _cost(box: Box, taken: Sequence[Box], size: Point) -> float:
    """Return how much of a label lies on something, or outside; the first of equals is nearest."""
    own = (box[2] - box[0]) * (box[3] - box[1])
    outside = own - _shared(box, (0.0, 0.0, *size))
    return outside + sum(_shared(box, one) for one in taken)


def _shared(one: Box, other: Box) -> float:
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(high, 0.0)


# at an edge ---------------------------------------------------------------------------------------------------------


def spread_out(wanted: Sequence[float], apart: Sequence[float], low: float, high: float) -> list[float]:
    """Return places near those wanted so that labels do not overlap, all between two ends while they fit.

    Args:
        wanted: where each label would stand.
        apart: the room each needs.
        low: lower end.
        high: upper end.
    """
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    placed: dict[int, float] = {}
    floor = low
    for one in order:
        placed[one] = max(wanted[one], floor + apart[one] / 2)
        floor = placed[one] + apart[one] / 2
    ceiling = high
    for one in reversed(order):
        placed[one] = min(placed[one], ceiling - apart[one] / 2)
        ceiling = placed[one] - apart[one] / 2
    return [placed[one] for one in range(len(wanted))]
