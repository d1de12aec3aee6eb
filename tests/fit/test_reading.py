"""A file of people or yearly counts is read as it is, and every doubt is named with its row and column."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.questions.fit.cells import Day
from sim.questions.fit.reading import Asked, Count, Person, Read, history_of
from sim.questions.fit.span import observed
from sim.questions.fit.text import reading_lines
from sim.scenario.problems import ScenarioError

PAYROLL = (
    "Hire Date;Job Title;FTE;Hourly Rate;Term Date\n4/15/2021;Peer Specialist;1,0;21,50;\n"
    "11/03/2023;Peer Specialist;0,5;20,75;2/28/2026\n\"April 5, 2024\";Lead Peer;1,0;24,00;\n"
    "2025-01-06 00:00:00;Peer Specialist;0,8;21,00;\n"
)  # fmt: skip


def read(text: str, asked: Asked | None = None) -> Read:
    return history_of(text.encode(), "people.csv", asked)


def faults(text: str, asked: Asked | None = None) -> list[str]:
    with pytest.raises(ScenarioError) as found:
        read(text, asked)
    return [str(one) for one in found.value.problems]


def test_a_payroll_in_four_forms_of_date_and_decimal_commas_is_read_whole() -> None:
    found = read(PAYROLL)
    assert found.order == "month-first"
    assert found.people == (
        Person(Day(2021, 4, 15), None, 21.5, 1.0, "Peer Specialist"),
        Person(Day(2023, 11, 3), Day(2026, 2, 28), 20.75, 0.5, "Peer Specialist"),
        Person(Day(2024, 4, 5), None, 24.0, 1.0, "Lead Peer"),
        Person(Day(2025, 1, 6), None, 21.0, 0.8, "Peer Specialist"),
    )


def test_titles_sep_and_columns_with_names_are_passed_over_and_no_name_is_kept() -> None:
    titles = "sep=;\nPeers of the north;;;\nprinted 2026-01-03;;;\n\n"
    text = f"{titles}Name;SSN;Date of hire;Leaving date\nAnn Lee;1;2024-03-15;\n"
    found = read(text)
    assert found.people == (Person(Day(2024, 3, 15)),)
    assert found.columns.row == 5
    assert found.columns.left_out == 2
    assert "Ann" not in repr(found)


@pytest.mark.parametrize(
    ("reason", "laid_off"),
    [
        ("Layoff", True), ("RIF - grant", True), ("Position Eliminated", True), ("laid off (end of grant)", True),
        ("Resigned", False), ("Not a layoff", False), ("Terrific offer elsewhere", False), ("", False),
    ],
)  # fmt: skip
def test_of_a_reason_only_whether_it_names_a_layoff_is_kept(reason: str, *, laid_off: bool) -> None:
    others = "2023-03-15,,\n" * 11  # so many that what is told of them tells of nobody
    found = read(f"hired,left,Termination Reason\n2023-03-15,2024-03-15,{reason}\n{others}")
    assert [one.reason for one in found.people] == ["layoff" if laid_off else "", *[""] * 11]
    assert "Resigned" not in repr(found.people)
    seen = observed(found, "people.csv", since=2023 * 12)
    assert seen.left == (not laid_off)
    assert [one.laid_off for one in seen.jobs] == [laid_off, *[False] * 11]
    (line,) = [one for one in reading_lines(found, seen) if "layoff" in one]
    assert line.startswith("those whose reason names a layoff" if laid_off else "no reason names a layoff")


@pytest.mark.parametrize("still", ["", "-", "N/A", "active", "12/31/9999", "9999-12-31"])
def test_who_is_still_there_may_be_written_in_several_ways(still: str) -> None:
    assert read(f"hired,left\n2024-03-15,{still}\n").people[0].left is None


def test_the_last_columns_of_a_short_row_are_empty() -> None:
    assert read("hired,fte,left\n2024-03\n").people == (Person(Day(2024, 3)),)


def test_dates_that_no_other_date_settles_are_asked_for_once() -> None:
    text = "hired,left\n1/2/2020,\n3/4/2021,5/6/2022\n"
    told = faults(text)
    assert told == [
        (
            'people.csv: row 2, column A (hired): "1/2/2020" can mean 2020-01-02 or 2020-02-01 (so can 2 other dates); '
            "say --dates month-first or --dates day-first"
        )
    ]
    assert read(text, Asked(order="day-first")).people[0].hired == Day(2020, 2, 1)


def test_every_fault_is_named_at_once_with_row_column_value_rule_and_fix() -> None:
    told = faults("hired,left,wage,fte\nsoon,,21,1\n2024-03,2023-01,900,1\n,,21,2\n13/2/2020,,,\n3/14/2021,,,\n")
    assert [one.removeprefix("people.csv: ") for one in told] == [
        'row 5, column A (hired): "13/2/2020" has the day first, and other dates have not; say --dates',
        'row 6, column A (hired): "3/14/2021" has the month first, and other dates have not; say --dates',
        'row 2, column A (hired): "soon" is no date that is known here; write it as 2024-03-15 or 2024-03',
        'row 3, column C (wage): "900" must be a number from 1 to 500; for example 21.50: dollars an hour',
        (
            'row 3, column B (left): "2023-01" is before the date of hire; one of the two is wrong, or they stand in '
            "each other's column"
        ),
        'row 4, column A (hired): "" is empty: every person needs a date of hire; take out rows of totals and notes',
        'row 4, column D (fte): "2" must be a number from 0.05 to 1; for example 0.5',
    ]


def test_two_columns_that_could_be_one_are_asked_for_and_a_named_one_is_taken() -> None:
    text = "First hire date,Second hire date,Term date\n2020-01,2024-01,\n"
    assert faults(text) == [
        (
            "people.csv: row 1: First hire date (column A), Second hire date (column B) could each be the date of "
            "hire; name it with --column hired=HEADING"
        )
    ]
    assert read(text, Asked({"hired": "second HIRE date"})).people[0].hired == Day(2024, 1)
    assert faults(text, Asked({"hired": "Third"}))[0].startswith("people.csv: none of the first 25 rows has headings")
    assert faults(text, Asked({"hierd": "x"})) == [
        "people.csv: --column hierd: nothing of a history is called so; did you mean hired?"
    ]


@pytest.mark.parametrize(
    ("hired", "left"),
    [
        ("Start", "End"), ("Start date", "Term date"), ("START", "Last Day"), ("First day of work", "Last day of work"),
        ("Original Hire Date", "Term"), ("Join date", "Date ended"), ("Employment start date", "Quit date"),
    ],
)  # fmt: skip
def test_start_and_end_are_found_as_payrolls_call_them(hired: str, left: str) -> None:
    assert dict(read(f"ID,{hired},{left}\n1,2020-01,2022-03\n").columns.places) == {"hired": 1, "left": 2}


def test_a_known_heading_is_taken_before_one_that_may_mean_something_else() -> None:
    """A shift's start and end beside the dates of the job."""
    found = read("Start,Hire date,End,Term date\n2021-01,2020-01,2021-02,2022-03\n").columns
    assert dict(found.places) == {"hired": 1, "left": 3}


