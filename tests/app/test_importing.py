"""A visitor's own file is read as text in memory, and what no scenario can hold is named."""

from __future__ import annotations

import pytest

from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.layers import MOST_BYTES
from sim.ui.inputs.importing import at_line, question_of, tables_of
from sim.ui.reading import read

OWN = (
    b'title = "Our house"\nnotes = "long"\n[experiment]\nreplications = 50\nseed = 7\n[pay]\nwage_usd_per_hour = 19.0\n'
)


def test_a_file_becomes_the_base_with_its_own_runs_and_luck() -> None:
    question = question_of(tables_of(OWN, "own.toml"))
    assert (question.replications, question.seed) == (50, 7)
    assert read(question).title(0) == "Our house"


def test_a_file_with_faults_opens_so_that_they_can_be_mended() -> None:
    question = question_of(tables_of(b"[pay]\nwage_usd_per_hour = -1.0\n", "own.toml"))
    assert [one.path for one in read(question).errors(0)] == ["pay.wage_usd_per_hour"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'extends = "base.toml"\n', 'line 1: **extends** = "base.toml": there is no other file to extend here'),
        (b"[pay\n", "line 1: Is not valid TOML"),
        (b"\xff\xfe", "is not UTF-8 text".capitalize()[:5]),
        (b"a = 1\n" * 200_000, "larger than 1,000,000 bytes"),
        (b"[horizon]\nstart = 2027-01-01\n", "is a date, which no scenario holds"),
        (b"a." * 2_000 + b"b = 1\n", "full stops"),
        (b"a = " + b"[" * 40 + b"]" * 40, ""),
    ],
    ids=["extends", "no TOML", "no text", "too large", "a date", "a line of dots", "nested lists"],
)
def test_what_cannot_be_read_is_named_with_its_line(content: bytes, told: str) -> None:
    assert len(content) > MOST_BYTES or told != "larger than 1,000,000 bytes"
    with pytest.raises(ScenarioError) as fault:
        read_it(content)
    assert told.casefold() in "\n".join(at_line(one).replace("\\", "") for one in fault.value.problems).casefold()


def read_it(content: bytes) -> None:
    found = read(question_of(tables_of(content, "own.toml")))
    if not found.key:
        raise ScenarioError(found.errors(0))


def test_a_file_name_cannot_write_into_the_page() -> None:
    with pytest.raises(ScenarioError) as fault:
        tables_of(b"[pay\n", "<script>[x](y)\n.toml")
    assert "<script>" not in at_line(fault.value.problems[0]).replace("\\<", "")


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        ("save it again", "Save it again."),
        ("did you mean pay?", "Did you mean pay?"),
        ("pay.wage_usd_per_hour is the one", "pay.wage\\_usd\\_per\\_hour is the one."),
        ("", ""),
    ],
)
def test_what_is_wrong_and_how_to_mend_it_are_sentences(fix: str, told: str) -> None:
    said = at_line(Problem("own.toml", None, "", None, "takes too long to read", fix))
    assert said == f"own.toml: Takes too long to read. {told}".rstrip()
