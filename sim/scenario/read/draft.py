"""Lay the layers of a scenario over one another into one table, and keep where each input came from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sim.scenario.patch import TableDict, find, leaves, merge, put, split
from sim.scenario.problems import Path, dotted
from sim.scenario.read.layers import Layer
from sim.scenario.read.lines import line_of
from sim.scenario.read.ranges import RANGES, ranges_laid
from sim.scenario.shape import OFF, ROOT, TABLES, Shape, shape_at


@dataclass(frozen=True)
class Draft:
    """A scenario before it is checked.

    `raw` holds what the layers say together; `data` the same in the words of the schema: what is "off" taken
    out, the tables of `[[employer]]` under `differs`, dated settings flat.
    """

    layers: tuple[Layer, ...]
    raw: TableDict
    data: TableDict
    taken_out: tuple[Path, ...] = field(default=())  # named tables that are "off"

    @property
    def file(self) -> str:
        """Name the file the user gave."""
        files = [layer.file for layer in self.layers if not layer.file.startswith("--")]
        return files[-1] if files else "scenario"

    def where(self, path: Path) -> tuple[str, int | None]:
        """Return file and line of an input, or of the nearest table around it."""
        best: tuple[str, int | None] = (self.file, None)
        best_count = 0
        for layer in reversed(self.layers):
            own = self.path_in(layer, path)
            count = find(layer.data, own)[1]
            if count > best_count:
                best = (layer.file, line_of(layer.lines, own[:count]))
                best_count = count
        return best

    def setting_path(self, entry: int, address: str) -> Path:
        """Return where a file has a dated setting: under its whole address in quotes, or in nested tables."""
        whole: Path = ("change", entry, "set", address)
        return whole if self.sets(whole) else ("change", entry, "set", *split(address))

    def range_path(self, address: str) -> Path:
        """Return where a file has a range: under its whole address in quotes, or in nested tables."""
        nested: Path = (RANGES, *split(address))
        return nested if any(find(one.data, nested)[1] == len(nested) for one in self.layers) else (RANGES, address)

    def shown_path(self, path: Path) -> str:
        """Return an address as users write it, with the name of an employer for its number."""
        return dotted(("employer", *self._name_for_number(path)) if path[:1] == ("employer",) else path)

    def sets(self, path: Path) -> bool:
        """Whether the user set this input, or anything inside this table."""
        return find(self.raw, path)[1] == len(path)

    def said(self) -> TableDict:
        """Return what the layers say together as one file would: a named table that is "off" is not in it."""
        tables = self.raw
        for path in self.taken_out:
            if path[0] != "employer":
                tables = _taken_out(tables, path)
        if any(path[0] == "funding" for path in self.taken_out) and find(tables, ("rules", "braiding"))[1] == 2:
            tables = put(tables, ("rules", "braiding"), self.data["rules"]["braiding"])
        return tables

    def path_in(self, layer: Layer, path: Path) -> Path:
        """Return an address as a layer writes it: `employer.<name>.` where it has no list of its own."""
        if path[:1] == ("employer",) and isinstance(layer.data.get("employer"), dict):
            return ("employer", *self._name_for_number(path))
        return path

    def _name_for_number(self, path: Path) -> Path:
        """Return what follows `employer`, with the name of the kind for its number."""
        name = _name(find(self.raw, path[:2])[0]) if len(path) > 1 and isinstance(path[1], int) else None
        return path[1:] if name is None else (name, *path[2:])


def drafted(layers: Iterable[Layer]) -> Draft:
    """Return the draft that the layers make, the most basic layer first."""
    kept: list[Layer] = []
    raw: TableDict = {}
    for layer in layers:
        before = _changes(raw) if layer.adds else []
        over = {**layer.data, "change": [*before, *_changes(layer.data)]} if layer.adds else layer.data
        kept.append(_behind(layer, len(before)))
        raw = with_kinds(laid(raw, ranges_laid(raw, over)), ROOT)
    taken_out: list[Path] = []
    data = _without_off(raw, raw, ROOT, taken_out)
    if isinstance(data.get("employer"), list):
        data["employer"] = [_kind(raw, entry, place, taken_out) for place, entry in enumerate(raw["employer"])]
    if isinstance(data.get("change"), list):
        data["change"] = [_flat(raw, entry) for entry in raw["change"]]
    return Draft(tuple(kept), raw, _rebraided(data, taken_out), tuple(taken_out))


def _changes(table: TableDict) -> list[Any]:
    """Return the dated changes of a table."""
    found = table.get("change")
    return found if isinstance(found, list) else []


def _behind(layer: Layer, number: int) -> Layer:
    """Return a layer whose dated changes are called by their places behind so many others."""
    return (
        replace(layer, data={**layer.data, "change": dict(enumerate(_changes(layer.data), number))})
        if layer.adds
        else layer
    )


def with_kinds(data: Any, shape: Shape | None) -> Any:
    """Return tables with the `kind` that holds when none is stated written out."""
    if shape is None or not isinstance(data, Mapping):
        return data
    kind = {} if shape.default_kind is None or "kind" in data else {"kind": shape.default_kind}
    filled = {**kind, **data}
    return {key: with_kinds(value, shape.child(key, filled)) for key, value in filled.items()}


def laid(beneath: TableDict, over: TableDict) -> TableDict:
    """Return one layer on another; `[employer.<name>.…]` reaches into the list of kinds beneath."""
    named, kinds = over.get("employer"), beneath.get("employer")
    if isinstance(named, dict) and isinstance(kinds, list):
        laid = [merge(kind, _table(named.get(_name(kind)))) if _name(kind) else kind for kind in kinds]
        over = {**over, "employer": laid}
    return merge(beneath, over)


def _taken_out(tables: Mapping[str, Any], path: Path) -> TableDict:
    """Return tables without what stands at an address."""
    key, rest = path[0], path[1:]
    if rest:
        return {**tables, str(key): _taken_out(tables[str(key)], rest)}
    return {name: value for name, value in tables.items() if name != key}


def _table(value: Any) -> TableDict:
    return value if isinstance(value, dict) else {}


def _name(kind: Any) -> str | None:
    name = kind.get("name") if isinstance(kind, dict) else None
    return name if isinstance(name, str) else None


def _is_taken_out(value: Any, inner: Shape, around: Shape) -> bool:
    """Whether an input is "off" where it may be left out: it is optional, or one of named tables."""
    return bool(value == OFF) and (inner.optional or around.entries is not None)


def _without_off(data: Any, context: Any, shape: Shape, taken_out: list[Path], path: Path = ()) -> Any:
    """Return tables without the inputs that are "off" where leaving out is allowed.

    At the top of a scenario they are absent; inside `[[employer]]` (path is not empty) they are None, which
    takes away what the top tables say. `context` is the table that decides on kinds.
    """
    kept: TableDict = {}
    for key, value in data.items():
        inner = shape.child(key, context)
        beneath = context.get(key) if isinstance(context, Mapping) else None
        if inner is not None and _is_taken_out(value, inner, shape):
            if inner.tables:
                taken_out.append((*path, key))
            if path[:1] == ("employer",):
                kept[key] = None
        elif isinstance(value, Mapping) and inner is not None:
            kept[key] = _without_off(value, beneath, inner, taken_out, (*path, key))
        else:
            kept[key] = value
    return kept


def _parted(table: Mapping[str, Any], keys: Container[str]) -> tuple[TableDict, TableDict]:
    """A table in two: what stands under some keys, and the rest."""
    ours = {key: value for key, value in table.items() if key in keys}
    return ours, {key: value for key, value in table.items() if key not in ours}


def _kind(raw: TableDict, entry: Any, place: int, taken_out: list[Path]) -> Any:
    """Return an entry of `[[employer]]` as the schema has it: all but name and count under `differs`."""
    if not isinstance(entry, Mapping):
        return entry
    own, differs = _parted(entry, ("name", "count"))
    context = merge(_parted(raw, TABLES.keys(None))[0], differs)
    gone: list[Path] = []
    differs = _without_off(differs, context, TABLES, gone, ("employer", place))
    order = find(raw, ("rules", "braiding"))
    names = [path[3] for path in gone if path[2] == "funding"]
    if names and order[1] == 2 and find(differs, ("rules", "braiding"))[1] < 2:
        differs = put(differs, ("rules", "braiding"), _less(order[0], names))
    taken_out += gone
    return {**own, "differs": differs}


def _rebraided(data: TableDict, taken_out: Sequence[Path]) -> TableDict:
    """Return the tables with sources that are off taken out of the braiding too."""
    names = [path[1] for path in taken_out if path[0] == "funding"]
    order, depth = find(data, ("rules", "braiding"))
    return put(data, ("rules", "braiding"), _less(order, names)) if names and depth == 2 else data


def _less(order: Any, names: Sequence[Any]) -> Any:
    return [name for name in order if name not in names] if isinstance(order, list | tuple) else order


def _flat(raw: TableDict, entry: Any) -> Any:
    """Return a `[[change]]` with its settings as one flat table of dotted addresses."""
    settings = entry.get("set") if isinstance(entry, Mapping) else None
    if not isinstance(settings, Mapping):
        return entry
    return {**entry, "set": {".".join(path): _left_out(raw, path, value) for path, value in leaves(settings)}}


def _left_out(raw: TableDict, path: Sequence[str], value: Any) -> Any:
    """Return None for an input that a dated change leaves out."""
    parts = tuple(".".join(path).split("."))
    tables = parts[2:] if parts[0] == "employer" else parts
    shape = shape_at(tables, raw)
    return None if value == OFF and shape is not None and shape.optional else value
