"""Show the budget by fiscal year: margins as bars; what comes in, what is spent, cash and awards as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sim.charts.rows import Group, Row, rows_figure
from sim.charts.seen import Seen
from sim.charts.view import Cell, Column, Table, View
from sim.questions.compare.budget_text import line_name, year_name, years_of
from sim.results.blocks import Floats
from sim.results.budget import Line, budget_lines
from sim.results.fiscal import FiscalYears
from sim.results.summary import estimate
from sim.words.layout import listed
from sim.words.numbers import short

UNIT: Final = "USD"
Told = list[tuple[int, list[Line]]]  # of each scenario, by its place


def budget_view(seen: Seen) -> View:
    """Return the budget of every scenario by fiscal year, means of the runs."""
    years = years_of(seen.answer)
    told = [(place, _lines(seen.views[place], years)) for place in range(len(seen.cases))]
    groups = _groups(told, years)
    return View(
        key="budget",
        title="Budget by fiscal year",
        figure=rows_figure(seen, groups),
        alt=f"Bars of the margin in each fiscal year. {_amounts(seen, groups)}",
        reading=_reading(told[0][1], years),
        note=(
            f"Projection. Bars are margins, means over {seen.runs_in_words()} with 95 % ranges of the mean: "
            f"{seen.told_apart()}. A fiscal year is called by the year it ends in; the first and the last "
            "may have fewer than twelve months. What arrives or is paid at a month's end counts in that month."
        ),
        table=Table(
            (Column("Scenario"), Column("Line"), *(Column(year_name(year), UNIT) for year in years)),
            tuple(_row(seen, place, line) for place, lines in told for line in lines),
        ),
    )


def _groups(told: Told, years: FiscalYears) -> list[Group]:
    """Return the margin of each fiscal year, a row for each scenario."""
    margins = [(place, _margin(lines).usd) for place, lines in told]
    return [
        Group(f"Margin, {year_name(year)}", UNIT, tuple(_bar(place, usd[:, at]) for place, usd in margins))
        for at, year in enumerate(years)
    ]


def _bar(place: int, usd: Floats) -> Row:
    found = estimate(usd)
    return Row(place, found, short(found.mean, UNIT))


def _margin(lines: list[Line]) -> Line:
    return next(line for line in lines if line.name == "margin")


def _amounts(seen: Seen, groups: list[Group]) -> str:
    told = [
        f"{group.heading}: {listed([f'{seen.name(row.place)} {row.text}' for row in group.rows])}" for group in groups
    ]
    return f"{'. '.join(told)}."


def _lines(views: Mapping[str, Any], years: FiscalYears) -> list[Line]:
    return budget_lines({name: np.asarray(values, dtype=np.float64) for name, values in views.items()}, years)


def _row(seen: Seen, place: int, line: Line) -> tuple[Cell, ...]:
    return (seen.name(place), line_name(line).strip(), *line.means)


def _reading(lines: list[Line], years: FiscalYears) -> str:
    margin = _margin(lines).means
    told = [f"{short(usd, UNIT)} in {year_name(year)}" for usd, year in zip(margin, years, strict=True)]
    return f"Projection: the base's margin is {listed(told)}."
