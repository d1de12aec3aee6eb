"""A list of people from a spreadsheet is read row by row, and what is wrong is named by row and column."""

from __future__ import annotations

import contextlib
import sys

import pytest

from sim.scenario.problems import ScenarioError
from sim.scenario.read.layers import MOST_BYTES
from sim.scenario.read.roster_csv import COLUMNS, MONTH_RULE, TEMPLATE, roster_of
from sim.scenario.read.spreadsheet import MOST_FAULTS, MOST_ROWS
from sim.scenario.tables.positions import RosterEntry

HEAD = "hired,rung,in_rung_since,certified\n"


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(ScenarioError) as found:
        roster_of(text.encode() if isinstance(text, str) else text, "people.csv")
    return [str(one) for one in found.value.problems]


def test_the_template_is_read_and_every_column_is_one_of_the_schema() -> None:
    entries = roster_of(TEMPLATE.encode(), "people.csv")
    assert [RosterEntry.model_validate(one).rung for one in entries] == ["entry", "lead"]
    assert set(TEMPLATE.splitlines()[0].split(",")) == set(COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        "hired,certified\n2024-03,no\n",
        "\ufeffCertified;Hired\nNO;2024-03-15\n;\n",
        "hired\tcertified\r\n 2024-03 \tn\r\n\r\n",
        '"hired","certified",\n"2024-03","0",\n',
    ],
    ids=["plain", "semicolons of another country's spreadsheet", "tabs and an empty row", "an empty last column"],
)
def test_what_spreadsheets_write_means_the_same(text: str) -> None:
    assert roster_of(text.encode(), "people.csv") == [{"hired": "2024-03", "certified": False}]


def test_position_hours_and_wage_of_a_person_are_read_as_people_write_them() -> None:
    text = "hired,position,fte,wage_usd_per_hour\n2024-03,Night Shift,0.5,$21.50\n2024-04,,,\n2024-05,,,20\n"
    assert roster_of(text.encode(), "people.csv") == [
        {"hired": "2024-03", "position": "night_shift", "fte": 0.5, "wage_usd_per_hour": 21.5},
        {"hired": "2024-04"},
        {"hired": "2024-05", "wage_usd_per_hour": 20.0},
    ]
    assert roster_of(b"hired;fte\n2024-03;0,75\n", "people.csv") == [{"hired": "2024-03", "fte": 0.75}]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2024-03,1.5,", 'column B (fte): "1.5" must be a number from 0.05 to 1, or empty; for example 0.5'),
        ("2024-03,half,", 'column B (fte): "half" must be a number'),
        ("2024-03,,44720", 'column C (wage_usd_per_hour): "44720" must be a number from 1 to 500, or empty'),
        ("2024-03,,nan", "must be a number from 1 to 500"),
    ],
)
def test_hours_and_wages_that_cannot_be_are_named_by_row_and_column(row: str, told: str) -> None:
    assert told in faults(f"hired,fte,wage_usd_per_hour\n{row}\n")[0]


def test_columns_that_are_left_out_have_their_defaults() -> None:
    entries = roster_of(b"hired\n2024-03\n", "people.csv")
    assert entries == [{"hired": "2024-03"}]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Mar-24,entry,,yes", 'row 2, column A (hired): "Mar-24" must be a month from 1950 to 2149 written'),
        ("Mar-24,entry,,yes", "2024-03; write 2024-03; a spreadsheet may have turned it into a date"),
        ("Mar-98,entry,,yes", "write 1998-03"),
        ("45352,entry,,yes", "write 2024-03"),
        ("03/2024,entry,,yes", "write 2024-03"),
        ("2024-3,entry,,yes", "write 2024-03"),
        (",entry,,yes", 'row 2, column A (hired): "" is empty'),
        ("2024-13,entry,,yes", "must be a month from 1950 to 2149 written year-month"),
        ("2024-03,entry,soon,yes", 'row 2, column C (in_rung_since): "soon" must be a month'),
        ("2024-03,entry,,maybe", 'row 2, column D (certified): "maybe" must be yes or no'),
        ("2024-03,entry,,", 'row 2, column D (certified): "" is empty: must be yes or no'),
        ("2024-03", 'row 2, column D (certified): "" is empty: must be yes or no'),
        ("2024-03,entry,,yes,Ann", 'row 2, column E: "Ann" is under no heading; take it out'),
    ],
)  # fmt: skip
def test_a_fault_names_row_column_value_rule_and_fix(row: str, told: str) -> None:
    found = faults(f"{HEAD}{row}\n2024-04,entry,,yes\n")
    assert len(found) == 1
    assert told in found[0]


