"""Describe every input from the schema alone, for checks, command line, page and docs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

import annotated_types
from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from sim.scenario.fields import MARKS, MONTH_PATTERN, MONTHS_KNOWN, Month, Table
from sim.scenario.problems import shown
from sim.scenario.shape import OFF, ROOT, Shape, bare, fields_of, kind_of, members

Type = Literal["number", "whole number", "yes/no", "text", "month", "choice", "list", "table"]
NUMBERS = ("number", "whole number")
EFFECT_UNIT = "SD per SD; to an exit, log hazard per SD"
LARGEST_EFFECT = 5.0
TEXTS = ("title", "question", "notes")
ABOUT_INPUTS = "ranges"  # says how sure other inputs are, and is none itself


@dataclass(frozen=True, slots=True)
class Limits:
    """The range of a number, its floor always inside it; None is open."""

    ge: float | None = None
    le: float | None = None
    lt: float | None = None

    def allow(self, number: float) -> bool:
        """Whether a number lies within."""
        above = self.ge is None or number >= self.ge
        return above and (self.le is None or number <= self.le) and (self.lt is None or number < self.lt)

    def words(self) -> str:
        """Return the range in words: `from 0 to 1`, `at least 0, below 1`."""
        if self.ge is not None and self.le is not None:
            return f"from {self.ge:,.12g} to {self.le:,.12g}"
        low = f"at least {self.ge:,.12g}" if self.ge is not None else ""
        high = f"at most {self.le:,.12g}" if self.le is not None else ""
        high = f"below {self.lt:,.12g}" if self.lt is not None else high
        return ", ".join(part for part in (low, high) if part)


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a scenario.

    `path` holds `<name>` where the user chooses a name; `kind` is the alternative of its table it belongs to.
    `default` is None where the input is needed, or follows from others.
    """

    path: str
    about: str
    unit: str
    type: Type
    choices: tuple[str, ...]
    limits: Limits
    default: Any
    needed: bool
    evidence: str
    kind: str = ""
    marks: frozenset[str] = frozenset()  # of `MARKS`
    also: str = ""  # other words that people have for it


@cache
def inputs() -> tuple[Input, ...]:
    """Return every input, in the order of the schema."""
    return tuple(_inside(ROOT, ""))


def type_of(shape: Shape) -> Type:
    """Return what an input is made of."""
    plain = _plain_annotation(shape)
    if shape.tables or shape.entries is not None or get_origin(plain) is dict:
        return "table"
    if _is_month(shape):
        return "month"
    simple: Mapping[Any, Type] = {float: "number", int: "whole number", bool: "yes/no"}
    origin = get_origin(plain)
    return simple.get(plain) or ("choice" if origin is Literal else "list" if origin is tuple else "text")


def choices_of(shape: Shape) -> tuple[str, ...]:
    """Return the words an input, or an item of its list, may be."""
    plain = _plain_annotation(shape)
    plain = bare(get_args(plain)[0])[0] if get_origin(plain) is tuple else plain
    return tuple(map(str, get_args(plain))) if get_origin(plain) is Literal else ()


def may_be_off(shape: Shape) -> bool:
    """Whether an input takes the word off as its value, or may be left out."""
    offered = [get_args(member) for member in members(shape.annotation) if get_origin(member) is Literal]
    return shape.optional or (OFF,) in offered


def limits_of(shape: Shape) -> Limits:
    """Return the range of a number."""
    inner = [bare(member)[1] for member in members(shape.annotation)]
    constraints = [one for field in (shape.field, *inner) if field is not None for one in field.metadata]
    found = {
        name: float(getattr(constraint, name))
        for constraint in constraints
        for name, kind in _LIMIT_KINDS
        if isinstance(constraint, kind)
    }
    return Limits(**found)


def expected(shape: Shape) -> str:
    """Return what an input must be, in words: `must be a number from 0 to 1 (share of clients)`."""
    kind = type_of(shape)
    if kind in NUMBERS:
        words = " ".join(part for part in (f"a {kind}", limits_of(shape).words()) if part)
        return f"must be {words}{_unit(shape)}" + (f', or "{OFF}"' if may_be_off(shape) else "")
    sentences: Mapping[Type, str] = {
        "yes/no": "must be true or false",
        "text": "must be text in quotes",
        "month": f'must be a month written "YYYY-MM", for example "2028-07", {MONTHS_KNOWN}',
        "choice": f"must be one of {', '.join(choices_of(shape))}",
        "list": "must be a list" + (f" of {', '.join(choices_of(shape))}" if choices_of(shape) else ""),
        "table": "must be a table",
    }
    return sentences[kind]


