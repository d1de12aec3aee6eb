"""Draw how long people stay and where they go: by scenario from their hire, by rung, and through the ladder.

Of 100 newcomers: who is promoted, who leaves and why, who is still there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.charts.lines import MOST_BANDS, Names, draw_lines, line_sheet, name_lines
from sim.charts.look import axis, faded, new_sheet
from sim.charts.seen import Named, Seen
from sim.charts.sentences import against_base, bare_span, with_range
from sim.charts.ticks import number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.model.rules.turnover import CAUSES
from sim.questions.compare.views.shares import CAUSE_WORDS, LEFT_BECAUSE
from sim.results.bands import Band, ratio_of, retention_band
from sim.results.summary import Estimate
from sim.scenario.tables.ladder import Ladder
from sim.units import MONTHS_PER_YEAR
from sim.words.layout import capitalized, listed
from sim.words.numbers import NONE, value

A_YEAR: Final = "retention_12_months"
TOLD_MONTHS: Final = (6, 12, 24, 36, 60)
FEWEST: Final = 10.0  # people in sight in all runs together; the curve of fewer says nothing
OF_MEANS: Final = "Ranges here are 95 % intervals of the mean; single futures lie further apart."
NOBODY: Final = "nobody in sight so long"


def retention_view(seen: Seen) -> View:
    """Return the share of newcomers still there after each month, by scenario."""
    bands = [_band(seen, place, "all") for place in range(len(seen.cases))]
    told = [(seen.name(at), one.measures[A_YEAR].difference) for at, one in enumerate(seen.answer.alternatives, 1)]
    compared = f"; {against_base(told, 'share')}" if told else ""
    year = with_range(seen.answer.base.measures[A_YEAR], "share")
    reading = f"Projection: {year} of newcomers in the base are still with the employer 12 months after they were hired"
    return _view("retention", "How long people stay", seen, bands, f"{reading}{compared}. {OF_MEANS}")


def rungs_view(seen: Seen, place: int = 0) -> View:
    """Return the share still there after coming to each rung of one scenario's ladder."""
    names = rungs_of(seen, place)
    bands = [_band(seen, place, rung) for rung in names] or [_band(seen, place, "all")]
    rungs = Named(seen.look, tuple(names.values()) or ("All peers",))
    parts = [f"{name}, {_after(band, MONTHS_PER_YEAR)}" for name, band in zip(rungs.names, bands, strict=True)]
    who = seen.said(place)
    reading = f"{capitalized(who)} has one rung only: retention by rung is retention."
    if names:
        reading = f"Projection: still with the employer 12 months after coming to a rung in {who}: {listed(parts)}."
    title = f"How long people stay, by rung: {seen.name(place)}"
    return _view("retention_by_rung", title, rungs, bands, reading)


def rungs_of(seen: Seen, place: int) -> dict[str, str]:
    """Return the rungs that are followed, by name, with their titles."""
    ladder: Ladder = seen.cases[place].loaded.scenario.ladder
    keys = [key.removeprefix("exits.") for key in seen.views[place] if key.startswith("exits.")]
    return {key: _title(ladder, key) for key in keys if key != "all"}


def _title(ladder: Ladder, key: str) -> str:
    titled = ladder[key].title if key in ladder else ""
    return titled or key.replace("_", " ").capitalize()


def _band(seen: Seen, place: int, whose: str) -> Band:
    views = seen.views[place]
    return retention_band(views[f"exits.{whose}"], views[f"lived.{whose}"], FEWEST)


def _view(key: str, title: str, named: Names, bands: Sequence[Band], reading: str) -> View:
    months = list(range(len(bands[0].mean)))
    sheet = line_sheet(named, "Share still with the employer,<br>by months since the start")
    ticks = [month for month in months if month % MONTHS_PER_YEAR == 0]
    sheet.layout["xaxis"] = axis(named.look, showgrid=False, range=[0, months[-1]], tickvals=ticks)
    sheet.layout["yaxis"] = axis(named.look, **number_axis(0.0, 1.0, "share"))
    draw_lines(sheet, named, months, bands, [_pointed_at(named, place, band) for place, band in enumerate(bands)])
    name_lines(sheet, named, bands, (0.0, 1.0))
    lines = [f"{named.name(place)} {_after(band, MONTHS_PER_YEAR)} after 12 months" for place, band in enumerate(bands)]
    return View(
        key=key,
        title=title,
        figure=sheet.figure(),
        alt=f"Line chart of the share still with the employer by months since the start: {'; '.join(lines)}.",
        reading=reading,
        note=_note(len(bands)),
        table=_table(named, bands, [month for month in TOLD_MONTHS if month < len(months)]),
        data=_table(named, bands, months),
    )


