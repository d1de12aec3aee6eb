"""List every input of an answer's scenarios beside one another: value, unit, range, and who says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.evidence.cards import load_cards
from sim.runs.answer import Answer, Case
from sim.scenario.describe import Input
from sim.scenario.differences import compared
from sim.scenario.fields import Table
from sim.scenario.schema import Effects, Organization
from sim.scenario.timeline import EmployerPlan, plans
from sim.takeaway.private import ROSTER, WITHHELD, without_people
from sim.units import month_number, month_text
from sim.words.inputs import input_at

Cell = str | float | int | None
FIRST: Final = ("horizon", "experiment", "count", *Organization.model_fields)  # tables in the order of the schema
NONE: Final = "none"


@dataclass(frozen=True)
class InputRow:
    """One input: its value in each scenario (None where the scenario has no such table), and where values come from."""

    path: str
    about: str
    unit: str
    range: str
    values: tuple[Cell, ...]
    stated: tuple[bool, ...]  # by the scenario itself; else the default holds
    evidence: str
    grade: str  # of the evidence for the default
    sources: str

    @property
    def differs(self) -> bool:
        """Whether any alternative has another value than the base."""
        return any(value != self.values[0] for value in self.values[1:])


def input_rows(answer: Answer) -> list[InputRow]:
    """Return every input of base and alternatives in the order of the schema; later changes come last."""
    by_case = [_leaves(case) for case in answer.cases]
    paths = sorted(dict.fromkeys(path for leaves in by_case for path in leaves), key=_place)
    shared = _shared(by_case, paths)
    return [_row(path, shown, by_case, answer) for path, shown in shared.items()]


def _place(path: str) -> tuple[bool, int]:
    """Return what sorts addresses: by table, later changes behind."""
    return "," in path, FIRST.index(_of_any_kind(path).partition(".")[0])


def _shared(by_case: list[dict[str, Cell]], paths: Sequence[str]) -> dict[str, str]:
    """Return address → address shown: once, without the kind's name, where all kinds of employers agree."""
    inside: dict[str, list[str]] = {}
    for path in paths:
        inside.setdefault(_of_any_kind(path), []).append(path)
    shown: dict[str, str] = {}
    for plain, own in inside.items():
        alike = len({tuple(leaves.get(path) for leaves in by_case) for path in own}) == 1
        everywhere = len(own) == max(map(len, inside.values()))
        shown |= {own[0]: plain} if alike and everywhere else {path: path for path in own}
    return shown


def _of_any_kind(path: str) -> str:
    return ".".join(path.split(".")[2:]) if path.startswith("employer.") else path


def _row(path: str, shown: str, by_case: list[dict[str, Cell]], answer: Answer) -> InputRow:
    plain = _of_any_kind(path).partition(",")[0]
    kind = next((str(leaves[above]) for leaves in by_case if (above := _kind_path(path)) in leaves), "")
    values = tuple(leaves.get(path) for leaves in by_case)
    stated = tuple(path in leaves and _stated(case, path) for case, leaves in zip(answer.cases, by_case, strict=True))
    row = InputRow(shown, about="", unit="", range="", values=values, stated=stated, evidence="", grade="", sources="")
    given = input_at(plain.split("."), kind)
    if given is None:
        return row
    row = replace(row, about=given.about, unit=given.unit, range=_range(given), evidence=given.evidence)
    card = load_cards().get(given.evidence)
    return row if card is None else replace(row, grade=card.grade, sources=", ".join(card.sources))


def _kind_path(path: str) -> str:
    return f"{path.partition(',')[0].rpartition('.')[0]}.kind"


def _range(given: Input) -> str:
    return given.limits.words() or ", ".join(given.choices)


# values ------------------------------------------------------------------------------------------------------------


def _leaves(case: Case) -> dict[str, Cell]:
    """Return address → value of everything that a scenario means."""
    scenario = case.loaded.scenario
    unfolded = plans(scenario)
    found = dict(_inside(scenario.horizon, "horizon"))  # seed and replications are the answer's, not a scenario's
    found |= {"experiment.feedback": _cell("experiment.feedback", scenario.experiment.feedback)}
    for plan in unfolded:
        start = f"employer.{plan.name}." if len(unfolded) > 1 else ""
        if start:
            found[f"{start}count"] = plan.count
        found |= {f"{start}{path}": value for path, value in _inside(plan.epochs[0][1], "")}
    for plan in unfolded:
        start = f"employer.{plan.name}." if len(unfolded) > 1 else ""
        found |= {f"{start}{path}": value for path, value in _later(plan, month_number(scenario.horizon.start))}
    return found


def _inside(value: Any, path: str) -> Iterator[tuple[str, Cell]]:
    if isinstance(value, Table | Mapping) and value:
        for name, inner in _parts(value):
            yield from _inside(inner, f"{path}.{name}".lstrip("."))
    else:
        yield path, _cell(path, value)


def _parts(value: Table | Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
        return
    yield from ((name, getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Effects):
        yield from value.overrides().items()


def _later(plan: EmployerPlan, start: int) -> Iterator[tuple[str, Cell]]:
    """Yield what changes at a later date."""
    for (_, before), (month, after) in zip(plan.epochs, plan.epochs[1:], strict=False):
        for path, (_, new) in compared(before, after).items():
            yield f"{path}, from {month_text(start + month)}", _cell(path, new)


def _cell(path: str, value: Any) -> Cell:
    if path.rpartition(".")[2] == ROSTER and value:
        return f"{len(value)} people; {WITHHELD}"
    if value is None or value in ((), [], {}):
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return value
    return json.dumps(without_people(_plain(value)), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Table):
        return value.model_dump(mode="json")
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _stated(case: Case, path: str) -> bool:
    """Whether the scenario's files or options set an input, for this kind of employer or for all."""
    plain, _, dated = path.partition(",")
    if dated:
        return True
    tables: list[Any] = [case.loaded.raw]
    if path.startswith("employer."):
        tables += [one for one in case.loaded.raw.get("employer", ()) if one.get("name") == path.split(".")[1]]
    parts = _of_any_kind(plain).split(".")
    return any(_holds(table, parts) for table in tables)


def _holds(table: Any, parts: list[str]) -> bool:
    for part in parts:
        if not isinstance(table, Mapping) or part not in table:
            return False
        table = table[part]
    return True
