"""The page about building a rate shows what the command prints, and its other commands are understood."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/rate.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_example_prints_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, [*shlex.split(COMMANDS[0])[1:], "--jobs", "1"])
    assert result.exit_code == 0, result.output
    assert SHOWN.strip() in result.stdout
    assert "$4.96 more a unit, not the $5.68" in " ".join(PAGE.split())
    assert "$4.96 ($3.34" in SHOWN
    assert "$33.27 a unit does in 90" in SHOWN
    assert "$33.27 a unit is needed for today's wage" in " ".join(PAGE.split())
    assert "it would be $5.68" in SHOWN
    (share,) = re.findall(r"\), ([\d.]+) % of that", " ".join(SHOWN.split()))
    assert f"| as in the example, neither known | {round(float(share))} % |" in PAGE


@pytest.mark.parametrize(("held", "share"), re.findall(r"^\| `(\S+)` \(.*\| (\d+) % \|$", PAGE, re.MULTILINE))
def test_other_assumptions_give_back_what_the_page_says(held: str, share: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words = [*shlex.split(COMMANDS[0])[1:], "--set", held, "--jobs", "1", "--json"]
    told = json.loads(CliRunner().invoke(main, words).stdout)["scenarios"][1]["difference"]["share"]
    assert round(100 * told["mean"]) == int(share)


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_the_other_commands_run(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    words = [str(tmp_path / word) if word.endswith(".xlsx") else word for word in shlex.split(command)[1:]]
    result = CliRunner().invoke(main, [*words, "--replications", "2", "--months", "12", "--jobs", "1"])
    assert result.exit_code == 0, result.output
