"""Search the free parameters: a Latin hypercube to see what moves what, then steps on a grid from its best point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

import numpy as np

from sim.results.blocks import Floats
from sim.streams import Luck
from studies.calibration.flows import flows
from studies.calibration.reference import PARAMETERS, SEED, Parameter
from studies.calibration.targets import TARGETS, shortfall

POINTS = 48
REPLICATIONS = 2
STRIDES: Final = (4, 2, 1)  # grid steps, coarse to fine
PULL = 0.002  # of a parameter that lies its whole range from its prior: breaks ties, no more
FITTED: Final = tuple(target for target in TARGETS if target.fitted)

Point = dict[str, float]
Seen = dict[str, float]  # quantity → mean over replications
One = TypeVar("One")
Made = TypeVar("Made")


class Spread(Protocol):
    """What the search runs on: the builtin map, or a map over processes."""

    def __call__(self, function: Callable[[One], Made], items: Iterable[One], /) -> Iterator[Made]:
        """Return what a function makes of each item, in their order."""


@dataclass(frozen=True)
class Found:
    """A point, the figures it gives and how far they are from the targets."""

    point: Point
    seen: Seen
    distance: float


def evaluate(point: Point) -> Seen:
    """Return what typical employers show at a point; every point meets the same luck."""
    return {name: float(values.mean()) for name, values in flows(point, range(REPLICATIONS)).items()}


def distance(seen: Seen, point: Point, parameters: Sequence[Parameter]) -> float:
    """Return the sum over target numbers of the mean squared shortfall, and a light pull toward the priors."""
    numbers = dict.fromkeys(target.number for target in FITTED)
    misses = [[shortfall(t, seen[t.key]) ** 2 for t in FITTED if t.number == number] for number in numbers]
    pull = sum(((point[p.name] - p.prior) / (p.high - p.low)) ** 2 for p in parameters)
    return float(sum(sum(miss) / len(miss) for miss in misses) + PULL * pull)


def hypercube(points: int = POINTS) -> list[Point]:
    """Return points of a Latin hypercube over all parameters: each tenth of each range is met equally often."""
    luck = Luck(SEED, 1)
    order, inside = (luck.decisions(0, layer, points)[:, : len(PARAMETERS)] for layer in (0, 1))
    places = (np.argsort(np.argsort(order, axis=0), axis=0) + inside) / points
    return [
        {p.name: p.low + (p.high - p.low) * float(place) for p, place in zip(PARAMETERS, row, strict=True)}
        for row in places
    ]


def slopes(points: Sequence[Point], seen: Sequence[Seen], keys: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return by quantity what the way through each parameter's range changes, by linear regression."""
    rows = [[(point[p.name] - p.low) / (p.high - p.low) for p in PARAMETERS] for point in points]
    design = np.column_stack([np.ones(len(rows)), np.array(rows)])
    outcomes: Floats = np.array([[one[key] for key in keys] for one in seen])
    weights = np.linalg.lstsq(design, outcomes, rcond=None)[0][1:]
    return {
        key: {p.name: float(weights[row, column]) for row, p in enumerate(PARAMETERS)}
        for column, key in enumerate(keys)
    }


def on_grid(point: Point, parameters: Sequence[Parameter]) -> Point:
    """Return a point moved to the grid; parameters that are not searched take their prior."""
    searched = {p.name for p in parameters}
    rest = {p.name: p.prior for p in PARAMETERS if p.name not in searched}
    return rest | {p.name: _snapped(point[p.name], p) for p in parameters}


def _snapped(value: float, parameter: Parameter) -> float:
    steps = round((min(max(value, parameter.low), parameter.high) - parameter.low) / parameter.step)
    return round(parameter.low + steps * parameter.step, 6)


def descend(start: Point, parameters: Sequence[Parameter], spread: Spread) -> Found:
    """Return the point from which no step along one parameter leads nearer to the targets."""
    best = next(_found([start], parameters, spread))
    for stride in STRIDES:
        while True:
            around = _neighbors(best.point, parameters, stride)
            nearest = min(_found(around, parameters, spread), key=lambda found: found.distance)
            if nearest.distance >= best.distance:
                break
            best = nearest
    return best


def _neighbors(point: Point, parameters: Sequence[Parameter], stride: int) -> list[Point]:
    moved = (
        point | {p.name: _snapped(point[p.name] + sign * stride * p.step, p)} for p in parameters for sign in (-1, 1)
    )
    return [other for other in moved if other != point]


def _found(points: Sequence[Point], parameters: Sequence[Parameter], spread: Spread) -> Iterator[Found]:
    for point, seen in zip(points, spread(evaluate, points), strict=True):
        yield Found(point, seen, distance(seen, point, parameters))
