"""Make lists of people as careless and hostile hands would: the same one for the same number."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from sim.scenario.problems import ScenarioError
from sim.scenario.read.roster_csv import COLUMNS, TEMPLATE, roster_of
from sim.scenario.read.spreadsheet import MOST_FAULTS, MOST_ROWS
from sim.scenario.tables.positions import RosterEntry

ODD: Final = (
    "", " ", "2024-03", "2024-13", "0219-03", "9999-12", "Mar-24", "3/4/2024", "45352", "-1", "1e999", "nan", "entry",
    "Lead Peer", "yes", "NO", "maybe", '"', '""', "'=1+1", "@SUM(A1)", "\x00", "\x1b[2J", "\u202e", "\ufeff", "é" * 40,
    "9" * 400, "0.5", "$21,50", "0", "night", "x" * 3_000,
)  # fmt: skip
SEPARATORS: Final = (",", ";", "\t", "|")
ENDS: Final = ("\n", "\r\n", "\r")


def roster(number: int, seed: int) -> bytes:
    """Return the bytes of a list; one in three starts from a sound one."""
    rng = np.random.default_rng([seed, number])
    separator, end = rng.choice(SEPARATORS), rng.choice(ENDS)
    if number % 3 == 0:
        text = TEMPLATE.replace("\n", str(end)).replace(",", str(separator))
        at = int(rng.integers(len(text)))
        return _encoded(text[:at] + _cell(rng) + text[at:], rng)
    headings = [str(rng.choice(COLUMNS)) if rng.random() < 0.8 else _cell(rng) for _ in range(rng.integers(0, 70))]
    rows = [[_cell(rng) for _ in range(rng.integers(0, 8))] for _ in range(rng.integers(0, 12))]
    return _encoded(str(end).join(str(separator).join(cells) for cells in [headings, *rows]), rng)


def read(content: bytes) -> str:
    """Read a list; see that it is refused in words, or gives entries that the schema takes; return which."""
    try:
        entries = roster_of(content, "people.csv")
    except ScenarioError as fault:
        problems = fault.problems
    else:
        return _taken(entries)
    assert 0 < len(problems) <= MOST_FAULTS + 1
    assert all(str(one).isprintable() for one in problems)
    return "refused"


def _taken(entries: list[dict[str, Any]]) -> str:
    assert 0 < len(entries) <= MOST_ROWS
    for entry in entries:
        RosterEntry.model_validate(entry)
    return "read"


def _cell(rng: Any) -> str:
    return str(rng.choice(ODD))


def _encoded(text: str, rng: Any) -> bytes:
    return text.encode(str(rng.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1"))), "replace")
