"""Draw how far inputs move a result, the farthest on top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sim.charts.printed import COLORS, check_figure
from sim.questions.sensitivity.morris import Moved
from sim.questions.sensitivity.sensitivity import Sensitivity
from sim.results.measures.table import measure_of
from sim.runs.futures.unknowns import Unknown

MOST: Final = 15
INCHES_A_BAR, INCHES_AROUND = 0.32, 1.4


def write_tornado(found: Sensitivity, file: Path) -> None:
    """Draw the sizes of a screening with their intervals into a file; its ending says which format."""
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415  # takes a third of a second to import

    check_figure(file)
    inputs = () if found.screening is None else found.screening.inputs
    told = [(one, moved) for one, moved in inputs if moved.told_apart][:MOST]
    figure = Figure(figsize=(9.0, INCHES_AROUND + INCHES_A_BAR * max(1, len(told))), layout="constrained")
    _draw(figure.subplots(), found, told)
    unfinished = file.with_name(f".{file.stem}.unfinished{file.suffix}")
    metadata = {"Date": None} if file.suffix.lower() == ".svg" else {}
    with rc_context({"svg.hashsalt": "peerstay", "svg.fonttype": "none"}):
        figure.savefig(unfinished, dpi=150, metadata=metadata)
    unfinished.replace(file)


def _draw(axes: Any, found: Sensitivity, told: Sequence[tuple[Unknown, Moved]]) -> None:
    """Draw a bar with its interval for each input, the largest on top."""
    times = 100.0 if measure_of(found.key).unit == "share" else 1.0
    sizes = [times * moved.size for _, moved in told]
    arms = [[times * (m.size - m.low) for _, m in told], [times * (m.high - m.size) for _, m in told]]
    axes.barh(range(len(told)), sizes, xerr=arms, color=COLORS[1], ecolor=COLORS[0], capsize=2)
    axes.set_yticks(range(len(told)), [f"{one.path}  ({one.grade})" for one, _ in told], fontsize=8)
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    unit = "points" if times > 1 else measure_of(found.key).unit
    axes.set_xlabel(
        f"change over the input's range, {unit} (95 % intervals; grade of the evidence in brackets)", fontsize=8
    )
    difference = f", {found.names[1]} less {found.names[0]}" if len(found.names) > 1 else f", {found.names[0]}"
    axes.set_title(f"Projection: what moves {found.label.lower()}{difference}", loc="left", fontsize=10)
