"""Write the budget of every scenario by fiscal year: mean, and the middle nine tenths of the runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.questions.compare.budget_text import line_name, year_name, years_of
from sim.results.budget import budget_lines
from sim.runs.answer import Answer
from sim.takeaway.content import called
from sim.takeaway.workbook import Book, Cell, Cells

SHEET: Final = "Budget"


def budget_sheet(book: Book, answer: Answer, footer: str) -> None:
    """Write a row for each scenario and line, and for each fiscal year the mean and its ends."""
    names = [year_name(year) for year in years_of(answer)]
    sheet = book.sheet(SHEET, (10, 34, *(14,) * (3 * len(names))), footer)
    heading = [f"{name}, {kind}" for name in names for kind in ("mean", "5 %", "95 %")]
    book.table(sheet, ("Scenario", "Line, USD", *heading), _rows(answer), 2)


def _rows(answer: Answer) -> Iterator[Cells]:
    short, years = called(answer), years_of(answer)
    for case in answer.cases:
        for line in budget_lines(case.books, years) if case.books else ():
            numbers = [Cell(one, "usd") for of_year in zip(line.means, *line.middle, strict=True) for one in of_year]
            yield [short[case.name], line_name(line).strip(), *numbers]
