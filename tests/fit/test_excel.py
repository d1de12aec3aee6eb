"""A workbook is read as the CSV of its sheet would be."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import xlsxwriter

from sim.questions.fit.cells import Day
from sim.questions.fit.reading import Asked, Person, history_of
from sim.scenario.problems import ScenarioError

PEOPLE: list[list[Any]] = [
    ["Peers of the north"],
    [],
    ["Name", "Hire Date", "Termination Date", "FTE", "Hourly Rate", "Certified"],
    ["Ann", dt.date(2021, 4, 15), None, 0.5, 21.5, True],
    ["Bo", "11/03/2023", "2/28/2026", 1, "20,75", False],
]


def workbook(sheets: dict[str, list[list[Any]]], *, column: int = 0) -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as book:
        day = book.add_format({"num_format": "m/d/yyyy"})
        for name, rows in sheets.items():
            own = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        own.write_datetime(at, column + place, cell, day)
                    elif cell is not None:
                        own.write(at, column + place, cell)
    return into.getvalue()


@pytest.mark.parametrize("column", [0, 3])
def test_a_sheet_of_people_is_read_with_its_dates_numbers_and_flags(column: int) -> None:
    found = history_of(workbook({"Notes": [], "Payroll": PEOPLE}, column=column), "people.xlsx")
    assert found.people == (
        Person(Day(2021, 4, 15), None, 21.5, 0.5, "", True),
        Person(Day(2023, 11, 3), Day(2026, 2, 28), 20.75, 1.0, "", False),
    )
    assert found.columns.row == 3
    assert found.columns.told()[0][1] == f"Hire Date (column {'BE'[column // 3]})"


def test_faults_name_row_and_column_as_excel_counts() -> None:
    rows = [*PEOPLE, ["Cy", "soon"]]
    with pytest.raises(ScenarioError, match=r'people.xlsx: row 6, column B \(Hire Date\): "soon" is no date'):
        history_of(workbook({"Payroll": rows}), "people.xlsx")


def test_a_sheet_is_named_and_an_unknown_one_refused() -> None:
    content = workbook({"Counts": [["Year", "Staff", "Left"], [2024, 20, 5]], "Payroll": PEOPLE})
    assert history_of(content, "h.xlsx").columns.kind == "counts"
    assert history_of(content, "h.xlsx", Asked(sheet="Payroll")).columns.kind == "people"
    with pytest.raises(ScenarioError, match='has no sheet "payroll"; sheets are "Counts", "Payroll"'):
        history_of(content, "h.xlsx", Asked(sheet="payroll"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 and no workbook", "cannot be read as a workbook"),
        (workbook({"Empty": []}), "is empty"),
        (b"PK\x03\x04" + b"0" * 1_000_001, "is larger than 1,000,000 bytes"),
        (workbook({"Wide": [["x"] * 65]}), "more than 20,000 or 64"),
    ],
    ids=["no workbook", "empty", "too large", "too wide"],
)
def test_what_is_no_such_workbook_is_told_in_one_line(content: bytes, told: str) -> None:
    with pytest.raises(ScenarioError) as found:
        history_of(content, "h.xlsx")
    assert len(found.value.problems) == 1
    assert told in str(found.value)