def _note(lines: int) -> str:
    bands = "shaded" if lines <= MOST_BANDS else "the first's is shaded, the table has all"
    return (
        "Every way of leaving counts; a promotion does not. Those still there at the end count for as long as they "
        "were followed (Kaplan–Meier curves over all runs together). A curve ends where fewer than ten people are "
        f"left to follow. 95 % intervals of the mean ({bands}) show how well the mean of all runs is known, not how "
        "far single ones spread."
    )


def _pointed_at(named: Names, place: int, band: Band) -> list[str]:
    return [f"{named.name(place)}, {month} months: {_share(mean)}" for month, mean in enumerate(band.mean)]


def _share(mean: float) -> str:
    return value(float(mean), "share") if np.isfinite(mean) else NOBODY


def _after(band: Band, month: int) -> str:
    if month >= len(band.mean) or not np.isfinite(band.mean[month]):
        return NOBODY
    low, high = (float(side[month]) for side in (band.low, band.high))
    inside = f" ({bare_span(Estimate(None, low, high, 0), 'share')})" if np.isfinite(low) else ""
    return f"{_share(band.mean[month])}{inside}"


def _table(named: Names, bands: Sequence[Band], months: Sequence[int]) -> Table:
    columns = (
        Column("Months since the start"), Column("Who"),
        Column("Still there", "share"),
        Column("95 % interval of the mean from", "share"), Column("95 % interval of the mean to", "share"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (str(month), named.name(place), *(float(side[month]) for side in (band.mean, band.low, band.high)))
        for month in months
        for place, band in enumerate(bands)
    ]
    return Table(columns, tuple(rows))


# the way through the ladder ------------------------------------------------------------------------------------------

HUNDRED: Final = 100.0
UNIT: Final = "of 100 hired"
LEFT_COLORS: Final = ("#D55E00", "#CC79A7", "#E69F00", "#999999", "#56B4E9", "#0072B2")  # by cause, quit first
STILL_COLOR, RUNG_COLOR, FADE = "#009E73", "#0072B2", 0.38
STILL: Final = "Still there at the end"
PHRASES: Final = {CAUSE_WORDS[cause]: phrase for cause, phrase in LEFT_BECAUSE.items()} | {STILL: "are still there"}
SMALLEST: Final = 0.05  # of 100; less is written as nothing


@dataclass(frozen=True)
class Step:
    """A step between rungs, an exit for one cause, or staying; numbers out of 100 hired."""

    origin: str
    end: str
    color: str
    number: Estimate


def flow_view(seen: Seen, place: int = 0) -> View:
    """Return how the newcomers of one scenario pass through its ladder."""
    steps = [step for step in _steps(seen, place) if (step.number.mean or 0.0) >= SMALLEST]
    hired = float(seen.views[place]["flow.entry.came"].mean())
    return View(
        key="flow",
        title=f"Of 100 hired: {seen.name(place)}",
        figure=_flow_figure(seen, steps) if steps else None,
        alt=f"Flow diagram of 100 newcomers. {_listed(steps)}.",
        reading=_flow_reading(seen, place, steps),
        note=_flow_note(seen, hired),
        table=_flow_table(steps),
    )


def _flow_note(seen: Seen, hired: float) -> str:
    return (
        f"Follows those hired during the projection, {hired:,.1f} on average in each of {seen.runs_in_words()}, to its "
        "end. Those hired late had little time to be promoted or to leave. Those in post before come first for a "
        "promotion, and are not counted."
    )


def _steps(seen: Seen, place: int) -> list[Step]:
    views, names = seen.views[place], rungs_of(seen, place) or {"entry": "Entry"}
    hired, steps = views["flow.entry.came"], []
    for rung, following in zip(names, [*list(names)[1:], None], strict=True):
        if following is not None:
            up = ratio_of(views[f"flow.{following}.came"], hired)
            steps.append(Step(names[rung], names[following], RUNG_COLOR, _of_hundred(up)))
        for color, cause in zip(LEFT_COLORS, CAUSES, strict=True):
            gone = ratio_of(views[f"flow.{rung}.left.{cause}"], hired)
            steps.append(Step(names[rung], CAUSE_WORDS[cause], color, _of_hundred(gone)))
        still = ratio_of(views[f"flow.{rung}.still"], hired)
        steps.append(Step(names[rung], STILL, STILL_COLOR, _of_hundred(still)))
    return steps


def _of_hundred(one: Estimate) -> Estimate:
    ends = [None if end is None else HUNDRED * end for end in (one.mean, one.low, one.high)]
    return Estimate(ends[0], ends[1], ends[2], one.n)


def _flow_figure(seen: Seen, steps: list[Step]) -> Any:
    sheet = new_sheet(seen.look, 420, l=6, r=6, t=16, b=16)
    nodes = list(dict.fromkeys([name for step in steps for name in (step.origin, step.end)]))
    labels, colors = zip(*(_node(node, [step for step in steps if step.end == node]) for node in nodes), strict=True)
    sheet.add(
        "sankey",
        arrangement="snap",
        textfont={"color": seen.look.ink, "size": 12, "shadow": "none"},
        node={"label": list(labels), "color": list(colors)}
        | {"pad": 14, "thickness": 12, "hoverinfo": "skip", "line": {"width": 0}},
        link={
            "source": [nodes.index(step.origin) for step in steps],
            "target": [nodes.index(step.end) for step in steps],
        }
        | _links(steps),
    )
    return sheet.figure()


def _links(steps: list[Step]) -> dict[str, Any]:
    """How wide a step is drawn, in which color, and what is told of it."""
    return {
        "value": [step.number.mean for step in steps],
        "color": [faded(step.color, FADE) for step in steps],
        "customdata": [f"{step.origin} → {step.end}: {step.number.mean:.1f} {UNIT}" for step in steps],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _node(name: str, incoming: list[Step]) -> tuple[str, str]:
    """The label of a node with how many come to it, and its color; where nobody does, all are hired into it."""
    number = sum(step.number.mean or 0.0 for step in incoming)
    label = f"{name} {number:.1f}" if number else f"Hired: {HUNDRED:.0f}"
    return label, incoming[0].color if incoming else RUNG_COLOR


def _listed(steps: list[Step]) -> str:
    return "; ".join(f"{step.origin} to {step.end.lower()}: {_told(step.number)}" for step in steps)


def _told(one: Estimate) -> str:
    return NONE if one.mean is None else f"{one.mean:.1f}"


def _flow_reading(seen: Seen, place: int, steps: list[Step]) -> str:
    if not steps:
        return f"Projection: nobody is hired in {seen.said(place)}."
    entry = steps[0].origin
    ends: dict[str, float] = {}
    for step in steps:
        if step.color != RUNG_COLOR:
            ends[step.end] = ends.get(step.end, 0.0) + (step.number.mean or 0.0)
    largest = sorted(ends, key=lambda end: -ends[end])
    parts = [f"{ends[end]:.1f} {PHRASES[end]}" for end in largest]
    up = next((step.number for step in steps if step.origin == entry and step.color == RUNG_COLOR), None)
    promoted = f"{_told(up)} are promoted; in the end " if up is not None else ""
    return f"Projection: of 100 hired in {seen.said(place)}, {promoted}{listed(parts)}."


def _flow_table(steps: list[Step]) -> Table:
    columns = (
        Column("From"), Column("To"),
        Column("Of 100 hired", UNIT), Column("95 % interval from", UNIT), Column("95 % interval to", UNIT),
    )  # fmt: skip
    return Table(columns, tuple((s.origin, s.end, s.number.mean, s.number.low, s.number.high) for s in steps))
