"""The page on an employer's own history shows what the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.questions.fit.columns import COUNTS, PEOPLE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/fit.md").read_text(encoding="utf-8")
COMMAND = re.findall(r"```sh\npeerstay (.*?)\n```", PAGE, re.DOTALL)[0]
SHOWN = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_example_prints_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, shlex.split(COMMAND))
    assert result.exit_code == 0, result.output
    assert SHOWN.strip() in result.stdout


def test_the_page_names_every_key_of_the_answer_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    import json  # noqa: PLC0415

    monkeypatch.chdir(ROOT)
    told = json.loads(CliRunner().invoke(main, [*shlex.split(COMMAND), "--json"]).stdout)
    section = PAGE.partition("## As JSON")[2]
    keys = [*told, *told["fitted"], *told["years"][0], *told["seen"][0]]
    assert [key for key in keys if f"`{key}`" not in section and key not in ("made_by", "year")] == []
    assert len(PEOPLE) + len(COUNTS) == 11
