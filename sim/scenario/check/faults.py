"""Turn what the schema finds wrong into words a user can act on, and cut the faulty parts out."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pydantic

from sim.scenario.describe import NUMBERS, choices_of, expected, inputs, limits_of, type_of
from sim.scenario.fields import Table
from sim.scenario.patch import find
from sim.scenario.problems import NOTHING, Fault, Path, did_you_mean
from sim.scenario.shape import OFF, Shape, kind_of

MOST_REPAIRS = 12
Model = TypeVar("Model", bound=Table)
NAME_RULE = "must be a name: lower-case letters, digits and _, a letter first, 40 at most"
STATE_RULE = "must be a state's two capital letters, or US"
EMPTY_RULE = "must have at least one entry"
MOST_NAMED = 8
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


def schema_faults(table: type[Model], data: Mapping[str, Any], shape: Shape) -> tuple[Model | None, list[Fault]]:
    """Return the table made from what is sound in the data, and every fault.

    The table is None when so much is wrong that nothing sound is left.
    """
    faults: list[Fault] = []
    sound: Any = data
    for _ in range(MOST_REPAIRS):
        try:
            return table.model_validate(sound), faults
        except pydantic.ValidationError as found:
            new = _described(found, sound, shape)
            faults += new if sound is data else []
            sound = without([fault.path for fault in new], sound)
    return None, faults


def without(paths: Iterable[Path], data: Any) -> Any:
    """Return a copy of the data without what stands at some addresses.

    Where nothing stands, something needed is missing, and the table around it goes.
    """
    kept = copy.deepcopy(data)
    for path in sorted(paths, key=_order, reverse=True):
        depth = find(kept, path)[1]
        gone = path if depth == len(path) else path[:-1]
        around, found = find(kept, gone[:-1])
        if gone and found == len(gone) - 1 and find(kept, gone)[1] == len(gone):
            del around[gone[-1]]
        elif path == ("pay",):
            kept["pay"] = {"wage_usd_per_hour": 1.0}  # stands in for the check of everything else
    return kept


def _order(path: Path) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, str(part)) for part in path]


def _described(found: pydantic.ValidationError, data: Any, shape: Shape) -> list[Fault]:
    """Return the faults pydantic found, one for each address."""
    by_path: dict[Path, Fault] = {}
    for error in found.errors(include_url=False):
        spot = _spot(error["loc"], data, shape)
        fault = _fault(spot, dict(error))
        by_path.setdefault(fault.path, fault)
    empty = [fault for fault in by_path.values() if fault.rule == EMPTY_RULE and fault.value]
    for fault in empty:  # every entry is at fault, and says so itself
        del by_path[fault.path]
    return list(by_path.values())


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a fault stands in the data, what should stand there, and the table around it."""

    path: Path
    shape: Shape | None
    around: Shape
    table: Any


def _spot(location: Sequence[str | int], data: Any, root: Shape) -> _Spot:
    """Return where pydantic found a fault.

    Its location also holds the kind it chose and the member of a union it tried; they are left out.
    """
    path: Path = ()
    inner: Shape | None = root
    around = root
    parts = list(location)
    while inner is not None:
        parts = parts[1:] if len(inner.tables) > 1 else parts  # the kind
        if not parts or parts[0] == "[key]" or (inner.is_value and isinstance(parts[0], str)):
            break
        around = inner
        inner = inner.child(parts[0], find(data, path)[0])
        path = (*path, parts[0])
        parts = parts[1:]
    return _Spot(path, inner, around, find(data, path[:-1])[0])


