"""Lay organizations of one structure side by side, so that a block of employers holds them as rows.

What they may differ in are plain numbers; structure is the rest (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from sim.evidence.effects import load_effects
from sim.scenario.schema import Effects, Organization, Scenario
from sim.scenario.tables.frame import Experiment, Horizon
from sim.scenario.timeline import EmployerPlan, plans

Tables = TypeVar("Tables", bound=BaseModel)
Places = NDArray[np.int64]

STRUCTURE: Final = frozenset(  # numbers that decide who is there, and when something begins or ends
    {
        "number",
        "step",
        "bedrooms",
        "roster",
        "sign_on_bonus_months",
        "stay_bonus_months",
        "stay_bonus_payments",
        "payments",
        "term_months",
        "months_left",
        "renewal_term_months",
        "posts_paid",
        "fiscal_year_start_month",
    }
)


class UnlikeRowsError(ValueError):
    """Organizations that are laid side by side differ in what rows of a block have in common."""

    def __init__(self, address: str) -> None:
        """Name the input."""
        super().__init__(f"{address} differs between rows of one block, which have it in common")


@dataclass(frozen=True)
class Rows:
    """Scenarios of one structure, one a replication, where otherwise one scenario stands for all replications.

    A number of `plans` that differs is an array with one element a replication. `first` is the first of the scenarios,
    and speaks for all in what they have in common.
    """

    first: Scenario
    plans: tuple[EmployerPlan, ...]
    size: int

    @property
    def horizon(self) -> Horizon:
        """The horizon that all have."""
        return self.first.horizon

    @property
    def experiment(self) -> Experiment:
        """How the first is repeated; what is `feedback` for one is for all."""
        return self.first.experiment

    def part(self, places: range) -> Rows:
        """The rows of some replications, counted from the first row."""
        return replace(self, plans=tuple(taken(plan, np.array(places)) for plan in self.plans), size=len(places))

    def alone(self, kind: str) -> list[Organization]:
        """What a kind of employer is at the start, row by row."""
        tables = next(plan.epochs[0][1] for plan in self.plans if plan.name == kind)
        return [row_of(tables, place) for place in range(self.size)]


Ran = Scenario | Rows  # what is run: one scenario in all replications, or one for each


def rows_of(scenarios: Sequence[Scenario]) -> Rows:
    """Return scenarios as rows.

    Raises:
        UnlikeRowsError: when they differ in structure.
    """
    made = {id(one): plans(one) for one in {id(one): one for one in scenarios}.values()}
    own = zip(*(made[id(one)] for one in scenarios), strict=True)
    return Rows(scenarios[0], tuple(map(beside, own)), len(scenarios))


def plans_of(ran: Ran) -> tuple[EmployerPlan, ...]:
    """The employers of what is run, in the order of the portfolio; what differs has one element an employer."""
    if isinstance(ran, Scenario):
        return plans(ran)
    return tuple(taken(plan, np.repeat(np.arange(ran.size), plan.count)) for plan in ran.plans)


def plans_by_replication(ran: Ran) -> tuple[EmployerPlan, ...]:
    """The employers of what is run, in the order of the portfolio; what differs has one element a replication."""
    return plans(ran) if isinstance(ran, Scenario) else ran.plans


def one_of(ran: Ran) -> Scenario:
    """A scenario of what is run: the only one, or that of the first replication."""
    return ran if isinstance(ran, Scenario) else ran.first


# side by side ----------------------------------------------------------------------------------------------------


def beside(own: Sequence[EmployerPlan]) -> EmployerPlan:
    """One plan of those of one kind of employer in each replication.

    Raises:
        UnlikeRowsError: when they differ in structure.
    """
    first, months = own[0], sorted({month for plan in own for month, _ in plan.epochs})
    if len({(plan.name, plan.count, plan.first) for plan in own}) > 1:
        raise UnlikeRowsError("employer")
    epochs = tuple((month, side_by_side([_at(plan, month) for plan in own])) for month in months)
    return replace(first, epochs=epochs, dates=tuple(_dates(own, month) for month in months))


def _at(plan: EmployerPlan, month: int) -> Organization:
    return next(tables for since, tables in reversed(plan.epochs) if since <= month)


def _dates(own: Sequence[EmployerPlan], month: int) -> Mapping[str, int]:
    """In whose month's dollars amounts are; a date counts even where it sets the number that was there before."""
    found = [
        next(dates for (since, _), dates in reversed(list(zip(plan.epochs, plan.dates, strict=True))) if since <= month)
        for plan in {id(plan): plan for plan in own}.values()
    ]
    if any(dates != found[0] for dates in found):
        raise UnlikeRowsError("change")
    return found[0]


def side_by_side(own: Sequence[Organization]) -> Organization:
    """One organization in which every number that differs is an array.

    Raises:
        UnlikeRowsError: when organizations differ in structure.
    """
    distinct = list({id(one): one for one in own}.values())
    if len(distinct) == 1:
        return distinct[0]
    place = {id(one): at for at, one in enumerate(distinct)}
    return _tables(distinct, np.array([place[id(one)] for one in own]), "")


def _tables(own: Sequence[Tables], rows: Places, address: str) -> Tables:
    kind = type(own[0])
    if any(type(one) is not kind for one in own):
        raise UnlikeRowsError(address)
    merged = {
        name: _value([getattr(one, name) for one in own], rows, f"{address}.{name}".lstrip("."))
        for name in kind.model_fields
    }
    return kind.model_construct(**merged, **_effects([one for one in own if isinstance(one, Effects)], rows))


def _effects(own: Sequence[Effects], rows: Places) -> dict[str, Any]:
    """Effects that any of the rows overrides; the others have the table's."""
    merged: dict[str, dict[str, Any]] = {}
    stated = [one.overrides() for one in own]
    for key in dict.fromkeys(key for one in stated for key in one):
        cause, outcome = key.split(".")
        values = [one.get(key, load_effects()[key].effect) for one in stated]
        merged.setdefault(cause, {})[outcome] = _value(values, rows, f"effects.{key}")
    return merged


def _value(own: Sequence[Any], rows: Places, address: str) -> Any:
    first = own[0]
    if all(one is first for one in own):
        return first
    if isinstance(first, BaseModel):
        return _tables(own, rows, address)
    if isinstance(first, Mapping):
        return _mapping(own, rows, address)
    if all(type(one) is type(first) and one == first for one in own):
        return first
    if address.rpartition(".")[2] in STRUCTURE or not all(map(is_number, own)):
        raise UnlikeRowsError(address)
    return np.array(own)[rows]


def _mapping(own: Sequence[Mapping[str, Any]], rows: Places, address: str) -> dict[str, Any]:
    if any(list(one) != list(own[0]) for one in own):
        raise UnlikeRowsError(address)
    return {name: _value([one[name] for one in own], rows, f"{address}.{name}") for name in own[0]}


def is_number(value: Any) -> bool:
    """Whether a value is a number and no yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


# other rows of what lies side by side ----------------------------------------------------------------------------


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
