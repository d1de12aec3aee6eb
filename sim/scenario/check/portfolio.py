"""Check what concerns the scenario as a whole: names, dates, size, and layers that hide one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.scenario.check.dated import Dated
from sim.scenario.check.valid_parts import Sound
from sim.scenario.patch import find
from sim.scenario.problems import NOTHING, Fault, Path, did_you_mean
from sim.scenario.read.draft import Draft
from sim.scenario.shape import OFF
from sim.scenario.timeline import EmployerPlan
from sim.units import month_number, month_text

MANY_POST_MONTHS = 5_000_000
MOST_POST_MONTHS = 50_000_000


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
