"""Draw what a history says: how long newcomers stay, and each year as told from the years before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.charts.lines import draw_lines, extent, line_sheet, name_lines
from sim.charts.look import Look, axis
from sim.charts.seen import Named
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.fit.back_cast import Told, told_of
from sim.questions.fit.fit import CURVE, SHOWN, Curve, Fit
from sim.questions.fit.span import Observed
from sim.questions.fit.text import seen_at
from sim.results.bands import Band
from sim.units import MONTHS_PER_YEAR
from sim.words.numbers import value
from sim.words.roster import FEWEST

MONTHS: Final = tuple(range(CURVE + 1))
FITTED, SEEN, STUDIES = "Fitted", "Seen", "Studies alone"
PROJECTED, HAPPENED = "Projected", "Happened"


def curve_view(seen: Observed, found: Fit, look: Look) -> View:
    """Return the share of newcomers still there by month: fitted with its band, as it was seen, of studies alone.

    Where too few people were seen, only what studies say is drawn.
    """
    if seen.few:
        return _studies_view(found.studies.curve, look)
    own = [np.nan if one.share is None else one.share for one in seen_at(seen, MONTHS)]
    studies = found.studies.curve
    named = Named(look, (FITTED, SEEN, STUDIES))
    bands = [_band(found.fitted.curve), _alone(own), _alone(studies.middle)]
    curve = found.fitted.curve
    told = [value(float(side[MONTHS_PER_YEAR]), "share") for side in (curve.middle, curve.low, curve.high)]
    reading = f"Of newcomers, {told[0]} are still there a year later (90 % range {told[1]} to {told[2]})."
    return View(
        key="history_curve",
        title="How long newcomers stay here",
        figure=_curve_figure(named, bands),
        alt=f"Line chart of newcomers still there by months since hire: {', '.join(named.names)}. {reading}",
        reading=reading,
        note=(
            "The shaded band holds nine of ten whole curves that are believed after the history. Seen: Kaplan–Meier; "
            f"it ends where fewer than {FEWEST} people were there."
        ),
        table=_curve_table(curve, own, studies, SHOWN),
        data=_curve_table(curve, own, studies, MONTHS),
    )


def _studies_view(curve: Curve, look: Look) -> View:
    named = Named(look, (STUDIES,))
    told = [value(float(side[MONTHS_PER_YEAR]), "share") for side in (curve.middle, curve.low, curve.high)]
    reading = (
        f"By studies alone {told[0]} of newcomers are still there a year later (90 % range {told[1]} to {told[2]})."
    )
    return View(
        key="history_curve",
        title="How long newcomers stay, by studies alone",
        figure=_curve_figure(named, [_band(curve)]),
        alt=f"Line chart of newcomers still there by months since hire, by studies alone. {reading}",
        reading=reading,
        note=f"Fewer than {FEWEST} people were seen, so nothing of them is drawn. The band holds nine of ten curves.",
        table=_studies_table(curve, SHOWN),
        data=_studies_table(curve, MONTHS),
    )


def _studies_table(curve: Curve, months: Sequence[int]) -> Table:
    titles = (STUDIES, "90 % range from", "90 % range to")
    sides = (curve.middle, curve.low, curve.high)
    rows: list[tuple[Cell, ...]] = [(str(month), *(float(side[month]) for side in sides)) for month in months]
    return Table((Column("Months since hire"), *(Column(title, "share") for title in titles)), tuple(rows))


def _band(curve: Curve) -> Band:
    return Band(curve.middle, curve.low, curve.high)


def _alone(line: Sequence[float] | Any) -> Band:
    nothing = np.full(len(line), np.nan)
    return Band(np.asarray(line, dtype=float), nothing, nothing)


def _curve_figure(named: Named, bands: Sequence[Band]) -> Any:
    sheet = line_sheet(named, "Share of newcomers still there,<br>by months since they were hired")
    ticks = [month for month in MONTHS if month % MONTHS_PER_YEAR == 0]
    sheet.layout["xaxis"] = axis(named.look, showgrid=False, range=[0, CURVE], tickvals=ticks)
    sheet.layout["yaxis"] = axis(named.look, **number_axis(0.0, 1.0, "share"))
    pointed = [
        [f"{named.name(place)}, {month} months: {value(float(band.mean[month]), 'share')}" for month in MONTHS]
        for place, band in enumerate(bands)
    ]
    draw_lines(sheet, named, MONTHS, bands, pointed)
    name_lines(sheet, named, bands, (0.0, 1.0))
    return sheet.figure()


def _curve_table(curve: Curve, own: Sequence[float], studies: Curve, months: Sequence[int]) -> Table:
    titles = ("Seen", "Fitted", "90 % range from", "90 % range to", "Studies alone")
    columns = (Column("Months since hire"), *(Column(title, "share") for title in titles))
    sides = (own, curve.middle, curve.low, curve.high, studies.middle)
    rows: list[tuple[Cell, ...]] = [(str(month), *(float(side[month]) for side in sides)) for month in months]
    return Table(columns, tuple(rows))


def years_view(found: Fit, look: Look) -> View:
    """Return separations by year, projected from the years before with the band, and as they happened."""
    shown = told_of(found.told)
    inside = sum(one.inside for one in shown)
    hidden = len(found.told) - len(shown)
    reading = f"What happened lies in the projected range in {inside} of {len(shown)} years."
    if not shown:
        reading = f"No year has {FEWEST} people or more, so none is shown."
    return View(
        key="history_years",
        title="Each year, told from the years before it",
        figure=_years_figure(Named(look, (PROJECTED, HAPPENED)), shown) if shown else None,
        alt=f"Line chart of separations by year, projected with a range and as they happened. {reading}",
        reading=reading,
        note="The people of a year are taken as they were; the first year is told from studies alone. "
        + (
            f"Left out: {hidden} of fewer than {FEWEST} people, or which would tell of such a year."
            if hidden
            else "The range holds nine of ten."
        ),
        table=_years_table(shown),
    )


def _years_figure(named: Named, shown: Sequence[Told]) -> Any:
    labels = [one.label for one in shown]
    columns = [
        np.array(own, dtype=float) for own in zip(*((one.expected, one.low, one.high) for one in shown), strict=True)
    ]
    bands = [Band(*columns), _alone([one.happened for one in shown])]
    sheet = line_sheet(named, "People who left, by year")
    low, high = bounds(*([end] for end in extent(bands)), from_zero=True)
    sheet.layout["xaxis"] = axis(named.look, showgrid=False, type="category")
    sheet.layout["yaxis"] = axis(named.look, **number_axis(low, high, "people"))
    pointed = [
        [f"{named.name(place)}, {label}: {mean:.1f}" for label, mean in zip(labels, band.mean, strict=True)]
        for place, band in enumerate(bands)
    ]
    draw_lines(sheet, named, labels, bands, pointed)
    name_lines(sheet, named, bands, (low, high))
    return sheet.figure()


def _years_table(shown: Sequence[Told]) -> Table:
    columns = tuple(map(Column, ("Year", "Projected", "90 % range", "Happened", "Inside")))
    rows: list[tuple[Cell, ...]] = [
        (one.label, f"{one.expected:.1f}", f"{one.low} to {one.high}", str(one.happened), "yes" if one.inside else "no")
        for one in shown
    ]
    return Table(columns, tuple(rows))
