"""Find the numbers of a scenario by their addresses, names filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sim.evidence.cards import Card, load_cards
from sim.scenario.describe import NUMBERS, Input, inputs
from sim.scenario.patch import find, split

Raw = Mapping[str, Any]
MARKET: Final = "market."
MEETING: Final = ("market", "employers_meet")
MOVING: Final = ("market", "people_move")
OF_MEETING: Final = "market.reach_share"  # the other numbers of a market are of people who move


def numbers_of(raw: Raw) -> Iterator[tuple[str, Input, Any]]:
    """Yield address, input and default of every number that a scenario has, names filled in."""
    meet = _anywhere(raw, MEETING)
    move = meet and _anywhere(raw, MOVING)
    for one in inputs():
        named = one.default if isinstance(one.default, Mapping) else None
        if _is_off(one.path, meet=meet, move=move) or (one.type not in NUMBERS and named is None):
            continue
        for path in _filled(one.path, raw, named):
            if _kind_fits(one, path, raw):
                yield path, one, one.default if named is None else named.get(path.rpartition(".")[2])


def left_open(raw: Raw) -> Iterator[tuple[str, Input, Card]]:
    """Yield the numbers that futures draw: nobody states them, and their default is an estimate that has a range."""
    for path, one, default in numbers_of(raw):
        card = load_cards().get(one.evidence)
        if card is None or card.kind != "estimate" or None in (card.value, card.low, card.high):
            continue
        low, likely, high = ends_of(card)
        if default == likely and low < high and "decided" not in one.marks and not is_set(raw, path):
            yield path, one, card


def ends_of(card: Card) -> tuple[float, float, float]:
    """Low end, value and high end of a card that has all three."""
    assert card.low is not None
    assert card.value is not None
    assert card.high is not None
    return card.low, card.value, card.high


def is_set(raw: Raw, path: str) -> bool:
    """Whether tables as they were read state an address."""
    parts = split(path)
    return find(raw, parts)[1] == len(parts)


def _is_off(path: str, *, meet: bool, move: bool) -> bool:
    """Whether an address is of a market that the scenario does not have, or of a part of it that is off."""
    return path.startswith(MARKET) and not (move or (meet and path == OF_MEETING))


def kinds_in(raw: Raw) -> list[Raw]:
    """The tables [[employer]] as they were read, which may not have been checked: what is no table is left out."""
    kinds = raw.get("employer")
    return [kind for kind in kinds if isinstance(kind, Mapping)] if isinstance(kinds, list | tuple) else []


def _anywhere(raw: Raw, setting: tuple[str, ...]) -> bool:
    """Whether a setting is on anywhere; where employers do not meet, nobody asks how far peers look."""
    return any(find(table, setting) == (True, len(setting)) for table in (raw, *kinds_in(raw)))


def _filled(pattern: str, raw: Raw, named: Raw | None) -> list[str]:
    """Return an input's addresses: for a name the user chooses, each that there is."""
    if "[]" in pattern or pattern.startswith("employer"):
        return []
    before, name, after = pattern.partition(".<name>")
    if not name:
        return [pattern]
    there, depth = find(raw, split(before))
    names = named if named is not None else there if depth == len(split(before)) else {}
    return [f"{before}.{one}{after}" for one in names] if isinstance(names, Mapping) else []


def _kind_fits(one: Input, path: str, raw: Raw) -> bool:
    """Whether a table is of the kind an input belongs to; where none is stated, the default's kind counts."""
    if not one.kind:
        return True
    parent = path.rpartition(".")[0]
    table, depth = find(raw, split(parent))
    if depth == len(split(parent)) and isinstance(table, Mapping):
        return bool(table.get("kind") == one.kind)
    return any(other.path == f"{parent}.kind" and other.default == one.kind for other in inputs())


def value_in(raw: Raw, path: str, default: Any) -> Any:
    """Return the value that an input has in a scenario; the default where it may be left out."""
    value, depth = find(raw, split(path))
    return value if depth == len(split(path)) else default
