"""One of a thing is one, more are many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.words.layout import counted


@pytest.mark.parametrize(("number", "told"), [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (2_000, "2,000 runs")])
def test_one_is_told_apart_from_many(number: int, told: str) -> None:
    assert counted(number, "run") == told


def test_some_words_have_a_plural_of_their_own() -> None:
    assert [counted(number, "mix", "mixes") for number in (1, 2)] == ["1 mix", "2 mixes"]


@pytest.mark.parametrize("command", ["run", "compare"])
def test_an_answer_about_one_month_and_one_run_speaks_of_one(command: str, tmp_path: Path) -> None:
    base, other = tmp_path / "base.toml", tmp_path / "other.toml"
    hazards = '[turnover.level]\nkind = "hazards"\nvoluntary_per_year = 0.3\n'
    text = f"[horizon]\nmonths = 1\nwarm_up_months = 0\n[posts]\nnumber = 3\n[pay]\nwage_usd_per_hour = 20.0\n{hazards}"
    base.write_text(text, encoding="utf-8")
    other.write_text('extends = "base.toml"\n[pay]\nwage_usd_per_hour = 30.0\n', encoding="utf-8")
    files = [str(base)] if command == "run" else [str(base), str(other)]
    told = CliRunner().invoke(main, [command, *files, "--replications", "1", "--no-store"])
    assert told.exit_code == 0, told.output
    assert re.findall(r"\b1 (?:month|run|replication|year|post|peer)s\b", " ".join(told.output.split())) == []
    assert "1 month" in told.output
