"""Compare one alternative with another: both start from the base's opening and use the same random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.results.summary import together
from sim.runs.answer import Alternative, Answer, Case, compared, names_of
from sim.scenario.differences import differences


class NoPairError(ValueError):
    """Two alternatives that are asked for cannot be told; the message says why and what helps."""


@dataclass(frozen=True)
class Pair:
    """Two alternatives of an answer: what the second changes in the first, and what that does.

    In the second's measures the first stands in the place of the base. For each measure, the intervals of all pairs of
    the answer's scenarios hold together with 95 % (Bonferroni), whichever of them are looked at.
    """

    first: Case
    second: Alternative
    answer: Answer

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Return what is compared with the first."""
        return (self.second,)

    @property
    def within(self) -> float:
        """Return the chance of the interval of one difference."""
        return together(number_of_pairs(self.answer))


def number_of_pairs(answer: Answer) -> int:
    """Return how many pairs the scenarios of an answer make, the base among them."""
    scenarios = len(answer.cases)
    return scenarios * (scenarios - 1) // 2


def pair_of(answer: Answer, first: int, second: int) -> Pair:
    """Return how the second alternative compares with the first; places count from the base, which is 0.

    Raises:
        NoPairError: when the places are not those of two alternatives.
    """
    alternatives = range(1, len(answer.cases))
    if first not in alternatives or second not in alternatives or first == second:
        raise NoPairError(
            f"{first} and {second}: must be the places of two alternatives, from 1 to {len(alternatives)}"
        )
    before, after = answer.cases[first], answer.cases[second]
    changes = differences(before.loaded.scenario, after.loaded.scenario)
    return Pair(before, Alternative(after, changes, compared(before, after, number_of_pairs(answer))), answer)


def pairs_with(answer: Answer, first: int) -> list[Pair]:
    """Return how every other alternative compares with one."""
    return [pair_of(answer, first, second) for second in range(1, len(answer.cases)) if second != first]


def _places(said: str, among: Sequence[str]) -> list[int]:
    return [at for at, one in enumerate(among) if one == said]


def place_of(said: str, files: Sequence[str]) -> int:
    """Return the place of the alternative that somebody names, by its file or by its name in the answer.

    Args:
        said: what the user says.
        files: the base's file and those of the alternatives.

    Raises:
        NoPairError: when it is none of the alternatives, or the only one.
    """
    names = names_of([Path(file) for file in files])
    known = ", ".join(names[1:])
    if len(files) < 3:
        raise NoPairError(f"{said}: there is nothing to compare it with but the base; name two alternatives or more")
    places = _places(said, names) or _places(said, files)
    if not places:
        raise NoPairError(f"{said}: must be one of the alternatives ({known})")
    if places[0] == 0:
        raise NoPairError(f"{said}: is the base, with which all are compared anyway; name an alternative ({known})")
    if len(places) > 1:
        raise NoPairError(f"{said}: is named twice; say which by its name in the answer ({known})")
    return places[0]
