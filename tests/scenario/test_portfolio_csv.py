"""A table of a state's employers is read row by row, and what is wrong is named by row and column, all at once."""

from __future__ import annotations

import pytest

from sim.scenario.problems import ScenarioError
from sim.scenario.read.portfolio_csv import Line, portfolio_lines

HEAD = "county,employer,employers,posts,wage_usd_per_hour,rate_usd_per_unit,group_rate_usd_per_unit,rural_share\n"


def faults(rows: str) -> list[str]:
    with pytest.raises(ScenarioError) as found:
        portfolio_lines((HEAD + rows).encode(), "table.csv")
    return [str(one) for one in found.value.problems]


def test_what_spreadsheets_write_is_read() -> None:
    assert portfolio_lines(b"County;Employer;Posts;Wage USD per hour\nElk;clinic;1,200;$21,50\n", "t") == [
        Line(2, "Elk", "clinic", 1200, 21.5)
    ]
    (line,) = portfolio_lines((HEAD + "Elk,clinic,3,5,18,13.5,2.5,yes\n").encode(), "t")
    assert (line.employers, line.rate_usd_per_unit, line.rural_share, line.rural) == (3, 13.5, 1.0, 3)


def test_every_fault_of_a_table_is_named_at_once() -> None:
    rows = "Elk,clinic,3,0,18,,,\n,clinic,1,5,cheap,,,\nPotter,clinic,2,5,18,,2.5,0.25\n"
    rows += "Elk,clinic,1,5,18,,,\nelk,Clinic,1,5,18,,,\n"
    assert faults(rows) == [
        'table.csv: row 2, column D (posts): "0" must be a whole number from 1 to 100,000; for example 12',
        'table.csv: row 3, column A (county): "" is empty, and every row needs it',
        'table.csv: row 3, column E (wage_usd_per_hour): "cheap" must be a number from 1 to 500; for example 21.50',
        (
            'table.csv: row 4, column H (rural_share): "0.25" of 2 employers is 0.5, and an employer is rural or not; '
            "write one of 0, 0.5, 1"
        ),
        (
            'table.csv: row 4, column G (group_rate_usd_per_unit): "2.5" has no rate of a unit beside it; fill '
            "rate_usd_per_unit too, or leave both empty"
        ),
        (
            'table.csv: row 6, column B (employer): "Clinic" is in row 5 too, for elk; name it otherwise, or count '
            "both under employers"
        ),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"county,employer,posts\nElk,clinic,5\n", "row 1: the column wage_usd_per_hour is missing"),
        (b"county,employer,posts,wage_usd_per_hour,wages\nElk,clinic,5,20,1\n", '"wages" is not a column of this list'),
        (
            b"county,employer,posts,wage_usd_per_hour\n",
            "has headings but no employers; one row for",
        ),
        (b"county,employer,posts,wage_usd_per_hour\nElk,clinic,5,20,9\n", 'column E: "9" is under no heading'),
        (b"county,employer,posts,wage_usd_per_hour\n77,clinic,5,20\n", "must have a letter from A to Z"),
        (b"county,employer,posts,wage_usd_per_hour\n\x81,clinic,5,20\n", "is no text in UTF-8"),
        (b"county,employer,posts,wage_usd_per_hour\nElk,cli\x1bnic,5,20\n", "must be plain text"),
        (b"county,employer,posts,wage_usd_per_hour\nElk,clinic,5.5,20\n", "must be a whole number"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, told: str) -> None:
    with pytest.raises(ScenarioError) as found:
        portfolio_lines(content, "table.csv")
    assert told in str(found.value)


def test_a_third_of_three_employers_is_one() -> None:
    (line,) = portfolio_lines((HEAD + "Elk,clinic,3,5,18,,,0.33\n").encode(), "t")
    assert line.rural == 1


@pytest.mark.parametrize("codec", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_table_is_read_as_a_spreadsheet_saves_it(codec: str) -> None:
    (line,) = portfolio_lines((HEAD + "Doña Ana,clínica,3,5,18\n").encode(codec), "table.csv")
    assert (line.county, line.employer) == ("Doña Ana", "clínica")
