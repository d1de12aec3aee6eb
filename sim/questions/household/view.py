"""Draw what a household has by wage, with the wages of base and alternatives marked and the falls on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.charts.lines import draw_lines, extent, line_sheet, name_lines
from sim.charts.look import SMALL, Look, Sheet, axis
from sim.charts.seen import Seen, wrapped
from sim.charts.ticks import bounds, number_axis, tick_values
from sim.charts.view import Cell, Column, Table, View
from sim.evidence.net_income import NET, WITH_HEALTH, Curve, load_net_income
from sim.evidence.places import load_places
from sim.evidence.raises import cliffs
from sim.questions.household.text import SHORT
from sim.results.bands import Band
from sim.words.earnings.household import NAMES, Reached, falls_in_words, gross_told, hourly, how_to_read, reached, usd
from sim.words.layout import listed

TABLE_STEP: Final = 2.0  # USD an hour between the rows of the table; its CSV has all
COLUMNS: Final = (
    Column("Wage", "USD/hour"), Column("Household"), Column("Net income", "USD"),
    Column("With health cover counted", "USD"),
)  # fmt: skip


@dataclass(frozen=True)
class Households:
    """Name the lines of a state's households."""

    look: Look
    curves: tuple[Curve, ...]

    def name(self, place: int) -> str:
        """Return a household's name."""
        return NAMES[self.curves[place].household]

    def label(self, place: int) -> str:
        """Return a household's name in few short lines."""
        return wrapped(SHORT[self.curves[place].household])


def household_views(seen: Seen) -> list[View]:
    """Return the view of the first changed entry wage of which something is known; none where there is none."""
    known = [own for one in seen.answer.alternatives for own in reached(one, seen.answer) if own.raises]
    return [_view(seen, [own for own in known if own.state == known[0].state])] if known else []


def _view(seen: Seen, changed: Sequence[Reached]) -> View:
    known, state = load_net_income(), changed[0].state
    named = Households(seen.look, known.of(state))
    place = load_places()[state].name
    return View(
        key="household",
        title="What reaches the household, by wage",
        figure=_figure(named, changed),
        alt=(
            f"Line chart of net income with health cover counted by full-time wage in {place}, a line for each of "
            f"{listed([NAMES[curve.household] for curve in named.curves])}; triangles mark where it falls."
        ),
        reading=_reading(changed[0]),
        note=how_to_read(known),
        table=_table(named.curves, TABLE_STEP),
        data=_table(named.curves, 0.0),
    )


def _figure(named: Households, changed: Sequence[Reached]) -> Any:
    curves, wages = named.curves, named.curves[0].wages
    bands = [_line(curve) for curve in curves]
    sheet = line_sheet(named, "Net income a year with health cover counted,<br>by wage an hour, full time")
    low, high = bounds(*([end] for end in extent(bands)), from_zero=True)
    at = tick_values(wages[0], wages[-1])
    ticks = {"tickvals": at, "ticktext": [f"${wage:,.0f}" for wage in at]}
    sheet.layout["xaxis"] = axis(named.look, showgrid=False, range=[wages[0], wages[-1]], **ticks)
    sheet.layout["yaxis"] = axis(named.look, **number_axis(low, high, "USD"))
    for wage in sorted({wage for own in changed for wage in (own.before, own.after)}):
        _mark_wage(sheet, named.look, wage)
    draw_lines(sheet, named, wages, bands, [_pointed_at(curve) for curve in curves])
    _mark_falls(sheet, named)
    name_lines(sheet, named, bands, (low, high))
    return sheet.figure()


def _line(curve: Curve) -> Band:
    nothing = np.full(len(curve.wages), np.nan)
    return Band(np.array(curve.amounts[WITH_HEALTH]), nothing, nothing)


def _pointed_at(curve: Curve) -> list[str]:
    return [
        f"{NAMES[curve.household]} at {hourly(wage)}: {usd(amount)}"
        for wage, amount in zip(curve.wages, curve.amounts[WITH_HEALTH], strict=True)
    ]


def _mark_wage(sheet: Sheet, look: Look, wage: float) -> None:
    line = {"color": look.faint, "width": 1, "dash": "dot"}
    sheet.shapes.append({"type": "line", "x0": wage, "x1": wage, "yref": "paper", "y0": 0.0, "y1": 1.0, "line": line})
    sheet.note(x=wage, y=0.0, yref="paper", yanchor="bottom", xanchor="left", text=hourly(wage), font={"size": SMALL})


def _mark_falls(sheet: Sheet, named: Households) -> None:
    for place, curve in enumerate(named.curves):
        found = cliffs(curve, WITH_HEALTH)
        sheet.add(
            "scatter",
            x=[one.high for one in found],
            y=[curve.at(WITH_HEALTH, one.high) for one in found],
            mode="markers",
            hovertext=falls_in_words([(curve.household, one) for one in found]),
            hoverinfo="text",
            marker={"color": named.look.color(place), "size": 10, "symbol": "triangle-down"},
        )


def _reading(own: Reached) -> str:
    has = listed([f"{NAMES[one.household]} {usd(one.moved[WITH_HEALTH], signed=True)}" for one in own.raises])
    wages = f"from {hourly(own.before)} to {hourly(own.after)} an hour"
    return f"The entry wage goes {wages}, {gross_told(own.gross)}; with health cover counted, it brings {has}."


def _table(curves: Sequence[Curve], step: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, wage in enumerate(curves[0].wages):
        if not step or (wage - curves[0].wages[0]) % step == 0.0:
            rows += [
                (wage, NAMES[curve.household], curve.amounts[NET][place], curve.amounts[WITH_HEALTH][place])
                for curve in curves
            ]
    return Table(COLUMNS, tuple(rows))
