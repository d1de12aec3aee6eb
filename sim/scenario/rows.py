"""Lay organizations of one structure side by side, so that a block of employers holds them as rows.

What they may differ in are plain numbers; structure is the rest (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from sim.evidence.effects import load_effects
from sim.scenario.by_row import Tables, has_rows, row_of, taken
from sim.scenario.schema import Effects, Organization, Scenario
from sim.scenario.tables.frame import Experiment, Horizon
from sim.scenario.timeline import EmployerPlan, plans

Lay = Callable[[Sequence[Any]], NDArray[Any]]  # how values that differ are laid side by side

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

    def part(self, places: Sequence[int] | NDArray[np.int64]) -> Rows:
        """The rows of some replications, counted from the first row, each as often as it is named."""
        return replace(self, plans=tuple(taken(plan, np.array(places)) for plan in self.plans), size=len(places))

    def alone(self, kind: str) -> list[Organization]:
        """What a kind of employer is at the start, row by row."""
        tables = next(plan.epochs[0][1] for plan in self.plans if plan.name == kind)
        return [row_of(tables, place) for place in range(self.size)]


def alike(scenario: Scenario, size: int) -> Rows:
    """One scenario as so many rows, every number plain."""
    return Rows(scenario, plans(scenario), size)


Ran = Scenario | Rows  # what is run: one scenario in all replications, or one for each


def rows_of(scenarios: Sequence[Scenario]) -> Rows:
    """Return scenarios as rows.

    Raises:
        UnlikeRowsError: when they differ in structure.
    """
    made = {id(one): plans(one) for one in {id(one): one for one in scenarios}.values()}
    own = zip(*(made[id(one)] for one in scenarios), strict=True)
    return Rows(scenarios[0], tuple(map(beside, own)), len(scenarios))


def one_after_another(own: Sequence[Rows]) -> Rows:
    """Return the rows of several scenarios as those of one: all of the first, then all of the second.

    Raises:
        UnlikeRowsError: when they differ in structure.
    """
    first = own[0]
    if any((one.horizon, one.experiment.feedback) != (first.horizon, first.experiment.feedback) for one in own):
        raise UnlikeRowsError("horizon or feedback")

    def lay(values: Sequence[Any]) -> NDArray[Any]:
        return np.concatenate([np.broadcast_to(value, one.size) for value, one in zip(values, own, strict=True)])

    kinds = zip(*(one.plans for one in own), strict=True)
    return Rows(first.first, tuple(_laid(kind, lay) for kind in kinds), sum(one.size for one in own))


def structure_of(rows: Rows) -> Hashable:
    """Return what rows must have in common to stand one after another: equal where `one_after_another` lays them so."""
    kinds = []
    for plan in rows.plans:
        epochs = [(month, _structure(tables, "")) for month, tables in plan.epochs]
        kinds.append((plan.name, plan.count, plan.first, epochs, plan.dates))
    return repr((rows.horizon, rows.experiment.feedback, kinds))


def _structure(value: Any, name: str) -> Any:
    """A value without its numbers, but for those that are structure."""
    if isinstance(value, BaseModel):
        own = vars(value)  # effects that one overrides are not among the fields: others have the table's
        return type(value).__name__, [(inner, _structure(own[inner], inner)) for inner in type(value).model_fields]
    if isinstance(value, Mapping):
        return [(inner, _structure(one, inner)) for inner, one in value.items()]
    return "number" if is_number(value) and name not in STRUCTURE else value


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
    return _laid(own, None)


def _laid(own: Sequence[EmployerPlan], lay: Lay | None) -> EmployerPlan:
    first, months = own[0], sorted({month for plan in own for month, _ in plan.epochs})
    if len({(plan.name, plan.count, plan.first) for plan in own}) > 1:
        raise UnlikeRowsError("employer")
    epochs = tuple((month, side_by_side([_at(plan, month) for plan in own], lay)) for month in months)
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


def side_by_side(own: Sequence[Organization], lay: Lay | None = None) -> Organization:
    """One organization in which every number that differs is an array.

    Args:
        own: organizations whose numbers are plain, one a row; with `lay` they may hold arrays themselves.
        lay: makes the array, if that is not one element for each of them.

    Raises:
        UnlikeRowsError: when organizations differ in structure.
    """
    if lay is not None:
        return _tables(own, lay, "")
    distinct = list({id(one): one for one in own}.values())
    if len(distinct) == 1:
        return distinct[0]
    place = {id(one): at for at, one in enumerate(distinct)}
    rows = np.array([place[id(one)] for one in own])
    return _tables(distinct, lambda values: np.array(values)[rows], "")


def _tables(own: Sequence[Tables], lay: Lay, address: str) -> Tables:
    kind = type(own[0])
    if any(type(one) is not kind for one in own):
        raise UnlikeRowsError(address)
    merged = {
        name: _value([getattr(one, name) for one in own], lay, f"{address}.{name}".lstrip("."))
        for name in kind.model_fields
    }
    return kind.model_construct(**merged, **_effects([one for one in own if isinstance(one, Effects)], lay))


def _effects(own: Sequence[Effects], lay: Lay) -> dict[str, Any]:
    """Effects that any of the rows overrides; the others have the table's."""
    merged: dict[str, dict[str, Any]] = {}
    stated = [one.overrides() for one in own]
    for key in dict.fromkeys(key for one in stated for key in one):
        cause, outcome = key.split(".")
        values = [one.get(key, load_effects()[key].effect) for one in stated]
        merged.setdefault(cause, {})[outcome] = _value(values, lay, f"effects.{key}")
    return merged


def _same_scalar(one: Any, other: Any) -> bool:
    return type(one) is type(other) and not isinstance(one, np.ndarray) and bool(one == other)


def _value(own: Sequence[Any], lay: Lay, address: str) -> Any:
    first = own[0]
    if all(one is first for one in own) and not has_rows(first):
        return first
    if isinstance(first, BaseModel):
        return _tables(own, lay, address)
    if isinstance(first, Mapping):
        return _mapping(own, lay, address)
    if all(_same_scalar(one, first) for one in own):
        return first
    if address.rpartition(".")[2] in STRUCTURE or not all(map(is_number, own)):
        raise UnlikeRowsError(address)
    return lay(own)


def _mapping(own: Sequence[Mapping[str, Any]], lay: Lay, address: str) -> dict[str, Any]:
    if any(list(one) != list(own[0]) for one in own):
        raise UnlikeRowsError(address)
    return {name: _value([one[name] for one in own], lay, f"{address}.{name}") for name in own[0]}


def is_number(value: Any) -> bool:
    """Whether a value is a number and no yes or no."""
    return isinstance(value, int | float | np.ndarray) and not isinstance(value, bool)
