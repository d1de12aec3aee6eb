"""Show the budget by fiscal year as a table: what comes in, what it is spent on, margin, cash, awards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from sim.report.budget_text import line_name, year_name, years_of
from sim.report.layout import listed
from sim.report.numbers import short
from sim.report.views.seen import Seen
from sim.report.views.view import Cell, Column, Table, View
from sim.results.budget import Line, budget_lines
from sim.results.fiscal import FiscalYears

UNIT: Final = "USD"


def budget_view(seen: Seen) -> View:
    """Return the budget of every scenario by fiscal year, means of the runs."""
    years = years_of(seen.answer)
    told = [(place, _lines(seen.views[place], years)) for place in range(len(seen.cases))]
    return View(
        key="budget",
        title="Budget by fiscal year",
        figure=None,
        alt="A table of money received, cost, margin, cash at year's end and awards, a column for each fiscal year.",
        reading=_reading(told[0][1], years),
        note=(
            f"Projection. Means over {seen.runs_in_words()}. A fiscal year is called by the year it ends in; the first "
            "and the last may have fewer than twelve months. What arrives or is paid at a month's end counts in it."
        ),
        table=Table(
            (Column("Scenario"), Column("Line"), *(Column(year_name(year), UNIT) for year in years)),
            tuple(_row(seen, place, line) for place, lines in told for line in lines),
        ),
    )


def _lines(views: Mapping[str, Any], years: FiscalYears) -> list[Line]:
    return budget_lines({name: np.asarray(values, dtype=np.float64) for name, values in views.items()}, years)


def _row(seen: Seen, place: int, line: Line) -> tuple[Cell, ...]:
    return (seen.name(place), line_name(line).strip(), *line.means)


def _reading(lines: list[Line], years: FiscalYears) -> str:
    margin = next(line for line in lines if line.name == "margin").means
    told = [f"{short(usd, UNIT)} in {year_name(year)}" for usd, year in zip(margin, years, strict=True)]
    return f"Projection: the base's margin is {listed(told)}."
