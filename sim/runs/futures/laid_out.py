"""Lay scenarios out at many values of what is not known: rows of one structure side by side, the base first.

What `sim.scenario.files.load_table` does for one table is done here for numbers alone, all rows together: they are
put into the tables that were read, in every epoch in which no dated change sets them; place wages that follow from a
growth are found anew; and what no single input can break alone is checked row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from sim.evidence.places import RENTS_OF, WAGES_OF, load_places
from sim.runs.futures.fitting import as_given, fitting, plain_tables
from sim.scenario.by_row import row_of
from sim.scenario.check.consistency import faults_of_numbers, reads_number
from sim.scenario.check.near_zero import RULE, SMALLEST
from sim.scenario.check.numbers import numbers_break
from sim.scenario.defaults import brought_to
from sim.scenario.describe import LARGEST_EFFECT
from sim.scenario.files import Loaded, load_table
from sim.scenario.patch import find, put, split
from sim.scenario.problems import ScenarioError
from sim.scenario.rows import STRUCTURE, Rows, rows_of
from sim.scenario.schema import Effects, EmployerKind, Organization, Scenario
from sim.scenario.tables.frame import Place
from sim.scenario.timeline import EmployerPlan, Setting, plans, settings, states
from sim.units import month_number

Values = dict[str, float]  # address → value
Structure = tuple[tuple[str, float], ...]  # addresses and values that decide on the structure of a row
Columns = Mapping[str, NDArray[np.float64]]  # address → one value a row
PLACE_WAGES: Final = (  # wage, the growth that brings it to the start, its table's year, and its figure there
    ("living_wage_usd_per_hour", "living_wage_growth_per_year", RENTS_OF, "housing_wage_usd_per_hour"),
    ("outside_wage_usd_per_hour", "outside_wage_growth_per_year", WAGES_OF, "elsewhere_wage_usd_per_hour"),
)


class Asked(Protocol):
    """Which scenarios are laid out, and what of each is not known."""

    @property
    def everyone(self) -> tuple[Loaded, ...]:
        """The scenarios, the base first."""

    @property
    def open_in(self) -> tuple[frozenset[str], ...]:
        """Addresses of what is not known, by scenario."""


def own_values(asked: Asked, values: Mapping[str, float]) -> tuple[list[Values], bool]:
    """Return what each scenario takes of a draw, shares made to fit, and whether any were made smaller."""
    own = [
        fitting({path: value for path, value in values.items() if path in open_here}, plain_tables(loaded.scenario))
        for open_here, loaded in zip(asked.open_in, asked.everyone, strict=True)
    ]
    return [one for one, _ in own], any(changed for _, changed in own)


def by_structure(drawn: Iterable[tuple[int, Mapping[str, float]]]) -> dict[Structure, list[int]]:
    """Return the numbers of draws by what of each decides on the structure of a row."""
    found: dict[Structure, list[int]] = {}
    for number, values in drawn:
        found.setdefault(tuple((path, values[path]) for path in values if _structural(path)), []).append(number)
    return found


def laid_out(
    asked: Asked, structure: Structure, own: Sequence[Sequence[Values]], *, check: bool = True
) -> tuple[tuple[Rows, ...], dict[int, tuple[int, str]]]:
    """Return rows of every scenario, and which of them first refuses those that no world can be like, and why.

    Args:
        asked: the scenarios, and what of each is not known.
        structure: what all rows have in common.
        own: of each row, what every scenario takes of its draw.
        check: whether rows are refused at all.
    """
    made, faults = [], dict[int, tuple[int, str]]()
    for place, (loaded, open_here) in enumerate(zip(asked.everyone, asked.open_in, strict=True)):
        here = [values[place] for values in own]
        fixed = {path: value for path, value in structure if path in open_here}
        rows, found = _rows_of_one(_at(loaded, fixed), here, check=check)
        made.append(rows)
        faults.update({row: (place, why) for row, why in found.items() if row not in faults})
    return tuple(made), faults


def _structural(path: str) -> bool:
    return path.rpartition(".")[2] in STRUCTURE


def _at(loaded: Loaded, values: Values) -> Loaded:
    table = dict(loaded.raw)
    for path, value in values.items():
        table = put(table, split(path), as_given(value))
    return load_table(table, warn=False) if values else loaded


def _rows_of_one(loaded: Loaded, own: Sequence[Values], *, check: bool) -> tuple[Rows, dict[int, str]]:
    plain = [{path: value for path, value in values.items() if not _structural(path)} for values in own]
    columns = {path: np.array([values[path] for values in plain]) for path in (plain[0] if plain else ())}
    try:
        rows, faults = rows_at(loaded, columns, len(own), check=check)
    except NotInRowsError:
        return _one_by_one(loaded, plain)
    if not faults:
        rows = replace(rows, first=_at(loaded, plain[0]).scenario)
    return rows, faults


def _one_by_one(loaded: Loaded, own: Sequence[Values]) -> tuple[Rows, dict[int, str]]:
    """Load each row by itself; a row that is refused has the values taken in its place."""
    found, faults = [], {}
    for row, values in enumerate(own):
        try:
            found.append(_at(loaded, values).scenario)
        except ScenarioError as fault:
            faults[row] = "; ".join(one.rule for one in fault.problems if one.severity == "error")
            found.append(loaded.scenario)
    return rows_of(found), faults


# numbers of a loaded scenario, set to many values at once -------------------------------------------------------


class NotInRowsError(ValueError):
    """Values cannot be set in rows: they are structure, or beyond an input's limits."""


