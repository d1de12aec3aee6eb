"""Take rows of tables in which numbers that differ between rows are arrays, or make other numbers of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from sim.scenario.timeline import EmployerPlan

Tables = TypeVar("Tables", bound=BaseModel)
Places = NDArray[np.int64]


def taken(plan: EmployerPlan, places: Places) -> EmployerPlan:
    """A plan with some of its rows, in the order given, each as often as it is named."""
    epochs = tuple((month, with_numbers(tables, lambda own: own[places])) for month, tables in plan.epochs)
    return replace(plan, epochs=epochs)


def row_of(tables: Tables, place: int) -> Tables:
    """Tables of one row, every number plain."""
    return one_by_one(tables)(place)


def one_by_one(tables: Tables) -> Callable[[int], Tables]:
    """What makes the tables of any one row: what differs between rows is looked for once."""
    differs: dict[int, list[str]] = {}
    _look(tables, differs)
    return lambda place: _row(tables, place, differs)


def has_rows(value: Any) -> bool:
    """Whether anything of a value differs between rows."""
    return _look(value, {})


def _look(value: Any, differs: dict[int, list[str]]) -> bool:
    """Whether anything of a value differs between rows; of each table that holds such, the names are noted."""
    if isinstance(value, np.ndarray):
        return True
    inside = _inside(value)
    found = [name for name, one in inside.items() if _look(one, differs)]
    if found:
        differs[id(value)] = found
    return bool(found)


def _inside(value: Any) -> dict[str, Any]:
    if isinstance(value, BaseModel):
        own = vars(value)
        return {name: own[name] for name in type(value).model_fields} | (value.__pydantic_extra__ or {})
    return value if isinstance(value, dict) else {}


def _row(value: Any, place: int, differs: Mapping[int, list[str]]) -> Any:
    if isinstance(value, np.ndarray):
        return value[place].item()
    if id(value) not in differs:
        return value
    inside = _inside(value)
    changed = {name: _row(inside[name], place, differs) for name in differs[id(value)]}
    return _changed(value, inside, changed) if isinstance(value, BaseModel) else inside | changed


def with_numbers(tables: Tables, made: Callable[[NDArray[Any]], Any]) -> Tables:
    """Tables in which every number that differs between rows is what is made of it."""
    own = {name: vars(tables)[name] for name in type(tables).model_fields} | (tables.__pydantic_extra__ or {})
    changed = {name: new for name, value in own.items() if (new := _made(value, made)) is not value}
    return _changed(tables, own, changed) if changed else tables


def _changed(tables: Tables, own: Mapping[str, Any], changed: Mapping[str, Any]) -> Tables:
    """Tables with some values in place of their own."""
    if tables.__pydantic_extra__:  # pydantic's copy would share it
        return type(tables).model_construct(**{**own, **changed})
    return tables.model_copy(update=changed)


def _made(value: Any, made: Callable[[NDArray[Any]], Any]) -> Any:
    if isinstance(value, np.ndarray):
        return made(value)
    if isinstance(value, BaseModel):
        return with_numbers(value, made)
    if isinstance(value, dict):
        changed = {name: _made(inner, made) for name, inner in value.items()}
        return value if all(changed[name] is inner for name, inner in value.items()) else changed
    return value
