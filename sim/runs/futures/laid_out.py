"""Lay scenarios out at many values of what is not known: rows of one structure side by side, the base first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from sim.runs.futures.fitting import as_given, fitting, plain_tables
from sim.scenario.drawn import NotInRowsError, rows_at
from sim.scenario.files import Loaded, load_table
from sim.scenario.patch import put, split
from sim.scenario.problems import ScenarioError
from sim.scenario.rows import STRUCTURE, Rows, rows_of

Values = dict[str, float]  # address → value
Structure = tuple[tuple[str, float], ...]  # addresses and values that decide on the structure of a row


class Asked(Protocol):
    """Which scenarios are laid out, and what of each is not known."""

    @property
    def everyone(self) -> tuple[Loaded, ...]:
        """The scenarios, the base first."""

    @property
    def open_in(self) -> tuple[frozenset[str], ...]:
        """Addresses of what is not known, by scenario."""


def own_values(asked: Asked, values: Mapping[str, float]) -> tuple[list[Values], bool]:
    """Return what each scenario takes of a draw, shares made to fit, and whether any were made smaller."""
    own = [
        fitting({path: value for path, value in values.items() if path in open_here}, plain_tables(loaded.scenario))
        for open_here, loaded in zip(asked.open_in, asked.everyone, strict=True)
    ]
    return [one for one, _ in own], any(changed for _, changed in own)


def by_structure(drawn: Iterable[tuple[int, Mapping[str, float]]]) -> dict[Structure, list[int]]:
    """Return the numbers of draws by what of each decides on the structure of a row."""
    found: dict[Structure, list[int]] = {}
    for number, values in drawn:
        found.setdefault(tuple((path, values[path]) for path in values if _structural(path)), []).append(number)
    return found


def laid_out(
    asked: Asked, structure: Structure, own: Sequence[Sequence[Values]], *, check: bool = True
) -> tuple[tuple[Rows, ...], dict[int, tuple[int, str]]]:
    """Return rows of every scenario, and which of them first refuses those that no world can be like, and why.

    Args:
        asked: the scenarios, and what of each is not known.
        structure: what all rows have in common.
        own: of each row, what every scenario takes of its draw.
        check: whether rows are refused at all.
    """
    made, faults = [], dict[int, tuple[int, str]]()
    for place, (loaded, open_here) in enumerate(zip(asked.everyone, asked.open_in, strict=True)):
        here = [values[place] for values in own]
        fixed = {path: value for path, value in structure if path in open_here}
        rows, found = _rows_of_one(_at(loaded, fixed), here, check=check)
        made.append(rows)
        faults.update({row: (place, why) for row, why in found.items() if row not in faults})
    return tuple(made), faults


def _structural(path: str) -> bool:
    return path.rpartition(".")[2] in STRUCTURE


def _at(loaded: Loaded, values: Values) -> Loaded:
    table = dict(loaded.raw)
    for path, value in values.items():
        table = put(table, split(path), as_given(value))
    return load_table(table, warn=False) if values else loaded


def _rows_of_one(loaded: Loaded, own: Sequence[Values], *, check: bool) -> tuple[Rows, dict[int, str]]:
    plain = [{path: value for path, value in values.items() if not _structural(path)} for values in own]
    columns = {path: np.array([values[path] for values in plain]) for path in (plain[0] if plain else ())}
    try:
        rows, faults = rows_at(loaded, columns, len(own), check=check)
    except NotInRowsError:
        return _one_by_one(loaded, plain)
    if not faults:
        rows = replace(rows, first=_at(loaded, plain[0]).scenario)
    return rows, faults


def _one_by_one(loaded: Loaded, own: Sequence[Values]) -> tuple[Rows, dict[int, str]]:
    """Load each row by itself; a row that is refused has the values taken in its place."""
    found, faults = [], {}
    for row, values in enumerate(own):
        try:
            found.append(_at(loaded, values).scenario)
        except ScenarioError as fault:
            faults[row] = "; ".join(one.rule for one in fault.problems if one.severity == "error")
            found.append(loaded.scenario)
    return rows_of(found), faults