def _own_columns(
    loaded: Loaded, columns: Columns, plan: EmployerPlan, place: int, kind: EmployerKind | None
) -> dict[str, NDArray[np.float64]]:
    """The values that reach one kind of employer, with the wages of its place that follow from them."""
    own = {address: values for address, values in columns.items() if _reaches(kind, None, split(address))}
    stated = [loaded.raw, *(loaded.raw["employer"][place : place + 1] if kind else ())]
    return {**_place_wages(plan.epochs[0][1].place, loaded.scenario, stated, own), **own}


def rows_at(loaded: Loaded, columns: Columns, size: int, *, check: bool = True) -> tuple[Rows, dict[int, str]]:
    """Return the rows of a scenario at some values, and why those that no world can be like are refused.

    Without `check` nothing is refused. `Rows.first` is the scenario as it was loaded.

    Raises:
        NotInRowsError: when each row has to be loaded by itself.
    """
    scenario, made, faults = loaded.scenario, list[EmployerPlan](), dict[int, str]()
    if any(address.rpartition(".")[2] in STRUCTURE for address in columns):
        raise NotInRowsError
    for place, loaded_plan in enumerate(plans(scenario)):
        kind = scenario.employer[place] if scenario.employer else None
        own = _own_columns(loaded, columns, loaded_plan, place, kind)
        dated = [one for one in settings(scenario) if _reaches(kind, one.employer, one.path)]
        plan = _at_every_date(loaded_plan, dated, own, scenario.horizon.months)
        made.append(_with(plan, dated, own))
        for row, why in (_faults(plan, scenario, dated, own, size) if check else {}).items():
            faults.setdefault(row, why)
    return Rows(scenario, tuple(made), size), faults


def _reaches(kind: EmployerKind | None, employer: str | None, path: Sequence[str]) -> bool:
    """Whether what is said of an employer, or of all, reaches a kind."""
    if kind is None or employer is not None:
        return employer == (kind.name if kind else None)
    return not states(kind, tuple(path))


def _at_every_date(plan: EmployerPlan, dated: Sequence[Setting], columns: Columns, end: int) -> EmployerPlan:
    """Return a plan with an epoch at every date that sets one of the values, though it leaves the loaded one alone."""
    months = {month for month, _ in plan.epochs} | {
        one.month for one in dated if one.month < end and _sets(one, columns)
    }
    places = {at: sum(month <= at for month, _ in plan.epochs) - 1 for at in sorted(months)}
    epochs = tuple((at, plan.epochs[place][1]) for at, place in places.items())
    return replace(plan, epochs=epochs, dates=tuple(plan.dates[place] for place in places.values()))


def _sets(one: Setting, columns: Columns) -> bool:
    """Whether a dated setting sets any of the values."""
    return any(split(address)[: len(one.path)] == one.path for address in columns)


def _with(plan: EmployerPlan, dated: Sequence[Setting], columns: Columns) -> EmployerPlan:
    """Return a plan with numbers set, in every epoch in which no dated change sets them."""
    return replace(plan, epochs=tuple((month, _set(own, _open(columns, dated, month))) for month, own in plan.epochs))


def _place_wages(
    place: Place, scenario: Scenario, stated: Sequence[Mapping[str, Any]], columns: Columns
) -> dict[str, NDArray[np.float64]]:
    """Wages that a place says where nobody states them: they move with the growth that brings them to the start."""
    known, start, found = load_places().get(place.state), month_number(scenario.horizon.start), {}
    for wage, growth, table, figure in PLACE_WAGES:
        grows = columns.get(f"place.{growth}")
        nobody = all(find(one, ("place", wage))[1] < 2 for one in stated)
        if known is not None and grows is not None and nobody:
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
        path = split(address)
        if _is_there(tables, path):  # a kind, or a later epoch, may do without a source of money
            tables = _put(tables, path, values)
    return tables


def _is_there(tables: Any, path: Sequence[str]) -> bool:
    """Whether an address leads anywhere; effects are there whether a scenario states them or not."""
    if not path or isinstance(tables, Effects):
        return True
    if isinstance(tables, Mapping):
        return path[0] in tables and _is_there(tables[path[0]], path[1:])
    return path[0] in type(tables).model_fields and _is_there(getattr(tables, path[0]), path[1:])


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
        fields = type(table).model_fields
        plain = {name: value for name in fields if not isinstance(value := getattr(table, name), np.ndarray)}
        exact = int if isinstance(getattr(table, key), int) else float
        try:
            for end in (values.min(), values.max()):
                type(table).model_validate({**_least_of(table, plain), key: exact(end)})
        except ValidationError:
            raise NotInRowsError from None


def _least_of(table: BaseModel, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What a table needs beside the value looked at; what has rows already was looked at before."""
    needed = {name for name, one in type(table).model_fields.items() if one.is_required()}
    return {name: value for name, value in plain.items() if name in needed or name == "kind"} | {
        name: getattr(table, name).item(0) for name in needed if isinstance(getattr(table, name), np.ndarray)
    }


# what is impossible ----------------------------------------------------------------------------------------------


def _faults(
    plan: EmployerPlan, scenario: Scenario, dated: Sequence[Setting], columns: Columns, size: int
) -> dict[int, str]:
    tiny = np.zeros(size, dtype=bool)
    for values in columns.values():
        tiny |= (values != 0) & (np.abs(values) < SMALLEST)
    found = {int(row): RULE for row in np.flatnonzero(tiny)}
    checked = {address: values for address, values in columns.items() if reads_number(split(address))}
    epochs = [tables for _, tables in _with(plan, dated, checked).epochs]
    broken = np.zeros(size, dtype=bool)
    for tables in epochs:
        broken |= numbers_break(tables)
    for row in np.flatnonzero(broken).tolist():
        told = (fault.rule for own in epochs for fault in faults_of_numbers(row_of(own, row), scenario.horizon))
        found[row] = "; ".join(dict.fromkeys(told))
    return found
