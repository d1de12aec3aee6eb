"""Warn of what a user set in vain, so that nobody waits for an effect that will not come, or without its source.

Why an input has no effect is read off the influence graph: a condition that holds closes its ways to every measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from typing import Any, Final

from sim.evidence.cards import Card
from sim.influences import graph
from sim.influences.lines import Given
from sim.scenario.addresses import is_set, kinds_in, left_open
from sim.scenario.check.conditions import Conditions, Setting
from sim.scenario.check.dated import Dated
from sim.scenario.check.reach import declared
from sim.scenario.check.valid_parts import Sound
from sim.scenario.describe import Input, inputs
from sim.scenario.fields import Table
from sim.scenario.patch import find, leaves
from sim.scenario.problems import Fault, Path
from sim.scenario.read.draft import Draft
from sim.scenario.read.layers import Layer
from sim.scenario.schema import EmployerKind, Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import claims_of, paid_by_the_unit
from sim.scenario.timeline import EmployerPlan
from sim.scenario.yardsticks import stands_in

Reasons = Mapping[Path, str]
LIVING_WAGE = ("place", "living_wage_usd_per_hour")
SOURCE = ("place", "living_wage_source")
HOUSEHOLDS = ("place", "households")
OF_THE_STATE = ("living_wage_usd_per_hour", "outside_wage_usd_per_hour", "minimum_wage_usd_per_hour")
RATE = "rate_usd_per_unit"
STATE = ("place", "state")
Idle = Iterator[tuple[Path, str]]  # an address and the reason why it has no effect
IS_0: Final = re.compile(r"([\w.]+) is 0")
COVERS_NOBODY: Final = "at 0 the source pays nothing, whatever its other settings"


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


# why an input of an employer has no effect -----------------------------------------------------------------------


def drawn_from_0(raw: Mapping[str, Any]) -> dict[str, Card]:
    """The settings that are 0 by default and that futures draw: no table of the scenario or of a kind states them."""
    return {
        path: card
        for path, _, card in left_open(raw)
        if card.value == 0 and not any(is_set(kind, path) for kind in kinds_in(raw))
    }


def idle_inputs(tables: Organization, horizon: Horizon, drawn: Mapping[str, Card]) -> dict[Path, str]:
    """Return the inputs of one employer that have no effect, each with the reason.

    Args:
        tables: the employer's.
        horizon: of the scenario.
        drawn: settings that are 0 and that futures draw, so that what they keep from mattering matters there.
    """
    conditions = Conditions([Setting(tables, horizon)])
    found = [(path, declared(one)) for path, one in present(tables)]
    found += [(("effects", *key.split(".", 1)), graph.given_at(f"effects.{key}")) for key in tables.effects.overrides()]
    reasons = {path: why_idle(conditions, path, given) for path, given in found}
    told = {path: reason for path, reason in reasons.items() if reason} | dict(_of_sources(tables))
    return {path: reason + _in_futures(path, reason, drawn) for path, reason in told.items()}


def _in_futures(path: Path, reason: str, drawn: Mapping[str, Card]) -> str:
    """Where futures draw the setting that keeps an input from mattering, in words; nothing where they do not."""
    found = IS_0.fullmatch(reason)
    if found is None:
        return ""
    address = found[1] if "." in found[1] else ".".join(map(str, (*path[:-1], found[1])))
    card = drawn.get(address)
    return "" if card is None else f" at the value taken; futures draw it from {card.low:g} to {card.high:g}"


def why_idle(conditions: Conditions, path: Path, given: Given) -> str:
    """Return why an input has no effect; nothing where it has one, or is for the reader."""
    return graph.in_the_way(given, conditions.freed(".".join(map(str, path))).at(path))


def present(tables: Organization) -> Iterator[tuple[Path, Input]]:
    """Yield every input that an employer's tables have, names filled in, rows of the effects table left out."""
    for one in inputs():
        first, *rest = one.path.split(".")
        if first in Organization.model_fields and "[]" not in one.path and "<cause>" not in one.path:
            yield from ((path, one) for path in _filled(getattr(tables, first), (first,), rest, one.kind))


def _filled(table: Any, start: Path, rest: list[str], kind: str) -> Iterator[Path]:
    """Yield the addresses of an input inside a table of its kind: one for each name that the user chose."""
    part, *after = rest
    if part.startswith("<"):
        for name, inner in table.items() if isinstance(table, Mapping) else ():
            yield from _filled(inner, (*start, name), after, kind) if after else [(*start, name)]
    elif after:
        yield from _filled(getattr(table, part, None), (*start, part), after, kind)
    elif isinstance(table, Table) and kind in ("", getattr(table, "kind", "")):
        yield (*start, part)


def _of_sources(tables: Organization) -> Idle:
    """Yield what is idle by its own value: a source that covers nobody, an activity that takes no time."""
    for name, payer in claims_of(tables.funding).items():
        if payer.clients_covered_share == 0:
            yield ("funding", name, "clients_covered_share"), COVERS_NOBODY
    for name, source in paid_by_the_unit(tables.funding).items():
        for place, activity in enumerate(source.billable):
            if getattr(tables.time_use, activity) == 0:
                yield ("funding", name, "billable", place), f"time_use.{activity} is 0"
