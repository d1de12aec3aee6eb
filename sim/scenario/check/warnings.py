"""Warn of what a user set in vain, or without saying where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from typing import Any

from sim.scenario.check.dated import Dated
from sim.scenario.check.idle import drawn_from_0, idle_inputs
from sim.scenario.check.valid_parts import Sound
from sim.scenario.patch import find, leaves
from sim.scenario.problems import Fault, Path
from sim.scenario.read.draft import Draft
from sim.scenario.read.layers import Layer
from sim.scenario.schema import EmployerKind, Organization
from sim.scenario.tables.funding import paid_by_the_unit
from sim.scenario.timeline import EmployerPlan
from sim.scenario.yardsticks import stands_in

Reasons = Mapping[Path, str]
LIVING_WAGE = ("place", "living_wage_usd_per_hour")
SOURCE = ("place", "living_wage_source")
HOUSEHOLDS = ("place", "households")
OF_THE_STATE = ("living_wage_usd_per_hour", "outside_wage_usd_per_hour", "minimum_wage_usd_per_hour")
RATE = "rate_usd_per_unit"
STATE = ("place", "state")


def warnings(draft: Draft, sound: Sound, plans: Sequence[EmployerPlan]) -> Iterator[Fault]:
    """Yield what the user set that has no effect, and living wages without a source."""
    horizon, drawn = sound.scenario.horizon, drawn_from_0(draft.raw)
    idle = [
        reduce(_common, (idle_inputs(tables, horizon, drawn) for _, tables in plan.epochs))
        | _no_rate_moves(draft, plan)
        for plan in plans
    ]
    kinds = dict(zip(sound.kinds, sound.scenario.employer, strict=True))
    yield from _idle_at_the_top(draft, kinds, idle)
    yield from _idle_in_kinds(draft, kinds, idle)
    yield from _idle_settings(sound.settings, plans, idle)
    yield from _hidden_by_every_kind(draft, kinds)
    for start, tables in _tables_as_set(draft):
        yield from _living_wage_source(start, tables)
        yield from _household_sources(start, tables)
        yield from _floor_on_a_stand_in(start, tables, plans)
    yield from _wages_of_another_state(draft)
    yield from _wages_of_the_state_before(draft)


def _common(one: dict[Path, str], other: dict[Path, str]) -> dict[Path, str]:
    return {path: reason for path, reason in one.items() if path in other}


def _idle(path: Path, value: Any, reason: str) -> Fault:
    return Fault(path, value, f"has no effect: {reason}", severity="warning")


def _idle_at_the_top(draft: Draft, kinds: Mapping[int, EmployerKind], idle: Sequence[Reasons]) -> Iterator[Fault]:
    """Yield inputs of the top tables that are idle wherever a kind does not state its own."""
    differs: list[Mapping[str, Any]] = [kind.differs for kind in kinds.values()] or [{}]
    for path in filter(draft.sets, dict.fromkeys(chain.from_iterable(idle))):
        reached = [reasons for reasons, own in zip(idle, differs, strict=True) if not _states(own, path)]
        if reached and all(path in reasons for reasons in reached):
            yield _idle(path, find(draft.raw, path)[0], reached[0][path])


def _idle_in_kinds(draft: Draft, kinds: Mapping[int, EmployerKind], idle: Sequence[Reasons]) -> Iterator[Fault]:
    for place, reasons in zip(kinds, idle, strict=False):
        for path, reason in reasons.items():
            whole: Path = ("employer", place, *path)
            if draft.sets(whole):
                yield _idle(whole, find(draft.raw, whole)[0], reason)


def _idle_settings(
    settings: Sequence[Dated], plans: Sequence[EmployerPlan], idle: Sequence[Reasons]
) -> Iterator[Fault]:
    for one in settings:
        reached = [reasons for plan, reasons in zip(plans, idle, strict=True) if one.employer in (None, plan.name)]
        if reached and all(one.path in reasons for reasons in reached):
            yield _idle(one.where, one.value, reached[0][one.path])


def _hidden_by_every_kind(draft: Draft, kinds: Mapping[int, EmployerKind]) -> Iterator[Fault]:
    top = {name: value for name, value in draft.raw.items() if name in Organization.model_fields}
    for path, value in leaves(top):
        if kinds and path[-1] != "kind" and all(_states(kind.differs, path) for kind in kinds.values()):
            yield _idle(path, value, "every [[employer]] states its own")


def _states(differs: Mapping[str, Any], path: Path) -> bool:
    value, depth = find(differs, path)
    return depth == len(path) or value is None


def _no_rate_moves(draft: Draft, plan: EmployerPlan) -> dict[Path, str]:
    """Return pass-through as idle when no rate per unit ever moves, by date or over a file it extends."""
    rates = [
        {name: one.rate_usd_per_unit for name, one in paid_by_the_unit(tables.funding).items()}
        for _, tables in plan.epochs
    ]
    moved = any(rate != rates[0] for rate in rates) or any(
        path[-1] == RATE for layer in draft.layers[1:] for path, _ in leaves(layer.data)
    )
    return {} if moved else {("pay", "pass_through_share"): "no rate_usd_per_unit changes"}


def _tables_as_set(draft: Draft) -> Iterator[tuple[Path, Any]]:
    """Yield the top tables and those of each kind as the user set them."""
    yield (), draft.raw
    kinds = draft.raw.get("employer")
    for place, kind in enumerate(kinds if isinstance(kinds, list) else ()):
        yield ("employer", place), kind


def _household_sources(start: Path, tables: Any) -> Iterator[Fault]:
    households, known = _set(tables, HOUSEHOLDS)
    for name, household in households.items() if known and isinstance(households, Mapping) else ():
        wage, typed = _set(household, LIVING_WAGE[1:]) if isinstance(household, Mapping) else (None, False)
        if typed and wage != "off" and not _set(household, SOURCE[1:])[0]:
            fix = f"name source and year in place.households.{name}.living_wage_source"
            yield Fault((*start, *HOUSEHOLDS, name, LIVING_WAGE[1]), wage, "has no source", fix, "warning")


def _living_wage_source(start: Path, tables: Any) -> Iterator[Fault]:
    wage, has_wage = _set(tables, LIVING_WAGE)
    source, has_source = _set(tables, SOURCE)
    if has_wage and wage != "off" and not source:
        fix = "name source and year in place.living_wage_source"
        yield Fault((*start, *LIVING_WAGE), wage, "has no source", fix, "warning")
    if has_source and source and not has_wage:
        yield _idle((*start, *SOURCE), source, "no living_wage_usd_per_hour is typed in beside it")


def _floor_on_a_stand_in(start: Path, tables: Any, plans: Sequence[EmployerPlan]) -> Iterator[Fault]:
    """Yield living-wage floors that rest on a rent because no living wage was typed."""
    kind, has_floor = _set(tables, ("pay", "floor", "kind"))
    resting = [plan.epochs[0][1].place for plan in plans if stands_in(plan.epochs[0][1].place)]
    if has_floor and kind == "living_wage" and resting:
        wage = resting[0].living_wage_usd_per_hour
        rule = (
            f"rests on a housing wage (stand-in) of ${wage:.2f}, at which one bedroom where the middle one of the "
            "state's people lives takes 30 % of pay (rents differ much within a state): no living wage"
        )
        fix = "type place.living_wage_usd_per_hour with its source and year (MIT or EPI calculator)"
        yield Fault((*start, "pay", "floor", "kind"), kind, rule, fix, "warning")


def _wages_of_another_state(draft: Draft) -> Iterator[Fault]:
    """Yield kinds in a state of their own that take over wages typed in for the top tables' state."""
    for start, tables in _tables_as_set(draft):
        state, has_state = _set(tables, ("place", "state"))
        if not start or not has_state or state == _set(draft.raw, ("place", "state"))[0]:
            continue
        typed = [name for name in OF_THE_STATE if draft.sets(("place", name)) and not _set(tables, ("place", name))[1]]
        if typed:
            rule = f"inherits {', '.join(typed)}, typed in for the tables above"
            yield Fault((*start, "place", "state"), state, rule, 'set them, or "off" for the state\'s own', "warning")


def _stays_of_beneath(draft: Draft, layer: int, name: str) -> bool:
    """Whether an input was typed in beneath a layer, and neither there nor above."""
    return _in_any(draft.layers[:layer], name) and not _in_any(draft.layers[layer:], name)


def _wages_of_the_state_before(draft: Draft) -> Iterator[Fault]:
    """Yield a state that replaces the one of a layer beneath, whose wages stay as they were typed in."""
    states = [(place, *_set(layer.data, STATE)) for place, layer in enumerate(draft.layers)]
    *before, (last, state, _) = [one for one in states if one[2]] or [(0, None, False)]
    if not before or before[-1][1] == state:
        return
    typed = [name for name in OF_THE_STATE if _stays_of_beneath(draft, last, name)]
    if typed:
        rule = f"keeps {', '.join(typed)}, typed in for {before[-1][1]}"
        yield Fault(STATE, state, rule, 'set them too, or "off" for the state\'s own', "warning")


def _in_any(layers: Iterable[Layer], name: str) -> bool:
    return any(_set(layer.data, ("place", name))[1] for layer in layers)


def _set(tables: Any, path: Path) -> tuple[Any, bool]:
    value, depth = find(tables, path)
    return (value, True) if depth == len(path) else (None, False)
