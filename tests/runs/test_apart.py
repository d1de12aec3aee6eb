"""What a visitor hands in is read apart from everybody else, within limits of time and memory."""

from __future__ import annotations

import os
import sys
import time

import pytest

from sim.runs.workers.apart import read_apart
from sim.scenario.problems import ScenarioError
from sim.scenario.read.roster_csv import TEMPLATE, roster_of
from sim.ui.inputs.importing import tables_of


def whose(_: bytes, __: str) -> int:
    return os.getpid()


def endless(_: bytes, __: str) -> None:
    while True:
        pass


def huge(_: bytes, __: str) -> int:
    return len(bytearray(8_000_000_000))


def broken(_: bytes, __: str) -> None:
    raise KeyError("a fault of the program")


def loud(_: bytes, __: str) -> None:
    print("Jane Doe, hired 2024-01", file=sys.stderr, flush=True)
    raise KeyError("Jane Doe")


def test_a_file_is_read_in_another_process_and_comes_back_as_it_would_here() -> None:
    assert read_apart(whose, b"", "x") != os.getpid()
    assert read_apart(roster_of, TEMPLATE.encode(), "people.csv") == roster_of(TEMPLATE.encode(), "people.csv")


def test_what_is_wrong_in_a_file_comes_back_with_its_place() -> None:
    with pytest.raises(ScenarioError) as here:
        tables_of(b"a = ", "own.toml")
    with pytest.raises(ScenarioError) as apart:
        read_apart(tables_of, b"a = ", "own.toml")
    assert apart.value.problems == here.value.problems


@pytest.mark.parametrize("function", [endless, huge])
def test_a_file_that_takes_too_long_or_too_much_is_given_up_in_words(function: object) -> None:
    began = time.process_time()
    with pytest.raises(ScenarioError, match=r"people\.csv: takes too long or too much memory to read"):
        read_apart(function, b"", "people.csv", cpu=1)  # type: ignore[arg-type]
    assert time.process_time() - began < 1.0  # of this process, which serves everybody


def test_what_the_other_process_says_of_a_file_is_said_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError):
        read_apart(loud, b"", "people.csv")
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_the_program_stays_one() -> None:
    with pytest.raises(KeyError):
        read_apart(broken, b"", "people.csv")
