"""Draw which inputs move a result most: sizes from the screening, and the parts of the variance that each explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.charts.bars import Bar, Row, Scale, bars_chart, bars_figure, change_scale
from sim.charts.look import LIGHT, Look
from sim.charts.sentences import lower_first
from sim.charts.view import Cell, Column, Table, View
from sim.questions.sensitivity.morris import Moved
from sim.questions.sensitivity.sensitivity import Portions, Sensitivity
from sim.questions.sensitivity.sobol import Index, Indices
from sim.questions.sensitivity.text import (
    index_words,
    moved_sentence,
    others_words,
    size_range,
    size_words,
    told_apart,
    toward,
    what_moves,
)
from sim.questions.uncertainty.numbers import part
from sim.questions.uncertainty.view_unknowns import unknown_name
from sim.results.measures.table import measure_of
from sim.runs.futures.unknowns import Unknown
from sim.words.audience import PAGE
from sim.words.layout import counted

MOST: Final = 12
SIZE, ALONE, TOGETHER = 1, 1, 2  # colors
CARD: Final = ("Input", "What it is", "Grade", "Unit", "Low", "Taken", "High")
NO_SCREENING, NO_PORTIONS = "No inputs were screened.", "The variance was not parted among inputs."


def screening_view(found: Sensitivity, look: Look = LIGHT) -> View:
    """Return the view of the inputs that move a result most when they go over their ranges."""
    seen = [] if found.screening is None else told_apart(found.screening)
    rows = [_size_row(one, moved, found.key) for one, moved in seen[:MOST]]
    heading = f"Change of {lower_first(what_moves(found))} over the input's range, and where a higher input leads"
    scale = change_scale(measure_of(found.key).unit, "")
    drawn = [(row, scale) for row in rows]
    return View(
        key="screening",
        title="Which inputs move it most",
        figure=bars_figure(drawn, look, heading) if rows else None,
        alt=f"Bar chart. {heading}. {_told(rows)}",
        reading=NO_SCREENING if found.screening is None else f"Projection: {lower_first(moved_sentence(found))}",
        note=_screening_note(found, len(rows)),
        table=_sizes(found, seen),
        data=_all_sizes(found),
        printed=bars_chart(drawn, heading) if rows else None,
    )


def _size_row(one: Unknown, moved: Moved, key: str) -> Row:
    text = f"{size_words(moved, key)}, {toward(moved)}"
    return Row(unknown_name(one), (Bar(0.0, moved.size, text, SIZE, (moved.low, moved.high)),))


def _told(rows: Sequence[Row]) -> str:
    return " ".join(f"{row.name}: {', '.join(bar.text for bar in row.bars)}." for row in rows)


def _screening_note(found: Sensitivity, drawn: int) -> str:
    number = 0 if found.screening is None else len(found.screening.inputs)
    left = f" {others_words(number - drawn)}." if number > drawn else ""
    return (
        f"Sizes are means over {counted(found.trajectories, 'move')} of each input, each elsewhere in the ranges of "
        f"the others; thin lines are 95 % ranges. Either: it depends on the others.{left} Grade C is weak "
        "evidence, grade D an assumption."
    )


def _sizes(found: Sensitivity, seen: Sequence[tuple[Unknown, Moved]]) -> Table:
    titles = ("Input", "What it is", "About", "95 % range", "Higher gives", "Grade")
    rows = [
        (one.path, one.title, size_words(moved, found.key), size_range(moved, found.key), toward(moved), one.grade)
        for one, moved in seen
    ]
    return Table(tuple(map(Column, titles)), tuple(rows))


def _all_sizes(found: Sensitivity) -> Table:
    unit = measure_of(found.key).unit
    sizes = ("Size", "95 % from", "95 % to", "Mean with its sign", "Spread", "Size from random variation alone")
    inputs = () if found.screening is None else found.screening.inputs
    rows = tuple(
        (*_card(one), moved.size, moved.low, moved.high, moved.mean, moved.spread, moved.luck) for one, moved in inputs
    )
    return Table((*map(Column, CARD), *(Column(name, unit) for name in sizes)), rows)


def _card(one: Unknown) -> tuple[Cell, ...]:
    return one.path, one.title, one.grade, one.unit, one.low, one.likely, one.high


# parts of the variance ---------------------------------------------------------------------------------------------


def portions_view(found: Sensitivity, look: Look = LIGHT) -> View:
    """Return the view of the parts of the variance that inputs explain alone, and with all they do together."""
    portions = found.portions
    inputs = () if portions is None else portions.inputs
    rows = [_portion_row(one, own) for one, own in inputs[:MOST]]
    heading = f"Share of the variance of {lower_first(what_moves(found))} when these inputs go over their ranges"
    return View(
        key="portions",
        title="How much of the spread each input explains",
        figure=bars_figure([(row, Scale("share")) for row in rows], look, heading) if rows else None,
        alt=f"Bar chart. {heading}. {_told(rows)}",
        reading=NO_PORTIONS if portions is None else _portions_reading(found, portions),
        note=_portions_note(portions),
        table=_portions_table(inputs),
        data=_portions_data(inputs),
    )


def _portion_row(one: Unknown, own: Indices) -> Row:
    return Row(unknown_name(one), (_index_bar("alone", own.first, ALONE), _index_bar("together", own.total, TOGETHER)))


def _index_bar(word: str, index: Index, color: int) -> Bar:
    return Bar(0.0, max(index.value, 0.0), f"{word} {part(index.value)}", color, (index.low, index.high))


def _portions_reading(found: Sensitivity, portions: Portions) -> str:
    one, own = portions.inputs[0]
    return (
        f"Projection: of the variance of {lower_first(what_moves(found))}, {PAGE.unknown(one)} "
        f"explains {index_words(own.first)} alone and {index_words(own.total)} with its interactions."
    )


def _portions_note(portions: Portions | None) -> str:
    if portions is None:
        return ""
    return (
        f"Shares of the variance when these inputs go over their ranges and the rest stays at its point "
        f"value ({portions.samples:,} rows); thin lines are 95 % ranges. Up to {part(portions.luck)} of it is random "
        "variation."
    )


def _portions_table(inputs: Sequence[tuple[Unknown, Indices]]) -> Table:
    titles = ("Input", "What it is", "Alone", "With interactions", "Grade")
    rows = [(one.path, one.title, index_words(own.first), index_words(own.total), one.grade) for one, own in inputs]
    return Table(tuple(map(Column, titles)), tuple(rows))


def _portions_data(inputs: Sequence[tuple[Unknown, Indices]]) -> Table:
    ends = [f"{name}{end}" for name in ("Alone", "Together") for end in ("", ", 95 % from", ", 95 % to")]
    rows = tuple((*_card(one), *_index(own.first), *_index(own.total)) for one, own in inputs)
    return Table((*map(Column, CARD), *(Column(name, "share") for name in ends)), rows)


def _index(index: Index) -> tuple[float, float, float]:
    return index.value, index.low, index.high
