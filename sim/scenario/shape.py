"""What the schema allows at an address: table, alternatives by `kind`, named entries, list, value."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.scenario.fields import Table
from sim.scenario.schema import Change, EmployerKind, Organization, Scenario

OFF = "off"


@dataclass(frozen=True)
class Shape:
    """What may stand at one address; a value when it is neither table, entries nor list."""

    annotation: Any
    field: FieldInfo | None = None
    tables: tuple[type[Table], ...] = ()  # several: alternatives, told apart by `kind`
    entries: Shape | None = None  # of a table whose keys are names
    items: Shape | None = None  # of a list of tables
    optional: bool = False  # "off" leaves it out

    @property
    def default_kind(self) -> str | None:
        """Return the kind that holds when none is stated."""
        default = None if self.field is None else self.field.get_default(call_default_factory=False)
        return getattr(default, "kind", None)

    @property
    def is_value(self) -> bool:
        """Whether it is neither table, nor entries, nor a list of tables."""
        return not self.tables and self.entries is None and self.items is None

    @property
    def _item(self) -> Shape | None:
        """Return what an item of a plain list is."""
        plain = bare(self.annotation)[0]
        return shape_of(get_args(plain)[0]) if get_origin(plain) is tuple else None

    def chosen(self, data: Any) -> type[Table] | None:
        """Return the table that the data's `kind` chooses, or the only one there is."""
        if len(self.tables) == 1:
            return self.tables[0]
        kind = data.get("kind", self.default_kind) if isinstance(data, Mapping) else self.default_kind
        return next((table for table in self.tables if kind_of(table) == kind), None)

    def keys(self, data: Any) -> tuple[str, ...]:
        """Return the keys that the chosen table knows, its fields only."""
        table = self.chosen(data)
        return () if table is None else tuple(fields_of(table))

    def child(self, key: str | int, data: Any = None) -> Shape | None:
        """Return what may stand under a key; `data` is the table itself, whose `kind` may decide."""
        if isinstance(key, int):
            return self.items or self._item
        if self.entries is not None:
            return self.entries
        table = self.chosen(data)
        if table is None:
            return None
        field = fields_of(table).get(key)
        if field is not None:
            return shape_of(field.annotation, field)
        if table.model_config.get("extra") == "allow":
            return Shape(dict[str, float], entries=Shape(float))
        return None


def fields_of(table: type[Table]) -> Mapping[str, FieldInfo]:
    """Return the keys a table may have in a file, with their fields."""
    if table is EmployerKind:
        own = EmployerKind.model_fields
        return {"name": own["name"], "count": own["count"], **Organization.model_fields}
    return table.model_fields


def kind_of(table: type[Table]) -> str | None:
    """Return the `kind` that chooses a table."""
    field = table.model_fields.get("kind")
    return None if field is None else str(field.default)


def shape_of(annotation: Any, field: FieldInfo | None = None) -> Shape:
    """Return the shape of an annotation; the field carries range, unit and default."""
    field = field or bare(annotation)[1]
    found = members(annotation)
    optional = type(None) in found
    kinds = tuple(member for member in found if isinstance(member, type) and issubclass(member, Table))
    if kinds:
        return Shape(annotation, field, tables=kinds, optional=optional)
    return _composed(bare(found[0])[0], Shape(annotation, field, optional=optional))


def bare(annotation: Any) -> tuple[Any, FieldInfo | None]:
    """Return an annotation without its wrapping, and the field that was in the wrapping."""
    field = None
    while get_origin(annotation) is Annotated:
        wrapped, *extras = get_args(annotation)
        field = next((extra for extra in extras if isinstance(extra, FieldInfo)), field)
        annotation = wrapped
    return annotation, field


def members(annotation: Any) -> tuple[Any, ...]:
    """Return the members of a union as they are written, or the annotation itself."""
    plain = bare(annotation)[0]
    return get_args(plain) if get_origin(plain) in (Union, types.UnionType) else (annotation,)


def _composed(member: Any, plain: Shape) -> Shape:
    """Return the shape of named entries or a list of tables, or the plain value."""
    arguments = get_args(member)
    if get_origin(member) is dict and arguments[1] is not Any:
        entry = shape_of(arguments[1])
        entry = entry if entry.tables else replace(entry, field=plain.field)
        return Shape(plain.annotation, plain.field, entries=entry)
    if get_origin(member) is tuple and shape_of(arguments[0]).tables:
        return Shape(plain.annotation, plain.field, items=shape_of(arguments[0]))
    return plain


ROOT = Shape(Scenario, tables=(Scenario,))
TABLES = Shape(Organization, tables=(Organization,))
EMPLOYER = Shape(EmployerKind, tables=(EmployerKind,))
CHANGE = Shape(Change, tables=(Change,))


def shape_at(path: tuple[str | int, ...], data: Any = None, root: Shape = ROOT) -> Shape | None:
    """Return what may stand at an address of a scenario; `data` is the scenario's own table."""
    shape: Shape | None = root
    for key in path:
        shape = None if shape is None else shape.child(key, data)
        data = data.get(key) if isinstance(data, Mapping) and isinstance(key, str) else _item(data, key)
    return shape


def _item(data: Any, key: str | int) -> Any:
    inside = isinstance(data, list | tuple) and isinstance(key, int) and key < len(data)
    return data[key] if inside else None