def test_a_row_that_ends_before_a_needed_column_is_at_fault() -> None:
    assert faults("rung,hired\nentry\n") == ['people.csv: row 2, column B (hired): "" is empty: ' + MONTH_RULE]


def test_a_date_that_may_be_meant_two_ways_gets_no_guess() -> None:
    assert "write" not in faults(f"{HEAD}3/4/2024,entry,,yes\n")[0].replace("written", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty; its first row must have the headings"),
        (HEAD, "has headings but no peers"),
        ("rung\nentry\n", "the column hired is missing"),
        ("hired,hired\n2024-03,2024-03\n", 'column B: "hired" appears twice'),
        ("hired,name\n2024-03,Ann\n", 'column B: "name" is not a column of this list'),
        ("hired,certifid\n2024-03,yes\n", "did you mean certified?"),
        (b"hired\n\x81\n", "is no text in UTF-8, UTF-16 or Windows-1252; save it from the spreadsheet as"),
        ('hired\n"2024-03\n', "cannot be read as CSV"),
        (b"hired\n" + b"2024-03\n" * (MOST_BYTES // 8 + 1), "is larger than 1,000,000 bytes"),
        ("hired\n" + "2024-03\n" * (MOST_ROWS + 1), "has more than 20,000 rows"),
    ],
    ids=["empty", "no peer", "no hired", "twice", "names", "misspelled", "no text", "open quote", "large", "long"],
)  # fmt: skip
def test_a_list_that_is_none_says_why(text: str | bytes, told: str) -> None:
    assert told in faults(text)[0]


@pytest.mark.parametrize("codec", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_list_is_read_as_a_spreadsheet_saves_it(codec: str) -> None:
    (entry,) = roster_of("hired,position\n2024-03,consejería\n".encode(codec), "people.csv")
    assert entry == {"hired": "2024-03", "position": "consejería"}


def test_names_of_people_are_not_asked_for_and_the_column_is_refused() -> None:
    assert "no names and nothing else about people is needed" in faults("hired,person\n2024-03,Ann\n")[0]


def test_not_every_fault_of_a_long_list_is_told() -> None:
    found = faults(HEAD + "soon,entry,,yes\n" * 80)
    assert len(found) == MOST_FAULTS + 1
    assert found[-1].endswith("and more")


@pytest.mark.parametrize("month", ["0219-03", "9999-12", "1949-12", "2150-01"])
def test_a_year_in_which_nobody_in_post_was_hired_is_refused(month: str) -> None:
    assert "from 1950 to 2149" in faults(f"hired\n{month}\n")[0]


def steps(content: bytes) -> int:
    """Return how many functions are called, built-in ones too, to read a list or to refuse it."""
    count = 0

    def counted(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        with contextlib.suppress(ScenarioError):
            roster_of(content, "people.csv")
    finally:
        sys.setprofile(before)
    return count


HOSTILE = {
    "one heading 50,000 times": "hired," + "rung," * 50_000 + "\n2024-03\n",
    "a row of 125,000 cells": "hired\n" + "x," * 125_000 + "\n",
    "250,000 empty rows": "hired\n" + "\n" * 250_000,
    "faults in every cell": HEAD + "soon,entry,soon,maybe\n" * 11_000,
    "60 unknown headings": ",".join("h" * 4_000 + str(place) for place in range(60)) + "\n2024-03\n",
    "quotes": '"' * 250_000,
    "one cell": "x" * 250_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_of_250_kilobytes_takes_little_work(name: str) -> None:
    content = HOSTILE[name].encode()
    assert len(content) > 240_000
    assert steps(content) < 250_000  # a sound list of that size takes 310,000


def test_the_work_of_reading_grows_with_the_list_and_no_faster() -> None:
    once, twice = (steps((HEAD + "2024-03,entry,2024-04,yes\n" * rows).encode()) for rows in (2_000, 4_000))
    assert 1.9 < twice / once < 2.1


def test_headings_that_stand_twice_are_named_and_not_looked_for_one_by_one() -> None:
    assert 'column C: "rung" appears twice' in faults("hired,rung,rung\n2024-03,entry,entry\n")[0]
    assert "has 65 columns, more than 64" in faults("hired," + "rung," * 63 + "\n2024-03\n")[0]


def test_a_group_is_read_as_people_write_it_or_refused() -> None:
    entries = roster_of(b"hired,group\n2024-03,Other non-White\n2024-03,\n2024-03,black\n", "people.csv")
    assert [one.get("group") for one in entries] == ["other_non_white", None, "black"]
    with pytest.raises(ScenarioError, match=r"column B \(group\): \"green\" must be black, other_non_white, white, or"):
        roster_of(b"hired,group\n2024-03,green\n", "people.csv")
