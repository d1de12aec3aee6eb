"""Lay organizations of one structure side by side, so that a block of employers holds them as rows.

What they may differ in are plain numbers; structure is the rest (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from pydantic import BaseModel

from sim.evidence.effects import load_effects
from sim.scenario.schema import Effects, Organization, Scenario
from sim.scenario.tables.frame import Experiment, Horizon
from sim.scenario.timeline import EmployerPlan, plans

Tables = TypeVar("Tables", bound=BaseModel)

STRUCTURE: Final = frozenset(  # numbers that decide who is there, and when something begins or ends
    {
        "number",
        "step",
        "bedrooms",
        "roster",
        "payments",
        "term_months",
        "months_left",
        "renewal_term_months",
        "gap_months",
        "notice_months",
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
    """Scenarios of one structure, one a replication, where otherwise one scenario stands for all replications."""

    scenarios: tuple[Scenario, ...]

    @property
    def horizon(self) -> Horizon:
        """The horizon that all have."""
        return self.scenarios[0].horizon

    @property
    def experiment(self) -> Experiment:
        """How the first is repeated; what is `feedback` for one is for all."""
        return self.scenarios[0].experiment

    @cached_property
    def alone(self) -> tuple[tuple[EmployerPlan, ...], ...]:
        """The plans of each scenario; equal scenarios share them."""
        made: dict[int, tuple[EmployerPlan, ...]] = {}
        return tuple(made.get(id(one)) or made.setdefault(id(one), plans(one)) for one in self.scenarios)

    @cached_property
    def plans(self) -> tuple[EmployerPlan, ...]:
        """The plans of all, side by side: numbers that differ have one element an employer of the block."""
        return tuple(map(beside, zip(*self.alone, strict=True)))


Ran = Scenario | Rows  # what is run: one scenario in all replications, or one for each


def plans_of(ran: Ran) -> tuple[EmployerPlan, ...]:
    """The employers of what is run, in the order of the portfolio."""
    return ran.plans if isinstance(ran, Rows) else plans(ran)


def beside(own: Sequence[EmployerPlan]) -> EmployerPlan:
    """One plan of those of one kind of employer in each replication.

    Raises:
        UnlikeRowsError: when they differ in structure.
    """
    first, months = own[0], sorted({month for plan in own for month, _ in plan.epochs})
    if len({(plan.name, plan.count, plan.first) for plan in own}) > 1:
        raise UnlikeRowsError("employer")
    epochs = tuple((month, side_by_side([_at(plan, month) for plan in own], first.count)) for month in months)
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


def side_by_side(own: Sequence[Organization], count: int = 1) -> Organization:
    """One organization in which every number that differs is an array, each element `count` times.

    Raises:
        UnlikeRowsError: when organizations differ in structure.
    """
    distinct = list({id(one): one for one in own}.values())
    if len(distinct) == 1:
        return distinct[0]
    place = {id(one): at for at, one in enumerate(distinct)}
    rows = np.repeat([place[id(one)] for one in own], count)
    return _tables(distinct, rows, "")


def _tables(own: Sequence[Tables], rows: Any, address: str) -> Tables:
    kind = type(own[0])
    if any(type(one) is not kind for one in own):
        raise UnlikeRowsError(address)
    merged = {
        name: _value([getattr(one, name) for one in own], rows, f"{address}.{name}".lstrip("."))
        for name in kind.model_fields
    }
    return kind.model_construct(**merged, **_effects([one for one in own if isinstance(one, Effects)], rows))


def _effects(own: Sequence[Effects], rows: Any) -> dict[str, Any]:
    """Effects that any of the rows overrides; the others have the table's."""
    merged: dict[str, dict[str, Any]] = {}
    stated = [one.overrides() for one in own]
    for key in dict.fromkeys(key for one in stated for key in one):
        cause, outcome = key.split(".")
        values = [one.get(key, load_effects()[key].effect) for one in stated]
        merged.setdefault(cause, {})[outcome] = _value(values, rows, f"effects.{key}")
    return merged


def _value(own: Sequence[Any], rows: Any, address: str) -> Any:
    first = own[0]
    if all(one is first for one in own):
        return first
    if isinstance(first, BaseModel):
        return _tables(own, rows, address)
    if isinstance(first, Mapping):
        return _mapping(own, rows, address)
    if all(type(one) is type(first) and one == first for one in own):
        return first
    if address.rpartition(".")[2] in STRUCTURE or not all(map(_is_number, own)):
        raise UnlikeRowsError(address)
    return np.array(own)[rows]


def _mapping(own: Sequence[Mapping[str, Any]], rows: Any, address: str) -> dict[str, Any]:
    if any(list(one) != list(own[0]) for one in own):
        raise UnlikeRowsError(address)
    return {name: _value([one[name] for one in own], rows, f"{address}.{name}") for name in own[0]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
