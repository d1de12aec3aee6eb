"""What comes of a question asked backwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from peerstay.scenarios import Scenario
from sim.questions.solve.solve import Solution as Solved
from sim.questions.solve.words import solved_sentence

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, repr=False)
class Solution:
    """The smallest change with which conditions hold; made by `peerstay.solve`."""

    solved: Solved = field(repr=False)
    start: Scenario = field(repr=False)  # what every value was laid over

    @property
    def outcome(self) -> str:
        """Return found, already (today's value will do), unreachable or no effect."""
        return self.solved.outcome

    @property
    def value(self) -> float | None:
        """Return the value that is the answer; None where nothing was found."""
        return None if self.solved.found is None else float(self.solved.found.value)

    @property
    def range(self) -> tuple[float | None, float | None]:
        """Return the values nearest to and farthest from today's that luck cannot tell from the answer (95 %)."""
        found = self.solved.found
        ends = (None, None) if found is None else (found.low, found.high)
        low, high = (None if end is None else float(end) for end in ends)
        return low, high

    @property
    def scenario(self) -> Scenario | None:
        """Return the scenario with the answer in it; None where nothing was found."""
        return None if self.value is None else self.start.with_({self.solved.asked.lever.path: self.value})

    @property
    def tried(self) -> pd.DataFrame:
        """Return every value that was tried: columns value, holds, and sure (1 surely holds, -1 surely not, 0 open)."""
        import pandas as pd  # noqa: PLC0415

        rows: list[tuple[Any, ...]] = [
            (float(one.value), one.met, one.sure) for one in self.solved.tried if one.value is not None
        ]
        return pd.DataFrame(sorted(rows), columns=["value", "holds", "sure"])

    @property
    def finding(self) -> str:
        """Return the answer in sentences."""
        return solved_sentence(self.solved)

    def plot(self) -> go.Figure:
        """Return a figure of the values that were tried, against what was asked for."""
        from sim.questions.solve.view import solution_view  # noqa: PLC0415  # plotly takes long

        figure: go.Figure = solution_view(self.solved).figure
        return figure

    def __repr__(self) -> str:
        """Return it on one line."""
        path = self.solved.asked.lever.path
        return f"<peerstay.Solution for {path}: {self.outcome}{'' if self.value is None else f', {self.value:g}'}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.finding)}</p>"
