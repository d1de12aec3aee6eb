"""Draw how long people stay: by scenario from their hire, and by rung from when they come to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.charts.lines import MOST_BANDS, Names, draw_lines, line_sheet, name_lines
from sim.charts.look import axis
from sim.charts.seen import Named, Seen
from sim.charts.sentences import against_base, bare_span, with_range
from sim.charts.ticks import number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.results.bands import Band, retention_band
from sim.results.summary import Estimate
from sim.scenario.tables.ladder import Ladder
from sim.units import MONTHS_PER_YEAR
from sim.words.layout import capitalized, listed
from sim.words.numbers import value

A_YEAR: Final = "retention_12_months"
TOLD_MONTHS: Final = (6, 12, 24, 36, 60)
FEWEST: Final = 10.0  # people in sight in all runs together; the curve of fewer says nothing
NOBODY: Final = "nobody in sight so long"


def retention_view(seen: Seen) -> View:
    """Return the share of newcomers still there after each month, by scenario."""
    bands = [_band(seen, place, "all") for place in range(len(seen.cases))]
    told = [(seen.name(at), one.measures[A_YEAR].difference) for at, one in enumerate(seen.answer.alternatives, 1)]
    compared = f"; {against_base(told, 'share')}" if told else ""
    year = with_range(seen.answer.base.measures[A_YEAR], "share")
    reading = f"Projection: {year} of newcomers in the base are still with the employer 12 months after they were hired"
    return _view("retention", "How long people stay", seen, bands, f"{reading}{compared}.")


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
        f"left to follow. 95 % ranges ({bands}) show how well the mean of all runs is known, not how far single ones "
        "spread."
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
        Column("Still there", "share"), Column("95 % interval from", "share"), Column("95 % interval to", "share"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (str(month), named.name(place), *(float(side[month]) for side in (band.mean, band.low, band.high)))
        for month in months
        for place, band in enumerate(bands)
    ]
    return Table(columns, tuple(rows))
