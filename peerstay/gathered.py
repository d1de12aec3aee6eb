"""Gather what happens while scenarios run, in the order of the replications."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sim.results.views import Views, joined_views, views_of
from sim.runs.exports.frames import TABLES, Columns, columns
from sim.runs.pieces import Piece
from sim.scenario.schema import Scenario
from sim.units import month_number

if TYPE_CHECKING:
    import pandas as pd

    from sim.charts.seen import Seen
    from sim.runs.answer import Answer


class Gathered:
    """Keep what views and tables are made of; pass `keep` to a run."""

    def __init__(self, names: Sequence[str], scenarios: Sequence[Scenario], *, detail: bool) -> None:
        """Name the scenarios, the base first; without `detail` people and amounts are not kept."""
        self._names, self._scenarios, self._detail = tuple(names), tuple(scenarios), detail
        self._start = month_number(scenarios[0].horizon.start)
        self._parts: list[tuple[Views, ...]] = []
        self._rows: dict[str, list[Columns]] = {table: [] for table in TABLES}
        self._made: dict[str, pd.DataFrame] = {}

    def keep(self, piece: Piece) -> None:
        """Take over one block of replications."""
        results, base = piece.results or [], self._scenarios[0]
        told = zip(results, self._scenarios, strict=True)
        self._parts.append(tuple(views_of(blocks, scenario, base) for blocks, scenario in told))
        if self._detail:
            for table, rows in columns(results, self._names, self._start).items():
                self._rows[table] += rows

    @cached_property
    def views(self) -> tuple[Views, ...]:
        """Return the views of each scenario."""
        return tuple(map(joined_views, zip(*self._parts, strict=True)))

    def seen(self, answer: Answer) -> Seen:
        """Return an answer with what its figures are drawn from."""
        from sim.charts.seen import Seen  # noqa: PLC0415  # plotly takes long

        return Seen(answer, self.views)

    def frame(self, table: str) -> pd.DataFrame:
        """Return a table as pandas has it, made once.

        Raises:
            ValueError: when people and amounts were not kept.
        """
        if not self._detail:
            raise ValueError("people and amounts were not kept: ask again with detail=True")
        if table not in self._made:
            from peerstay.frames import frame  # noqa: PLC0415  # pandas takes long

            self._made[table] = frame(table, self._rows[table], self._start)
        return self._made[table]
