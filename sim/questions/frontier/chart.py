"""Draw a frontier: every mix at equal dollars by two objectives, with its intervals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts.printed import COLORS, check_figure
from sim.questions.frontier.frontier import Frontier
from sim.questions.frontier.text import mix_name
from sim.questions.frontier.words import half_range, objective_words
from sim.words.layout import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def write_frontier(found: Frontier, file: Path) -> None:
    """Draw the first two objectives of every mix into a file, those that none beats in color and numbered.

    Intervals are those of the difference from the base, laid around the mix: both use the same random numbers.
    """
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    check_figure(file)
    figure = Figure(figsize=(8.0, 5.2), layout="constrained")
    axes = figure.subplots()
    for number, mix in enumerate(found.mixes):
        if mix.comparable:
            _draw(axes, found, number)
    for name, key in zip("xy", found.planned.plan.measures, strict=False):
        axes.set(**{f"{name}label": objective_words(key, found)})
    axes.spines[["top", "right"]].set_visible(False)
    runs = found.settings.replications
    title = f"Projection at equal cost, {counted(runs, 'run')}: none beats the numbered mixes, gray ones are beaten"
    axes.set_title(title, loc="left", fontsize=10)
    unfinished = file.with_name(f".{file.stem}.unfinished{file.suffix}")
    with rc_context({"svg.hashsalt": "peerstay", "svg.fonttype": "none"}):
        figure.savefig(unfinished, dpi=150, metadata={"Date": None} if file.suffix.lower() == ".svg" else {})
    unfinished.replace(file)


def _draw(axes: Axes, found: Frontier, number: int) -> None:
    mix, keys = found.mixes[number], found.planned.plan.measures[:2]
    means = [found.estimate(number, key).mean or 0.0 for key in keys]
    color = COLORS[0] if mix.is_base else COLORS[1] if mix.on_frontier else "#999999"
    errors = [half_range(found, number, key) for key in keys]
    marker = "s" if mix.is_base else "o" if mix.on_frontier else "x"
    axes.errorbar(
        means[0], means[1], xerr=errors[0], yerr=errors[1], fmt=marker, color=color, elinewidth=1.0, markersize=5
    )
    if mix.is_base or mix.on_frontier:
        axes.annotate(mix_name(number), (means[0], means[1]), (5, 5), textcoords="offset points")
