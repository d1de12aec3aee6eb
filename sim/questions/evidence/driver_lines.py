"""Which results an input moves most, and which inputs move a result most, once that has been measured."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sim.evidence.drivers import Driver, load_drivers
from sim.questions.evidence.trace import find
from sim.results.measures.table import label_of
from sim.words.ranges import fine

Shape = dict[str, Any]
MOST = 5


def drives(key: str) -> list[Shape]:
    """Return the results that a card's inputs, or an effect, move beyond luck, those in which they come first first."""
    found = [
        one
        for drivers in load_drivers().by_measure.values()
        for one in drivers
        if one.told_apart and _key_of(one.path) == key
    ]
    return [_shape(one) for one in sorted(found, key=lambda one: (one.rank, one.measure))][:MOST]


@cache
def _key_of(path: str) -> str:
    """Return what stands behind an input's path, looked up once: every question asks it of every driver."""
    return find(path).key


def driven_by(measure: str) -> list[Shape]:
    """Return the inputs that drive a measure most."""
    drivers = load_drivers().by_measure.get(measure, ())
    return [_shape(one) for one in drivers[:MOST] if one.told_apart]


def _shape(one: Driver) -> Shape:
    names = ("measure", "path", "size", "low", "high", "mean", "luck", "rank")
    return {name: getattr(one, name) for name in names} | {"label": label_of(one.measure)}


def drives_lines(found: Sequence[Shape]) -> list[str]:
    """Return which results an input drives most, a line each."""
    if not found:
        looked = len(load_drivers().by_measure)
        return [f"none of the {looked} that were looked at is moved more than by random variation {_where()}"]
    several = len({one["path"] for one in found}) > 1
    lines = [_told(one, f"{one['label']} ({one['measure']})", one["path"] if several else "") for one in found]
    return [*lines, f"measured {_where()}; docs/uncertainty.md"]


def driven_lines(found: Sequence[Shape]) -> list[str]:
    """Return which inputs drive a result most, a line each; nothing where nobody measured."""
    lines = [_told(one, one["path"]) for one in found]
    return [*lines, f"measured {_where()}; `peerstay sensitivity` looks at yours"] if lines else []


def _told(one: Shape, name: str, path: str = "") -> str:
    by = f"{path} moves it by about" if path else "about"
    of = len(load_drivers().by_measure[one["measure"]])
    return f"{name}: {by} {fine(one['size'], one['measure'])} over its range, place {one['rank']} of {of}"


def _where() -> str:
    made = load_drivers().made
    return f"in {made['scenario']}, version {made['version']}, {made['date']}"
