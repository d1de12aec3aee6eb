"""What docs/reliability.md says is tested is tested there, and as often as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_store_commands import QUESTIONS
from tests.fuzz.test_fuzz_boundaries import PAIRS, ROSTERS
from tests.questions.test_every_painter import PAINTERS, TEXTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NIGHT = (ROOT / ".ci" / "nightly").read_text(encoding="utf-8")
EVERY_CHANGE = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "SECURITY.md"], ids=lambda page: page.stem
)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [*re.findall(r"`(tests/[\w/.]+)`", text), *(f"*/{one}" for one in re.findall(r"`(test_\w+\.py)`", text))]
    assert [one for one in named if not list((ROOT if "/" not in one[:2] else ROOT / "tests").glob(one))] == []


def test_every_promise_names_a_test() -> None:
    tables = [line.split("|") for line in PAGE.partition("## What runs when")[0].splitlines() if line.startswith("| ")]
    promises = [cells for cells in tables if cells[1].strip() != "promised"]
    assert len(promises) > 20
    assert [cells[1] for cells in promises if "tests/" not in cells[2] and "`make soak`" not in cells[2]] == []


def test_counts_are_those_of_the_tests() -> None:
    assert f"{len(TEXTS)} texts by {len(PAINTERS)} painters" in PAGE
    assert f"folders damaged in {len(QUESTIONS)} ways" in PAGE
    assert f"single limits, {PAIRS} pairs and {ROSTERS:,} lists" in PAGE


@pytest.mark.parametrize(
    ("name", "by_day", "file"),
    [
        ("PEERSTAY_KILLS", "6", "tests/runs/test_store.py"),
        ("PEERSTAY_KILLS", "4", "tests/runs/test_cluster.py"),
        ("PEERSTAY_SOAK_SECONDS", "25", "tests/room/test_room.py"),
        ("PEERSTAY_WALK_STEPS", "12", "tests/browser/test_random_walk.py"),
    ],
)
def test_what_is_repeated_is_repeated_as_often_as_it_says(name: str, by_day: str, file: str) -> None:
    assert f'os.environ.get("{name}", "{by_day}")' in (ROOT / file).read_text(encoding="utf-8")


def test_what_runs_when_is_what_the_two_scripts_run() -> None:
    day, night = (
        re.findall(r"^(?:\w+=\S+ )*(?:\.venv|make|\.ci).*$", text, re.MULTILINE) for text in (EVERY_CHANGE, NIGHT)
    )
    assert day[-1] == "make test"  # every test, none left out
    told = "\n".join(night)
    for line in (
        'PEERSTAY_KILLS=20 .venv/bin/python -m pytest -n 0 -k "force or dead_workers" tests/runs tests/room',
        "-n auto --dist worksteal tests/agreement tests/determinism/test_one_number.py ",
        " tests/determinism/test_one_number.py tests/determinism/test_rows.py tests/fit tests/fuzz ",
        " tests/fuzz tests/influences tests/studies/test_mechanisms.py tests/theory",
        "PEERSTAY_WALK_STEPS=5000 .venv/bin/python -m pytest -n 0 tests/app/test_random_walk.py",
        "PEERSTAY_WALK_STEPS=200 .venv/bin/python -m pytest -n 0 tests/browser/test_random_walk.py",
        "PEERSTAY_SOAK_SECONDS=600 .venv/bin/python -m pytest -n 0 tests/room/test_room.py",
        "make soak SOAK=600",
        "make fuzz",
    ):
        assert line in told
