"""Draw every published figure against what was predicted without its study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from studies.posterior.leaving_out import WAGES
from studies.posterior.scores import Score

INSIDE, OUTSIDE, BAND = "#1b4f72", "#b03a2e", "#5d8aa8"
SIZE: Final = (8.6, 9.2)


def draw(scores: Sequence[Score], path: Path) -> None:
    """Write the figure: a line a published figure, its 90 % and 50 % band, and a dot where it was found."""
    shares = [one for one in scores if one.kind != WAGES]
    paid = [one for one in scores if one.kind == WAGES]
    with rc_context({"svg.hashsalt": "peerstay", "svg.fonttype": "none", "font.size": 8.0}):
        figure = Figure(figsize=SIZE, layout="constrained")
        above, below = figure.subplots(2, 1, height_ratios=(len(shares) + 2, len(paid) + 2))
        _panel(above, shares, "Leaving and vacancy: share, or rate a year")
        _panel(below, paid, "Wages: percent more or fewer separations for one percent more pay")
        figure.savefig(path, metadata={"Date": None})


def _panel(axes: Axes, scores: Sequence[Score], title: str) -> None:
    places = range(len(scores))
    for place, one in zip(places, scores, strict=True):
        for band, width in ((90, 2.0), (50, 6.0)):
            low, high = one.bands[0 if band == 50 else 2]
            axes.plot([low, high], [place, place], color=BAND, linewidth=width, alpha=0.55, solid_capstyle="butt")
        axes.plot(one.published, place, "o", markersize=4.5, color=INSIDE if one.holds(90) else OUTSIDE)
        if one.first is not None:
            axes.plot(one.first[0], place, "x", markersize=4.0, color="#777777")
    axes.set_yticks(list(places), [f"{one.label} ({one.study})" for one in scores])
    axes.invert_yaxis()
    axes.set_title(title, loc="left")
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