def _inside(shape: Shape, prefix: str) -> Iterator[Input]:
    """Yield the inputs in a table, in named entries or in a list of tables."""
    if shape.entries is not None:
        yield from _at(shape.entries, f"{prefix}.<name>", "")
    for table in shape.tables:
        kind = kind_of(table) or ""
        for name in fields_of(table):
            if not _is_no_input(prefix, name):
                yield from _at(_shape(shape, table, name), f"{prefix}.{name}".lstrip("."), kind)


def _is_no_input(prefix: str, name: str) -> bool:
    """Whether a key chooses a kind, is a text about the scenario, or repeats the top tables."""
    repeats = prefix == "employer.<name>" and name not in ("name", "count")
    return name == "kind" or repeats or (not prefix and name in (*TEXTS, ABOUT_INPUTS))


def _shape(shape: Shape, table: type[Table], name: str) -> Shape:
    child = shape.child(name, {"kind": kind_of(table)})
    assert child is not None
    return child


def _at(shape: Shape, path: str, kind: str) -> Iterator[Input]:
    """Yield an input, or what is inside it when it is a table; alternatives yield their `kind` first."""
    if shape.items is not None:
        named = path == "employer"
        yield from _inside(shape.items, f"{path}.<name>" if named else f"{path}[]")
    elif not shape.tables and shape.entries is None:
        yield _input(shape, path, kind)
    else:
        if len(shape.tables) > 1:
            yield _kind_input(shape, f"{path}.kind")
        yield from _inside(shape, path)
        if path == "effects":
            yield _effect_row(path)


def _input(shape: Shape, path: str, kind: str) -> Input:
    field = shape.field or FieldInfo()
    needed = field.is_required() and shape.field is not None
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return Input(
        path=path,
        about=field.description or "",
        unit=str(extra.get("unit", "")),
        type=type_of(shape),
        choices=choices_of(shape),
        limits=limits_of(shape),
        default=None if needed or shape.field is None else field.get_default(call_default_factory=False),
        needed=needed,
        evidence=str(extra.get("evidence", "")),
        kind=kind,
        marks=frozenset(extra) & set(MARKS),
        also=str(extra.get("also", "")),
    )


def _kind_input(shape: Shape, path: str) -> Input:
    kinds = tuple(filter(None, map(kind_of, shape.tables)))
    whole = _input(shape, path, "")
    return Input(
        path, whole.about or "Kind", "kind", "choice", kinds, Limits(), shape.default_kind,
        needed=shape.default_kind is None, evidence=whole.evidence,
    )  # fmt: skip


def _effect_row(path: str) -> Input:
    return Input(
        f"{path}.<cause>.<outcome>", "Overrides a row of the effects table", EFFECT_UNIT, "number", (),
        Limits(ge=-LARGEST_EFFECT, le=LARGEST_EFFECT), None, needed=False, evidence="effects",
    )  # fmt: skip


def _unit(shape: Shape) -> str:
    extra = shape.field.json_schema_extra if shape.field is not None else None
    return f" ({extra['unit']})" if isinstance(extra, dict) and "unit" in extra else ""


def _plain_annotation(shape: Shape) -> Any:
    """Return the annotation an input has beside "off" and None."""
    others = (type(None), Literal["off"])
    kept = [member for member in members(shape.annotation) if member not in others]
    return bare(kept[0])[0] if kept else shape.annotation


def _is_month(shape: Shape) -> bool:
    own = [] if shape.field is None else shape.field.metadata
    patterns = [one.json_schema.get("pattern") for one in own if isinstance(one, WithJsonSchema) and one.json_schema]
    return MONTH_PATTERN in patterns or Month in members(shape.annotation)


_LIMIT_KINDS = (
    ("ge", annotated_types.Ge),
    ("le", annotated_types.Le),
    ("lt", annotated_types.Lt),
)


def default_shown(given: Input) -> str:
    """Return a default as a file would write it; nothing where there is none."""
    return "" if given.default is None else shown(_plain(given.default))


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, Table) else value
