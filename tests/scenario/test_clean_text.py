"""Texts are read clean: every warning names file, line and key, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.files import load, load_table, read_text
from sim.scenario.problems import ScenarioError
from sim.scenario.read.clean_text import clean, is_line
from tests.scenario.texts import BASE, errors, loaded, warned


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("\x1b[2J\x1b]0;owned\x07one\x0btwo \u202ereversed", "one\ntwo reversed"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never ended", "0;never ended"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1b", ""),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("half \ud800 \udfff", "half  "),
        ("zero\u200bwidth \ufeff", "zerowidth "),
        ("tab\tstays, \u200d too", "tab\tstays, \u200d too"),
    ],
)
def test_a_text_without_what_is_obeyed(text: str, fit: str) -> None:
    assert clean(text) == fit


@given(st.text())
def test_clean_text_is_clean_and_can_be_written(text: str) -> None:
    told = clean(text)
    assert clean(told) == told
    assert told.encode().decode() == told
    assert is_line(told.replace("\n", "").replace("\t", ""))


def test_cleaning_takes_time_that_grows_with_the_text() -> None:
    for hostile in ("\x1b]" * 100_000, "\x1bP" * 100_000, "\x1b[" + "0;" * 100_000, "\x1b]0;" + "x" * 200_000):
        assert "\x1b" not in clean(hostile)


def test_a_warning_names_file_line_and_key() -> None:
    found = warned(BASE + '[place]\narea = "Erie\\u202e"\n[ladder.senior]\nstep = 1\ntitle = "a\\u001b[2Jb"\n')
    lines = (BASE + "[place]").count("\n") + 2
    told = "has control characters, which are left out"
    assert f'case.toml:{lines}: place.area = "Erie\\u202e": {told}; type it again without them' in found
    assert f'case.toml:{lines + 3}: ladder.senior.title = "a\\u001b[2Jb": {told}; type it again without them' in found


def test_what_is_left_out_is_told_beside_errors() -> None:
    with pytest.raises(ScenarioError) as fault:
        load_table({"title": "a\x07", "pay": {"wage_usd_per_hour": -1.0}})
    assert [one.path for one in fault.value.problems] == ["title", "pay.wage_usd_per_hour"]


def test_what_is_left_out_changes_no_meaning() -> None:
    assert loaded(BASE).fingerprint == loaded('title = "\\u0007"\n' + BASE).fingerprint


def test_options_are_read_clean_too() -> None:
    assert loaded(BASE, ["title=\x1b[2Jtyped"]).scenario.title == "typed"
    assert errors(BASE, ["\x1b[2J=3"])[0].isprintable()


def test_not_every_text_of_hundreds_is_told() -> None:
    many = "\n".join(f'[ladder.rung{place}]\nstep = 1\ntitle = "\\u0007"' for place in range(60))
    told = [line for line in warned_of(f"{many}\n{BASE}") if "left out" in line]
    assert len(told) == 21
    assert told[-1].endswith("40 more texts have control characters or are too long, and are left out")


def warned_of(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as fault:
        loaded(text)
    return [str(one) for one in fault.value.problems if one.severity == "warning"]


def test_an_uploaded_file_is_read_clean() -> None:
    assert read_text(b'title = "a\\u001b[2Jb"\n', "x.toml") == {"title": "ab"}


@pytest.mark.parametrize("name", ["a\x1b[2J.toml", "a\nb.toml", "evil\u202etxt.toml", "half\udcff.toml"])
def test_a_file_whose_name_would_be_obeyed_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(BASE, encoding="utf-8")
    with pytest.raises(ScenarioError) as fault:
        load(tmp_path / name)
    (problem,) = fault.value.problems
    assert "characters in its name" in str(problem)
    assert "rename it" in str(problem)
    assert str(problem).isprintable()