def _fault(spot: _Spot, error: Mapping[str, Any]) -> Fault:
    """Return one of pydantic's errors in our words."""
    kind, value, shape = error["type"], error["input"], spot.shape
    if "[key]" in error["loc"]:
        return Fault(spot.path, NOTHING, NAME_RULE)
    if kind == "missing":
        return Fault(spot.path, NOTHING, "is needed", "" if shape is None else _needed(shape))
    if shape is None:
        return Fault(spot.path, value, *unknown_key(spot.path[-1], spot.around, spot.table))
    if kind.startswith("union_tag") or (len(shape.tables) > 1 and not isinstance(value, Mapping)):
        return _kind_fault(spot.path, value, shape)
    if kind == "string_pattern_mismatch":
        return Fault(spot.path, value, STATE_RULE if spot.path[-1] == "state" else NAME_RULE)
    return Fault(spot.path, value, _rule(shape, kind), _value_fix(value, shape))


def unknown_key(key: str | int, around: Shape, table: Any) -> tuple[str, str]:
    """Return rule and fix for a key that a table does not know."""
    known = around.keys(table)
    others = [kind_of(other) for other in around.tables if key in other.model_fields]
    if others:
        return "is not an input of this kind", f"it belongs to kind = {' or '.join(map(str, others))}"
    elsewhere = [one.path for one in inputs() if one.path.rpartition(".")[2] == key]
    elsewhere.sort(key=lambda path: "<" in path or "[" in path)  # what stands in one place only comes first
    fix = f"did you mean {elsewhere[0]}?" if elsewhere else did_you_mean(str(key), known)
    more = ", …" if len(known) > MOST_NAMED else ""
    return "is not an input", fix or f"known here: {', '.join(known[:MOST_NAMED])}{more}"


def _needed(shape: Shape) -> str:
    """Return what a missing input must be, or what a missing table must hold."""
    table = shape.chosen(None)
    if table is None:
        return expected(shape)
    needed = [name for name, field in table.model_fields.items() if field.is_required()]
    return f"a table with {', '.join(needed)}"


def _kind_fault(path: Path, value: Any, shape: Shape) -> Fault:
    kinds = [str(kind_of(table)) for table in shape.tables]
    choice = f"one of {', '.join(kinds)}"
    if not isinstance(value, Mapping):
        return Fault(path, value, "must be a table", f'with kind = {choice}, or "{OFF}" to leave it out')
    if "kind" not in value:
        return Fault((*path, "kind"), NOTHING, "is needed", choice)
    return Fault((*path, "kind"), value["kind"], f"must be {choice}", did_you_mean(str(value["kind"]), kinds))


def _rule(shape: Shape, kind: str) -> str:
    if kind == "too_short":
        return EMPTY_RULE
    if shape.items is not None:
        return "must be a list of tables"
    return expected(shape)


def _number_fix(meant: float, shape: Shape) -> str:
    return f"write {meant:.12g}" if limits_of(shape).allow(meant) else ""


def _value_fix(value: Any, shape: Shape) -> str:
    """Return what a user most likely meant."""
    if type_of(shape) not in NUMBERS:
        return _word_fix(value, shape)
    number = _number(value)
    if number is None:
        return ""
    if isinstance(value, str):
        return _number_fix(number / 100 if "%" in value else number, shape)
    if limits_of(shape).le == 1.0 and 1.0 < number <= 100.0:
        return f"{number:.12g} % is written {number / 100:.12g}"
    if type_of(shape) == "whole number" and isinstance(value, float) and number.is_integer():
        return f"write {number:.0f}"
    return ""


def _number(value: Any) -> float | None:
    """Return the number a value holds, `$` and `%` in a text left out; of `25,50` the comma is a decimal one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str):
        value = value.strip(" $%")
        value = value.replace(",", "") if THOUSANDS.fullmatch(value) else value.replace(",", ".")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _word_fix(value: Any, shape: Shape) -> str:
    if not isinstance(value, str):
        return ""
    if type_of(shape) == "yes/no" and value.lower() in ("true", "false", "yes", "no"):
        return f"write {'true' if value.lower() in ('true', 'yes') else 'false'}"
    return did_you_mean(value, choices_of(shape))