def test_what_stands_between_the_dates_alone_is_not_taken_for_one() -> None:
    assert "left" not in read("Hire date,Termination\n2020-01,no\n").columns.places


def test_yearly_counts_are_read_with_decimal_commas() -> None:
    found = read("Year;Average headcount;Left\n2020;18,5;6\n2021;20;5\n")
    assert found.counts == (Count(2020, 18.5, 6), Count(2021, 20.0, 5))
    told = faults("year,in_post,left,left_in_first_year\n2020,20,6,7\n2021,,5,\n")
    assert told == [
        'people.csv: row 2, column D (left_in_first_year): "7" is more than all who left in the year',
        'people.csv: row 3, column B (in_post): "" is empty; every year needs it',
        'people.csv: row 3, column D (left_in_first_year): "" is empty; every year needs it',
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("21,50", 21.5), ("$1 ", 1.0), ("21.50 USD/hour", 21.5), ("$21.50/hr", 21.5), ("21.50 per hour", 21.5)],
)
def test_wages_are_read_as_people_write_them(cell: str, value: float) -> None:
    assert read(f'hired,wage\n2024-03,"{cell}"\n').people[0].wage == value


def test_a_percentage_is_a_share_of_full_time() -> None:
    assert read("hired,fte\n2024-03,80 %\n2024-03,100%\n").people[0].fte == 0.8


def test_a_heading_repeated_fifty_thousand_times_is_refused_at_once() -> None:
    text = "hired," + "rung," * 50_000 + "\n2024-03\n"
    start = time.perf_counter()
    assert "50,002 columns, more than 64" in faults(text)[0]
    assert time.perf_counter() - start < 2.0


def test_the_work_grows_with_the_file_and_no_faster() -> None:
    rows = "hired,left\n" + "1/2/2020,x\n" * 19_000
    start = time.perf_counter()
    told = faults(rows)
    assert len(told) == 51
    assert time.perf_counter() - start < 5.0


def test_what_a_terminal_would_obey_is_written_out() -> None:
    told = read("Hire date \x1b[31m,Term date\n2024-03-15,\n").columns.told()
    assert told[0][1] == "Hire date \\x1b[31m (column A)"


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "2024-03-15",
        "4/5/2021",
        "15.4.21",
        "Apr-24",
        "45000",
        "²",
        "٣/٤/٢٠٢٠",
        "9999-12-31",
        "1e5",
        "nan",
        "-",
        '"',
        "21,50",
    ]
)
HEADS = st.sampled_from(["Hire date", "Term date", "FTE", "wage", "title", "certified", "year", "staff", "left", ""])


@settings(max_examples=300, deadline=None)
@given(st.lists(HEADS, max_size=6), st.lists(st.lists(CELLS, max_size=6), max_size=6), st.sampled_from(",;\t"))
def test_whatever_stands_in_a_table_is_read_or_refused_in_words(
    heads: list[str], rows: list[list[str]], separator: str
) -> None:
    text = "\n".join(separator.join(row) for row in [heads, *rows])
    with contextlib.suppress(ScenarioError):
        assert observed(read(text), "people.csv").filled_years > 0


@given(st.binary(max_size=400))
def test_whatever_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        with contextlib.suppress(ScenarioError):
            history_of(start + content, "people.csv")
