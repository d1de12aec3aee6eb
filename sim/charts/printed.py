"""Draw the figures that go into files: intervals shown, direct labels, colors that all can tell apart.

matplotlib draws without a browser; it is imported when a figure is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.extras import need
from sim.results.series import by_month
from sim.units import month_number, month_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.runs.pieces import Piece

Floats = NDArray[np.float64]

COLORS: Final = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7")
STYLES: Final = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
BAND: Final = (5.0, 95.0)
ENDINGS: Final = (".svg", ".png", ".pdf")
THOUSAND: Final = 1000.0
MONTHS_A_TICK: Final = 12


@dataclass
class Paths:
    """Collect the monthly paths of every scenario, block after block; pass `keep` to an experiment."""

    names: Sequence[str]
    series: tuple[str, ...] = ("cash_usd", "chance_of_negative_cash", "headcount")
    parts: dict[tuple[str, str], list[Floats]] = field(default_factory=dict)

    def keep(self, piece: Piece) -> None:
        """Take over one block of replications."""
        for name, blocks in zip(self.names, piece.results or (), strict=True):
            for series in self.series:
                self.parts.setdefault((name, series), []).append(by_month(blocks, series))

    def of(self, name: str, series: str) -> Floats:
        """Return a scenario's series, shape (replications, months)."""
        return np.concatenate(self.parts[name, series])


def check_figure(file: Path) -> None:
    """See that a figure can be written under a name.

    Raises:
        ValueError: with what is wrong with the name and how it should be.
        MissingExtraError: when what draws is not installed.
    """
    need(["matplotlib"], f"{file}: a figure")
    if file.suffix.lower() not in ENDINGS:
        raise ValueError(f"{file}: a figure's name ends in {', '.join(ENDINGS)}, not {file.suffix or 'nothing'}")
    if not file.parent.is_dir():
        raise ValueError(f"{file}: there is no folder {file.parent}; make it first")


def write_paths(paths: Paths, titles: Mapping[str, str], start: str, file: Path) -> None:
    """Draw peers, cash and the chance of having had it below zero, month by month, into a file.

    Args:
        paths: what was collected from the runs.
        titles: what each scenario is called in the figure.
        start: first month, YYYY-MM.
        file: where the figure goes; its ending says which format.
    """
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    check_figure(file)
    figure = Figure(figsize=(11.0, 4.4), layout="constrained")
    peers, cash, chance = figure.subplots(1, 3)
    for number, name in enumerate(paths.names):
        look = {"color": COLORS[number % len(COLORS)], "linestyle": STYLES[number % len(STYLES)]}
        _draw_runs(peers, paths.of(name, "headcount"), titles[name], look)
        _draw_runs(cash, paths.of(name, "cash_usd") / THOUSAND, titles[name], look)
        _draw_chance(chance, paths.of(name, "chance_of_negative_cash"), look)
    _label(peers, "Peers employed", "peers")
    _label(cash, "Cash", "thousand dollars")
    _label(chance, "Chance of having had cash below zero", "%")
    peers.set_ylim(bottom=0)
    chance.set_ylim(0, 100)
    cash.axhline(0.0, color="#666666", linewidth=0.8)
    for axes in (peers, cash, chance):
        _date(axes, start, paths.of(paths.names[0], "cash_usd").shape[1])
    figure.suptitle("Projection: means of the runs, and the middle 90 % of them", x=0.01, ha="left", fontsize=10)
    figure.legend(*peers.get_legend_handles_labels(), loc="outside lower left", frameon=False, fontsize=9)
    unfinished = file.with_name(f".{file.stem}.unfinished{file.suffix}")
    with rc_context({"svg.hashsalt": "peerstay", "svg.fonttype": "none"}):
        figure.savefig(unfinished, dpi=150, metadata=undated(file))
    unfinished.replace(file)


def _label(axes: Axes, title: str, unit: str) -> None:
    axes.set_title(title, loc="left", fontsize=10)
    axes.set_ylabel(unit)


def _draw_runs(axes: Axes, runs: Floats, title: str, look: Mapping[str, Any]) -> None:
    months = np.arange(1, runs.shape[1] + 1)
    low, high = np.percentile(runs, BAND, axis=0)
    axes.fill_between(months, low, high, color=look["color"], alpha=0.12, linewidth=0)
    axes.plot(months, runs.mean(axis=0), label=title, linewidth=1.8, **look)


def _draw_chance(axes: Axes, runs: Floats, look: Mapping[str, Any]) -> None:
    axes.plot(np.arange(1, runs.shape[1] + 1), 100.0 * runs.mean(axis=0), linewidth=1.8, **look)


def _date(axes: Axes, start: str, months: int) -> None:
    ticks = list(range(0, months + 1, MONTHS_A_TICK))
    axes.set_xticks(ticks, [month_text(month_number(start) + tick) for tick in ticks], fontsize=7)
    axes.spines[["top", "right"]].set_visible(False)


def undated(file: Path) -> dict[str, None]:
    """Return metadata without a date, so that the same runs give the same file."""
    return {"Date": None} if file.suffix.lower() == ".svg" else {}
