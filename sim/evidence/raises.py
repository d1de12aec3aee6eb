"""What a raise leaves in a household, and where a household has less although the wage is higher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sim.evidence.net_income import AMOUNTS, GAINS, HOURS_PER_YEAR, NET, WITH_HEALTH, Curve


@dataclass(frozen=True, slots=True)
class Raise:
    """How much one household's amounts a year move from one wage to another, USD by column."""

    household: str
    gross: float
    moved: Mapping[str, float]

    @property
    def felt(self) -> Mapping[str, float]:
        """Return what each tax and program adds to the raise or takes of it; with `gross`, net with health."""
        return {name: sign * self.moved[name] for name, sign in GAINS.items()}

    def kept(self, column: str) -> float | None:
        """Return the share of the gross raise that is kept; None where there is no raise."""
        return self.moved[column] / self.gross if self.gross else None


@dataclass(frozen=True, slots=True)
class Cliff:
    """A stretch of the grid over which an amount falls at every step.

    `takes` names the program, or the taxes, that take most of it. `regained` is the wage at which the household has as
    much again, None where that lies beyond the grid.
    """

    column: str
    low: float
    high: float
    lost: float  # USD a year
    takes: str
    regained: float | None


def raise_of(curve: Curve, before: float, after: float) -> Raise | None:
    """Return what a change of the wage moves in a household; None where a wage lies outside the grid."""
    moved = {}
    for column in AMOUNTS:
        first, then = curve.at(column, before), curve.at(column, after)
        if first is None or then is None:
            return None
        moved[column] = then - first
    return Raise(curve.household, HOURS_PER_YEAR * (after - before), MappingProxyType(moved))


def cliffs(curve: Curve, column: str) -> list[Cliff]:
    """Return where an amount falls as the wage rises, from the lowest wage up."""
    return [_cliff(curve, column, first, last) for first, last in _falling(curve.amounts[column])]


def _falling(amounts: tuple[float, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of every stretch that falls at each step."""
    start: int | None = None
    for place in range(1, len(amounts) + 1):
        falls = place < len(amounts) and amounts[place] < amounts[place - 1]
        if falls and start is None:
            start = place - 1
        if not falls and start is not None:
            yield start, place - 1
            start = None


def _cliff(curve: Curve, column: str, first: int, last: int) -> Cliff:
    amounts = curve.amounts[column]
    counted = GAINS if column == WITH_HEALTH else [name for name in GAINS if name not in _ONLY_HEALTH]
    felt = {name: GAINS[name] * (curve.amounts[name][last] - curve.amounts[name][first]) for name in counted}
    return Cliff(
        column=column,
        low=curve.wages[first],
        high=curve.wages[last],
        lost=amounts[first] - amounts[last],
        takes=min(felt, key=lambda name: felt[name]),
        regained=_regained(curve, column, amounts[first], last),
    )


_ONLY_HEALTH = ("public_cover", "marketplace_help")


def _regained(curve: Curve, column: str, level: float, last: int) -> float | None:
    """Return the first wage above a place at which an amount is back at a level, on the line between two steps."""
    amounts = curve.amounts[column]
    for place in range(last + 1, len(amounts)):
        if amounts[place] >= level:
            low, high = curve.wages[place - 1], curve.wages[place]
            return low + (high - low) * (level - amounts[place - 1]) / (amounts[place] - amounts[place - 1])
    return None


def both(curve: Curve) -> list[Cliff]:
    """Return the cliffs of net income, then those of net income with health cover."""
    return [*cliffs(curve, NET), *cliffs(curve, WITH_HEALTH)]
