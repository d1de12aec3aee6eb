"""List the inputs of a scenario that may be varied, and the ends between which each usually is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from sim.questions.solve.levers import Lever, lever_of
from sim.scenario.describe import Input
from sim.scenario.files import Loaded
from sim.scenario.patch import leaves
from sim.scenario.problems import ScenarioError
from sim.scenario.timeline import organization_table
from sim.ui.addresses import EMPLOYER, Path, inner, kinds_in
from sim.ui.inputs.fields import Field, field_of
from sim.ui.inputs.often import OF_SOURCES
from sim.words.inputs import found_as, input_at, name_in_words

BELOW, ABOVE, NEAR_BELOW, NEAR_ABOVE = 0.75, 1.5, 0.9, 1.1  # times today's value
PRACTICE_SD: Final = 2.0
DIGITS: Final = 3
KEPT: Final = 32  # scenarios
FIRST: Final = (  # what is asked about most: beginnings of addresses, and their ends
    ("pay.wage", ""), *(("funding.", name) for name in OF_SOURCES), ("ladder.", ".share"), ("ladder.", ".peers"),
    ("ladder.", ".number"), ("posts.number", ""), ("benefits.", "fringe_share"), ("pay.", ""), ("recruitment.", ""),
    ("time_use.", ""), ("practices.", ""),
)  # fmt: skip


def varied(base: Loaded) -> Mapping[str, Lever]:
    """Return the inputs that may be varied, by address; those that are changed most come first."""
    return _varied(base.fingerprint, _Same(base))


class _Same:
    """Carry a scenario past a cache that goes by its fingerprint."""

    def __init__(self, base: Loaded) -> None:
        self.base = base

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same)

    def __hash__(self) -> int:
        return 0


@lru_cache(KEPT)
def _varied(_fingerprint: str, same: _Same) -> Mapping[str, Lever]:
    found = {}
    for path in _numbers(same.base):
        try:
            found[path] = lever_of(same.base, path)
        except ScenarioError:
            continue  # no alternative may change it
    return {path: found[path] for path in sorted(found, key=_rank)}


def _numbers(base: Loaded) -> Iterator[str]:
    """Yield the addresses of all numbers, of what all employers share and of what kinds of them say themselves."""
    for path, value in leaves(organization_table(base.scenario)):
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield ".".join(path)
    for name, table in kinds_in(base.raw).items():
        for path, value in leaves(table):
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield ".".join((EMPLOYER, name, *path))


def _rank(path: str) -> tuple[int, str]:
    own = ".".join(inner(tuple(path.split("."))))
    fits = (at for at, (start, end) in enumerate(FIRST) if own.startswith(start) and own.endswith(end))
    return next(fits, len(FIRST)), path


def field_at(path: str, base: Loaded) -> Field | None:
    """Return how an input is shown; None where there is none at the address."""
    parts: Path = tuple(path.split("."))
    given = _given(parts, base)
    return None if given is None else field_of(parts, given)


def named(path: str) -> str:
    """Return what an input is called in words."""
    return name_in_words(tuple(path.split(".")))


def searched(path: str) -> str:
    """Return what an input is called, with the other words that it is found by."""
    return found_as(tuple(path.split(".")))


def _given(parts: Path, base: Loaded) -> Input | None:
    own = inner(parts)
    around: Any = kinds_in(base.raw).get(parts[1], {}) if own != parts else organization_table(base.scenario)
    for part in own[:-1]:
        around = around.get(part, {}) if isinstance(around, Mapping) else {}
    kind = str(around.get("kind", "")) if isinstance(around, Mapping) else ""
    return input_at(own, kind)


def usual_ends(lever: Lever, field: Field, *, near: bool = False) -> tuple[float, float]:
    """Return between which values an input is varied unless somebody says otherwise.

    Args:
        lever: the input and its value today.
        field: how it is shown, with its limits.
        near: stay within a tenth of today's value, as mixes do.
    """
    today = lever.today
    if field.given.unit.startswith("SD"):
        low, high = -PRACTICE_SD, PRACTICE_SD
    elif not today:
        low, high = 0.0, 1.0 if field.scale > 1 else 10.0
    else:
        below, above = (NEAR_BELOW, NEAR_ABOVE) if near else (BELOW, ABOVE)
        low, high = sorted((below * float(today), above * float(today)))
    low, high = (_rounded(end, lever, up=up) for end, up in ((low, False), (high, True)))
    return _inside(low, field.given, high=False), _inside(high, field.given, high=True)


def _rounded(end: float, lever: Lever, *, up: bool) -> float:
    if lever.whole:
        return float(math.ceil(end) if up else math.floor(end))
    if lever.in_dollars and abs(end) < 10**DIGITS:
        return round(end, 2)
    return float(f"{end:.{DIGITS}g}")


def _inside(end: float, given: Input, *, high: bool) -> float:
    """Return an end that the input may have; an open limit is kept away from by a little."""
    limits = given.limits
    if high:
        return min(
            [end, *(one for one in (limits.le, None if limits.lt is None else limits.lt * 0.999) if one is not None)]
        )
    return end if limits.ge is None else max(end, limits.ge)
