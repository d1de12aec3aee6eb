"""What differs between two scenarios, in addresses and values, by their meaning and not by how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.evidence.effects import load_effects
from sim.scenario.fields import Table
from sim.scenario.fingerprint import canonical
from sim.scenario.problems import shown
from sim.scenario.schema import Effects, Organization, Scenario
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import month_number, month_text

Pairs = dict[str, tuple[Any, Any]]  # address → (value in the base, value in the other)
FOREVER = -1  # stands for "from the start, without a date"


@dataclass(frozen=True, slots=True)
class Difference:
    """One input that differs; values are as a file would hold them, None where there is none.

    `at` is the month from which the two differ so, None for the start. Where they become equal again, both
    values are the same. `until` is what the other has until then, None at the start or where it has nothing.
    """

    path: str
    from_: Any
    to: Any
    at: str | None
    until: Any = None

    @property
    def own_step(self) -> bool:
        """Whether the other has had until then something else than the base has from then on: the step is its own."""
        return None not in (self.at, self.until, self.to) and self.until != self.from_ != self.to

    def table(self) -> dict[str, Any]:
        """Return it under the keys path, from, to, at."""
        return {"path": self.path, "from": self.from_, "to": self.to, "at": self.at}

    def __str__(self) -> str:
        """Write the difference on one line."""
        when = "" if self.at is None else f" from {self.at}"
        if canonical(self.from_) == canonical(self.to):
            return f"{self.path}: {shown(self.to)} in both{when}"
        before = self.until if self.own_step else self.from_
        return f"{self.path}: {_said(before)} → {_said(self.to)}{when}"


def differences(base: Scenario, other: Scenario) -> tuple[Difference, ...]:
    """Return what differs in meaning, sorted by address and date.

    Seed, replications and texts about the scenario are left out. What differs alike in every employer is said
    once, with the address of the top tables.
    """
    found = [*_frame(base, other), *_employers(base, other)]
    return tuple(sorted(found, key=lambda one: (one.path, one.at or "")))


def _frame(base: Scenario, other: Scenario) -> Iterator[Difference]:
    """Yield what differs in horizon and feedback."""
    pairs = compared(base.horizon, other.horizon, "horizon")
    feedback = (base.experiment.feedback, other.experiment.feedback)
    if feedback[0] != feedback[1]:
        pairs["experiment.feedback"] = feedback
    yield from (Difference(path, before, after, None) for path, (before, after) in pairs.items())


def _counts(ours: Mapping[str, EmployerPlan], theirs: Mapping[str, EmployerPlan]) -> Iterator[Difference]:
    """Yield of how many employers of a kind there are more or fewer."""
    for name in sorted(ours.keys() | theirs.keys()):
        before, after = (plans_of[name].count if name in plans_of else 0 for plans_of in (ours, theirs))
        if before != after:
            yield Difference(f"employer.{name}.count", before, after, None)


def _employers(base: Scenario, other: Scenario) -> Iterator[Difference]:
    """Yield what differs in the employers: how many of each kind, and the tables of the kinds in both."""
    ours = {plan.name: plan for plan in plans(base)}
    theirs = {plan.name: plan for plan in plans(other)}
    if len(ours) == len(theirs) == 1:  # one employer each: the same, whatever it is called
        theirs = dict(zip(ours, theirs.values(), strict=True))
    yield from _counts(ours, theirs)
    both = [name for name in ours if name in theirs]
    starts = (month_number(base.horizon.start), month_number(other.horizon.start))
    yield from _shared_once({name: list(_through_time(ours[name], theirs[name], starts)) for name in both})


def _shared_once(by_name: Mapping[str, Sequence[Difference]]) -> Iterator[Difference]:
    """Yield what differs in every kind once, the rest with the name of its kind."""
    everywhere = [one for one in next(iter(by_name.values()), ()) if all(one in each for each in by_name.values())]
    yield from everywhere
    for name, found in by_name.items():
        for one in found:
            if one not in everywhere:
                yield replace(one, path=f"employer.{name}.{one.path}")


def _through_time(ours: EmployerPlan, theirs: EmployerPlan, starts: tuple[int, int]) -> Iterator[Difference]:
    """Yield what differs from the start, and at each later date what differs otherwise than before.

    Of a table that only one of them has, what changes in it later is told input by input.
    """
    before: Pairs = {}
    last = None
    for date in _dates(ours, theirs, starts):
        tables = _holding(theirs, date - starts[1])
        now = compared(_holding(ours, date - starts[0]), tables)
        at = None if date == FOREVER else month_text(date)
        for path in {**before, **now}:
            if _told_whole(before.get(path)) and path in now:
                inside = compared(_part_at(last, path), _part_at(tables, path), path)
                yield from (Difference(leaf, None, new, at, old) for leaf, (old, new) in inside.items())
            elif before.get(path) != now.get(path):
                values = now.get(path) or (_compact(_part_at(tables, path)),) * 2
                yield Difference(path, *values, at, _compact(_part_at(last, path)))
        before, last = now, tables


def _dates(ours: EmployerPlan, theirs: EmployerPlan, starts: tuple[int, int]) -> list[int]:
    months = {
        month + start
        for plan, start in zip((ours, theirs), starts, strict=True)
        for month, _ in plan.epochs
        if month > 0
    }
    return [FOREVER, *sorted(months)]


def _holding(plan: EmployerPlan, month: int) -> Organization:
    """Return the tables that hold in a month since the start, the first ones before it."""
    return [tables for since, tables in plan.epochs if since <= max(month, 0)][-1]


def _told_whole(values: tuple[Any, Any] | None) -> bool:
    """Whether a difference is a whole table, of which later only what is new in it is told."""
    return values is not None and any(isinstance(value, dict) for value in values)


def _part_at(table: Any, path: str) -> Any:
    """Return what stands at an address inside a table, None where it has no such table."""
    parts = _parts(table)
    if path in parts:
        return parts[path]
    name = next((name for name in parts if path.startswith(f"{name}.")), None)
    return None if name is None else _part_at(parts[name], path.removeprefix(f"{name}."))


def compared(ours: Any, theirs: Any, path: str = "") -> Pairs:
    """Return the addresses at which two tables differ.

    A table that only one has, or that is of another kind, is one difference, told by what is not default.
    """
    if _same_sort(ours, theirs):
        parts, others = _parts(ours), _parts(theirs)
        found: Pairs = {}
        for name in {**parts, **others}:
            found |= compared(parts.get(name), others.get(name), f"{path}.{name}".lstrip("."))
        return found
    key = path.rpartition(".")[2]
    same = canonical(_compact(ours), key) == canonical(_compact(theirs), key)
    return {} if same else {path: (_compact(ours), _compact(theirs))}


def _same_sort(ours: Any, theirs: Any) -> bool:
    """Whether two values are tables of one type, or both named tables."""
    if isinstance(ours, Table):
        return type(ours) is type(theirs)
    return isinstance(ours, Mapping) and isinstance(theirs, Mapping)


def _parts(table: Any) -> Mapping[str, Any]:
    if isinstance(table, Effects):
        rows = {key: effect.effect for key, effect in load_effects().items()}
        return {name: getattr(table, name) for name in Effects.model_fields} | rows | table.overrides()
    if isinstance(table, Table):
        return {name: getattr(table, name) for name in type(table).model_fields}
    return table if isinstance(table, Mapping) else {}


def _compact(value: Any) -> Any:
    """Return a value as a file would hold it: of a table its kind and what is not default."""
    if isinstance(value, Table):
        kind = {"kind": value.kind} if hasattr(value, "kind") else {}
        return kind | value.model_dump(mode="json", exclude_defaults=True)
    return [_compact(item) for item in value] if isinstance(value, tuple) else value


def _said(value: Any) -> str:
    return "none" if value is None else shown(value)
