"""What comes of asking how sure a result is."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from sim.questions.uncertainty.uncertainty import Band, Spread, Uncertainty
from sim.questions.uncertainty.words import doubt_sentence

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, repr=False)
class Doubt:
    """Luck and what nobody knows, set side by side; made by `peerstay.uncertainty`."""

    found: Uncertainty = field(repr=False)

    @property
    def measure(self) -> str:
        """Return the key of the measure."""
        return self.found.key

    @property
    def ranges(self) -> pd.DataFrame:
        """Return how far luck, what is not known, and both spread the measure, and what alternatives change in it.

        Index (what, scenario), what being level or difference; columns mean, and low and high of the middle 90 % for
        luck, unknowns and both.
        """
        import pandas as pd  # noqa: PLC0415

        parts = {"level": self.found.levels, "difference": self.found.differences}
        rows = {(what, one.name): _row(one) for what, spreads in parts.items() for one in spreads}
        index = pd.MultiIndex.from_tuples(list(rows), names=["what", "scenario"])
        return pd.DataFrame(list(rows.values()), index=index, columns=["mean", *_ENDS])

    @property
    def shares(self) -> pd.DataFrame:
        """Return which unknowns spread the measure most.

        Columns: what (level or difference), scenario, input, and share, its part of the variance that all unknowns
            cause.
        """
        import pandas as pd  # noqa: PLC0415

        parts = {"level": self.found.levels, "difference": self.found.differences}
        rows = [
            (what, one.name, path, guess.value)
            for what, spreads in parts.items()
            for one in spreads
            for path, guess in sorted(one.single.items(), key=lambda pair: -pair[1].value)
        ]
        return pd.DataFrame(rows, columns=["what", "scenario", "input", "share"])

    @property
    def finding(self) -> str:
        """Return it in sentences."""
        return doubt_sentence(self.found)

    def plot(self) -> go.Figure:
        """Return a figure of both kinds of doubt."""
        from sim.questions.uncertainty.view import doubt_view  # noqa: PLC0415  # plotly takes long

        figure: go.Figure = doubt_view(self.found).figure
        return figure

    def __repr__(self) -> str:
        """Return it on one line."""
        told = f"{self.found.draws:,} draws of {self.found.replications:,} replications"
        return f"<peerstay.Doubt about {self.measure} of {', '.join(self.found.names)}: {told}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.finding)}</p>"


_ENDS = [f"{end}_{what}" for what in ("luck", "unknowns", "both") for end in ("low", "high")]


def _row(one: Spread) -> tuple[Any, ...]:
    return (one.mean, *_ends(one.luck), *_ends(one.ignorance), *_ends(one.both))


def _ends(band: Band | None) -> tuple[float | None, float | None]:
    return (None, None) if band is None else (band.low, band.high)
