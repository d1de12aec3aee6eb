"""Set numbers of a loaded scenario to many values at once: the rows of so many scenarios, and their faults.

What `sim.scenario.files.load_table` does for one table is done here for numbers alone, all rows together: they are
put into the tables that were read, in every epoch in which no dated change sets them; place wages that follow from a
growth are found anew; and what no single input can break alone is checked row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from sim.evidence.places import RENTS_OF, WAGES_OF, load_places
from sim.scenario.by_row import row_of
from sim.scenario.check.consistency import faults_of_numbers, reads_number
from sim.scenario.check.near_zero import RULE, SMALLEST
from sim.scenario.check.numbers import numbers_break
from sim.scenario.defaults import brought_to
from sim.scenario.describe import LARGEST_EFFECT
from sim.scenario.files import Loaded
from sim.scenario.patch import find, split
from sim.scenario.rows import STRUCTURE, Rows
from sim.scenario.schema import Effects, Organization, Scenario
from sim.scenario.timeline import EmployerPlan, Setting, plans, settings
from sim.units import month_number

Columns = Mapping[str, NDArray[np.float64]]  # address → one value a row
PLACE_WAGES: Final = (  # wage, the growth that brings it to the start, its table's year, and its figure there
    ("living_wage_usd_per_hour", "living_wage_growth_per_year", RENTS_OF, "housing_wage_usd_per_hour"),
    ("outside_wage_usd_per_hour", "outside_wage_growth_per_year", WAGES_OF, "elsewhere_wage_usd_per_hour"),
)


class NotInRowsError(ValueError):
    """Values cannot be set in rows: they are structure, beyond an input's limits, or the scenario has several kinds."""


def rows_at(loaded: Loaded, columns: Columns, size: int, *, check: bool = True) -> tuple[Rows, dict[int, str]]:
    """Return the rows of a scenario at some values, and why those that no world can be like are refused.

    Without `check` nothing is refused. `Rows.first` is the scenario as it was loaded.

    Raises:
        NotInRowsError: when each row has to be loaded by itself.
    """
    scenario = loaded.scenario
    if scenario.employer or any(address.rpartition(".")[2] in STRUCTURE for address in columns):
        raise NotInRowsError
    columns = {**_place_wages(loaded, columns), **columns}
    (plan,) = plans(scenario)
    rows = Rows(scenario, (_with(plan, scenario, columns),), size)
    return rows, _faults(plan, scenario, columns, size) if check else {}


def _with(plan: EmployerPlan, scenario: Scenario, columns: Columns) -> EmployerPlan:
    """Return a plan with numbers set, in every epoch in which no dated change sets them."""
    dated = settings(scenario)
    return replace(plan, epochs=tuple((month, _set(own, _open(columns, dated, month))) for month, own in plan.epochs))


def _place_wages(loaded: Loaded, columns: Columns) -> dict[str, NDArray[np.float64]]:
    """Wages that a place says where nobody states them: they move with the growth that brings them to the start."""
    place, start = loaded.scenario.place, month_number(loaded.scenario.horizon.start)
    known, found = load_places().get(place.state), {}
    for wage, growth, table, figure in PLACE_WAGES:
        grows = columns.get(f"place.{growth}")
        if known is not None and grows is not None and find(loaded.raw, ("place", wage))[1] < 2:
            own = [round(getattr(known, figure) * brought_to(start, table, one), 2) for one in grows.tolist()]
            found[f"place.{wage}"] = np.array(own)
    return found


def _open(columns: Columns, dated: Sequence[Setting], month: int) -> Columns:
    """Values that no dated change has set by a month."""
    done = [one.path for one in dated if one.month <= month]
    return {
        address: values
        for address, values in columns.items()
        if not any(split(address)[: len(path)] == path for path in done)
    }


def _set(tables: Organization, columns: Columns) -> Organization:
    for address, values in columns.items():
        tables = _put(tables, split(address), values)
    return tables


def _put(table: Any, path: Sequence[str], values: NDArray[np.float64]) -> Any:
    if not path:
        whole = isinstance(table, int) and not isinstance(table, bool)
        return values.astype(np.int64) if whole else values
    key, rest = path[0], path[1:]
    if isinstance(table, Mapping):
        return {**table, key: _put(table.get(key, {}), rest, values)}
    fields = {name: getattr(table, name) for name in type(table).model_fields} | (table.__pydantic_extra__ or {})
    _see_limits(table, key, rest, values)
    return type(table).model_construct(**{**fields, key: _put(fields.get(key, {}), rest, values)})


def _see_limits(table: BaseModel, key: str, rest: Sequence[str], values: NDArray[np.float64]) -> None:
    """See that the ends of the values lie within an input's own limits.

    Raises:
        NotInRowsError: when they do not.
    """
    if isinstance(table, Effects) and key not in Effects.model_fields:
        if np.abs(values).max() > LARGEST_EFFECT:
            raise NotInRowsError
    elif not rest:
        own = {name: getattr(table, name) for name in type(table).model_fields}
        plain = {name: value for name, value in own.items() if not isinstance(value, np.ndarray)}
        whole = isinstance(own[key], int)
        for end in (values.min(), values.max()):
            try:
                type(table).model_validate({**_least_of(table, plain), key: int(end) if whole else float(end)})
            except ValidationError:
                raise NotInRowsError from None


def _least_of(table: BaseModel, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What a table needs beside the value looked at; what has rows already was looked at before."""
    needed = {name for name, one in type(table).model_fields.items() if one.is_required()}
    return {name: value for name, value in plain.items() if name in needed or name == "kind"} | {
        name: getattr(table, name).item(0) for name in needed if isinstance(getattr(table, name), np.ndarray)
    }


# what is impossible ----------------------------------------------------------------------------------------------


def _faults(plan: EmployerPlan, scenario: Scenario, columns: Columns, size: int) -> dict[int, str]:
    tiny = np.zeros(size, dtype=bool)
    for values in columns.values():
        tiny |= (values != 0) & (np.abs(values) < SMALLEST)
    found = {int(row): RULE for row in np.flatnonzero(tiny)}
    checked = {address: values for address, values in columns.items() if reads_number(split(address))}
    epochs = [tables for _, tables in _with(plan, scenario, checked).epochs]
    broken = np.zeros(size, dtype=bool)
    for tables in epochs:
        broken |= numbers_break(tables)
    for row in np.flatnonzero(broken).tolist():
        told = (fault.rule for own in epochs for fault in faults_of_numbers(row_of(own, row), scenario.horizon))
        found[row] = "; ".join(dict.fromkeys(told))
    return found
