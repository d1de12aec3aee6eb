"""The page on what a peer is worth shows what the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/worth.md").read_text(encoding="utf-8")
COMMAND = re.findall(r"```sh\npeerstay (.*?)\n```", PAGE, re.DOTALL)[0]
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_example_prints_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, [*shlex.split(COMMAND), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    assert SHOWN.strip() in result.stdout
