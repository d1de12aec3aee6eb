"""Check a draft: name every fault and warning at once, or return the scenario with its defaults filled in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.effects import load_effects
from sim.scenario.addresses import numbers_of, value_in
from sim.scenario.check.consistency import consistency_faults
from sim.scenario.check.dated import Dated
from sim.scenario.check.near_zero import tiny_faults
from sim.scenario.check.plausible import implausible
from sim.scenario.check.valid_parts import Sound, sound_part
from sim.scenario.check.warnings import warnings
from sim.scenario.defaults import resolve
from sim.scenario.describe import LARGEST_EFFECT, Input, Limits
from sim.scenario.patch import find
from sim.scenario.problems import MOST_PROBLEMS, NOTHING, Fault, Path, Problem, ScenarioError, did_you_mean, shown
from sim.scenario.read.draft import Draft
from sim.scenario.read.ranges import RANGES
from sim.scenario.schema import Scenario
from sim.scenario.shape import OFF
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import month_number, month_text

FORM = "must be two numbers, the lower first: [low, high]"
ANY_PLACE = -1
MANY_POST_MONTHS = 5_000_000
MOST_POST_MONTHS = 50_000_000


def range_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the ranges of a draft."""
    said = draft.raw.get(RANGES)
    if not isinstance(said, Mapping) or not said:
        return
    numbers = {path: (one, default) for path, one, default in numbers_of(draft.raw)}
    effects = {f"effects.{key}": effect.effect for key, effect in load_effects().items()}
    for address, ends in said.items():
        rule, fix = "", ""
        if address in effects:
            limits = Limits(ge=-LARGEST_EFFECT, le=LARGEST_EFFECT)
            rule = _wrong(ends, value_in(draft.raw, address, effects[address]), limits, whole=False)
        elif address in numbers:
            one, default = numbers[address]
            rule = _wrong(ends, value_in(draft.raw, address, default), one.limits, whole=_is_whole(one))
        else:
            rule = "is no number of this scenario"
            fix = did_you_mean(address, [*numbers, *effects]) or "`peerstay schema --markdown` lists them"
        if rule:
            yield Fault(draft.range_path(address), ends, rule, fix)


def _is_whole(one: Input) -> bool:
    return one.type == "whole number"


def _are_ends(ends: Any) -> bool:
    """Whether something is a pair of numbers, the lower one first."""
    pair = isinstance(ends, list | tuple) and len(ends) == 2 and all(map(_is_number, ends))
    return pair and ends[0] < ends[1]


def _wrong(ends: Any, value: Any, limits: Limits, *, whole: bool) -> str:
    """Return the rule that a range breaks; nothing where it breaks none."""
    if not _are_ends(ends):
        return FORM
    low, high = ends
    if whole and not all(float(end).is_integer() for end in ends):
        return "must have whole numbers as its ends, as the input itself"
    if not (limits.allow(low) and limits.allow(high)):
        return f"must lie where the input may: {limits.words()}"
    if not _is_number(value):
        return "is the range of an input that has no value: state the input beside it"
    if not low <= value <= high:
        return f"must hold the value of the input, {value:g}"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _not_yet_named(more: Iterable[Fault], found: Iterable[Fault]) -> list[Fault]:
    """Faults of addresses that no other fault names."""
    named = {fault.path for fault in found}
    return [fault for fault in more if fault.path not in named]


def checked(draft: Draft, *, warn: bool = True) -> tuple[Scenario, tuple[Problem, ...]]:
    """Return the resolved scenario and its warnings; without `warn`, of these only what is found beside the faults.

    Raises:
        ScenarioError: with every fault, warnings among them.
    """
    sound, faults = sound_part(draft)
    found = [*layer_faults(draft), *faults, *range_faults(draft)]
    found += _not_yet_named(tiny_faults(draft.raw), found)
    scenario = None
    if sound is not None:
        scenario = resolve(sound.scenario)
        unfolded = plans(scenario)
        found += portfolio_faults(sound, unfolded)
        found += _faults_of_employers(draft, sound, unfolded)
        if warn:
            found += warnings(draft, sound, unfolded)
            if {fault.severity for fault in found} <= {"warning"}:  # else some values are stand-ins for faulty ones
                found += _hard_to_believe(draft, sound, unfolded, {fault.path for fault in found})
    problems = _problems(draft, found)
    if scenario is None or any(problem.severity == "error" for problem in problems):
        raise ScenarioError(problems)
    return scenario, problems


