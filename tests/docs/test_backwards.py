"""The page about questions asked backwards does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/backwards.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_what_is_written_for_python_runs(block: str) -> None:
    exec(compile(block, "docs/backwards.md", "exec"), {})


@pytest.mark.parametrize("command", re.findall(r"```sh\npeerstay (.*?)\n```", PAGE, re.DOTALL))
def test_commands_on_the_page_are_understood(command: str) -> None:
    """Two runs of three months answer nothing, but every word of the command is read."""
    words = re.findall(r'"[^"]*"|\S+', command.replace("\\\n", " "))
    given = [word.strip('"') for word in words]
    few = ["--points", "2"] if given[0] == "frontier" else []
    result = CliRunner().invoke(main, [*given, *few, "--replications", "2", "--months", "3", "--jobs", "1"])
    assert result.exit_code == 0, result.output
