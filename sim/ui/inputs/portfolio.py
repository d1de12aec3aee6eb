"""Change which kinds of employers a question has: more, fewer, another name; alternatives and dates follow."""

from __future__ import annotations

from dataclasses import replace

from sim.scenario.patch import TableDict
from sim.ui.addresses import EMPLOYER, NAME, kinds_in
from sim.ui.inputs.dated_rows import Row, changes_of, rows_of
from sim.ui.question import Question


def names(question: Question, place: int) -> list[str]:
    """Return the names of the kinds of employers in a scenario."""
    return list(kinds_in(question.tables(place)))


def kinds_of(question: Question) -> list[TableDict]:
    """Return the kinds of employers of the base."""
    told = question.base.get(EMPLOYER)
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def with_kinds(question: Question, kinds: list[TableDict]) -> Question:
    """Return the question with these kinds of employers in the base; with none it is one organization again."""
    base = {key: value for key, value in question.base.items() if key != EMPLOYER}
    return replace(question, base=base | {EMPLOYER: kinds} if kinds else base)


def without_kind(question: Question, at: int) -> Question:
    """Return the question without a kind, whatever base and alternatives say of it."""
    kinds = kinds_of(question)
    name = str(kinds[at].get(NAME))
    return _everywhere(with_kinds(question, kinds[:at] + kinds[at + 1 :]), name, None)


def renamed(question: Question, at: int, new: str) -> Question:
    """Return the question with another name for a kind, wherever base and alternatives speak of it."""
    kinds = kinds_of(question)
    old = str(kinds[at].get(NAME))
    kinds[at] = {NAME: new} | {key: value for key, value in kinds[at].items() if key != NAME}
    return _everywhere(with_kinds(question, kinds), old, new)


def _everywhere(question: Question, old: str, new: str | None) -> Question:
    """Return the question with another name for a kind in dated changes and alternatives, or without the kind."""
    alternatives = tuple(
        one if one.own else replace(one, tables=_spoken(one.tables, old, new)) for one in question.alternatives
    )
    return replace(question, base=_spoken(question.base, old, new), alternatives=alternatives)


def _spoken(tables: TableDict, old: str, new: str | None) -> TableDict:
    """Return one layer's tables with another name for a kind."""
    spoken = dict(tables)
    told = spoken.get(EMPLOYER)
    if isinstance(told, dict):
        spoken[EMPLOYER] = _renamed(told, old, new)
        if not spoken[EMPLOYER]:
            del spoken[EMPLOYER]
    if "change" in spoken:
        rows = [row for one in rows_of(spoken["change"]) if (row := _row(one, old, new)) is not None]
        spoken["change"] = changes_of(rows)
    return spoken


def _renamed(kinds: TableDict, old: str, new: str | None) -> TableDict:
    """Return what is said of kinds with another name for one, or without it."""
    names = {name: new if name == old else name for name in kinds}
    return {name: kinds[before] for before, name in names.items() if name}


def _row(row: Row, old: str, new: str | None) -> Row | None:
    month, address, value = row
    if not address.startswith(f"{EMPLOYER}.{old}."):
        return row
    return None if new is None else (month, address.replace(f".{old}.", f".{new}.", 1), value)