def _faults_of_employers(draft: Draft, sound: Sound, unfolded: Sequence[EmployerPlan]) -> Iterator[Fault]:
    """Yield what is inconsistent in any employer's tables at any date, at the address that says so."""
    horizon = sound.scenario.horizon
    for order, plan in enumerate(unfolded):
        place = sound.kinds[order] if sound.kinds else ANY_PLACE
        for month, tables in plan.epochs:
            for fault in consistency_faults(tables, horizon, sound.unsound_in(place)):
                path = _said_at(draft, sound, fault.path, place, month)
                yield Fault(path, fault.value, fault.rule, fault.fix, fault.severity)


def _hard_to_believe(draft: Draft, sound: Sound, unfolded: Sequence[EmployerPlan], named: set[Path]) -> Iterator[Fault]:
    """Yield what is hard to believe among what the user set or left out; what has a fault already is left alone."""
    horizon = sound.scenario.horizon
    for order, plan in enumerate(unfolded):
        place = sound.kinds[order] if sound.kinds else ANY_PLACE
        for month, tables in plan.epochs:
            for fault in implausible(tables, horizon):
                path = _said_at(draft, sound, fault.path, place, month)
                if path not in named:
                    yield Fault(path, fault.value, fault.rule, fault.fix, fault.severity)


def _said_at(draft: Draft, sound: Sound, path: Path, place: int, month: int) -> Path:
    """Return where an employer's input is said: in a dated setting, in its kind, or in the top tables."""
    own: Path = ("employer", place, *path)
    in_kind = draft.sets(own)
    name = find(draft.raw, ("employer", place, "name"))[0]
    for one in reversed(sound.settings):
        reaches = one.employer == name or (one.employer is None and not in_kind)
        touches = one.path[: len(path)] == path[: len(one.path)]
        if 0 <= one.month <= month and month > 0 and reaches and touches:
            return one.where
    return own if in_kind else path


