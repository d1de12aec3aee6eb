"""Check the effects that a scenario overrides: known ones, within limits, that leave room for what is unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from sim.evidence.effects import load_effects
from sim.scenario.describe import LARGEST_EFFECT
from sim.scenario.problems import NOTHING, Fault, did_you_mean
from sim.scenario.schema import Effects, Organization
from sim.scenario.tables.frame import Horizon


def effects_exist(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield effects that are not in the table, or larger than any may be."""
    known = load_effects()
    for key, value in tables.effects.overrides().items():
        path = ("effects", *key.split(".", 1))
        if key not in known:
            fix = did_you_mean(key, known) or "rows are cause.outcome of data/effects.csv"
            yield Fault(path, value, "is not a row of the effects table", fix)
        elif _too_large(value):
            yield Fault(path, value, f"must be from -{LARGEST_EFFECT:g} to {LARGEST_EFFECT:g}")


def _too_large(value: Any) -> Any:
    return abs(value) > LARGEST_EFFECT


def any_effect_too_large(tables: Organization) -> Any:
    """Return whether an effect is larger than any may be; of rows, an array with one element a row."""
    return reduce(or_, map(_too_large, tables.effects.overrides().values()), False)


def time_constants_fit(tables: Organization, _: Horizon) -> Iterator[Fault]:
    """Yield time constants of states that are not there."""
    default = Effects().months_to_adjust
    given = tables.effects.months_to_adjust
    for state, months in given.items():
        path = ("effects", "months_to_adjust", state)
        if state not in default:
            fix = did_you_mean(state, default) or f"states are {', '.join(default)}"
            yield Fault(path, months, "is not a state", fix)


def effects_leave_room(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    """Yield that effects explain more than all of a state's variance."""
    if tables.effects == Effects() or any(effects_exist(tables, horizon)) or any(time_constants_fit(tables, horizon)):
        return
    fault = _no_room(tables.effects)
    if fault:
        yield Fault(("effects",), NOTHING, fault)


def effects_leave_no_room(tables: Organization) -> Any:
    """Return whether effects explain more than all of a state's variance; of rows, an array with one element a row."""
    effects, own = tables.effects, tables.effects.overrides()
    columns: list[Any] = [effects.scale, *own.values(), *effects.months_to_adjust.values()]
    size = max((column.size for column in columns if hasattr(column, "size")), default=0)
    if not size:
        return bool(_no_room(effects))
    import numpy as np  # whoever has rows has loaded it  # noqa: PLC0415

    def no_room(scale: float, *told: float) -> bool:
        months = zip(effects.months_to_adjust, told[len(own) :], strict=True)
        return bool(impossible_variance(tuple(zip(own, told, strict=False)), scale, tuple(months)))

    rows = zip(*(np.broadcast_to(column, size).tolist() for column in columns), strict=True)
    return np.array([no_room(*row) for row in rows])


def _no_room(effects: Effects) -> str:
    own = tuple(effects.overrides().items())
    return impossible_variance(own, effects.scale, tuple(effects.months_to_adjust.items()))


@lru_cache(maxsize=256)
def impossible_variance(
    overrides: tuple[tuple[str, float], ...], scale: float, months: tuple[tuple[str, float], ...]
) -> str:
    """Return why no workforce can have these effects, or nothing."""
    from sim.evidence.variance import noise_sd_of  # numpy takes a tenth of a second to load  # noqa: PLC0415

    table = {key: effect.effect for key, effect in load_effects().items()} | dict(overrides)
    try:
        own = (*(effect * scale for effect in table.values()), *(number for _, number in months))
        noise_sd_of(tuple(table), tuple(state for state, _ in months), own)
    except ValueError as fault:
        return str(fault)
    return ""
