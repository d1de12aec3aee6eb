"""The page about the household shows what the command prints, and says of the table what the table says of itself."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from sim.cli import main
from sim.evidence.net_income import load_net_income
from studies.net_income.asked import ADULT_AGE, HOUSEHOLDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/household.md").read_text(encoding="utf-8")
COMMAND = re.findall(r"```sh\npeerstay (.*?)\n```", PAGE, re.DOTALL)[0]
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_example_prints_what_the_page_shows() -> None:
    result = CliRunner().invoke(main, COMMAND.split())
    assert result.exit_code == 0, result.output
    assert SHOWN.strip() in result.stdout


def test_the_page_names_version_year_and_ages_of_the_table() -> None:
    known = load_net_income()
    assert f"PolicyEngine US {known.version}" in PAGE
    assert f"calendar year {known.year}" in PAGE
    assert f"adults are {ADULT_AGE}" in PAGE
    assert {ages for _, ages in HOUSEHOLDS.values()} == {(), (10,), (10, 6)}
    assert "children of 10 and 6" in PAGE
    assert ("All 51 areas are in the table." in PAGE) == (len(known.states) == 51)
