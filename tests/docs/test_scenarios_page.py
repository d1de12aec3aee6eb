"""The commands that the page on scenario files shows run as they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_run(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    program, *words = shlex.split(command)
    assert program == "peerstay"
    result = CliRunner().invoke(main, [*words, "--replications", "2", "--months", "12", "--no-store"])
    assert result.exit_code == 0, result.stderr


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) >= 3
    assert sum("--with" in command for command in COMMANDS) >= 3
