"""The page on making a portfolio shows what the command prints, and every column."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.scenario.read.portfolio_csv import COLUMNS
from sim.words.keeping import AT_SAME_TENURE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/portfolio.md").read_text(encoding="utf-8")
COMMAND, COMPARED, TRAINED = re.findall(r"```sh\npeerstay (.*?)\n```", PAGE, re.DOTALL)
SHOWN, BY_KIND, WITH_PEOPLE = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [str(ROOT / word) if word.startswith("scenarios/") else word for word in COMMAND.split()]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert SHOWN.strip() in result.stdout


def test_one_raise_and_a_raise_by_all_come_to_what_the_page_shows_and_says() -> None:
    """Alone the first organization keeps more than with all, and the others lose by it."""
    told = CliRunner().invoke(main, [*COMPARED.split(), "--no-store", "--jobs", "1", "--json"])
    assert told.exit_code == 0, told.output
    alone, by_all = (one["kinds"] for one in json.loads(told.stdout)["alternatives"])
    moved = [one["first_organization"][AT_SAME_TENURE]["difference"]["mean"] for one in (alone, by_all)]
    assert moved[0] < moved[1] < 0 < alone["other_organizations"][AT_SAME_TENURE]["difference"]["low"]
    [row] = re.findall(r"first organization.*\n *(\S+) +(\S+)\n", BY_KIND)
    assert [f"{mean:.1f}".replace("-", "−") for mean in moved] == list(row)


def test_training_and_a_raise_by_all_come_to_what_the_page_shows_and_says() -> None:
    """Both fill posts; only the raise keeps people."""
    told = CliRunner().invoke(main, [*TRAINED.split(), "--no-store", "--jobs", "1"])
    assert told.exit_code == 0, told.output
    assert WITH_PEOPLE.strip() in told.stdout
    leaving, empty = WITH_PEOPLE.split("By kind of employer")[1].split("Vacancy rate")
    assert leaving.count("no difference seen") == 4
    assert empty.count("−") >= 8


def test_every_column_is_on_the_page() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == sorted(COLUMNS)