def _problems(draft: Draft, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """Return faults as problems, each once, in the order of the file."""
    found = list(dict.fromkeys(_problem(draft, fault) for fault in faults))
    files = [layer.file for layer in reversed(draft.layers)]
    found.sort(key=lambda one: (files.index(one.file) if one.file in files else -1, one.line or 0))
    kept = found[:MOST_PROBLEMS]
    if len(found) > MOST_PROBLEMS:
        kept.append(Problem(draft.file, None, "", None, f"{len(found) - MOST_PROBLEMS} more problems"))
    return tuple(kept)


def _problem(draft: Draft, fault: Fault) -> Problem:
    value = None if fault.value is NOTHING else shown(fault.value)
    where = draft.where(fault.path)
    return Problem(*where, draft.shown_path(fault.path), value, fault.rule, fault.fix, fault.severity)


# the scenario as a whole: names, dates, size, and layers that hide one another -----------------------------------


def layer_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what goes wrong where one layer is laid on another."""
    yield from _unknown_kinds(draft)
    yield from _double_names(draft)
    yield from _nothing_to_leave_out(draft)
    yield from _replaced_lists(draft)


def _nothing_to_leave_out(draft: Draft) -> Iterator[Fault]:
    for path in draft.taken_out:
        top = path[2:] if path[0] == "employer" else path
        spots = [(draft.raw, top), *((layer.data, draft.path_in(layer, path)) for layer in draft.layers)]
        if not any(isinstance(_at(tables, spot), dict) for tables, spot in spots):
            names = _at(draft.raw, top[:-1])
            fix = did_you_mean(str(path[-1]), [name for name in names or () if name != path[-1]])
            yield Fault(path, OFF, "there is nothing with this name to leave out", fix)


def _replaced_lists(draft: Draft) -> Iterator[Fault]:
    for key in ("change", "employer"):
        lists = [layer for layer in draft.layers if isinstance(layer.data.get(key), list) and layer.data[key]]
        if len(lists) > 1 and lists[-2].data[key] != lists[-1].data[key]:
            rule = f"[[{key}]] replaces the whole [[{key}]] of {lists[-2].file}"
            yield Fault((key,), NOTHING, rule, "repeat here what still applies", "warning")


def _at(table: Any, path: Path) -> Any:
    value, depth = find(table, path)
    return value if depth == len(path) else None


def _unknown_kinds(draft: Draft) -> Iterator[Fault]:
    """Yield tables [employer.<name>] whose name no [[employer]] beneath has."""
    for layer in draft.layers:
        named, kinds = layer.data.get("employer"), draft.raw.get("employer")
        if isinstance(named, dict) and isinstance(kinds, list):
            names = [str(kind.get("name")) for kind in kinds if isinstance(kind, dict)]
            for name in named:
                if name not in names:
                    fix = did_you_mean(name, names) or f"kinds are {', '.join(names[:8])}"
                    yield Fault(("employer", name), NOTHING, "there is no [[employer]] with this name", fix)


def portfolio_faults(sound: Sound, plans: Sequence[EmployerPlan]) -> Iterator[Fault]:
    """Yield what is wrong with names, dates and size."""
    for one in sound.settings:
        yield from _date_fault(one, sound)
    yield from _settings_in_vain(sound)
    yield from _nobody_to_meet(plans)
    yield from _too_large(sound, plans)


def _double_names(draft: Draft) -> Iterator[Fault]:
    kinds = draft.raw.get("employer")
    names = [kind.get("name") for kind in kinds if isinstance(kind, dict)] if isinstance(kinds, list) else []
    for place, name in enumerate(names):
        if name is not None and name in names[:place]:
            yield Fault(("employer", place, "name"), name, "another [[employer]] has this name")


def _date_fault(one: Dated, sound: Sound) -> Iterator[Fault]:
    horizon = sound.scenario.horizon
    at = month_text(month_number(horizon.start) + one.month)
    path = ("change", one.entry, "at")
    if one.month < 0:
        rule = f"comes before the start, {horizon.start}"
        yield Fault(path, at, rule, "set the input without a date")
    elif one.month >= horizon.months:
        yield Fault(path, at, "comes after the end and has no effect", severity="warning")


def _settings_in_vain(sound: Sound) -> Iterator[Fault]:
    """Yield settings that a later one of the same date replaces."""
    last: dict[tuple[object, ...], Dated] = {}
    for one in sound.settings:
        key = (one.month, one.employer, one.path)
        if key in last:
            earlier = last[key]
            rule = "is set again on the same date and has no effect"
            yield Fault(earlier.where, earlier.value, rule, "keep one of them", "warning")
        last[key] = one


def _nobody_to_meet(plans: Sequence[EmployerPlan]) -> Iterator[Fault]:
    """Yield a market without anybody to meet: one employer, or none who looks for another peer job."""
    meeting = [plan.epochs for plan in plans if plan.epochs[0][1].market.employers_meet]
    turnovers = [tables.turnover for epochs in meeting for _, tables in epochs]
    if not meeting:
        return
    if sum(plan.count for plan in plans) == 1:
        yield _meets_nobody("there is one employer; [[employer]] lists more")
    elif all(one.other_field_share + one.out_of_work_share >= 1 for one in turnovers):
        yield _meets_nobody("no quitter takes another peer job (turnover.other_field_share, out_of_work_share)")


def _meets_nobody(reason: str) -> Fault:
    return Fault(("market", "employers_meet"), True, f"has no effect: {reason}", severity="warning")


def _too_large(sound: Sound, plans: Sequence[EmployerPlan]) -> Iterator[Fault]:
    horizon = sound.scenario.horizon
    posts = sum(plan.count * max(tables.posts.number for _, tables in plan.epochs) for plan in plans)
    size = posts * (horizon.months + horizon.warm_up_months)
    if size > MOST_POST_MONTHS:
        rule = f"{size:,} post-months per replication are more than {MOST_POST_MONTHS:,}"
        yield Fault(("posts", "number"), posts, rule, "fewer posts, employers or months")
    elif size > MANY_POST_MONTHS:
        rule = f"{size:,} post-months per replication take a long time"
        yield Fault(("posts", "number"), posts, rule, "", "warning")
