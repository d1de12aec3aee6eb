"""List the inputs that can be changed, those that are changed most first, with the words they are found by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from sim.questions.solve.levers import NOT_VARIED
from sim.scenario.check.dated import may_change_by_date
from sim.scenario.describe import NUMBERS
from sim.scenario.patch import leaves
from sim.scenario.timeline import organization_table
from sim.ui.addresses import Path
from sim.ui.inputs.board import Board
from sim.words.inputs import found_as, input_at
from sim.words.layout import name_of_key

WAGE: Final = ("pay", "wage_usd_per_hour")
OFTEN: Final = (  # what is changed most, offered first
    WAGE,
    ("benefits", "fringe_share"),
    ("posts", "number"),
    ("pay", "cost_of_living_share"),
    ("pay", "pass_through_share"),
    ("practices", "supervisor_support"),
    ("practices", "recovery_culture"),
    ("practices", "autonomy"),
    ("time_use", "individual"),
    ("time_use", "group"),
    ("recruitment", "days_to_fill"),
)
OF_SOURCES: Final = ("rate_usd_per_unit", "group_rate_usd_per_unit", "rate_usd", "amount_usd_per_year")


def offered(board: Board) -> Iterator[Path]:
    """Yield the inputs that are changed most in this scenario."""
    yield WAGE
    for name, source in dict(board.value(("funding",)) or {}).items():
        told = source if isinstance(source, dict) else {}
        yield from (("funding", name, key) for key in OF_SOURCES if key in told)
    yield from OFTEN[1:]


def changeable(board: Board) -> list[Path]:
    """Return every number that an alternative may change, those that are changed most first."""
    return [path for path in _all(board) if not any(path[: len(fixed)] == fixed for fixed in NOT_VARIED)]


def dateable(board: Board) -> list[Path]:
    """Return every number that a date may change, those that are changed most first."""
    return [path for path in _all(board) if may_change_by_date(path) and is_number(board.value(path))]


def _all(board: Board) -> list[Path]:
    """Return all numbers of those who are drawn, as far as their scenario is sound."""
    tables = board.organization()
    found = () if tables is None else (path for path, _ in leaves(organization_table(tables)))
    return list(dict.fromkeys([*offered(board), *filter(_is_input, found)]))


def _is_input(path: Path) -> bool:
    given = input_at(path)
    return given is not None and given.type in NUMBERS


def is_number(value: object) -> bool:
    """Whether a value is a number, and neither a yes or no nor left out."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def labels(paths: Iterable[Path]) -> dict[Path, str]:
    """Return what inputs are found by, no two alike: their name, other words for it, their table where it is needed."""
    told = {path: found_as(path) for path in paths}
    times = Counter(told.values())
    return {path: f"{text} ({name_of_key(path[0])})" if times[text] > 1 else text for path, text in told.items()}
