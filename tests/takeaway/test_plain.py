"""What users wrote does no harm where it goes."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.read.clean_text import clean
from sim.takeaway.plain import archive, guarded, on_day, one_line, settled, starts_formula


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "\n@x"])
def test_what_a_spreadsheet_could_take_for_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a = b", "", "1,5", "Pennsylvania: rate − 2", "−4.0 fewer"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_clean_text_can_be_written_and_reads_from_left_to_right(text: str) -> None:
    told = clean(text)
    told.encode()
    assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in told)
    assert "\u202e" not in told


@given(st.text(), st.integers(1, 50))
def test_a_line_is_one_line_of_at_most_its_length(text: str, most: int) -> None:
    told = one_line(text, most)
    assert len(told) <= most
    assert "\n" not in told
    assert not starts_formula(guarded(told))


def test_a_date_is_written_as_people_do() -> None:
    assert on_day("2026-11-02T09:00:00+00:00") == "2 November 2026"


def test_an_archive_is_the_same_whenever_it_is_written() -> None:
    parts = {"b.txt": b"b", "a.txt": b"a" * 1000}
    assert archive(parts) == archive(parts)
    now = io.BytesIO()
    with zipfile.ZipFile(now, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert settled(now.getvalue()) == archive(parts)
