"""List the inputs that are changed most: offered first beside an answer, and for another value from a date on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.ui.addresses import Path
from sim.ui.inputs.board import Board

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
