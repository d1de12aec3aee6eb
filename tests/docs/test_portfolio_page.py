"""The page on making a portfolio shows what the command prints, and every column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.scenario.read.portfolio_csv import COLUMNS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/portfolio.md").read_text(encoding="utf-8")
COMMAND = re.findall(r"```sh\npeerstay (.*?)\n```", PAGE, re.DOTALL)[0]
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_example_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [str(ROOT / word) if word.startswith("scenarios/") else word for word in COMMAND.split()]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert SHOWN.strip() in result.stdout


def test_every_column_is_on_the_page() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == sorted(COLUMNS)
