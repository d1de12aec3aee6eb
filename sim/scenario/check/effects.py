"""Check the effects that a scenario overrides: known ones, within limits, that leave room for what is unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

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
        elif abs(value) > LARGEST_EFFECT:
            yield Fault(path, value, f"must be from -{LARGEST_EFFECT:g} to {LARGEST_EFFECT:g}")


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
    effects = tables.effects
    if effects == Effects() or any(effects_exist(tables, horizon)) or any(time_constants_fit(tables, horizon)):
        return
    fault = impossible_variance(
        tuple(effects.overrides().items()), effects.scale, tuple(effects.months_to_adjust.items())
    )
    if fault:
        yield Fault(("effects",), NOTHING, fault)


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
