"""Find inputs that have no effect, so that nobody waits for one that will not come.

Why an input has no effect is read off the influence graph: a condition that holds closes its ways to every measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sim.evidence.cards import Card
from sim.influences import graph
from sim.influences.lines import Given
from sim.scenario.addresses import is_set, kinds_in, left_open
from sim.scenario.check.conditions import Conditions, Setting
from sim.scenario.check.reach import declared
from sim.scenario.describe import Input, inputs
from sim.scenario.fields import Table
from sim.scenario.problems import Path
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import claims_of, paid_by_the_unit

Idle = Iterator[tuple[Path, str]]  # an address and the reason why it has no effect
IS_0: Final = re.compile(r"([\w.]+) is 0")
COVERS_NOBODY: Final = "at 0 the source pays nothing, whatever its other settings"


def drawn_from_0(raw: Mapping[str, Any]) -> dict[str, Card]:
    """The settings that are 0 by default and that futures draw: no table of the scenario or of a kind states them."""
    return {
        path: card
        for path, _, card in left_open(raw)
        if card.value == 0 and not any(is_set(kind, path) for kind in kinds_in(raw))
    }


def idle_inputs(tables: Organization, horizon: Horizon, drawn: Mapping[str, Card]) -> dict[Path, str]:
    """Return the inputs of one employer that have no effect, each with the reason.

    Args:
        tables: the employer's.
        horizon: of the scenario.
        drawn: settings that are 0 and that futures draw, so that what they keep from mattering matters there.
    """
    conditions = Conditions([Setting(tables, horizon)])
    found = [(path, declared(one)) for path, one in present(tables)]
    found += [(("effects", *key.split(".", 1)), graph.given_at(f"effects.{key}")) for key in tables.effects.overrides()]
    reasons = {path: why_idle(conditions, path, given) for path, given in found}
    told = {path: reason for path, reason in reasons.items() if reason} | dict(_of_sources(tables))
    return {path: reason + _in_futures(path, reason, drawn) for path, reason in told.items()}


def _in_futures(path: Path, reason: str, drawn: Mapping[str, Card]) -> str:
    """Where futures draw the setting that keeps an input from mattering, in words; nothing where they do not."""
    found = IS_0.fullmatch(reason)
    if found is None:
        return ""
    address = found[1] if "." in found[1] else ".".join(map(str, (*path[:-1], found[1])))
    card = drawn.get(address)
    return "" if card is None else f" at the value taken; futures draw it from {card.low:g} to {card.high:g}"


def why_idle(conditions: Conditions, path: Path, given: Given) -> str:
    """Return why an input has no effect; nothing where it has one, or is for the reader."""
    return graph.in_the_way(given, conditions.freed(".".join(map(str, path))).at(path))


def present(tables: Organization) -> Iterator[tuple[Path, Input]]:
    """Yield every input that an employer's tables have, names filled in, rows of the effects table left out."""
    for one in inputs():
        first, *rest = one.path.split(".")
        if first in Organization.model_fields and "[]" not in one.path and "<cause>" not in one.path:
            yield from ((path, one) for path in _filled(getattr(tables, first), (first,), rest, one.kind))


def _filled(table: Any, start: Path, rest: list[str], kind: str) -> Iterator[Path]:
    """Yield the addresses of an input inside a table of its kind: one for each name that the user chose."""
    part, *after = rest
    if part.startswith("<"):
        for name, inner in table.items() if isinstance(table, Mapping) else ():
            yield from _filled(inner, (*start, name), after, kind) if after else [(*start, name)]
    elif after:
        yield from _filled(getattr(table, part, None), (*start, part), after, kind)
    elif isinstance(table, Table) and kind in ("", getattr(table, "kind", "")):
        yield (*start, part)


def _of_sources(tables: Organization) -> Idle:
    """Yield what is idle by its own value: a source that covers nobody, an activity that takes no time."""
    for name, payer in claims_of(tables.funding).items():
        if payer.clients_covered_share == 0:
            yield ("funding", name, "clients_covered_share"), COVERS_NOBODY
    for name, source in paid_by_the_unit(tables.funding).items():
        for place, activity in enumerate(source.billable):
            if getattr(tables.time_use, activity) == 0:
                yield ("funding", name, "billable", place), f"time_use.{activity} is 0"
