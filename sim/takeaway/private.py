"""Keep people out of what is passed on: a roster stays where it is."""

from __future__ import annotations

import shlex
from typing import Any

from sim.runs.answer import Alternative
from sim.scenario.differences import Difference
from sim.takeaway.plain import one_line
from sim.words.inputs import change_in_plain_words

ROSTER = "roster"
WITHHELD = "a list of people, not written out"
LONGEST = 320


def lists_people(path: str) -> bool:
    """Whether an address is that of a roster, or lies inside one."""
    return any(part.partition("[")[0] == ROSTER for part in path.split("."))


def without_people(value: Any) -> Any:
    """Return a value of a scenario with rosters left out."""
    if isinstance(value, dict):
        return {key: WITHHELD if key == ROSTER and inner else without_people(inner) for key, inner in value.items()}
    return [without_people(inner) for inner in value] if isinstance(value, list | tuple) else value


def shareable(change: Difference) -> Difference:
    """Return a difference without what it says of people."""
    inside = lists_people(change.path)
    sides = (change.from_, change.to, change.until)
    before, after, until = (WITHHELD if inside and side else without_people(side) for side in sides)
    return Difference(change.path, before, after, change.at, until)


def change_told(change: Difference, longest: int = LONGEST) -> str:
    """Return one difference in a line of plain words."""
    return one_line(change_in_plain_words(shareable(change)), longest)


def changes_in_words(one: Alternative, most: int, longest: int) -> list[str]:
    """Return what differs in an alternative, the first lines of it."""
    if not one.changes:
        return ["nothing: the scenarios mean the same"]
    lines = [change_told(change, longest) for change in one.changes[:most]]
    left = len(one.changes) - len(lines)
    return [*lines[:-1], f"{lines[-1]} (and {left} more in the workbook)"] if left else lines


def shareable_command(command: str) -> str:
    """Return a command without the people that an option of it lists."""
    words = shlex.split(command)
    told = [f"{word.partition('=')[0]}={WITHHELD}" if "=" in word and ROSTER in word else word for word in words]
    return command if told == words else shlex.join(told)
