"""Put drawn values into a scenario: shares made to fit into their whole, and all of it checked as any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sim.scenario.files import load_table
from sim.scenario.patch import find, put, split
from sim.scenario.schema import Scenario

Values = Mapping[str, float]  # address → value

_OF_TIME: Final = (
    "individual",
    "group",
    "travel",
    "notes",
    "no_show",
    "supervision",
    "training",
    "protected_recovery",
    "outside_role",
)
WHOLES: Final = (  # shares that add to 1 at most: table, members
    ("time_use", _OF_TIME),
    ("turnover", ("other_field_share", "out_of_work_share")),
    ("turnover.level", ("voluntary_share", "involuntary_share")),
)
BLACK, NOT_WHITE = "place.black_share", "place.non_white_share"  # the first is a part of the second


def plain_tables(scenario: Scenario) -> dict[str, Any]:
    """Tables whose shares `fitting` looks at, as plain dictionaries."""
    return {name: getattr(scenario, name).model_dump() for name in ("time_use", "turnover", "place")}


def at_values(raw: Mapping[str, Any], values: Values) -> Scenario:
    """Return a scenario with inputs set, checked as any other.

    Raises:
        ScenarioError: when no world can be like that.
    """
    table = dict(raw)
    for path, value in values.items():
        table = put(table, split(path), as_given(value))
    return load_table(table).scenario


def as_given(value: float) -> float | int:
    """A number as a file would hold it: whole ones without a point."""
    return int(value) if value.is_integer() else value


def _made_smaller(
    values: Mapping[str, float], table: str, members: Iterable[str], defaults: Mapping[str, Any]
) -> dict[str, float]:
    """The drawn shares of a whole in proportion to the room that those not drawn leave; none where all have room."""
    shares = {f"{table}.{name}": values.get(f"{table}.{name}", defaults.get(name, 0.0)) for name in members}
    drawn = {path: share for path, share in shares.items() if path in values}
    room = 1.0 - sum(share for path, share in shares.items() if path not in values)
    total = sum(drawn.values())
    return {path: share * room / total for path, share in drawn.items()} if total > room > 0.0 else {}


def fitting(values: dict[str, float], defaults: Mapping[str, Any]) -> tuple[dict[str, float], bool]:
    """Return values with drawn shares made smaller where they are more than the whole, and whether any were."""
    changed = False
    for table, members in WHOLES:
        smaller = _made_smaller(values, table, members, find(defaults, split(table))[0])
        values, changed = values | smaller, changed or bool(smaller)
    most = values.get(NOT_WHITE, defaults["place"]["non_white_share"])
    if values.get(BLACK, 0.0) > most:
        return values | {BLACK: most}, True
    return values, changed
