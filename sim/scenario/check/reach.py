"""Which factors of the influence graph some inputs of a scenario enter, and what differences reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sim.influences import graph
from sim.influences.lines import Given
from sim.scenario.check.conditions import Conditions, Setting, settings_of, walked
from sim.scenario.describe import Input, inputs
from sim.scenario.differences import Difference
from sim.scenario.schema import Scenario

Parts = tuple[str, ...]


def declared(one: Input) -> Given:
    """Return how an input of the schema is declared in the graph."""
    return graph.given_at(one.path, one.kind)


def given_at(path: str, kinds: Iterable[str] = ()) -> list[tuple[str, Given]]:
    """Return the inputs at an address, or beneath it when it is a table, each with an address of its own.

    Args:
        path: address inside the tables of an employer, names filled in.
        kinds: of the table at the address, where they are known.
    """
    parts = tuple(path.split("."))
    if parts[0] == "effects" and len(parts) == 3 and parts[1] != "months_to_adjust":
        return [(path, graph.given_at(path))]
    known = set(kinds)
    return [
        (".".join((*parts, *pattern[len(parts) :])), declared(one))
        for pattern, one in _patterns()
        if _fits(pattern, parts) and (not known or one.kind in known or not one.kind)
    ]


@cache
def _patterns() -> list[tuple[Parts, Input]]:
    return [
        (tuple(one.path.replace("[]", "").split(".")), one)
        for one in inputs()
        if one.path != "effects.<cause>.<outcome>"
    ]


def _fits(pattern: Parts, parts: Parts) -> bool:
    """Whether an address is that of a pattern, of a table that contains it, or of something inside it."""
    return all(wanted.startswith("<") or wanted == part for wanted, part in zip(pattern, parts, strict=False))


def reached(base: Scenario, other: Scenario, changes: Sequence[Difference]) -> dict[str, int] | None:
    """Return how many steps away each factor is that differences reach; None where they concern more than inputs."""
    settings = settings_of(base, other)
    conditions = Conditions(settings)
    start: dict[str, None] = {}
    for change in changes:
        path = inside(change.path)
        if path is None:
            return None
        for address, given in given_at(path, _kinds(change, path, settings)):
            start |= dict.fromkeys(graph.entered(given, conditions.at(tuple(address.split(".")))))
    return graph.steps(start, conditions.at())


def inside(path: str) -> str | None:
    """Return an address inside the tables of an employer; None for the horizon, the loops, the number of employers."""
    parts = path.split(".")
    if parts[0] == "employer":
        return ".".join(parts[2:]) if parts[2:] != ["count"] else None
    return None if parts[0] in ("horizon", "experiment") else path


def _kinds(change: Difference, path: str, settings: Sequence[Setting]) -> set[str]:
    """Return the kinds of the table that differs, or of the table in which an input differs; none if unknown."""
    whole = {value["kind"] for value in (change.from_, change.to) if isinstance(value, Mapping) and "kind" in value}
    around = (getattr(walked(one.tables, tuple(path.split(".")[:-1])), "kind", None) for one in settings)
    return whole or {kind for kind in around if isinstance(kind, str)}
